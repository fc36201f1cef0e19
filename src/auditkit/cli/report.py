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
    """Write the finished run as documents of their own, and in the formats of other tools."""


@report.command(name="list", epilog="Example: auditkit report list")
@json_option
def list_(as_json: bool) -> None:
    """List the formats and documents, with the file that each of them writes."""
    from auditkit.reporting.documents.faces import FACES
    from auditkit.reporting.documents.outputs import OUTPUTS
    from auditkit.reporting.interchange.formats import FORMATS

    faces = "|".join(one.id for one in FACES)
    rows = [(one.id, one.file, one.about) for one in FORMATS]
    rows += [(one.id, f"{one.id}.{faces}", one.about) for one in OUTPUTS]
    if as_json:
        print_json([{"format": name, "file": file, "about": about} for name, file, about in rows])
        return
    width = max(len(name) for name, _, _ in rows) + 2
    for name, file, about in rows:
        lead = f"{name:<{width}}"
        said = f"{about} ({file})"
        click.echo(
            textwrap.fill(
                said, 78, initial_indent=lead, subsequent_indent=" " * width, break_on_hyphens=False
            )
        )


@report.command(epilog="Example: auditkit report write scope gap-analysis --as docx --to out")
@click.argument("formats", metavar="FORMAT...", nargs=-1, required=True)
@click.option(
    "--as",
    "faces",
    type=click.Choice(["pdf", "html", "docx", "md"]),
    multiple=True,
    default=("pdf",),
    help="For documents: the face; may be given several times (default: pdf).",
)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    help="Folder to write to (default: documents or interchange among the reports).",
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
    faces: tuple[str, ...],
    target: Path | None,
    redacted: Literal["auditee", "all"] | None,
    key_file: Path | None,
    by: str | None,
    language: str | None,
    folder: Path,
    as_json: bool,
) -> None:
    """Write the run as FORMAT, such as sarif or gap-analysis; all for every format, documents for every document."""
    from auditkit.engagement.documents import chosen_documents, is_document, write_documents
    from auditkit.engagement.interchange import chosen, signing_of, write_formats
    from auditkit.engagement.redact import redact
    from auditkit.engagement.run import RunOptions, assess

    wanted = chosen([one for one in formats if not is_document(one)])
    opened = open_speaking(folder, language)
    documents = chosen_documents(opened, formats)
    signing = signing_of(opened, wanted, by, key_file) if key_file is not None else None
    outcome = assess(opened, RunOptions())
    shown = redact(opened, outcome, redacted) if redacted else None
    first = write_documents(outcome, documents, faces, target, shown)
    written = write_formats(opened, outcome, wanted, target, shown, signing, before=first.files)
    files = (*first.files, *written.files)
    if as_json:
        print_json({"run_id": written.run_id, "files": [str(path) for path in files]})
    else:
        click.echo(written._replace(files=files).text())
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
