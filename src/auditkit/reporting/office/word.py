"""The report as a Word document, through a template of the user's own or ours: `render_docx`. The door of python-docx."""

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import docx
from lxml import etree

from auditkit.base.atomic import write_whole
from auditkit.base.issue import InputIssue
from auditkit.base.language import ENGLISH, say, spoken
from auditkit.reporting.office import placeholders
from auditkit.reporting.office.blocks import Heading, Part, parts_of, report_parts
from auditkit.reporting.office.package import same_bytes, template_faults
from auditkit.reporting.office.word_picture import images_in
from auditkit.reporting.office.word_styles import dress, ensure_styles
from auditkit.reporting.office.word_xml import NAMESPACE, Writer, text_run
from auditkit.reporting.view_model import Options, View

_W = f"{{{NAMESPACE}}}"
_TWIPS = 635
"""English metric units in a twentieth of a point."""
_USUAL, _NARROWEST = 9354, 4000
"""Widths of the text in twentieths of a point: where a template names none, and where it leaves less."""


def render_docx(
    view: View, target: Path, options: Options, template: Path | None = None, markup: str = ""
) -> tuple[InputIssue, ...]:
    """Write the report as a Word document; with issues, which say what is wrong with the template, nothing is written.

    ``markup``: the printed page of a document of its own, in place of the report. Same view and template, same bytes
    in one environment.
    """
    if template is not None:
        found = template_faults(template)
        if found:
            return found
    document = docx.Document(str(template)) if template is not None else default_template()
    _detach(document)
    marked = placeholders.find(_trees(document))
    issues = placeholders.faults(marked, view, template.name if template else "default template")
    if issues:
        return issues
    parts = parts_of(markup) if markup else report_parts(view, options)
    writer = Writer(ensure_styles(document), _text_width(document), parts, images_in(document, parts))
    placed = {name for one in marked for name in one.names}
    said = placeholders.texts(view)
    placeholders.fill(marked, said, lambda name: _part(name, parts, placed, writer))
    if view.cover.draft:
        _say_draft(document)
    _describe(document, view, said)
    _speak(document)
    write_whole(target, _saved(document, view.cover.as_of_date))
    return ()


def write_template(target: Path) -> None:
    """Write our own template, to be dressed in the colours of a house."""
    document = default_template()
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", say("Template of a report"), ""
    properties.created = properties.modified = moment
    write_whole(target, _saved(document, moment.date()))


def default_template() -> Any:
    """Return our own template as a document: plain styles, a header, a footer, and the placeholders in order."""
    document = docx.Document()
    dress(document)
    return document


def _trees(document: Any) -> dict[str, Any]:
    """Return the body, headers and footers of a document by the names of their parts."""
    trees = {}
    for part in document.part.package.iter_parts():
        name = str(part.partname).rpartition("/")[2].removesuffix(".xml")
        if hasattr(part, "element") and name.startswith(("document", "header", "footer")):
            trees[name] = part.element
    return trees


def _detach(document: Any) -> None:
    """Cut the link to the template that a template was made from, which a program would fetch when it opens."""
    for part in document.part.package.iter_parts():
        for name in [one for one, link in part.rels.items() if link.reltype.endswith("/attachedTemplate")]:
            del part.rels[name]
    settings = document.settings.element
    for one in settings.findall(f"{_W}attachedTemplate"):
        settings.remove(one)


def _part(name: str, parts: tuple[Part, ...], placed: Iterable[str], writer: Writer) -> Iterator[Any]:
    if name == "contents":
        headings = [block for part in parts for block in part.blocks if isinstance(block, Heading)]
        return writer.contents(one for one in headings if one.listed)
    apart = {*placed, "cover", "control"}
    wanted = [one for one in parts if (one.id not in apart if name == "sections" else one.id == name)]
    return writer.blocks(block for one in wanted for block in one.blocks)


def _text_width(document: Any) -> int:
    section = document.sections[0]
    lengths = [section.page_width, section.left_margin, section.right_margin]
    if None in lengths:
        return _USUAL
    return max(int(lengths[0] - lengths[1] - lengths[2]) // _TWIPS, _NARROWEST)


def _say_draft(document: Any) -> None:
    """See that the header of every page says DRAFT, whatever the template has there."""
    word = say("DRAFT")
    even = document.settings.odd_and_even_pages_header_footer
    for at, section in enumerate(document.sections):
        headers = [section.header]
        headers += [section.first_page_header] if section.different_first_page_header_footer else []
        headers += [section.even_page_header] if even else []
        for header in headers:
            if at and header.is_linked_to_previous:
                continue
            element = header._element
            if word not in "".join(one.text or "" for one in element.iter(f"{_W}t")):
                paragraph = etree.SubElement(element, f"{_W}p")
                paragraph.append(text_run(word))
                element.insert(0, paragraph)


def _describe(document: Any, view: View, said: dict[str, str]) -> None:
    day = view.cover.as_of_date
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    properties = document.core_properties
    properties.title = (say("DRAFT: {title}", title=said["title"]) if view.cover.draft else said["title"])[
        :255
    ]
    subject = say(
        "{kind}, {auditee}, as of {day}", kind=said["kind"], auditee=said["auditee"], day=said["as_of"]
    )
    properties.subject = subject[:255]
    properties.author, properties.last_modified_by = said["lead_auditor"][:255], "auditkit"
    properties.keywords, properties.comments = say("run {run}", run=view.cover.run_id), ""
    properties.created, properties.modified, properties.revision = moment, moment, 1


def _speak(document: Any) -> None:
    """Tell programs that check spelling, or read aloud, which language the texts are in."""
    if spoken() == ENGLISH:
        return
    for one in document.styles.element.iter(f"{_W}lang"):
        one.set(f"{_W}val", spoken())
    document.core_properties.language = spoken()


def _saved(document: Any, day: date) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return same_bytes(stream.getvalue(), day)
