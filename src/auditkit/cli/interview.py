"""``auditkit interview`` and ``auditkit observe``."""

import textwrap
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from auditkit.cli.common import (
    engagement_option,
    json_option,
    language_option,
    open_folder,
    open_speaking,
    print_json,
)

_DAY = click.DateTime(["%Y-%m-%d"])
_SAFEGUARD = "In an area of one's own: what keeps it impartial."


@click.group(epilog="Example: auditkit interview list")
def interview() -> None:
    """Prepare interviews from the catalog's questions, print their sheets, and see what is open."""


@interview.command(epilog="Example: auditkit interview prepare --clause 8.6 --with P-012 --by P-001")
@click.option(
    "--clause", "clauses", multiple=True, help="Clause or requirement to ask about; can be repeated."
)
@click.option("--point", "points", multiple=True, help="Point to ask about; can be repeated.")
@click.option("--process", "processes", multiple=True, help="Process to ask about; can be repeated.")
@click.option("--with", "who", required=True, help="Who is asked: person id, or name.")
@click.option("--role", default="", help="Role of who is asked (default: as in engagement.yaml).")
@click.option("--by", required=True, help="Person id of the auditor.")
@click.option("--at", type=_DAY, help="Day (default: the day the engagement speaks of).")
@click.option("--place", default="", help="Where it is.")
@click.option("--safeguard", default="", help=_SAFEGUARD)
@click.option("--all", "everything", is_flag=True, help="Also what was asked or judged before.")
@click.option("--dry-run", is_flag=True, help="Print the notes; write nothing.")
@engagement_option
def prepare(
    clauses: tuple[str, ...],
    points: tuple[str, ...],
    at: datetime | None,
    dry_run: bool,
    folder: Path,
    **given: Any,
) -> None:
    """Write the questions on points that still need an interview or observation to new notes."""
    from auditkit.engagement.interview import ToPrepare, prepare_interview

    wanted = ToPrepare(selected=(*clauses, *points), at=at.date() if at else None, **given)
    done = prepare_interview(open_folder(folder), wanted, dry_run=dry_run)
    if dry_run:
        click.echo(done.text, nl=False)
        return
    count = len({one.point for one in done.note.answers})
    what = f"{_count(len(done.note.answers), 'question')} on {_count(count, 'point')}"
    click.echo(f"Wrote workpapers/interviews/{done.path.name}: {what}.")
    if done.elsewhere:
        _say(f"Left out, open already: {', '.join(done.elsewhere)}.")
    click.echo(f"Next: auditkit interview sheet {done.note.id}, then write down the answers in the file.")


@interview.command(name="list", epilog="Example: auditkit interview list --open --json")
@click.option("--open", "only_open", is_flag=True, help="Only those with questions nobody answered yet.")
@engagement_option
@json_option
def list_(only_open: bool, folder: Path, as_json: bool) -> None:
    """List interviews and observations: who, when, which points, and how many questions are open."""
    from auditkit.engagement.interview import list_interviews

    rows = [one for one in list_interviews(open_folder(folder)) if one["open"] or not only_open]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        who = ", ".join(part for part in (row["with"], row["role"]) if part) or "on site"
        click.echo(
            f"{row['id']}  {row['at']}  by {row['by']}  {row['open']} of {row['questions']} open  {who}"[:80]
        )
        more = f"; {row['not_met']} not met" if row["not_met"] else ""
        _say(f"{', '.join(row['points'])}{more}", indent=8)


@interview.command(epilog="Example: auditkit interview sheet IV-004 --format html --to IV-004.html")
@click.argument("identifier")
@click.option(
    "--format", "form", type=click.Choice(["md", "html"]), default="md", help="Markdown (default) or HTML."
)
@click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write (default: print it). A file that exists is not touched.",
)
@language_option
@engagement_option
def sheet(identifier: str, form: str, target: Path | None, language: str | None, folder: Path) -> None:
    """Print the questions of notes as a sheet to take along, with room to write."""
    from auditkit.engagement.interview import sheet_of

    text = sheet_of(open_speaking(folder, language), identifier, form, target)
    click.echo(f"Wrote {target.name}." if target is not None else text, nl=target is not None)


@click.command(
    epilog='Example: auditkit observe --point 8.6.1-1a --place Leipzig --by P-002 --saw "..." --outcome met'
)
@click.option("--point", required=True, help="Point of the catalog.")
@click.option("--place", required=True, help="Where it was seen.")
@click.option("--by", required=True, help="Person id of the auditor.")
@click.option("--saw", required=True, help="What was seen, with numbers or names to find it by.")
@click.option(
    "--outcome", required=True, type=click.Choice(["met", "not_met", "no_evidence"]), help="What it says."
)
@click.option("--what", default="", help="What was looked at (default: what the catalog says to look at).")
@click.option("--on", "shown", multiple=True, help="Evidence id of what was shown; can be repeated.")
@click.option("--at", type=_DAY, help="Day (default: the day the engagement speaks of).")
@click.option("--with", "who", default="", help="Who showed it: person id, or name.")
@click.option("--role", default="", help="Role of that person (default: as in engagement.yaml).")
@click.option("--safeguard", default="", help=_SAFEGUARD)
@click.option("--dry-run", is_flag=True, help="Check everything; write nothing.")
@engagement_option
@json_option
def observe(at: datetime | None, dry_run: bool, folder: Path, as_json: bool, **given: Any) -> None:
    """Record what was seen on site. Observations of one visit stand in one file."""
    from auditkit.engagement.observe import Seen
    from auditkit.engagement.observe import observe as record

    done = record(open_folder(folder), Seen(at=at.date() if at else None, **given), dry_run=dry_run)
    if as_json:
        print_json(done._asdict())
        return
    verb = "would be " if dry_run else ""
    click.echo(f"{done.id}: {verb}{'added to' if done.added else 'written to'} {done.file}.")
    for one in done.remarks:
        _say(one)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _say(text: str, indent: int = 2) -> None:
    blank = " " * indent
    click.echo(textwrap.fill(text, 78, initial_indent=blank, subsequent_indent=blank, break_on_hyphens=False))
