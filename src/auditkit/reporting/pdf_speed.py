"""What makes rendering cheaper without changing a byte of what is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from auditkit.base.collector import collector_at_rest


@contextmanager
def quickly() -> Iterator[None]:
    """Render without the cyclic collector, and without counting all pages for every element of the structure."""
    with collector_at_rest(), _remembered_pages():
        yield


@contextmanager
def _remembered_pages() -> Iterator[None]:
    """Keep the list of pages: pydyf makes it anew for each of the many elements that ask where they stand."""
    import pydyf

    before = pydyf.PDF.page_references

    def page_references(pdf: Any) -> tuple[bytes, ...]:
        count, references = getattr(pdf, "_remembered", (-1, ()))
        if count != pdf.pages["Count"]:
            references = before.fget(pdf)
            pdf._remembered = (pdf.pages["Count"], references)
        return tuple(references)

    pydyf.PDF.page_references = property(page_references)
    try:
        yield
    finally:
        pydyf.PDF.page_references = before
