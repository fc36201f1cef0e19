"""``auditkit workbook``."""

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from auditkit.cli.common import (
    engagement_option,
    json_option,
    language_option,
    open_folder,
    open_speaking,
    print_json,
)

if TYPE_CHECKING:
    from auditkit.engagement.workbook_back import TakenIn

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(epilog="Example: auditkit workbook out --to audit.xlsx")
def workbook() -> None:
    """Write everything that a run knows as a workbook, and take back what was judged in it."""


@workbook.command(epilog="Example: auditkit workbook out --to audit.xlsx")
@click.option(
    "--to",
    "path",
    type=_FILE,
    help="The file to write (default: reports/workbook.xlsx); none is overwritten.",
)
@click.option(
    "--redacted",
    type=click.Choice(["auditee", "all"]),
    is_flag=False,
    flag_value="auditee",
    help="Without names of the auditee's persons; =all: without those of auditors too. Nothing comes back from it.",
)
@language_option
@engagement_option
@json_option
def out(
    path: Path | None,
    redacted: Literal["auditee", "all"] | None,
    language: str | None,
    folder: Path,
    as_json: bool,
) -> None:
    """Write requirements, points, findings, actions, evidence, record tests and exceptions as a workbook."""
    from auditkit.engagement.workbook import write_workbook

    done = write_workbook(open_speaking(folder, language), path, redacted)
    rows = {one.name: len(one.rows) for one in done.book.pages}
    left = {one.name: one.left_out for one in done.book.pages if one.left_out}
    wrong = [one.what for one in done.book.totals if one.said != one.counted + one.left_out]
    if as_json:
        print_json({"file": str(done.path), "rows": rows, "left_out": left, "totals_that_differ": wrong})
        return
    counted = ", ".join(f"{name} {number:,}" for name, number in rows.items() if name != "Method")
    click.echo(textwrap.fill(f"{done.path.name} written. Rows: {counted}.", 78))
    for one in done.book.pages:
        if one.left_out:
            said = f"{one.name}: {one.left_out:,} rows left out; they stand in {one.where}."
            click.echo(textwrap.fill(said, 78, subsequent_indent="  "))
    for what in wrong:
        click.echo(f"{what}: the rows do not add up to the figure of the run; see the sheet Totals.")


@workbook.command(name="in", epilog="Example: auditkit workbook in audit.xlsx --dry-run")
@click.argument("path", metavar="FILE", type=_FILE)
@click.option("--again", is_flag=True, help="Replace judgements there are; the old ones stay in their files.")
@click.option("--dry-run", is_flag=True, help="Show every change and error; write nothing.")
@engagement_option
@json_option
def in_(path: Path, again: bool, dry_run: bool, folder: Path, as_json: bool) -> int:
    """Take over what auditors judged in the sheet Points of FILE. Exit 3, and nothing is written, when a cell is wrong."""
    from auditkit.engagement.workbook_back import take_workbook

    done = take_workbook(open_folder(folder), path, again=again, dry_run=dry_run)
    if as_json:
        issues = [one.model_dump(mode="json", exclude_none=True) for one in done.issues]
        changes = [one._asdict() for one in done.changes]
        judged = [one._asdict() for one in done.judged]
        print_json({"changes": changes, "judged": judged, "already": list(done.already), "issues": issues})
    else:
        _show(done, dry_run)
    return 3 if done.refused else 0


def _show(done: "TakenIn", dry_run: bool) -> None:
    for one in done.changes:
        line = f"{one.where}  {one.point} {one.part}: {_short(one.old)} -> {_short(one.new)}"
        click.echo(textwrap.fill(line, 78, subsequent_indent="    ", break_on_hyphens=False))
    for issue in done.issues:
        line = f"{issue.severity}: {issue.place}: {issue.message} {issue.hint}"
        click.echo(textwrap.fill(line, 78, subsequent_indent="    ", break_on_hyphens=False))
    for judged in done.judged:
        replaced = f", in place of {judged.replaces}" if judged.replaces else ""
        click.echo(f"{judged.id}  {judged.point}  {judged.verdict}{replaced}")
        for why in judged.conflict:
            said = f"conflict: {why} Sign-off is blocked until the rationale names it."
            click.echo(textwrap.fill(said, 78, initial_indent="       ", subsequent_indent="         "))
    if done.already:
        click.echo(f"Taken over before, and left as they are: {len(done.already)}.")
    end = "written" if done.judged else "nothing new"
    if done.refused or dry_run:
        end = "nothing was written" + ("; put the errors right first" if done.refused else " (dry run)")
    click.echo(f"{len(done.judged)} judgement{'' if len(done.judged) == 1 else 's'}; {end}.")


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return (plain if len(plain) <= 60 else f"{plain[:59]}…") or "-"
