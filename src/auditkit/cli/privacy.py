"""``auditkit privacy``."""

from datetime import datetime
from pathlib import Path

import click

from auditkit.cli.common import engagement_option, json_option, open_folder, print_json

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group(epilog="Example: auditkit privacy key ~/keys/audit-2026.key")
def privacy() -> None:
    """Keys, pseudonyms, and what must be deleted when the time of keeping is over."""


@privacy.command(epilog="Example: auditkit privacy key ~/keys/audit-2026.key")
@click.argument("file", type=click.Path(path_type=Path))
def key(file: Path) -> None:
    """Write a new random key to FILE, readable by you alone, outside of any engagement folder."""
    from auditkit.engagement.privacy import make_key

    make_key(file)
    click.echo(f"Wrote {file}. Keep it apart from the engagement: with it every pseudonym can be undone,")
    click.echo("without it none can, and files that come later cannot be matched.")


@privacy.command(epilog="Example: auditkit privacy reveal person-4f7k-2qxd --key ~/keys/audit-2026.key")
@click.argument("pseudonyms", nargs=-1, required=True)
@click.option(
    "--key",
    "key_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File of the privacy key (default: AUDITKIT_PRIVACY_KEY).",
)
@engagement_option
@json_option
def reveal(pseudonyms: tuple[str, ...], key_file: Path | None, folder: Path, as_json: bool) -> None:
    """Print the name behind each of PSEUDONYMS, as the imported files write it."""
    from auditkit.engagement.layout import find_engagement
    from auditkit.engagement.privacy import names_behind, read_key

    found = names_behind(find_engagement(folder), pseudonyms, read_key(key_file))
    if as_json:
        print_json(found)
        return
    for one, names in found.items():
        click.echo(f"{one}  {'; '.join(' '.join(name.split()) for name in names)}")


@privacy.command(epilog="Example: auditkit privacy due --on 2028-01-01")
@click.option("--on", type=_DAY, help="Day (default: the day the engagement speaks of).")
@engagement_option
@json_option
def due(on: datetime | None, folder: Path, as_json: bool) -> None:
    """List what must be deleted on a day and what stays, by retention in engagement.yaml. Changes nothing."""
    from auditkit.engagement.privacy import due_on

    found = due_on(open_folder(folder), on.date() if on else None)
    if as_json:
        goes = [one.model_dump(mode="json") for one in found.goes]
        until = str(found.retention.until)
        print_json(
            {"until": until, "on": str(found.on), "over": found.over, "goes": goes, "stays": found.stays}
        )
        return
    state = "is over, so these must go" if found.over else "is not over; after it these go"
    click.echo(
        f"Kept until {found.retention.until} ({found.retention.reason}). On {found.on} that time {state}:"
    )
    for one in found.goes:
        click.echo(f"  {one.evidence or '-':<8} {one.file}")
    click.echo("  -        .auditkit-cache/")
    click.echo("These stay:")
    for line in found.stays:
        click.echo(f"  {line}")


@privacy.command(epilog="Example: auditkit privacy purge --on 2028-01-01 --by P-001 --yes")
@click.option("--on", type=_DAY, required=True, help="Day of the deletion; after the last day of keeping.")
@click.option("--by", required=True, help="Person id of who deletes.")
@click.option("--yes", is_flag=True, help="Really delete; without it nothing is.")
@engagement_option
def purge(on: datetime, by: str, yes: bool, folder: Path) -> None:
    """Delete the evidence whose time of keeping is over, and record what was deleted."""
    from auditkit.engagement.privacy import purge as delete

    done = delete(open_folder(folder), on.date(), by, yes=yes)
    click.echo(f"{len(done.files)} files and the cache deleted; the record is in evidence/purged.json.")
    click.echo("Keep the signed report: a new run can no longer assess what rested on them.")
