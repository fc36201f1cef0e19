"""``auditkit evidence import``: bring received files into evidence/, on request with pseudonyms."""

from pathlib import Path

import click

from auditkit.cli.common import engagement_option, json_option, open_folder, print_json

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    name="import",
    epilog="Example: auditkit evidence import ~/in/changes.csv --dataset change --pseudonymise --key ~/audit.key",
)
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--dataset", help="Kind of record the files hold; it says which fields name persons.")
@click.option("--profile", help="Profile of the export (default: the one that fits best).")
@click.option("--sheet", help="Sheet of a workbook (default: the first that fits).")
@click.option("--as", "name", help="Path of the copy below evidence/ (default: the name of the file).")
@click.option("--pseudonymise", is_flag=True, help="Put pseudonyms in place of persons.")
@click.option("--key", type=_FILE, help="File of the privacy key (default: AUDITKIT_PRIVACY_KEY).")
@click.option("--same", type=_FILE, help="Text file: a line a person, spellings separated by semicolons.")
@click.option("--persons-in", multiple=True, metavar="HEADER", help="Further column with persons.")
@click.option("--leave-out", multiple=True, metavar="HEADER", help="Column whose cells are emptied.")
@click.option("--keep", multiple=True, metavar="TEXT", help="Cell that names no person, such as CAB.")
@engagement_option
@json_option
def import_(
    files: tuple[Path, ...],
    dataset: str | None,
    profile: str | None,
    sheet: str | None,
    name: str | None,
    pseudonymise: bool,
    key: Path | None,
    same: Path | None,
    persons_in: tuple[str, ...],
    leave_out: tuple[str, ...],
    keep: tuple[str, ...],
    folder: Path,
    as_json: bool,
) -> None:
    """Copy FILES from outside into evidence/; the originals stay where they are, their digests are recorded.

    With --pseudonymise the cells of persons are replaced; free text is not touched, and cells in it that hold a known
    name are counted. Documents are never pseudonymised. Nothing is overwritten.
    """
    from auditkit.engagement.importing import ImportOptions, import_files

    options = ImportOptions(
        dataset=dataset,
        profile=profile,
        sheet=sheet,
        name=name,
        pseudonymise=pseudonymise,
        key=key,
        same=same,
        persons_in=persons_in,
        leave_out=leave_out,
        keep=keep,
    )
    done = import_files(open_folder(folder), files, options)
    if as_json:
        print_json({one.file: one.record.model_dump(mode="json") for one in done})
        return
    for one in done:
        for line in one.lines:
            click.echo(line)
    click.echo("Register what is new with: auditkit evidence scan >> evidence/register.yaml")
