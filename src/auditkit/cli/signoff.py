"""``auditkit review``, ``auditkit signoff`` and ``auditkit verify``."""

import textwrap
from datetime import datetime
from pathlib import Path

import click

from auditkit.cli.common import engagement_option, json_option, open_folder, print_json

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(epilog='Example: auditkit review J-014 J-015 --by P-001 --note "Read with the evidence."')
@click.argument("judgements", nargs=-1, required=True)
@click.option("--by", required=True, help="Person id of the reviewer; not who judged.")
@click.option("--at", type=_DAY, help="Day (default: the day the engagement speaks of).")
@click.option("--agrees/--disagrees", default=True, help="Whether the reviewer agrees (default: agrees).")
@click.option("--note", default="", help="What was looked at; needed with --disagrees.")
@click.option("--safeguard", default="", help="In an area of one's own: what keeps the review impartial.")
@engagement_option
def review(
    judgements: tuple[str, ...],
    by: str,
    at: datetime | None,
    agrees: bool,
    note: str,
    safeguard: str,
    folder: Path,
) -> None:
    """Record that a second person reviewed JUDGEMENTS."""
    from auditkit.engagement.review import review_judgements

    count = review_judgements(
        open_folder(folder),
        judgements,
        by,
        at.date() if at else None,
        note,
        agrees=agrees,
        safeguard=safeguard,
    )
    click.echo(f"{count} judgement{'' if count == 1 else 's'} reviewed by {by}.")


@click.command(epilog="Example: auditkit signoff --by P-001")
@click.option("--by", required=True, help="Person id of the lead auditor.")
@click.option("--at", type=_DAY, help="Day (default: the day the engagement speaks of).")
@click.option(
    "--sign",
    "key_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Sign the release with this private key (ssh-keygen).",
)
@engagement_option
def signoff(by: str, at: datetime | None, key_file: Path | None, folder: Path) -> None:
    """Release the engagement: reports are no longer drafts, as long as nothing changes."""
    from auditkit.engagement.signoff import sign_off

    lock = sign_off(open_folder(folder), by, at.date() if at else None, key_file)
    with_key = ", signed by key" if key_file is not None else ""
    click.echo(f"Signed off by {lock.by} on {lock.at}: {len(lock.files)} files, run {lock.run_id}{with_key}.")


@click.command(epilog="Example: auditkit verify --json")
@engagement_option
@json_option
def verify(folder: Path, as_json: bool) -> int:
    """Tell what changed since the sign-off, and whether signatures by key hold. Exit 3 when anything is wrong."""
    from auditkit.engagement.signoff import verify_sign_off, verify_signatures

    opened = open_folder(folder)
    lock, changes = verify_sign_off(opened)
    signatures = verify_signatures(opened)
    if as_json:
        signed = {"by": lock.by, "at": str(lock.at), "run_id": lock.run_id} if lock else None
        made = [one.model_dump(mode="json") for one in signatures]
        print_json({"signed": signed, "changes": [one._asdict() for one in changes], "signatures": made})
    elif lock is None:
        click.echo("Nobody has signed off this engagement.")
    else:
        said = "nothing changed since" if not changes else f"{len(changes)} changed since"
        click.echo(f"Signed off by {lock.by} on {lock.at}; {said}.")
        for one in changes:
            click.echo(f"  {one.kind:<8} {one.what}")
    bad = [one for one in signatures if one.state != "holds"]
    if signatures and not as_json:
        click.echo(f"Signatures by key: {len(signatures) - len(bad)} of {len(signatures)} hold.")
        for wrong in bad:
            said = f"{wrong.what}: {wrong.why} {wrong.remedy}"
            click.echo(textwrap.fill(said, 78, initial_indent="  ", subsequent_indent="    "))
    return 0 if lock is not None and not changes and not bad else 3
