"""``auditkit readiness``."""

from pathlib import Path

import click

from auditkit.cli.common import engagement_option, json_option, open_folder, print_json, progress_printer


@click.command(epilog="Example: auditkit readiness --stage1 --to stage-1.csv")
@click.option("--stage1", "stage_1", is_flag=True, help="The list of documents for stage 1 instead.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "md"]),
    help="With --stage1: how it is printed (default text).",
)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    help="With --stage1: file to write, .csv or .md.",
)
@click.option("--gate", is_flag=True, help="Exit 1 when a readiness gate is closed.")
@engagement_option
@json_option
@click.pass_context
def readiness(
    ctx: click.Context,
    stage_1: bool,
    form: str | None,
    target: Path | None,
    gate: bool,
    folder: Path,
    as_json: bool,
) -> int:
    """Say from which day gates can open, and what each blocker waits for. Writes no reports."""
    from auditkit.engagement.readiness_show import show_readiness

    if (form or target) and not stage_1:
        raise click.UsageError("--format and --to are for the list of stage 1: add --stage1.")
    quiet = bool(ctx.obj and ctx.obj["quiet"])
    shown = show_readiness(open_folder(folder), progress_printer(quiet or as_json))
    if target is not None:
        shown.write(target)
        click.echo(f"Wrote {target}.", err=as_json)
    if as_json:
        print_json(shown.data(stage_1))
    elif target is None:
        click.echo(shown.text(stage_1, form or "text"), nl=form != "csv")
    return 1 if gate and not shown.ready else 0
