"""HTML: what a reader of the page sees, block by block."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree
from lxml import html as lxml_html

from auditkit.evidence.metadata import filled, from_passages
from auditkit.evidence.model import DocumentMeta
from auditkit.evidence.readers.common import Collector, Extract, Skipped, decode

_UNSEEN = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "meta",
        "link",
        "svg",
        "object",
        "iframe",
        "select",
    }
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | frozenset(
    {
        "html",
        "body",
        "main",
        "article",
        "section",
        "header",
        "footer",
        "nav",
        "aside",
        "div",
        "p",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "pre",
        "blockquote",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "figure",
        "figcaption",
        "form",
        "fieldset",
        "address",
        "details",
        "summary",
        "hr",
    }
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_CLASS = re.compile(
    r"\.([\w-]+)\s*\{[^{}]*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{3,20})", re.IGNORECASE)


class Block(NamedTuple):
    """One visible block of a page."""

    text: str
    heading: bool = False


def read_html(path: Path, file: str) -> Extract:
    """Read HTML: visible text by block, one passage a table row; never scripts, styles or hidden parts."""
    data = path.read_bytes()
    found = Collector(file)
    under: str | None = None
    for number, block in enumerate(visible_blocks(_text(data)), start=1):
        found.add(block.text, under=None if block.heading else under, paragraph=number, heading=block.heading)
        under = block.text if block.heading else under
    title = re.search(rb"<title[^>]*>([^<]{1,300})", data, re.IGNORECASE)
    meta = from_passages(found.passages)
    if title is not None:
        meta = filled(meta, DocumentMeta(title=" ".join(decode(title[1])[0].split()) or None))
    return found.extract(meta)


def visible_blocks(text: str) -> Iterator[Block]:
    """Yield the visible blocks of a page in order; Skipped when there is no page."""
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root: Any = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (ValueError, etree.ParserError, etree.XMLSyntaxError) as error:
        raise Skipped(f"its HTML cannot be parsed ({error})") from error
    styles = " ".join(style.text or "" for style in root.iter("style"))
    page = _Page(frozenset(_HIDDEN_CLASS.findall(styles)))
    page.walk(root)
    page.flush()
    return iter(page.blocks)


class _Page:
    """Collects blocks; inline text gathers until the next block begins or ends."""

    def __init__(self, hidden: frozenset[str]) -> None:
        self.blocks: list[Block] = []
        self._hidden = hidden
        self._inline: list[str] = []

    def walk(self, element: Any) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _UNSEEN or self._is_hidden(element):
            return
        if tag in _HEADINGS:
            self.flush()
            self._add(self._gather(element), heading=True)
        elif tag == "tr" and not any(one.tag in _BLOCKS for cell in element for one in cell):
            self.flush()
            self._add(" | ".join(text for cell in element if (text := self._gather(cell))))
        else:
            self._children(element, tag)

    def flush(self) -> None:
        self._add(" ".join("".join(self._inline).split()))
        self._inline.clear()

    def _children(self, element: Any, tag: str) -> None:
        if tag in _BLOCKS:
            self.flush()
        self._inline.append(" " if tag == "br" else element.text or "")
        for child in element:
            self.walk(child)
            self._inline.append(child.tail or "")
        if tag in _BLOCKS:
            self.flush()

    def _gather(self, element: Any) -> str:
        inner = _Page(self._hidden)
        inner._children(element, "")
        inner.flush()
        return " ".join(block.text for block in inner.blocks)

    def _add(self, text: str, heading: bool = False) -> None:
        if text:
            self.blocks.append(Block(text, heading))

    def _is_hidden(self, element: Any) -> bool:
        return (
            element.get("hidden") is not None
            or bool(_HIDDEN_STYLE.search(element.get("style") or ""))
            or not self._hidden.isdisjoint((element.get("class") or "").split())
        )


def _text(data: bytes) -> str:
    """Decode a page: by its mark or as UTF-8, else as it declares, else as Windows-1252."""
    text, encoding = decode(data)
    declared = _CHARSET.search(data[:2048])
    if encoding == "cp1252" and declared is not None:
        try:
            return data.decode(declared[1].decode("ascii"), errors="replace")
        except LookupError:
            return text
    return text
