"""PDF text with page numbers."""

import re
from pathlib import Path
from typing import Any

from auditkit.evidence.metadata import filled, from_passages, is_cover_line
from auditkit.evidence.model import DocumentMeta
from auditkit.evidence.readers.common import Collector, Extract, Skipped

PAGE_LIMIT = 2_000
_FEW_CHARACTERS = 20
_IMAGE, _FORM = 3, 5
_ENDS = (".", ":", ";", "!", "?", ")", "]")
_NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|Annex [A-Z]|Appendix [A-Z])\s+[A-ZÄÖÜ][^.;:!?]{2,90}"
)


def read_pdf(path: Path, file: str) -> Extract:
    """Read a PDF: one passage a paragraph, with its page. Scanned pages without text are said, not guessed."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        text = str(error).lower()
        raise Skipped(
            "it is encrypted with a password" if "password" in text else f"the PDF is damaged ({error})"
        ) from error
    found = Collector(file)
    pages = len(document)
    scans: list[int] = []
    for number in range(min(pages, PAGE_LIMIT)):
        try:
            page = document[number]
            text = page.get_textpage().get_text_range()
            if len(text.strip()) < _FEW_CHARACTERS and _shows_something(page):
                scans.append(number + 1)
        except pypdfium2.PdfiumError:
            scans.append(number + 1)
            continue
        _collect(found, text, number + 1)
    if not found.passages:
        raise Skipped(f"none of its {pages} pages holds text; it seems to be a scan")
    said = document.get_metadata_dict()
    own = DocumentMeta(title=said.get("Title") or None, author=said.get("Author") or None)
    return _limited(found.extract(filled(from_passages(found.passages), own)), pages, scans)


def _limited(extract: Extract, pages: int, scans: list[int]) -> Extract:
    if pages > PAGE_LIMIT:
        why = f"only the first {PAGE_LIMIT} of {pages} pages were read"
        return extract._replace(status="partly_read", why=why)
    if scans and extract.status == "read":
        named = ", ".join(map(str, scans[:10])) + (", ..." if len(scans) > 10 else "")
        why = f"{len(scans)} of {pages} pages hold no text; they seem to be scans (page {named})"
        return extract._replace(status="partly_read", why=why)
    return extract


def _shows_something(page: Any) -> bool:
    """Tell whether a page without text shows a picture or a drawing, or is simply blank."""
    kinds = [one.type for one in page.get_objects(max_depth=2)]
    return _IMAGE in kinds or _FORM in kinds or len(kinds) > 20


def _collect(found: Collector, text: str, page: int) -> None:
    for paragraph in paragraphs(text):
        found.add(paragraph, page=page, heading=_NUMBERED.fullmatch(paragraph) is not None)


def paragraphs(text: str) -> list[str]:
    """Join the lines of a page to paragraphs.

    A blank line, a numbered heading, a line such as "Version: 2.1", or a line that ends a sentence well before
    the margin ends one.
    """
    lines = [line.rstrip() for line in text.replace("\r", "").split("\n")]
    short = 0.75 * max(map(len, lines), default=0)
    found: list[str] = []
    current: list[str] = []
    for line in [*lines, ""]:
        bare = line.strip()
        alone = is_cover_line(bare) or (len(line) < short and _NUMBERED.fullmatch(bare) is not None)
        if current and (not bare or alone):
            found.append(" ".join(current))
            current = []
        if alone:
            found.append(bare)
        elif bare:
            current.append(bare)
            if len(line) < short and (bare.endswith(_ENDS) or (len(bare) <= 60 and len(bare.split()) == 1)):
                found.append(" ".join(current))
                current = []
    return found
