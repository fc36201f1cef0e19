"""``auditkit report``."""

import textwrap
from pathlib import Path
from typing import Literal

import click

from auditkit.cli.common import (
    engagement_option,
    json_option,
    language_option,
    open_folder,
    open_speaking,
    print_json,
)


@click.group(epilog="Example: auditkit report write sarif junit --to build")
def report() -> None:
    """Write the finished run in the formats of other tools."""


@report.command(name="list", epilog="Example: auditkit report list")
@json_option
def list_(as_json: bool) -> None:
    """List the formats, with the file that each of them writes."""
    from auditkit.reporting.interchange.formats import FORMATS

    if as_json:
        print_json([{"format": one.id, "file": one.file, "about": one.about} for one in FORMATS])
        return
    width = max(len(one.id) for one in FORMATS) + 2
    for one in FORMATS:
        said = f"{one.about} ({one.file})"
        lead = f"{one.id:<{width}}"
        click.echo(textwrap.fill(said, 78, initial_indent=lead, subsequent_indent=" " * width))


@report.command(epilog="Example: auditkit report write sarif junit --to build")
@click.argument("formats", metavar="FORMAT...", nargs=-1, required=True)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    help="Folder to write to (default: interchange among the reports).",
)
@click.option(
    "--redacted",
    type=click.Choice(["auditee", "all"]),
    is_flag=False,
    flag_value="auditee",
    help="Without names of the auditee's persons; =all: without those of auditors too.",
)
@click.option(
    "--sign",
    "key_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Sign the manifest with this private key (ssh-keygen).",
)
@click.option("--by", help="With --sign: person id of who signs (default: the lead auditor).")
@language_option
@engagement_option
@json_option
def write(
    formats: tuple[str, ...],
    target: Path | None,
    redacted: Literal["auditee", "all"] | None,
    key_file: Path | None,
    by: str | None,
    language: str | None,
    folder: Path,
    as_json: bool,
) -> None:
    """Write the run as FORMAT, such as sarif; all for every one."""
    from auditkit.engagement.interchange import chosen, signing_of, write_formats
    from auditkit.engagement.redact import redact
    from auditkit.engagement.run import RunOptions, assess

    wanted = chosen(formats)
    opened = open_speaking(folder, language)
    signing = signing_of(opened, wanted, by, key_file) if key_file is not None else None
    outcome = assess(opened, RunOptions())
    shown = redact(opened, outcome, redacted) if redacted else None
    written = write_formats(opened, outcome, wanted, target, shown, signing)
    if as_json:
        print_json({"run_id": written.run_id, "files": [str(path) for path in written.files]})
    else:
        click.echo(written.text())
    for note in written.notes:
        click.echo(note, err=True)


@report.command(epilog="Example: auditkit report verify")
@click.argument("manifest", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--by", help="Person id of who signed (default: the lead auditor).")
@engagement_option
@json_option
def verify(manifest: Path | None, by: str | None, folder: Path, as_json: bool) -> int:
    """Hold the evidence against its MANIFEST, offline. The signature is checked too; exit 3 when anything is wrong."""
    from auditkit.engagement.interchange_check import check_manifest

    found = check_manifest(open_folder(folder), manifest, by)
    if as_json:
        signature = found.signature.model_dump(mode="json") if found.signature else None
        changes = [one._asdict() for one in found.changes]
        print_json({"files": found.files, "changes": changes, "signature": signature})
    else:
        click.echo(found.text())
    return 0 if found.holds else 3
