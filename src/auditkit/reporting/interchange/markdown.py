"""The whole report as Markdown (pure): the page that HTML readers get, so nothing that stands there is missing here.

Texts of others are escaped, so that they are shown as they are and neither mark up the page nor embed anything.
"""

import re
from collections.abc import Iterator

from lxml import html as lxml_html
from lxml.html import HtmlElement

from auditkit.reporting.html import render_html
from auditkit.reporting.interchange.material import Material

_SKIPPED = frozenset({"script", "style", "colgroup", "caption", "defs"})
_BREAKS = frozenset({"br"})
_OWN_LINES = frozenset({"p", "li", "div"})
_ESCAPED = re.compile(r"([\\`*\[\]<>|~$]|(?<!\w)_|_(?!\w)|&(?=#?\w+;))")
_STARTS = re.compile(r"^(?:([#>]+|[-+=]+)(?=[\s=-]|$)|(\d{1,9})([.)])(?=\s|$))")
_HEADING = re.compile(r"h([1-6])")


def markdown(material: Material) -> str:
    """Return the report as CommonMark with tables; the same run gives the same bytes."""
    return page_markdown(render_html(material.view), material.run.trace.run_id)


def page_markdown(markup: str, run_id: str) -> str:
    """Return a page for HTML readers as CommonMark with tables."""
    page = lxml_html.document_fromstring(markup)
    (main,) = page.iter("main")
    mark = f"<!-- computed by auditkit; run {run_id}; do not edit -->"
    cover, *rest = list(main)
    contents, footer = page.iter("nav"), page.findall("body/footer")
    blocks = [mark, *_blocks(cover)]
    for part in (*contents, *rest, *footer):
        blocks += _blocks(part)
    return "\n\n".join(blocks) + "\n"


def _blocks(element: HtmlElement) -> Iterator[str]:
    """Yield the blocks of an element, each without blank lines in it."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _SKIPPED:
        return
    if heading := _HEADING.fullmatch(tag):
        yield f"{'#' * int(heading[1])} {_inline(element, ' ')}"
    elif tag == "table":
        yield from _table(element)
    elif tag == "figure":
        yield from _figure(element)
    elif tag in ("ul", "ol"):
        in_contents = any(one.tag == "nav" for one in element.iterancestors())
        yield "\n".join(_items(element, "", numbered=not in_contents))
    elif tag == "p" or not _has_blocks(element):
        if text := _started(_inline(element, "\\\n")):
            yield text
    else:
        if text := _started(_escape(element.text or "").strip()):
            yield text
        for child in element:
            yield from _blocks(child)
            if text := _started(_escape(child.tail or "").strip()):
                yield text


def _has_blocks(element: HtmlElement) -> bool:
    return any(
        isinstance(one.tag, str)
        and (
            one.tag in ("p", "table", "figure", "ul", "ol", "section", "article", "div")
            or _HEADING.match(one.tag)
        )
        for one in element.iterdescendants()
    )


def _figure(element: HtmlElement) -> Iterator[str]:
    """Yield what a picture says in words; its title stands first."""
    for drawing in element.iter("{*}svg", "svg"):
        words = {str(one.tag).rpartition("}")[2]: one for one in drawing if isinstance(one.tag, str)}
        said = [_inline(words[name], " ") for name in ("title", "desc") if name in words]
        if said:
            yield f"**{said[0]}**" + "".join(f": {text}" for text in said[1:])


def _items(element: HtmlElement, indent: str, *, numbered: bool) -> Iterator[str]:
    """Yield the lines of a list, those of lists in it indented; contents bring their own numbers."""
    number = 0
    for item in element:
        if item.tag != "li":
            continue
        number += 1
        lead = f"{number}." if element.tag == "ol" and numbered else "-"
        inner = [one for one in item if one.tag in ("ul", "ol")]
        yield f"{indent}{lead} {_started(_inline(item, ' ', without=('ul', 'ol')))}"
        for one in inner:
            yield from _items(one, indent + " " * (len(lead) + 1), numbered=numbered)


def _table(element: HtmlElement) -> Iterator[str]:
    """Yield the caption and the table; a table of facts has an empty heading, and its labels are bold."""
    for caption in element.iter("caption"):
        yield f"**{_inline(caption, ' ')}**"
    facts = "facts" in (element.get("class") or "").split()
    heads = [row for part in element.iter("thead") for row in part.iter("tr")]
    rows = [row for row in element.iter("tr") if row not in heads]
    cells = [_cells(row, labels=facts) for row in (*heads[:1], *rows)]
    width = max((len(row) for row in cells), default=0)
    if not heads:
        cells.insert(0, [])
    if width and cells[1:] + heads:
        lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in cells]
        lines.insert(1, f"|{' --- |' * width}")
        yield "\n".join(lines)


def _cells(row: HtmlElement, *, labels: bool) -> list[str]:
    """Return the cells of a row; one that spans several columns is followed by empty ones."""
    found: list[str] = []
    for cell in row:
        if cell.tag not in ("td", "th"):
            continue
        text = _inline(cell, "<br>")
        found.append(f"**{text}**" if labels and cell.tag == "th" and text else text)
        found += [""] * (int(cell.get("colspan") or 1) - 1)
    return found


def _inline(element: HtmlElement, line_break: str, without: tuple[str, ...] = ()) -> str:
    """Return the text of an element in one line, or in several with breaks between them."""
    text = "".join(_pieces(element, without))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return line_break.join(line for line in lines if line)


def _pieces(element: HtmlElement, without: tuple[str, ...]) -> Iterator[str]:
    """Yield the escaped text of an element, with a line feed only where a line ends."""
    yield _escape(element.text or "")
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and tag not in _SKIPPED and tag not in without:
            if tag in _BREAKS:
                yield "\n"
            elif tag in ("b", "strong"):
                inner = " ".join("".join(_pieces(child, without)).split())
                yield f"**{inner}**" if inner else ""
            else:
                edge = "\n" if tag in _OWN_LINES else ""
                yield f"{edge}{''.join(_pieces(child, without))}{edge}"
        yield _escape(child.tail or "")


def _escape(text: str) -> str:
    return _ESCAPED.sub(r"\\\1", re.sub(r"\s+", " ", text))


def _started(text: str) -> str:
    """Keep the first characters of a paragraph from making it a heading, a list or a rule."""
    return _STARTS.sub(lambda found: f"{found[2]}\\{found[3]}" if found[2] else f"\\{found[0]}", text)
