"""Which catalogs there are: the shipped ones and those of the engagement one stands in."""

from pathlib import Path

from auditkit.base.errors import InputsUnreadable
from auditkit.engagement.layout import Layout, checklists_folder, find_engagement
from auditkit.engagement.library import Shelves
from auditkit.engagement.lint import Linted, lint_checklists


def here() -> Layout | None:
    """Return the engagement the command runs in; None outside of any."""
    try:
        return find_engagement(Path())
    except InputsUnreadable:
        return None


def shelves() -> Shelves:
    """Return the shipped catalogs and, inside an engagement, its own."""
    layout = here()
    return Shelves(checklists_folder(), layout.checklists if layout else None)


def lint_here() -> Linted:
    """Lint the shipped checklists and what the engagement adds to them."""
    layout = here()
    if layout is None:
        return lint_checklists(checklists_folder())
    return lint_checklists(checklists_folder(), layout.checklists, layout.overlays)
