"""Write the reports of a run: the audit report as HTML and PDF, assessment.json, and the lists of exceptions.

Everything here is computed and can be deleted. A PDF whose content did not change is not rendered again.
"""

import hashlib
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from auditkit.base.atomic import new_file, write_whole
from auditkit.base.digest import digest_file
from auditkit.base.errors import EnvironmentFault, InputsUnreadable
from auditkit.engagement.examine import CACHE_GONE
from auditkit.engagement.printed import Printing
from auditkit.engagement.records import Counted
from auditkit.engagement.redact import Redacted
from auditkit.engagement.run import RunOutcome
from auditkit.reporting.html import render_html
from auditkit.reporting.jsonout import assessment_json
from auditkit.reporting.pdf_variants import VARIANTS, Variant
from auditkit.reporting.terminal import reports_text, summary_text
from auditkit.reporting.view import build_view
from auditkit.reporting.view_model import Options, View

README = """\
computed: written by auditkit run; this folder can be deleted at any time.

audit-report.pdf, audit-report.html   the audit report
audit-report.accessible.pdf           the same as PDF/UA-1, where asked for
audit-report.archive.pdf              the same as PDF/A-3a with data attached, where asked for
assessment.json                       the same for programs
exceptions/                           every exception of every record test, with file and row
"""


class Written(NamedTuple):
    """What was written, and the summary of it."""

    view: View
    files: tuple[Path, ...]
    summary: dict[str, Any]
    notes: tuple[str, ...]
    scores: bool = True

    def _method(self) -> str:
        return next(one.place for one in self.view.contents if one.id == "method")

    def text(self, *, colour: bool) -> str:
        """Return the summary for a terminal, with the paths of the reports."""
        summary = summary_text(self.view, colour=colour, scores=self.scores)
        below = reports_text(map(_shown, self.files), self.summary["input_issues"], self._method())
        return f"{summary}\n\n{below}"


def write_reports(
    outcome: RunOutcome,
    *,
    pdf: bool = True,
    variants: Collection[Variant] = (),
    scores: bool = True,
    redacted: Redacted | None = None,
) -> Written:
    """Write every report; what the machine cannot make is left out and said in ``notes``.

    ``variants``: further ones of the PDF.
    Redacted ones go to a folder of their own, so that they are never mixed with the others.
    """
    layout, options = outcome.layout, Options(scores=scores)
    folder = layout.redacted_reports if redacted else layout.reports
    outcome = redacted.outcome if redacted else outcome
    view = build_view(outcome.run)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.txt").write_text(README, encoding="utf-8")
    html = _write(folder / "audit-report.html", render_html(view, options))
    data = _write(folder / "assessment.json", assessment_json(outcome.run, view))
    _copy_exceptions(outcome, folder / "exceptions", redacted)
    files, notes = [html, data], _about_engine(outcome.counted)
    printing = Printing(layout, folder, outcome.run, view, options)
    if pdf:
        try:
            files[:0] = printing.write({"plain", *variants})
        except EnvironmentFault as fault:
            notes.append(str(fault))
    notes += _of_other_runs(printing, variants)
    return Written(view, tuple(files), _summary(outcome, files), tuple(notes), scores)


def reports_of(
    outcome: RunOutcome, view: View, *, redacted: bool = False
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the SHA-256 of each report on the disk that was made from a run, and the names of those of other runs.

    ``assessment.json`` is always there, with the digest that it has when it is written.
    """
    layout = outcome.layout
    folder = layout.redacted_reports if redacted else layout.reports
    data = hashlib.sha256(assessment_json(outcome.run, view).encode()).hexdigest()
    choices = (Options(), Options(scores=False))
    pages = {hashlib.sha256(render_html(view, one).encode()).hexdigest() for one in choices}
    prints = [Printing(layout, folder, outcome.run, view, one) for one in choices]
    made = {kind.file for one, kind in VARIANTS.items() if any(each.is_there(one) for each in prints)}
    names = ("audit-report.html", *(kind.file for kind in VARIANTS.values()))
    digests = {name: digest_file(folder / name) for name in names if (folder / name).is_file()}
    found = {name: one for name, one in digests.items() if name in made or one in pages}
    other = tuple(name for name in digests if name not in found)
    return {"assessment.json": data} | found, other


def _of_other_runs(printing: Printing, variants: Collection[Variant]) -> list[str]:
    """Name the variants of the PDF that lie there from an earlier run."""
    return [
        f"{kind.file} is of an earlier run. Write it again with --pdf-variant {variant}, or delete it."
        for variant, kind in VARIANTS.items()
        if variant != "plain"
        and variant not in variants
        and printing.target(variant).is_file()
        and not printing.is_there(variant)
    ]


def _copy_exceptions(outcome: RunOutcome, target: Path, redacted: Redacted | None) -> None:
    """Put the lists of rows beside the reports; InputsUnreadable when the cache was deleted meanwhile."""
    copy = redacted.copy_exceptions if redacted else shutil.copyfile
    source = outcome.layout.cached_exceptions
    names = {path.name for path in source.glob("*.csv")}
    names |= {
        f"{one.id}.csv" for one in outcome.run.record_tests if one.result.exceptions or one.result.unknown
    }
    for old in target.iterdir() if target.is_dir() else ():
        if old.name not in names:
            old.unlink(missing_ok=True)
    for name in sorted(names):
        with new_file(target / name) as path:
            try:
                copy(source / name, path)
            except FileNotFoundError as error:
                raise InputsUnreadable(f"{source.name}/{name}: {CACHE_GONE}") from error
    if not names and target.is_dir():
        with suppress(OSError):  # another run may be writing there
            target.rmdir()


def _write(path: Path, text: str) -> Path:
    write_whole(path, text)
    return path


def _about_engine(counted: Counted) -> list[str]:
    """Say what another engine than the usual one did."""
    if counted.engine == "polars":
        return []
    name = {"duckdb": "DuckDB", "spark": "Spark"}[counted.engine]
    kept = f"; {counted.cached} results were in the cache (--no-cache counts anew)" if counted.cached else ""
    return [f"{name} counted the rows for {counted.computed} record tests{kept}."]


def _summary(outcome: RunOutcome, files: list[Path]) -> dict[str, Any]:
    run = outcome.run
    measures = run.assessment.measures
    grades = [one.grade for one in run.findings if one.standing == "confirmed"]
    return {
        "run_id": run.trace.run_id,
        "ready": outcome.ready,
        "gates": {gate.id: gate.passed for gate in run.gates},
        "requirements": {
            "conforming": measures.by_requirement.conforming,
            "nonconforming": measures.by_requirement.nonconforming,
            "not_assessed": measures.by_requirement.not_assessed,
            "total": measures.by_requirement.denominator,
        },
        "confirmed_points": measures.confirmed_points,
        "findings": {
            grade: grades.count(grade) for grade in ("major", "minor", "observation", "opportunity")
        },
        "candidates": sum(one.standing == "candidate" for one in run.findings),
        "input_issues": len(run.issues),
        "record_tests": outcome.counted._asdict(),
        "reports": [str(path) for path in files],
    }


def _shown(path: Path) -> str:
    """Show a path relative to where the command runs, when it lies below."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
