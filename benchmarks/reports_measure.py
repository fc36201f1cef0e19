"""Render one report of about so many pages, one way, and print CPU seconds, pages and memory. Exit 3: not installed.

reports_measure.py ours|plain|accessible|all|typst|part PAGES [FIRST LAST]: part renders the chapters FIRST to LAST alone.
"""

import io
import json
import resource
import sys
import tempfile
import time
from datetime import date
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from auditkit.reporting.pdf_variants import VARIANTS, Variant

PAGES_A_CHAPTER = 6
ROWS = 80
TEXT = (
    "The record shows who asked, who approved and when the work began; in two of the cases the approval is later "
    "than the start, which the owner explains with an emergency that nobody wrote down at the time. "
)


class Chapter(NamedTuple):
    """One chapter: a heading, a few paragraphs, a table over some pages, findings."""

    number: int
    paragraphs: tuple[str, ...]
    rows: tuple[tuple[str, str, str, str, str], ...]
    findings: tuple[str, ...]


def chapters(pages: int) -> list[Chapter]:
    """Return chapters for about so many pages; the same each time."""
    return [_chapter(number) for number in range(1, max(1, pages // PAGES_A_CHAPTER) + 1)]


def _chapter(number: int) -> Chapter:
    rows = tuple(
        (
            f"{number}.{row}",
            TEXT[row % 40 : 90 + row % 70],
            "conforms" if row % 3 else "nonconforming",
            TEXT[: row % 50 + 20],
            f"EV-{row:03}",
        )
        for row in range(ROWS)
    )
    findings = tuple(f"{TEXT}{TEXT}" for _ in range(3))
    return Chapter(number, (TEXT * 3, TEXT * 2), rows, findings)


def as_html(parts: list[Chapter]) -> str:
    """Return the page as the report's templates would: contents with page numbers, fixed tables, linked findings."""
    contents = "".join(
        f'<li><a href="#c{one.number}"><span class="no">{one.number}</span> Chapter {one.number}</a></li>'
        for one in parts
    )
    head = '<html lang="en"><head><title>Report</title></head><body>'
    cover = '<header class="cover" data-short="Report" data-class="Internal" data-foot="Kleinwerk"><h1>Report</h1></header>'
    return f'{head}{cover}<nav class="contents"><h2>Contents</h2><ol>{contents}</ol></nav>{"".join(map(_html, parts))}</body></html>'


def _html(one: Chapter) -> str:
    widths = (10, 35, 15, 30, 10)
    columns = "".join(f'<col style="width:{width}%">' for width in widths)
    heads = "".join(
        f'<th scope="col">{name}</th>' for name in ("Point", "What is required", "Verdict", "Why", "Evidence")
    )
    rows = "".join(
        f'<tr><th scope="row">{point}</th><td>{escape(what)}</td><td>{verdict}</td><td>{escape(why)}</td>'
        f'<td class="ids"><a href="#f{one.number}-0">{evidence}</a></td></tr>'
        for point, what, verdict, why, evidence in one.rows
    )
    findings = "".join(
        f'<article class="finding" id="f{one.number}-{at}"><h3>Finding {one.number}-{at}</h3><p>{escape(text)}</p></article>'
        for at, text in enumerate(one.findings)
    )
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in one.paragraphs)
    return (
        f'<section><h2 id="c{one.number}"><span class="no">{one.number}</span> Chapter {one.number}</h2>{paragraphs}'
        f'<table class="grid"><caption>Every point</caption><colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>{findings}</section>"
    )


def as_typst(parts: list[Chapter]) -> str:
    """Return the same content for typst."""
    said = [
        '#set page("a4", margin: (left: 25mm, right: 20mm, top: 25mm, bottom: 22mm), numbering: "1 of 1")\n#set text(9.8pt)\n#outline()\n'
    ]
    for one in parts:
        cells = ", ".join(f"[{cell}]" for row in one.rows for cell in row)
        said.append(
            f"#pagebreak()\n= Chapter {one.number}\n"
            + "\n\n".join(one.paragraphs)
            + f"\n#set text(8.4pt)\n#table(columns: (10%, 35%, 15%, 30%, 10%), table.header([Point], [What], [Verdict], [Why], [Evidence]), {cells})\n#set text(9.8pt)\n"
            + "\n".join(f"== Finding {one.number}-{at}\n{text}\n" for at, text in enumerate(one.findings))
        )
    return "".join(said)


def ours(markup: str, *variants: Variant) -> int:
    """Render as `auditkit run` does."""
    from auditkit.reporting.pdf import write_pdf

    with tempfile.TemporaryDirectory() as scratch:
        return write_pdf(
            markup, {one: Path(scratch) / one for one in variants}, date(2026, 10, 15), _styles()
        )


def plain(markup: str) -> int:
    """Render as the documentation of WeasyPrint shows it, with the same styles and tags."""
    import weasyprint

    from auditkit.reporting.pdf_fonts import FONTS

    styles = "".join(f"<style>{text}</style>" for text in _styles())
    page = markup.replace("</head>", f"{styles}</head>")
    document = weasyprint.HTML(string=page, base_url=FONTS.as_uri() + "/").render()
    document.write_pdf(io.BytesIO(), pdf_tags=True)
    return len(document.pages)


def _styles() -> list[str]:
    from auditkit.reporting.templating import TEMPLATES

    return [(TEMPLATES / name).read_text(encoding="utf-8") for name in ("common.css", "page.css")]


def _typst(parts: list[Chapter]) -> int:
    if find_spec("typst") is None:
        raise SystemExit(3)
    import pypdfium2
    import typst

    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "a.typ"
        source.write_text(as_typst(parts), encoding="utf-8")
        return len(pypdfium2.PdfDocument(typst.compile(str(source))))


def main() -> None:
    """Render once."""
    way, pages = sys.argv[1], int(sys.argv[2])
    parts = chapters(pages)
    if way == "part":
        parts = parts[int(sys.argv[3]) : int(sys.argv[4])]
    markup = as_html(parts)
    import weasyprint  # the import is not part of what is compared  # noqa: F401

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cpu, wall = time.process_time(), time.perf_counter()
    made = {
        "ours": lambda: ours(markup, "plain"),
        "part": lambda: ours(markup, "plain"),
        "accessible": lambda: ours(markup, "accessible"),
        "all": lambda: ours(markup, *VARIANTS),
        "plain": lambda: plain(markup),
        "typst": lambda: _typst(parts),
    }[way]()
    figures = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "counts": made}
    figures |= {"kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, "kib_before": before}
    json.dump(figures, sys.stdout)


if __name__ == "__main__":
    main()
