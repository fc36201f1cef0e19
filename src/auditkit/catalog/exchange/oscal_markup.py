"""OSCAL's markup: prose elements of XML as Markdown, and parameters filled into prose."""

import re
from collections.abc import Iterable, Mapping

from lxml import etree

from auditkit.catalog.exchange.model import ForeignParam

BLOCKS = frozenset(("p", "ul", "ol", "pre", "table", "blockquote", "hr", "h1", "h2", "h3", "h4", "h5", "h6"))
_MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**", "code": "`", "q": '"'}
_INSERT = re.compile(r"\{\{\s*(?P<word>insert\s*:\s*)?(?P<param>param\s*[,:]\s*)?(?P<id>[^\s{},:]+)\s*\}\}")
_INNER_LINK = re.compile(r"\[(?P<text>[^\[\]]*)\]\(#[^()\s]*\)")
_PARAMETERS_IN_PARAMETERS = 3
_LONGEST_PARAMETER_CHARACTERS = 2_000
_LONGEST_PROSE_CHARACTERS = 1_000_000


def markdown(blocks: Iterable[etree._Element]) -> str:
    """Return block elements as Markdown, a blank line between them."""
    return "\n\n".join(text for text in (_block(one, "") for one in blocks) if text.strip())


def inline(element: etree._Element) -> str:
    """Return the text of an element with the marks of what stands in it, on one line."""
    parts = [element.text or ""]
    for child in element:
        parts += [_inline(child), child.tail or ""]
    return re.sub(r"\s+", " ", "".join(parts))


def shown_params(params: Iterable[ForeignParam]) -> dict[str, str]:
    """Return how each parameter reads in prose: its values, its choices, its label, or its id in brackets."""
    plain = {param.id: _shown(param) for param in params}
    shown = dict(plain)
    for _ in range(_PARAMETERS_IN_PARAMETERS):
        if not any("{{" in text for text in shown.values()):
            break
        shown = {name: _put(text, shown, _LONGEST_PARAMETER_CHARACTERS)[0] for name, text in plain.items()}
    return shown


def fill(prose: str, shown: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Put parameters in the place of ``{{ insert: param, x }}``, and leave the text of links within the file.

    Returns the prose and the ids of parameters that nobody declared; those stand as ``[x]``.
    """
    text, missing = _put(prose, shown, _LONGEST_PROSE_CHARACTERS)
    return _INNER_LINK.sub(r"\g<text>", text), missing


def _put(text: str, shown: Mapping[str, str], longest: int) -> tuple[str, tuple[str, ...]]:
    """Replace the inserts of a text; once it has grown to ``longest`` by them, the rest stand as ``[x]``."""
    missing: list[str] = []
    grown = 0

    def replace(found: re.Match[str]) -> str:
        nonlocal grown
        name = found["id"]
        if name not in shown:
            if found["word"] is None and found["param"] is None:
                return found[0]
            missing.append(name)
        grown += len(shown.get(name, ""))
        return shown[name] if name in shown and grown <= longest else f"[{name}]"

    return _INSERT.sub(replace, text), tuple(dict.fromkeys(missing))


def _shown(param: ForeignParam) -> str:
    text = param.label or f"[{param.id}]"
    if param.values:
        text = ", ".join(param.values)
    elif param.choices:
        text = f"[{'one or more of' if param.many else 'one of'}: {'; '.join(param.choices)}]"
    return text if len(text) <= _LONGEST_PARAMETER_CHARACTERS else f"{text[:_LONGEST_PARAMETER_CHARACTERS]} …"


def _inline(element: etree._Element) -> str:
    name = _name(element)
    if name == "insert":
        return f"{{{{ insert: param, {element.get('id-ref') or element.get('param-id') or ''} }}}}"
    if name == "br":
        return " "
    if name == "img":
        return element.get("alt") or ""
    text = inline(element)
    if name == "a":
        return f"[{text}]({element.get('href') or ''})"
    mark = _MARKS.get(name, "")
    return f"{mark}{text}{mark}" if text.strip() else text


def _block(element: etree._Element, indent: str) -> str:
    name = _name(element)
    if name in ("ul", "ol"):
        return "\n".join(
            _entry(entry, f"{indent}{'-' if name == 'ul' else f'{number}.'} ")
            for number, entry in enumerate(element, start=1)
        )
    if name == "table":
        rows = [one for one in element.iter() if _name(one) == "tr"]
        return "\n".join(" | ".join(inline(cell).strip() for cell in row) for row in rows)
    if name == "pre":
        return "".join(str(text) for text in element.itertext())
    if name == "blockquote":
        return markdown([one for one in element if _name(one) in BLOCKS]) or inline(element).strip()
    heading = "#" * int(name[1]) + " " if re.fullmatch(r"h[1-6]", name) else ""
    return heading + inline(element).strip()


def _entry(entry: etree._Element, mark: str) -> str:
    """Return a list entry: its own text, and lists in it indented below."""
    inner: list[etree._Element] = []
    parts = [entry.text or ""]
    for child in entry:
        if _name(child) in BLOCKS:
            inner.append(child)
        else:
            parts.append(_inline(child))
        parts.append(child.tail or "")
    own = " ".join("".join(parts).split())
    lines = [mark + own] if own else []
    for child in inner:
        text = _block(child, " " * len(mark))
        lines.append(text if lines else mark + text.lstrip())
    return "\n".join(lines)


def _name(element: etree._Element) -> str:
    tag = element.tag
    return etree.QName(tag).localname if isinstance(tag, str) else ""
