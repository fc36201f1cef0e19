"""``auditkit pack``."""

from pathlib import Path

import click

from auditkit.cli.common import engagement_option, json_option, open_folder, print_json


@click.command(epilog="Example: auditkit pack --to evidence-pack.zip --clause 8.6 --redacted")
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    help="A new folder, or a name that ends in .zip.",
)
@click.option("--clause", help="Only this clause, requirement or point.")
@click.option(
    "--redacted",
    is_flag=True,
    help="Leave out records of persons and restricted files; ids instead of names.",
)
@click.option("--without", multiple=True, help="Evidence id to leave out; can be repeated.")
@engagement_option
@json_option
def pack(
    target: Path, clause: str | None, redacted: bool, without: tuple[str, ...], folder: Path, as_json: bool
) -> None:
    """Build the evidence pack: files by clause, with index, register and digests."""
    from auditkit.engagement.pack import PackOptions, build_pack

    done = build_pack(open_folder(folder), PackOptions(target, clause, redacted, without))
    if as_json:
        print_json({"files": done.files, "clauses": done.clauses, "left_out": dict(done.left_out)})
        return
    click.echo(f"{done.files} files for {done.clauses} clauses in {target.name}.")
    for identifier, why in done.left_out:
        click.echo(f"  left out: {identifier}, {why}")
