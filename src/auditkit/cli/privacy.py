"""``auditkit privacy``."""

from pathlib import Path

import click

from auditkit.cli.common import engagement_option, json_option, print_json

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
