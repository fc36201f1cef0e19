"""PDF text with page numbers."""

import re
from pathlib import Path

from auditkit.evidence.metadata import from_passages
from auditkit.evidence.readers.common import Collector, Extract, Skipped

PAGE_LIMIT = 2_000


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
    blank = 0
    for number in range(min(pages, PAGE_LIMIT)):
        try:
            text = document[number].get_textpage().get_text_range()
        except pypdfium2.PdfiumError:
            blank += 1
            continue
        if len(text.strip()) < 20:
            blank += 1
        for paragraph in _paragraphs(text):
            found.add(paragraph, page=number + 1)
    if not found.passages:
        raise Skipped(f"none of its {pages} pages holds text; it seems to be a scan")
    extract = found.extract(from_passages(found.passages))
    if pages > PAGE_LIMIT:
        return extract._replace(
            status="partly_read", why=f"only the first {PAGE_LIMIT} of {pages} pages were read"
        )
    if blank and extract.status == "read":
        return extract._replace(
            status="partly_read", why=f"{blank} of {pages} pages hold no text; they seem to be scans"
        )
    return extract


def _paragraphs(text: str) -> list[str]:
    """Join lines to paragraphs: a blank line, or a line that ends a sentence well before the margin, ends one."""
    lines = [line.rstrip() for line in text.replace("\r", "").split("\n")]
    width = max((len(line) for line in lines), default=0)
    found: list[str] = []
    current: list[str] = []
    for line in lines:
        if not line.strip():
            if current:
                found.append(" ".join(current))
                current = []
            continue
        current.append(line.strip())
        if len(line) < 0.75 * width and re.search(r"[.:;!?)\]]$|^\S{1,60}$", line.strip()):
            found.append(" ".join(current))
            current = []
    if current:
        found.append(" ".join(current))
    return found
