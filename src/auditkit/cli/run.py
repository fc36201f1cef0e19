"""``auditkit run``."""

from pathlib import Path
from typing import Literal

import click

from auditkit.base.errors import UsageFault
from auditkit.cli.common import (
    engagement_option,
    json_option,
    language_option,
    open_speaking,
    print_json,
    progress_printer,
    use_colour,
)


@click.command(epilog="Example: auditkit run --gate   (exit 1 while the organisation is not ready)")
@engagement_option
@click.option("--gate", is_flag=True, help="Exit 1 when a readiness gate is closed.")
@click.option("--strict", is_flag=True, help="Exit 3 when some evidence is bad.")
@click.option("--no-pdf", is_flag=True, help="Leave out the PDF, which takes most of the time.")
@click.option(
    "--pdf-variant",
    "variants",
    type=click.Choice(["archive", "accessible"]),
    multiple=True,
    help="Write a PDF for the archive (PDF/A-3a, data attached) or for readers of tags (PDF/UA-1), too; can be given twice.",
)
@click.option("--no-scores", is_flag=True, help="Print verdicts and counts only, no percentages.")
@click.option(
    "--group-by",
    "lens",
    help="Lens that groups findings, plan and verdicts (default: as engagement.yaml says).",
)
@click.option(
    "--engine",
    type=click.Choice(["polars", "duckdb", "spark"]),
    default="polars",
    show_default=True,
    help="What counts the rows of record tests; the figures are the same.",
)
@click.option(
    "--redacted",
    type=click.Choice(["auditee", "all"]),
    is_flag=False,
    flag_value="auditee",
    help="Write reports without names of the auditee's persons; =all: without those of auditors too.",
)
@language_option
@click.option("--no-cache", is_flag=True, help="Read everything anew.")
@json_option
@click.pass_context
def run(
    ctx: click.Context,
    folder: Path,
    gate: bool,
    strict: bool,
    no_pdf: bool,
    variants: tuple[Literal["archive", "accessible"], ...],
    no_scores: bool,
    lens: str | None,
    engine: Literal["polars", "duckdb", "spark"],
    redacted: Literal["auditee", "all"] | None,
    language: str | None,
    no_cache: bool,
    as_json: bool,
) -> int:
    """Examine the evidence, conclude, derive findings and plan, and write the reports."""
    from auditkit.engagement.lenses import grouped_by
    from auditkit.engagement.redact import redact
    from auditkit.engagement.reports import write_reports
    from auditkit.engagement.run import RunOptions, assess

    if no_pdf and variants:
        raise UsageFault("--no-pdf leaves out every PDF, so there is no variant of it. Name one of the two.")
    quiet = bool(ctx.obj and ctx.obj["quiet"])
    opened = open_speaking(folder, language)
    if lens is not None:
        opened = grouped_by(opened, lens)
    progress = progress_printer(quiet or as_json)
    outcome = assess(opened, RunOptions(use_cache=not no_cache, progress=progress, engine=engine))
    shown = redact(opened, outcome, redacted) if redacted else None
    written = write_reports(outcome, pdf=not no_pdf, variants=variants, scores=not no_scores, redacted=shown)
    if as_json:
        print_json(written.summary)
    elif not quiet:
        click.echo(written.text(colour=use_colour()))
    for note in written.notes:
        click.echo(note, err=True)
    if strict and outcome.bad_evidence:
        for issue in (shown.outcome if shown else outcome).bad_evidence:
            click.echo(str(issue), err=True)
        return 3
    return 1 if gate and not outcome.ready else 0
