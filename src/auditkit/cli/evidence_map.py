"""``auditkit evidence map``: propose a mapping for an export whose tool has no profile."""

from pathlib import Path

import click

from auditkit.cli.common import json_option, print_json


@click.command(
    name="map", epilog="Example: auditkit evidence map tickets.csv --dataset incident --to tickets.yaml"
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--dataset", default=None, help="Kind of record the file holds (default: the one that fits best)."
)
@click.option("--sheet", default=None, help="Sheet of a workbook (default: the first that fits).")
@click.option(
    "--to", "target", type=click.Path(dir_okay=False, path_type=Path), help="Profile to write and then edit."
)
@json_option
def map_(file: Path, dataset: str | None, sheet: str | None, target: Path | None, as_json: bool) -> None:
    """Propose which column of the export FILE is which field, with the reasons. Writes only what --to names.

    What fits alike is shown and not chosen; date formats and values that are not certain are named.
    """
    from auditkit.engagement.mapping import map_export, proposal_text, write_profile

    proposal = map_export(file, dataset, sheet)
    if target is not None:
        write_profile(proposal, target)
    if as_json:
        print_json(proposal.model_dump(mode="json"))
        return
    click.echo(proposal_text(proposal))
    if target is not None:
        click.echo(
            f"\nWrote {target}. Check every line, put it among the profiles, and name it in the register."
        )
