"""``auditkit judgements``."""

from pathlib import Path

import click

from auditkit.cli.common import engagement_option, json_option, open_folder, print_json


@click.group(epilog="Example: auditkit judgements bind")
def judgements() -> None:
    """Bind judgements to what they rest on, and list them."""


@judgements.command(epilog="Example: auditkit judgements bind J-014 J-015")
@click.argument("identifiers", nargs=-1)
@click.option(
    "--again", is_flag=True, help="Also renew judgements that were bound before (all, without IDENTIFIERS)."
)
@engagement_option
def bind(identifiers: tuple[str, ...], again: bool, folder: Path) -> None:
    """Record what judgements rest on now: their evidence, the point's text, what the procedures saw.

    Without IDENTIFIERS every judgement that was never bound is bound.
    """
    from auditkit.engagement.bind import bind_judgements

    bound = bind_judgements(open_folder(folder), identifiers, again=again)
    click.echo(f"{len(bound)} judgements bound." if len(bound) != 1 else f"{bound[0]} bound.")


@judgements.command(epilog="Example: auditkit judgements sign J-014 J-015 --key ~/.ssh/id_ed25519")
@click.argument("identifiers", nargs=-1, required=True)
@click.option(
    "--key",
    "key_file",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Private key of the person who judged.",
)
@engagement_option
def sign(identifiers: tuple[str, ...], key_file: Path, folder: Path) -> None:
    """Sign judgements that are bound, with the key of the person who made them (ssh-keygen)."""
    from auditkit.engagement.signatures import sign_judgements

    signed = sign_judgements(open_folder(folder), tuple(dict.fromkeys(identifiers)), key_file)
    click.echo(f"{len(signed)} judgements signed." if len(signed) != 1 else f"{signed[0]} signed.")


@judgements.command(name="list", epilog="Example: auditkit judgements list --json")
@engagement_option
@json_option
def list_(folder: Path, as_json: bool) -> None:
    """List the judgements with their state: decided, suspect or in conflict."""
    from auditkit.engagement.run import RunOptions, assess

    outcome = assess(open_folder(folder), RunOptions())
    rows = [
        {
            "id": one.judgement.id,
            "point": one.point,
            "verdict": one.judgement.verdict,
            "by": one.judgement.by,
            "at": str(one.judgement.at),
            "state": "suspect" if one.suspect else "conflict" if one.conflict else "decides",
            "why": list(one.suspect or one.conflict),
        }
        for one in outcome.run.assessment.points
        if one.judgement is not None
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(
            f"{row['id']}  {row['point']:<12} {row['verdict']:<14} {row['by']}  {row['at']}  {row['state']}"
        )
        for why in row["why"]:
            click.echo(f"        {why}")
