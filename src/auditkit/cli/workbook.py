"""``auditkit workbook``."""

import textwrap
from pathlib import Path
from typing import Literal

import click

from auditkit.cli.common import engagement_option, json_option, open_folder, print_json

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(epilog="Example: auditkit workbook out --to audit.xlsx")
def workbook() -> None:
    """Write everything that a run knows as a workbook."""


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
@engagement_option
@json_option
def out(path: Path | None, redacted: Literal["auditee", "all"] | None, folder: Path, as_json: bool) -> None:
    """Write requirements, points, findings, actions, evidence, record tests and exceptions as a workbook."""
    from auditkit.engagement.workbook import write_workbook

    done = write_workbook(open_folder(folder), path, redacted)
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
