"""``auditkit impact``."""

from collections.abc import Callable
from pathlib import Path

import click

from auditkit.cli.common import engagement_option, json_option, open_folder, print_json, progress_printer


@click.group(epilog="Example: auditkit impact show")
def impact() -> None:
    """Show what the business leans on, and what fails with it."""


@impact.command(epilog="Example: auditkit impact show --json")
@engagement_option
@json_option
@click.pass_context
def show(ctx: click.Context, folder: Path, as_json: bool) -> None:
    """Rank the services, and show needs, gaps and what is not known."""
    from auditkit.engagement.impact_show import show as compute
    from auditkit.engagement.run import RunOptions

    opened = open_folder(folder)
    text, data = compute(opened, RunOptions(progress=_progress(ctx)))
    if as_json:
        print_json(data)
        return
    click.echo(text)
    for issue in opened.impact.issues:
        click.echo(str(issue), err=True)


@impact.command(name="of", epilog="Example: auditkit impact of SVC-04")
@click.argument("name")
@engagement_option
@json_option
@click.pass_context
def of(ctx: click.Context, name: str, folder: Path, as_json: bool) -> None:
    """Tell what happens when NAME (an id or name) fails now: who suffers, when it is intolerable, open findings."""
    from auditkit.engagement.impact_show import show_outage
    from auditkit.engagement.run import RunOptions

    text, data = show_outage(open_folder(folder), name, RunOptions(progress=_progress(ctx)))
    if as_json:
        print_json(data)
    else:
        click.echo(text)


@impact.command(epilog="Example: auditkit impact template impact.xlsx")
@click.argument("to", type=click.Path(path_type=Path), default=Path("impact.xlsx"))
def template(to: Path) -> None:
    """Write empty sheets to TO: a workbook (.xlsx), or a folder of CSV files; default impact.xlsx."""
    from auditkit.engagement.impact import write_sheets

    for path in write_sheets(to):
        click.echo(f"Wrote {path}.")


def _progress(ctx: click.Context) -> Callable[[int, int, str], None] | None:
    return progress_printer(bool(ctx.find_root().obj and ctx.find_root().obj["quiet"]))
