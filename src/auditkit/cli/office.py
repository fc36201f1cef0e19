"""``auditkit office``."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from auditkit.cli.common import (
    engagement_option,
    language_option,
    open_speaking,
    progress_printer,
    speak_here,
)

if TYPE_CHECKING:
    from auditkit.engagement.office import Wanted


@click.group(epilog="Example: auditkit office docx --template our-brand.docx")
def office() -> None:
    """Write the report for Word, and the management summary as PDF or slides."""


def _shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that every report has."""
    scores = click.option("--no-scores", is_flag=True, help="Print verdicts and counts only, no percentages.")
    redacted = click.option(
        "--redacted",
        type=click.Choice(["auditee", "all"]),
        is_flag=False,
        flag_value="auditee",
        help="Without names of the auditee's persons; =all: without those of auditors too.",
    )
    return scores(redacted(language_option(engagement_option(click.pass_context(command)))))


@office.command(epilog="Example: auditkit office docx report.docx --template our-brand.docx")
@click.argument("to", type=click.Path(path_type=Path), default=Path("audit-report.docx"))
@click.option(
    "--template",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Word document with placeholders (default: our own; see office template).",
)
@_shared_options
def docx(
    ctx: click.Context,
    to: Path,
    template: Path | None,
    folder: Path,
    language: str | None,
    no_scores: bool,
    redacted: Literal["auditee", "all"] | None,
) -> None:
    """Write the whole report as a Word document to TO; default audit-report.docx."""
    from auditkit.engagement.office import write_docx

    write_docx(open_speaking(folder, language), to, _wanted(ctx, no_scores, redacted), template)
    click.echo(f"Wrote {to}.")


@office.command(epilog="Example: auditkit office template our-brand.docx")
@click.argument("to", type=click.Path(path_type=Path), default=Path("report-template.docx"))
@language_option
def template(to: Path, language: str | None) -> None:
    """Write our template to TO, to be dressed as your own; default report-template.docx."""
    from auditkit.engagement.office import write_template

    speak_here(language)
    write_template(to)
    click.echo(f"Wrote {to}.")


@office.command(epilog="Example: auditkit office summary summary.pdf")
@click.argument("to", type=click.Path(path_type=Path), default=Path("management-summary.pdf"))
@_shared_options
def summary(
    ctx: click.Context,
    to: Path,
    folder: Path,
    language: str | None,
    no_scores: bool,
    redacted: Literal["auditee", "all"] | None,
) -> None:
    """Write the management summary, two pages as PDF, to TO; default management-summary.pdf."""
    from auditkit.engagement.office import write_summary

    write_summary(open_speaking(folder, language), to, _wanted(ctx, no_scores, redacted))
    click.echo(f"Wrote {to}.")


@office.command(epilog="Example: auditkit office slides board.pptx")
@click.argument("to", type=click.Path(path_type=Path), default=Path("management-summary.pptx"))
@_shared_options
def slides(
    ctx: click.Context,
    to: Path,
    folder: Path,
    language: str | None,
    no_scores: bool,
    redacted: Literal["auditee", "all"] | None,
) -> None:
    """Write the management summary as slides to TO; default management-summary.pptx."""
    from auditkit.engagement.office import write_slides

    write_slides(open_speaking(folder, language), to, _wanted(ctx, no_scores, redacted))
    click.echo(f"Wrote {to}.")


def _wanted(ctx: click.Context, no_scores: bool, redacted: Literal["auditee", "all"] | None) -> "Wanted":
    from auditkit.engagement.office import Wanted

    quiet = bool(ctx.find_root().obj and ctx.find_root().obj["quiet"])
    return Wanted(scores=not no_scores, redacted=redacted, progress=progress_printer(quiet))
