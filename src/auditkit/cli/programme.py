"""``auditkit programme``."""

from pathlib import Path
from typing import TYPE_CHECKING

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
    from auditkit.engagement.open import OpenEngagement


@click.group(epilog="Example: auditkit programme coverage --open")
def programme() -> None:
    """Show the audit programme and its coverage, and plan, check and print the audit."""


@programme.command(epilog="Example: auditkit programme show")
@language_option
@engagement_option
@json_option
def show(language: str | None, folder: Path, as_json: bool) -> None:
    """Show the programme: cycle, risks of areas, audits, and the rules of how often."""
    from auditkit.engagement.programme import programme_of
    from auditkit.reporting.programme_text import programme_lines

    opened = open_speaking(folder, language)
    found, rules = programme_of(opened)
    if as_json:
        print_json({"programme": found.model_dump(mode="json"), "rules": rules.model_dump(mode="json")})
        return
    click.echo("\n".join(programme_lines(found, rules, _names(opened))))


@programme.command(epilog="Example: auditkit programme coverage --by site --open")
@click.option(
    "--by",
    "axes",
    multiple=True,
    type=click.Choice(["clause", "process", "site"]),
    help="Rows of the matrix; can be repeated (default: all three).",
)
@click.option("--open", "open_only", is_flag=True, help="Leave out what is covered.")
@click.option("--no-run", is_flag=True, help="Do not look at what this engagement examined.")
@language_option
@engagement_option
@json_option
def coverage(
    axes: tuple[str, ...], open_only: bool, no_run: bool, language: str | None, folder: Path, as_json: bool
) -> None:
    """Say what of the cycle is covered, planned, due, overdue, or was never audited."""
    from auditkit.engagement.programme import cover
    from auditkit.reporting.programme_coverage import AXES, coverage_lines

    opened = open_speaking(folder, language)
    found = cover(opened, run=not no_run)
    wanted = tuple(axis for axis in AXES if not axes or axis in axes)
    if as_json:
        rows = [
            row for row in found.rows if row.axis in wanted and not (open_only and row.state == "covered")
        ]
        print_json({"rows": [row.model_dump(mode="json") for row in rows], "notes": list(found.notes)})
        return
    click.echo(
        "\n".join(coverage_lines(found.programme, found.rows, wanted, open_only, opened.engagement.id))
    )
    for note in found.notes:
        click.echo(note, err=True)


@programme.command(epilog="Example: auditkit programme days")
@language_option
@engagement_option
@json_option
def days(language: str | None, folder: Path, as_json: bool) -> None:
    """Estimate the auditor-days of this engagement, with every parameter and its source."""
    from auditkit.engagement.programme import days as estimated
    from auditkit.reporting.programme_days import estimate_lines

    found = estimated(open_speaking(folder, language))
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    click.echo("\n".join(estimate_lines(found)))


@programme.command(epilog="Example: auditkit programme plan")
@language_option
@engagement_option
@json_option
def plan(language: str | None, folder: Path, as_json: bool) -> None:
    """Show the plan of this audit: team, timetable by day, safeguards."""
    from auditkit.engagement.programme import plan_of
    from auditkit.reporting.programme_text import plan_lines

    opened = open_speaking(folder, language)
    found = plan_of(opened)
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    click.echo("\n".join(plan_lines(found, opened.engagement.time_zone, _names(opened))))


@programme.command(epilog="Example: auditkit programme check")
@engagement_option
@json_option
def check(folder: Path, as_json: bool) -> int:
    """Check programme and plan: independence, competence, times, gaps. Exit 3 when something is wrong."""
    from auditkit.engagement.programme import plan_issues

    issues = plan_issues(open_folder(folder))
    if as_json:
        print_json([one.model_dump(mode="json", exclude_none=True) for one in issues])
    elif not issues:
        click.echo("Nothing is wrong with the programme and the plan.")
    for issue in [] if as_json else issues:
        click.echo(str(issue))
    return 3 if issues else 0


@programme.command(epilog="Example: auditkit programme requests --missing")
@click.option("--stage", type=click.Choice(["1", "2"]), help="Only the list of this stage.")
@click.option("--missing", is_flag=True, help="Leave out what was received.")
@language_option
@engagement_option
@json_option
def requests(stage: str | None, missing: bool, language: str | None, folder: Path, as_json: bool) -> None:
    """List the documents and exports to ask for: stage 1 first, what is received, when it is needed."""
    from auditkit.engagement.programme import requests_by_clause
    from auditkit.reporting.programme_text import request_lines

    rows = [
        row
        for row in requests_by_clause(open_speaking(folder, language))
        if stage in (None, str(row["stage"])) and not (missing and row["received"])
    ]
    if as_json:
        print_json(rows)
        return
    click.echo("\n".join(request_lines(rows)) or "Everything was received.")


@programme.command(epilog="Example: auditkit programme calendar --to audit.ics --person P-012")
@click.option(
    "--to", "target", type=click.Path(dir_okay=False, path_type=Path), help="File to write (default: print)."
)
@click.option("--person", "people", multiple=True, help="Only sessions of this person id; can be repeated.")
@engagement_option
def calendar(target: Path | None, people: tuple[str, ...], folder: Path) -> None:
    """Write the timetable as an iCalendar file. One that exists is replaced only if it is a calendar."""
    from auditkit.engagement.programme import calendar as made
    from auditkit.engagement.programme import write_calendar

    text, count = made(open_folder(folder), people)
    if target is None:
        click.echo(text.replace("\r\n", "\n"), nl=False)
        return
    write_calendar(target, text)
    click.echo(f"{count} session{'' if count == 1 else 's'} in {target.name}.")


def _names(opened: "OpenEngagement") -> dict[str, str]:
    return {one.id: one.name for one in opened.engagement.people}
