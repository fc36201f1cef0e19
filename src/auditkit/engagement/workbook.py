"""The workbook of an engagement, out."""

from pathlib import Path
from typing import Literal, NamedTuple

from auditkit.base.errors import UsageFault
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.redact import redact
from auditkit.engagement.run import RunOptions, assess
from auditkit.reporting.view import build_view
from auditkit.reporting.workbook.book import build_book
from auditkit.reporting.workbook.model import Book
from auditkit.reporting.workbook.write import write_book


class Written(NamedTuple):
    """What was written where."""

    path: Path
    book: Book


def texts_of(opened: OpenEngagement) -> dict[str, str]:
    """Return the digest of the text and procedures of each point, in the language of its catalog."""
    return {one.id: one.digest for one in opened.library.whole.points}


def write_workbook(
    opened: OpenEngagement, path: Path | None = None, redacted: Literal["auditee", "all"] | None = None
) -> Written:
    """Write the workbook, at its place among the reports when ``path`` is None; a file that is there is not touched."""
    layout = opened.layout
    folder = layout.redacted_reports if redacted else layout.reports
    target = path or folder / "workbook.xlsx"
    if target.suffix.lower() != ".xlsx":
        raise UsageFault(f"{target}: a workbook ends in .xlsx. Name it so.")
    if target.exists():
        raise UsageFault(f"{target}: the file exists already and was not touched. Name another with --to.")
    outcome = assess(opened, RunOptions())
    if redacted:
        outcome = redact(opened, outcome, redacted).outcome
    book = build_book(outcome.run, build_view(outcome.run), outcome.evidence_of, texts_of(opened))
    write_book(book, target)
    return Written(target, book)
