"""``auditkit actions``."""

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditkit.cli.common import engagement_option, json_option, open_folder, print_json

if TYPE_CHECKING:
    from auditkit.engagement.actions_back import TakenBack

_DRY_RUN = click.option("--dry-run", is_flag=True, help="Show every change and fault; write nothing.")
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(epilog="Example: auditkit actions export --format excel --to register.xlsx")
def actions() -> None:
    """Hand the actions out to a workbook, a tracker or a calendar, and take them back."""


@actions.command(epilog="Example: auditkit actions export --format jira --to actions.csv")
@click.option("--format", "name", required=True, help="Tracker to write for, such as excel or jira.")
@click.option("--to", "path", type=_FILE, required=True, help="The file to write; none is overwritten.")
@click.option("--all", "everything", is_flag=True, help="Also what nobody has taken up, and opportunities.")
@click.option("--known", type=_FILE, help="An export of the tracker; what it has already is left out.")
@engagement_option
@json_option
def export(name: str, path: Path, everything: bool, known: Path | None, folder: Path, as_json: bool) -> None:
    """Write the actions as a tool wants them."""
    from auditkit.engagement.actions import export_actions

    done = export_actions(open_folder(folder), name, path, everything=everything, known=known)
    if as_json:
        issues = [one.model_dump(mode="json", exclude_none=True) for one in done.issues]
        files = [str(one) for one in done.files]
        print_json({"files": files, "items": done.items, "left_out": done.left_out, "issues": issues})
        return
    for issue in done.issues:
        click.echo(textwrap.fill(f"{issue.message} {issue.hint}", 78, subsequent_indent="  "))
    names = ", ".join(map(str, done.files))
    items = "1 item" if done.items == 1 else f"{done.items:,} items"
    click.echo(f"{items} written to {names}; {done.left_out} left out.")


@actions.command(name="import", epilog="Example: auditkit actions import register.xlsx --dry-run")
@click.argument("path", metavar="FILE", type=_FILE)
@click.option(
    "--take", multiple=True, help="Cell in conflict whose text counts, such as 'Actions!F3'; can be repeated."
)
@_DRY_RUN
@engagement_option
@json_option
def import_(path: Path, take: tuple[str, ...], dry_run: bool, folder: Path, as_json: bool) -> int:
    """Take an edited register back. Exit 3, and nothing is written, when a cell is wrong."""
    from auditkit.engagement.actions_back import import_register

    return _show(import_register(open_folder(folder), path, dry_run=dry_run, take=take), dry_run, as_json)


@actions.command(epilog="Example: auditkit actions status export.csv --tracker jira --dry-run")
@click.argument("path", metavar="FILE", type=_FILE)
@click.option("--tracker", required=True, help="Tracker that wrote the export, such as jira.")
@click.option("--dates", help="Format of the days of completion, such as '%d/%m/%Y %H:%M'.")
@_DRY_RUN
@engagement_option
@json_option
def status(path: Path, tracker: str, dates: str | None, dry_run: bool, folder: Path, as_json: bool) -> int:
    """Take over what a tracker's CSV export says. Exit 3, and nothing is written, when a row is wrong."""
    from auditkit.engagement.actions_back import import_status

    done = import_status(open_folder(folder), path, tracker, dry_run=dry_run, dates=dates)
    return _show(done, dry_run, as_json)


def _show(done: "TakenBack", dry_run: bool, as_json: bool) -> int:
    code = 3 if done.refused else 0
    if as_json:
        issues = [one.model_dump(mode="json", exclude_none=True) for one in done.issues]
        changes = [one._asdict() for one in done.changes]
        proposals = [one._asdict() for one in done.proposals]
        print_json(
            {"changes": changes, "proposals": proposals, "issues": issues, "written": list(done.written)}
        )
        return code
    for one in done.changes:
        line = f"{one.where}  {one.action} {one.field}: {_short(one.old)} -> {_short(one.new)}"
        click.echo(textwrap.fill(line, 78, subsequent_indent="    "))
    for issue in done.issues:
        line = f"{issue.severity}: {issue.place}: {issue.message} {issue.hint}"
        click.echo(textwrap.fill(line, 78, subsequent_indent="    ", break_on_hyphens=False))
    for step in done.proposals:
        click.echo(textwrap.fill(f"{step.action}: {step.why}. To record it for {step.finding}:", 78))
        click.echo(f"    {step.command}")
    files = f"{len(done.written)} file{'' if len(done.written) == 1 else 's'} written"
    count = f"{len(done.changes)} change{'' if len(done.changes) == 1 else 's'}"
    end = "nothing was written; put the errors right first" if done.refused else files
    click.echo(f"{count}; {'nothing was written (dry run)' if dry_run and not done.refused else end}.")
    return code


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return (plain if len(plain) <= 60 else f"{plain[:59]}…") or "-"
