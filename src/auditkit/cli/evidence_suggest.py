"""``auditkit evidence suggest``."""

from pathlib import Path

import click

from auditkit.cli.common import engagement_option, json_option, open_folder, print_json, progress_printer


@click.command(epilog="Example: auditkit evidence suggest --clause 8.6.1 --limit 3")
@click.argument("files", nargs=-1)
@click.option("--clause", help="Suggest files for each requirement of this clause.")
@click.option("--point", help="Suggest files for this requirement or point.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="At most so many suggestions each.",
)
@engagement_option
@json_option
@click.pass_context
def suggest(
    ctx: click.Context,
    files: tuple[str, ...],
    clause: str | None,
    point: str | None,
    limit: int,
    folder: Path,
    as_json: bool,
) -> None:
    """Suggest which requirements FILES may bear on, with the passage; with --clause or --point, which files.

    FILES are paths below evidence/ or ids of the register; without any, all. Changes nothing: a link is your decision.
    """
    from auditkit.engagement.suggest import SuggestOptions
    from auditkit.engagement.suggest import suggest as suggested
    from auditkit.engagement.suggest_show import suggested_text

    if clause and point:
        raise click.UsageError("Name either --clause or --point.")
    quiet = bool(ctx.find_root().obj and ctx.find_root().obj["quiet"])
    options = SuggestOptions(clause or point, files, limit, progress_printer(quiet))
    found = suggested(open_folder(folder), options)
    for issue in found.issues:
        click.echo(str(issue), err=True)
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    click.echo(suggested_text(found))
