"""The faces of a document: PDF, HTML, Word and Markdown, all made from one page."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from auditkit.base.atomic import new_file, write_whole
from auditkit.base.language import spoken
from auditkit.base.digest import digest_value
from auditkit.reporting.documents.build import Document
from auditkit.reporting.documents.forms import Forms, Room, fitted
from auditkit.reporting.interchange.markdown import page_markdown
from auditkit.reporting.templating import render, templates_digest
from auditkit.reporting.view_model import Options

_FORMS = "forms"
_ROOMS = (Room(900, 5), Room(650, 3), Room(450, 1), Room(300, 0), Room(160, 0), Room(80, 0))
"""From much to little; the first with which every form stands on one page is taken."""
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

    def printed(shown: Document, target: Path) -> int:
        markup = _markup(shown, "doc_page.pdf.j2", pdf=True)
        return write_pdf(markup, target, shown.view.cover.as_of_date, styles)

    with new_file(path) as target:
        forms = _forms(document)
        if forms is None or not forms.forms:
            return printed(document, target)
        before = printed(_with(document, forms.model_copy(update={"forms": ()})), target)
        for room in _ROOMS:
            pages = printed(_with(document, fitted(forms, room)), target)
            if pages <= before + len(forms.forms):
                break
        return pages


def write_document_docx(document: Document, path: Path) -> None:
    """Write the document for Word, through our own template."""
    from auditkit.reporting.office.word import render_docx

    forms = _forms(document)
    shown = _with(document, fitted(forms, _ROOMS[0])) if forms else document
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


def _with(document: Document, forms: Forms) -> Document:
    return document._replace(own={**document.own, _FORMS: forms})


def _markup(document: Document, template: str, *, pdf: bool) -> str:
    """Render a page; links to what only the main report prints become plain text."""
    markup = render(template, document.view, _OPTIONS, pdf=pdf, document=document)
    there = set(_ID.findall(markup))
    return _LINK.sub(lambda found: found[0] if found[1] in there else found[2], markup)
