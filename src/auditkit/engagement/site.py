"""Write the catalog book: a page for every requirement, in a folder that opens from the file system."""

import shutil
from pathlib import Path

from auditkit.base.errors import UsageFault
from auditkit.catalog.overlay import OverlayPoint
from auditkit.engagement.catalogs import here, shelves
from auditkit.engagement.library import load_all_crosswalks, load_library
from auditkit.engagement.overlays import apply_overlays, in_language
from auditkit.reporting.site.build import Shelf, build_book
from auditkit.reporting.site.render import FONT_FILES, FONTS, render_book

MARK = "computed-by-auditkit"


def write_site(target: Path, catalog_id: str, language: str = "en") -> int:
    """Write the book of a catalog and return how many pages it has; UsageFault for a folder that is not ours."""
    stand = shelves()
    library, _ = load_library(stand.shipped, catalog_id, own=stand.own)
    layout = here()
    overlay: dict[str, OverlayPoint] = {}
    if layout is not None:
        library, overlay, _ = apply_overlays(layout, library, "the organisation")
    if language != "en" and all(one.language != language for one in library.translations):
        known = ", ".join(sorted({"en", *(one.language for one in library.translations)}))
        raise UsageFault(f"{language}: the catalog has no translation into it. Known: {known}.")
    shown, guidance = in_language(library, language)
    crosswalks, references, _ = load_all_crosswalks(stand.shipped)
    book = build_book(
        Shelf(
            catalog=shown,
            original=library.catalog,
            guidance=guidance,
            document_types=library.document_types,
            tests=library.tests,
            lenses=tuple(lens for lens in library.lenses if lens.by == "clause"),
            crosswalks=tuple(one for one in crosswalks if one.source == catalog_id),
            history=tuple(one for one in crosswalks if one.target == catalog_id),
            references=references,
            overlay=overlay,
        )
    )
    _empty(target)
    files = render_book(book)
    for name, text in files.items():
        (target / name).write_text(text, encoding="utf-8")
    (target / "fonts").mkdir()
    for name in (*FONT_FILES, *(path.name for path in FONTS.glob("OFL-*.txt"))):
        shutil.copyfile(FONTS / name, target / "fonts" / name)
    return sum(name.endswith(".html") for name in files)


def _empty(target: Path) -> None:
    """Make the folder empty; refuse one that holds anything the book did not write."""
    if target.is_dir() and any(target.iterdir()):
        if not (target / MARK).is_file():
            raise UsageFault(
                f"{target}: the folder holds other files and was not touched. Name another with --to."
            )
        shutil.rmtree(target)
    target.mkdir(parents=True, exist_ok=True)
    (target / MARK).write_text(
        "computed: written by auditkit catalog site; can be deleted.\n", encoding="utf-8"
    )
