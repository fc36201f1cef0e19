"""``auditkit judge``."""

import textwrap
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from auditkit.cli.common import engagement_option, json_option, open_folder, print_json

VERDICTS = ("conforms", "nonconforming", "not_applicable")


@click.command(epilog='Example: auditkit judge 8.6.1-2 conforms --because "..." --on EV-014 --by P-003')
@click.argument("point", required=False)
@click.argument("verdict", required=False, type=click.Choice(VERDICTS))
@click.option("--because", help="Why; at least 15 characters.")
@click.option("--on", "on", multiple=True, help="Evidence id it rests on; can be repeated.")
@click.option("--by", help="Person id of the auditor.")
@click.option(
    "--at", type=click.DateTime(["%Y-%m-%d"]), help="Day (default: the day the engagement speaks of)."
)
@click.option(
    "--nothing-occurred",
    "how_checked",
    help="Nothing of the kind happened in the period: how that was checked.",
)
@click.option("--safeguard", default="", help="In an area of one's own: what keeps the judgement impartial.")
@click.option("--again", is_flag=True, help="Replace the judgement there is; the old one stays in its file.")
@click.option(
    "--form",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a form of what is not judged yet, .csv or .xlsx.",
)
@click.option("--clause", help="With --form: only this clause, requirement or point.")
@click.option(
    "--from",
    "filled",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Take judgements from a filled form.",
)
@click.option(
    "--sign",
    "key_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Sign with this private key (ssh-keygen).",
)
@click.option("--dry-run", is_flag=True, help="Check everything; write nothing.")
@engagement_option
@json_option
def judge(
    folder: Path,
    form: Path | None,
    clause: str | None,
    filled: Path | None,
    key_file: Path | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Judge POINT, or many points by a form. VERDICT is conforms, nonconforming or not_applicable.

    The judgement is added to workpapers/judgements and bound to what it rests on. With one fault nothing is written.
    """
    from auditkit.engagement.judge import form_rows
    from auditkit.engagement.judge import judge as decide
    from auditkit.engagement.judge_form import read_form, write_form

    opened = open_folder(folder)
    if form is not None:
        rows = form_rows(opened, clause)
        write_form(rows, form)
        click.echo(f"{len(rows)} points to judge in {form.name}.")
        return
    todo = read_form(filled) if filled is not None else (_one(**given),)
    done = decide(opened, todo, again=given["again"], dry_run=given["dry_run"], key_file=key_file)
    if as_json:
        print_json([one._asdict() for one in done])
        return
    for one in done:
        what = (
            f"{one.id}  {one.point}  {one.verdict}{f', in place of {one.replaces}' if one.replaces else ''}"
            f"{', signed' if one.signed else ''}"
        )
        click.echo(f"{what}{'; nothing was written' if given['dry_run'] else ''}")
        for why in one.conflict:
            said = f"conflict: {why} Sign-off is blocked until the rationale names it."
            click.echo(textwrap.fill(said, 78, initial_indent="       ", subsequent_indent="         "))


def _one(
    point: str | None,
    verdict: str | None,
    because: str | None,
    by: str | None,
    on: tuple[str, ...],
    at: datetime | None,
    how_checked: str | None,
    safeguard: str,
    **_: Any,
) -> Any:
    from auditkit.engagement.judge import Given

    if not (point and verdict and because and by):
        raise click.UsageError(
            "Name POINT and VERDICT with --because and --by, or a filled form with --from."
        )
    return Given(
        point=point,
        verdict=verdict,  # type: ignore[arg-type]  # click checked it
        because=because,
        by=by,
        on=on,
        at=at.date() if at else None,
        basis="no_occurrence" if how_checked else "evidence",
        how_checked=how_checked or "",
        safeguard=safeguard,
    )
