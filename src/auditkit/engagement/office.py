"""Write the report for office programs from a run that writes no other reports."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from auditkit.base.errors import InputsUnreadable, UsageFault
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.redact import redact
from auditkit.engagement.run import RunOptions, assess
from auditkit.reporting.redaction import Scope
from auditkit.reporting.view import build_view
from auditkit.reporting.view_model import Options, View


class Wanted(NamedTuple):
    """What a user asks of an office file."""

    scores: bool = True
    redacted: Scope | None = None
    progress: Callable[[int, int, str], None] | None = None


def write_docx(opened: OpenEngagement, target: Path, wanted: Wanted, template: Path | None = None) -> None:
    """Write the audit report as a Word document; InputsUnreadable says what is wrong with the template."""
    from auditkit.reporting.office.package import template_faults
    from auditkit.reporting.office.word import render_docx

    _check(target, ".docx")
    issues = template_faults(template) if template else ()
    if not issues:
        issues = render_docx(_view(opened, wanted), target, Options(scores=wanted.scores), template)
    if issues:
        raise InputsUnreadable("\n".join(str(issue) for issue in issues))


def write_template(target: Path) -> None:
    """Write our template of the report."""
    from auditkit.reporting.office import word

    _check(target, ".docx")
    word.write_template(target)


def write_summary(opened: OpenEngagement, target: Path, wanted: Wanted) -> None:
    """Write the management summary, two pages as PDF."""
    from auditkit.reporting.management_pdf import render_summary_pdf

    _check(target, ".pdf")
    render_summary_pdf(_view(opened, wanted), target, Options(scores=wanted.scores))


def write_slides(opened: OpenEngagement, target: Path, wanted: Wanted) -> None:
    """Write the management summary as slides."""
    from auditkit.reporting.office.slides import render_slides

    _check(target, ".pptx")
    render_slides(_view(opened, wanted), target, Options(scores=wanted.scores))


def _view(opened: OpenEngagement, wanted: Wanted) -> View:
    outcome = assess(opened, RunOptions(progress=wanted.progress))
    if wanted.redacted:
        outcome = redact(opened, outcome, wanted.redacted).outcome
    return build_view(outcome.run)


def _check(target: Path, ending: str) -> None:
    """Refuse another ending, and a file that exists: somebody may have worked in it."""
    if target.suffix.lower() != ending:
        raise UsageFault(f"{target}: the file must end in {ending}.")
    if target.exists():
        raise UsageFault(f"{target}: the file exists already and was not touched. Name another.")
