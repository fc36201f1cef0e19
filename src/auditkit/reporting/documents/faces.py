"""The faces of a document: PDF, HTML, Word and Markdown, all made from one page."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from auditkit.base.atomic import new_file, write_whole
from auditkit.base.digest import digest_value
from auditkit.base.language import spoken
from auditkit.reporting.documents.build import Document
from auditkit.reporting.documents.forms import Forms, Room, fitted
from auditkit.reporting.interchange.markdown import page_markdown
from auditkit.reporting.templating import render, templates_digest
from auditkit.reporting.view_model import Options

_FORMS = "forms"
_ROOMS = (
    Room(1200, 5, 4),
    Room(1200, 5, 2),
    Room(900, 4, 1),
    Room(650, 2, 1),
    Room(400, 1, 1),
    Room(250, 0, 1),
    Room(140, 0, 1),
    Room(70, 0, 1),
)
"""From much to little; each form takes the first with which it stands on one page."""
_IN_WORD = 3
"""The room of a form in Word, whose pages are laid out when it is opened."""
_LINK = re.compile(r'<a\b[^>]*\bhref="#([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
_ID = re.compile(r'\bid="([^"]+)"')
_OPTIONS = Options()


def document_html(document: Document) -> str:
    """Return the document as one HTML file that needs nothing from outside; nothing in it is shortened."""
    return _markup(document, "doc_page.html.j2", pdf=False)


def document_markdown(document: Document) -> str:
    """Return the document as CommonMark with tables."""
    return page_markdown(document_html(document), document.view.cover.run_id)


def write_document_pdf(document: Document, path: Path) -> int:
    """Write the document as PDF and return its number of pages; a form never takes more than one."""
    from auditkit.reporting.pdf import stylesheets, write_pdf

    styles = stylesheets(document.view, "documents.css")

    with new_file(path) as target:
        forms = _forms(document)
        rooms = [0] * (len(forms.forms) if forms else 0)
        while True:
            shown = _with(document, forms, rooms) if forms else document
            markup = _markup(shown, "doc_page.pdf.j2", pdf=True)
            pages = write_pdf(markup, {"plain": target}, document.view.cover.as_of_date, styles)
            tight = [
                at
                for at, taken in enumerate(_pages_of_last_chapters(target, len(rooms)))
                if taken > 1 and rooms[at] + 1 < len(_ROOMS)
            ]
            if not tight:
                return pages
            for at in tight:
                rooms[at] += 1


def _pages_of_last_chapters(path: Path, number: int) -> list[int]:
    """Return how many pages each of the last chapters of a PDF takes, by its bookmarks."""
    if not number:
        return []
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        starts = [mark.get_dest().get_index() for mark in document.get_toc() if mark.level == 0]
        ends = [*starts[1:], len(document)]
    finally:
        document.close()
    return [end - start for start, end in zip(starts, ends, strict=True)][-number:]


def write_document_docx(document: Document, path: Path) -> None:
    """Write the document for Word, through our own template."""
    from auditkit.reporting.office.word import render_docx

    forms = _forms(document)
    shown = _with(document, forms, [_IN_WORD] * len(forms.forms)) if forms else document
    render_docx(document.view, path, _OPTIONS, markup=_markup(shown, "doc_page.pdf.j2", pdf=True))


def _write_html(document: Document, path: Path) -> None:
    write_whole(path, document_html(document))


def _write_markdown(document: Document, path: Path) -> None:
    write_whole(path, document_markdown(document))


class Face(NamedTuple):
    """One way to print a document; ``id`` is also the ending of its file."""

    id: str
    write: Callable[[Document, Path], object]
    rendered: bool = False
    """It takes its time, so it is not made again while nothing changed."""


FACES: tuple[Face, ...] = (
    Face("pdf", write_document_pdf, rendered=True),
    Face("html", _write_html),
    Face("docx", write_document_docx),
    Face("md", _write_markdown),
)


def content_digest(document: Document) -> str:
    """Return a digest of all that the pages of a document are made from."""
    own = {name: value.model_dump(mode="json") for name, value in document.own.items()}
    view, said = document.view.model_dump(mode="json"), [document.title, document.standing, document.note]
    return digest_value([view, own, said, spoken(), templates_digest()])


def _forms(document: Document) -> Forms | None:
    forms = document.own.get(_FORMS)
    return forms if isinstance(forms, Forms) else None


def _with(document: Document, forms: Forms, rooms: Sequence[int]) -> Document:
    """Return the document with its forms cut to the room that each of them has."""
    cut = tuple(fitted(form, _ROOMS[at]) for form, at in zip(forms.forms, rooms, strict=True))
    return document._replace(own={**document.own, _FORMS: forms.model_copy(update={"forms": cut})})


def _markup(document: Document, template: str, *, pdf: bool) -> str:
    """Render a page; links to what only the main report prints become plain text."""
    markup = render(template, document.view, _OPTIONS, pdf=pdf, document=document)
    there = set(_ID.findall(markup))
    return _LINK.sub(lambda found: found[0] if found[1] in there else found[2], markup)
