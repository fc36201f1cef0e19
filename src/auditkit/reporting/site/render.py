"""From the book to files: HTML, one style sheet, one script, the search index; no request leaves the folder."""

import json
from functools import lru_cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from auditkit import __version__
from auditkit.reporting.site.model import Book

PAGES = Path(__file__).parent / "pages"
FONTS = Path(__file__).parents[1] / "fonts"
FONT_FILES = (
    "SourceSans3-Regular.ttf",
    "SourceSans3-SemiBold.ttf",
    "SourceSerif4-Regular.ttf",
    "SourceCodePro-Regular.ttf",
)
"""Copied beside the pages, with their licences."""


def render_book(book: Book) -> dict[str, str]:
    """Return every text file of the book by its name. The same book gives the same files."""
    environment = _environment()
    shared = {"book": book, "version": __version__}

    def page(template: str, **more: object) -> str:
        return environment.get_template(template).render(**shared, **more)

    files = {"index.html": page("index.j2", page=None)}
    files |= {one.file: page("requirement.j2", page=one) for one in book.requirements}
    files |= {one.file: page("clause.j2", page=one) for one in book.clauses}
    files |= {one.file: page("lens.j2", page=one) for one in book.lenses}
    files |= {one.file: page("map.j2", page=one) for one in book.maps}
    files["book.css"] = (PAGES / "book.css").read_text(encoding="utf-8")
    files["book.js"] = (PAGES / "book.js").read_text(encoding="utf-8")
    index = json.dumps(book.search, ensure_ascii=False, separators=(",", ":"))
    files["search.js"] = f"window.auditkitSearch = {index};\n"
    return files


@lru_cache(maxsize=1)
def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
