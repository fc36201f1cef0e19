"""Placeholders of a template: names in double braces, replaced once by text; nothing in them is ever evaluated."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from auditkit.base.issue import InputIssue
from auditkit.base.language import say
from auditkit.base.place import Place
from auditkit.reporting.office.word_xml import NAMESPACE, clean, page_field, text_run
from auditkit.reporting.sections import ALWAYS, TITLES
from auditkit.reporting.view_model import View
from auditkit.reporting.words import printable

FIELDS = {"page": "PAGE", "pages": "NUMPAGES"}
"""Placeholders that Word fills itself."""
PARTS = ("cover", "control", "contents", "sections", *TITLES)
"""Placeholders that stand alone in a paragraph, which what they name takes the place of."""
_W = f"{{{NAMESPACE}}}"
_PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")


def texts(view: View) -> dict[str, str]:
    """Return the text of each placeholder that is replaced where it stands."""
    cover = view.cover
    said = {
        "title": cover.title,
        "short_title": cover.short_title,
        "kind": cover.kind,
        "status": cover.status,
        "draft": say("DRAFT") if cover.draft else "",
        "auditee": cover.auditee,
        "as_of": cover.as_of,
        "classification": cover.classification,
        "headline": view.summary.headline.text,
        "lead_auditor": view.conclusion.own_words_by,
        "run_id": cover.run_id,
    }
    return {name: clean(printable(text)) for name, text in said.items()}


class Found(NamedTuple):
    """A paragraph of a template with its placeholders."""

    paragraph: Any
    names: tuple[str, ...]
    alone: bool
    """Whether it is a paragraph of the body itself and holds one placeholder and nothing else."""
    where: str


def find(trees: Mapping[str, Any]) -> tuple[Found, ...]:
    """Return the paragraphs with placeholders; ``trees``: body, headers and footers by the name of their part."""
    found = []
    for where, tree in trees.items():
        for paragraph in tree.iter(f"{_W}p"):
            text = "".join(one.text or "" for one in _words(paragraph))
            names = tuple(one.strip() for one in _PLACEHOLDER.findall(text))
            if names:
                in_body = paragraph.getparent().tag == f"{_W}body"
                alone = in_body and _PLACEHOLDER.fullmatch(text.strip()) is not None
                found.append(Found(paragraph, names, alone, where))
    return tuple(found)


def faults(found: Iterable[Found], view: View, file: str) -> tuple[InputIssue, ...]:
    """Say which placeholders are unknown or cannot stand where they do, and which sections would go missing."""
    issues, placed = [], []
    known = (*texts(view), *FIELDS, *PARTS)
    for one in found:
        for name in one.names:
            if name not in known:
                issues.append(_unknown(one, name, file, known))
            elif name in PARTS and (not one.alone or name in placed):
                issues.append(_misplaced(one, name, file, twice=name in placed))
            if name in PARTS:
                placed.append(name)
    missing = [one.title for one in view.contents if one.id in ALWAYS and one.id not in placed]
    if missing and "sections" not in placed:
        issues.append(
            InputIssue(
                code="template-section-missing",
                severity="error",
                place=Place(file=file),
                message=f"The template leaves out what no report may leave out: {', '.join(missing)}.",
                hint="Add a paragraph {{ sections }}; every section that has no place of its own goes there.",
            )
        )
    return tuple(issues)


def _unknown(one: Found, name: str, file: str, known: Iterable[str]) -> InputIssue:
    return InputIssue(
        code="template-placeholder-unknown",
        severity="error",
        place=Place(file=file, heading=one.where),
        message=f"There is no placeholder {{{{ {printable(name)[:60]} }}}}.",
        hint=f"Write one of: {', '.join(known)}.",
    )


def _misplaced(one: Found, name: str, file: str, *, twice: bool) -> InputIssue:
    why = "stands a second time" if twice else "stands beside other text, in a table, a header or a footer"
    return InputIssue(
        code="template-placeholder-misplaced",
        severity="error",
        place=Place(file=file, heading=one.where),
        message=f"The placeholder {{{{ {name} }}}} {why}.",
        hint="Give it one paragraph of its own in the text of the document.",
    )


def fill(found: Iterable[Found], said: Mapping[str, str], part: Callable[[str], Iterable[Any]]) -> None:
    """Put texts and parts in the place of all placeholders; what is put in is never looked at again."""
    for one in found:
        if one.alone and one.names[0] in PARTS:
            for element in part(one.names[0]):
                one.paragraph.addprevious(element)
            _remove(one.paragraph)
        else:
            _fill_paragraph(one.paragraph, said)


def _remove(paragraph: Any) -> None:
    """Take a paragraph away; one that ends a section of the template stays, empty, for it holds the page."""
    if paragraph.find(f"{_W}pPr/{_W}sectPr") is None:
        paragraph.getparent().remove(paragraph)
        return
    for child in paragraph.findall(f"{_W}r"):
        paragraph.remove(child)


def _words(paragraph: Any) -> Iterator[Any]:
    """Return the text elements of a paragraph, without those of paragraphs inside it, such as in a text box."""
    for one in paragraph.iter(f"{_W}t"):
        if next(one.iterancestors(f"{_W}p")) is paragraph:
            yield one


def _fill_paragraph(paragraph: Any, said: Mapping[str, str]) -> None:
    """Replace from the end to the start, so that places stay true; Word often spreads a name over several runs."""
    words = list(_words(paragraph))
    text = "".join(one.text or "" for one in words)
    for match in reversed(list(_PLACEHOLDER.finditer(text))):
        name = match[1].strip()
        at, holder = 0, None
        for one in words:
            own = one.text or ""
            start, end = max(match.start() - at, 0), min(match.end() - at, len(own))
            at += len(own)
            if start >= end:
                continue
            if holder is None:
                holder = one
                rest = own[end:]
                one.text = own[:start] + said.get(name, "") + ("" if name in FIELDS else rest)
                if name in FIELDS:
                    _split(one, FIELDS[name], rest)
            else:
                one.text = own[end:]
            one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _split(words: Any, field: str, rest: str) -> None:
    """Put a field behind the run that held its placeholder, then the rest of that run, in the same manner."""
    run = words.getparent()
    manner = run.find(f"{_W}rPr")
    behind = list(page_field(field))
    if rest:
        behind.append(text_run(rest))
    for new in reversed(behind):
        if manner is not None:
            new.insert(0, deepcopy(manner))
        run.addnext(new)
