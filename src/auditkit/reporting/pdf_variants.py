"""The variants of the printed report and what goes with them; a further variant is a further row."""

from typing import Any, Literal, NamedTuple

Variant = Literal["plain", "accessible", "archive"]


class Kind(NamedTuple):
    """One variant: its file, and how WeasyPrint is asked for it."""

    file: str
    settings: dict[str, Any]


VARIANTS: dict[Variant, Kind] = {
    "plain": Kind("audit-report.pdf", {"pdf_tags": True}),
    "accessible": Kind("audit-report.accessible.pdf", {"pdf_variant": "pdf/ua-1"}),
    "archive": Kind("audit-report.archive.pdf", {"pdf_variant": "pdf/a-3a"}),
}
"""Plain: tagged, without a claim. In the order of writing: the archived one leaves its colour profile behind."""


class Attached(NamedTuple):
    """A file that goes with the archived report."""

    name: str
    text: str
    about: str
    relationship: Literal["Data", "Supplement"]
    """Data: what the pages show, for programs; supplement: the same in another form, or more."""
