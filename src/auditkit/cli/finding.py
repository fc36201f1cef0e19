"""``auditkit finding``."""

import textwrap
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from auditkit.cli.common import engagement_option, json_option, open_folder, print_json

Command = TypeVar("Command", bound=Callable[..., Any])
GRADES = ("major", "minor", "observation", "opportunity", "good_practice")
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group(epilog="Example: auditkit finding list --open")
def finding() -> None:
    """Raise findings, and take them step by step from the answer to the close."""


def _step_options(command: Command) -> Command:
    """Add what every step takes."""
    command = click.option("--dry-run", is_flag=True, help="Say what would be added; write nothing.")(command)
    command = click.option("--at", type=_DAY, help="Day (default: the day the engagement speaks of).")(
        command
    )
    command = click.option("--by", required=True, help="Person id of who takes the step.")(command)
    return engagement_option(command)


_NOTE = click.option("--note", required=True, help="The reason, or what was seen.")
_ON = click.option("--on", "evidence", multiple=True, help="Evidence id; can be repeated.")


@finding.command(name="list", epilog="Example: auditkit finding list --open --json")
@click.option(
    "--open", "only_open", is_flag=True, help="Only what is not verified, closed, rejected or merged."
)
@engagement_option
@json_option
def list_(only_open: bool, folder: Path, as_json: bool) -> None:
    """List the findings that were raised, with their state and what may follow."""
    from auditkit.engagement.finding import list_findings
    from auditkit.findings.lifecycle import OPEN

    rows = [one for one in list_findings(open_folder(folder)) if not only_open or one["state"] in OPEN]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        due = f"due {row['due']}{' (overdue)' if row['overdue'] else ''}" if row["due"] else ""
        state = row["state"].replace("_", " ")
        click.echo(
            f"{row['id']:<8} {row['grade']:<13} {state:<18} {', '.join(row['points']):<14} {due}".rstrip()
        )
        click.echo(textwrap.fill(row["failure"], 78, initial_indent=" " * 9, subsequent_indent=" " * 9))
        for why in row["refused"]:
            click.echo(
                textwrap.fill(f"refused, {why}", 78, initial_indent=" " * 9, subsequent_indent=" " * 11)
            )


@finding.command(epilog="Example: auditkit finding show NC-003")
@click.argument("identifier")
@engagement_option
@json_option
def show(identifier: str, folder: Path, as_json: bool) -> None:
    """Show one finding: statement, answer, history, and the steps that may follow."""
    from auditkit.engagement.finding import show_finding

    found = show_finding(open_folder(folder), identifier)
    if as_json:
        print_json(found)
        return
    click.echo(
        f"{found['id']}  {found['grade']}, {found['state'].replace('_', ' ')}; {', '.join(found['points'])}"
    )
    for group in ("statement", "answer"):
        for name, value in found[group].items():
            if value:
                click.echo(_labelled(name.replace("_", " "), str(value)))
    click.echo("History")
    for one in found["history"]:
        more = {key: value for key, value in one.items() if key not in ("step", "at", "by")}
        text = "; ".join(f"{key.replace('_', ' ')}: {_plain(value)}" for key, value in more.items())
        said = f"{one['at']}  {one['by']}  {one['step'].replace('_', ' ')}{': ' if text else ''}{text}"
        click.echo(textwrap.fill(said, 78, initial_indent="  ", subsequent_indent="    "))
    for why in found["refused"]:
        click.echo(textwrap.fill(f"refused, {why}", 78, initial_indent="  ", subsequent_indent="    "))
    click.echo(f"Next: {', '.join('accept' if one == 'accept_plan' else one for one in found['next'])}")


@finding.command(name="raise", epilog="Example: auditkit finding raise C-6a70d341 --by P-002")
@click.argument("candidate", required=False)
@click.option("--grade", type=click.Choice(GRADES), help="Grade (default: as the candidate was graded).")
@click.option("--point", "points", multiple=True, help="Point of the catalog; can be repeated.")
@click.option("--requirement", help="What is asked for (default: as the candidate says).")
@click.option("--failure", help="What is not so.")
@click.option("--shown-by", "objective_evidence", help="The objective evidence, with identifiers.")
@click.option("--area", default="", help="Process or unit.")
@click.option("--id", "identifier", help="Id, such as NC-007 (default: the next that is free).")
@click.option("--recommend", default="", help="What you advise; only where the kind of engagement allows it.")
@click.option("--effort-days", type=float, help="What you think it takes; advice as well.")
@_ON
@_step_options
def raise_(
    candidate: str | None, folder: Path, by: str, at: datetime | None, dry_run: bool, **given: Any
) -> None:
    """Raise a finding: from a CANDIDATE of the latest run, which it confirms, or anew."""
    from auditkit.engagement.finding import ToRaise, raise_finding
    from auditkit.findings.model import Statement

    parts = {name: given[name] for name in ("requirement", "failure", "objective_evidence")}
    if any(parts.values()) and not all(parts.values()):
        raise click.UsageError("A statement has three parts: --requirement, --failure and --shown-by.")
    to_raise = ToRaise(
        by,
        at.date() if at else None,
        given["grade"],
        given["points"],
        given["area"],
        given["evidence"],
        Statement(**parts) if all(parts.values()) else None,
        given["identifier"],
        given["recommend"],
        given["effort_days"],
    )
    raised, path, text = raise_finding(open_folder(folder), candidate, to_raise, dry_run=dry_run)
    click.echo(text if dry_run else f"{raised} raised: {path.name} in workpapers/findings.")


@finding.command(
    epilog='Example: auditkit finding answer NC-001 --by P-012 --correction "..." --cause "..." ...'
)
@click.argument("identifier")
@click.option("--correction", default="", help="What was done about the cases found.")
@click.option("--cause", default="", help="Why it happened.")
@click.option("--action", "corrective_action", default="", help="What keeps it from happening again.")
@click.option("--owner", default="", help="Who is responsible.")
@click.option("--due", type=_DAY, help="By when.")
@_step_options
def answer(identifier: str, due: datetime | None, **given: Any) -> None:
    """Record the auditee's answer: correction, cause, corrective action, owner, date."""
    _take(identifier, "answer", due=due.date() if due else None, **given)


@finding.command(name="return", epilog='Example: auditkit finding return NC-001 --by P-002 --note "..."')
@click.argument("identifier")
@_NOTE
@_step_options
def return_(identifier: str, **given: Any) -> None:
    """Return an answer to the auditee, with the reason."""
    _take(identifier, "return", **given)


@finding.command(name="accept", epilog="Example: auditkit finding accept NC-001 --by P-002")
@click.argument("identifier")
@_step_options
def accept_plan(identifier: str, **given: Any) -> None:
    """Accept the plan of the auditee."""
    _take(identifier, "accept_plan", **given)


@finding.command(epilog='Example: auditkit finding implement NC-001 --by P-012 --note "..." --on EV-031')
@click.argument("identifier")
@click.option("--note", default="", help="What was done, or seen.")
@_ON
@_step_options
def implement(identifier: str, **given: Any) -> None:
    """Record that the action was implemented."""
    _take(identifier, "implement", **given)


@finding.command(
    epilog='Example: auditkit finding verify NC-001 --effective --by P-001 --on EV-046 --note "..."'
)
@click.argument("identifier")
@click.option(
    "--effective/--not-effective", default=None, required=True, help="Whether it had the effect meant."
)
@_NOTE
@_ON
@_step_options
def verify(identifier: str, **given: Any) -> None:
    """Record the check of the effect. An effect that the latest run does not bear out is refused."""
    _take(identifier, "verify", **given)


@finding.command(epilog="Example: auditkit finding close NC-001 --by P-001")
@click.argument("identifier")
@click.option("--note", default="", help="A remark.")
@_step_options
def close(identifier: str, **given: Any) -> None:
    """Close a finding whose action was verified effective."""
    _take(identifier, "close", **given)


@finding.command(epilog='Example: auditkit finding reopen NC-001 --by P-001 --note "..."')
@click.argument("identifier")
@_NOTE
@_step_options
def reopen(identifier: str, **given: Any) -> None:
    """Open a finding again, with the reason; a new answer and a new check are then needed."""
    _take(identifier, "reopen", **given)


@finding.command(epilog='Example: auditkit finding reject OBS-002 --by P-001 --note "..."')
@click.argument("identifier")
@_NOTE
@_step_options
def reject(identifier: str, **given: Any) -> None:
    """Withdraw a finding that was not answered yet, with the reason."""
    _take(identifier, "reject", **given)


@finding.command(epilog='Example: auditkit finding regrade NC-001 --grade major --by P-001 --note "..."')
@click.argument("identifier")
@click.option("--grade", type=click.Choice(GRADES), required=True, help="The grade from now on.")
@_NOTE
@_step_options
def regrade(identifier: str, **given: Any) -> None:
    """Change the grade of an open finding, with the reason."""
    _take(identifier, "regrade", **given)


@finding.command(epilog='Example: auditkit finding merge NC-005 --into NC-001 --by P-001 --note "..."')
@click.argument("identifier")
@click.option("--into", required=True, help="The finding that takes this one in.")
@_NOTE
@_step_options
def merge(identifier: str, into: str, **given: Any) -> None:
    """Merge a finding into another one, which then stands for the points and candidates of both."""
    _take(identifier, "merge", into=(into,), **given)


@finding.command(
    epilog='Example: auditkit finding split NC-005 --into NC-008 --into NC-009 --by P-001 --note "..."'
)
@click.argument("identifier")
@click.option("--into", multiple=True, required=True, help="A finding that it became; at least two.")
@_NOTE
@_step_options
def split(identifier: str, **given: Any) -> None:
    """Split a finding into others, which were raised before."""
    _take(identifier, "split", **given)


@finding.command(epilog='Example: auditkit finding note NC-001 --by P-001 --note "..."')
@click.argument("identifier")
@_NOTE
@_step_options
def note(identifier: str, **given: Any) -> None:
    """Add a remark to the history; the state stays."""
    _take(identifier, "note", **given)


def _take(
    identifier: str, step: str, *, folder: Path, at: datetime | None, dry_run: bool, **given: Any
) -> None:
    from auditkit.engagement.finding import take_step
    from auditkit.findings.model import Event

    opened = open_folder(folder)
    day = at.date() if at else opened.engagement.as_of
    event = Event.model_validate({"step": step, "at": day, **given})
    done = take_step(opened, identifier, event, dry_run=dry_run)
    if dry_run:
        click.echo(f"{done.line}\n{identifier} would be {done.state.replace('_', ' ')}; nothing was written.")
        return
    click.echo(f"{identifier} is {done.state.replace('_', ' ')}.")


def _labelled(label: str, text: str) -> str:
    return textwrap.fill(f"{label}: {text}", 78, initial_indent="  ", subsequent_indent="    ")


def _plain(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
