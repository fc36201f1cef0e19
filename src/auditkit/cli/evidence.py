"""``auditkit evidence``."""

from pathlib import Path

import click

from auditkit.cli.common import engagement_option, json_option, open_folder, print_json, progress_printer
from auditkit.cli.evidence_import import import_
from auditkit.cli.evidence_map import map_
from auditkit.cli.evidence_suggest import suggest


@click.group(epilog="Example: auditkit evidence scan >> evidence/register.yaml")
def evidence() -> None:
    """Import, register, accept, verify and request evidence."""


evidence.add_command(import_)
evidence.add_command(suggest)
evidence.add_command(map_)


@evidence.command(epilog="Example: auditkit evidence scan >> evidence/register.yaml")
@engagement_option
@click.pass_context
def scan(ctx: click.Context, folder: Path) -> None:
    """Propose register entries for files that are not registered. Prints them; changes nothing."""
    from auditkit.engagement.evidence import propose_entries

    quiet = bool(ctx.find_root().obj and ctx.find_root().obj["quiet"])
    click.echo(propose_entries(open_folder(folder), progress_printer(quiet)), nl=False)


@evidence.command(epilog="Example: auditkit evidence accept")
@engagement_option
def accept(folder: Path) -> None:
    """Record the digests of all registered files in evidence/register.lock.json."""
    from auditkit.engagement.evidence import accept_evidence

    count = accept_evidence(open_folder(folder))
    click.echo(f"{count} file{'s' if count != 1 else ''} accepted.")


@evidence.command(epilog="Example: auditkit evidence verify --json")
@engagement_option
@json_option
def verify(folder: Path, as_json: bool) -> int:
    """Recompute the digests and tell what changed since acceptance. Exit 3 when something did."""
    from auditkit.engagement.evidence import verify_evidence

    differences = verify_evidence(open_folder(folder))
    if as_json:
        print_json(differences)
    elif not differences:
        click.echo("Every accepted file is what it was.")
    for row in [] if as_json else differences:
        click.echo(f"{row['evidence'] or '-':<8} {row['kind'].replace('_', ' '):<15} {row['file']}")
    return 3 if any(row["kind"] != "purged" for row in differences) else 0


@evidence.command(epilog="Example: auditkit evidence template change --to changes.xlsx")
@click.argument("dataset")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    help="File to write, .csv or .xlsx (default DATASET.csv).",
)
def template(dataset: str, target: Path | None) -> None:
    """Write a documented, empty sheet for DATASET, for auditees whose tool has no profile."""
    from auditkit.engagement.evidence import write_dataset_template

    path = target or Path(f"{dataset}.csv")
    write_dataset_template(dataset, path)
    click.echo(f"Wrote {path}.")


@evidence.command(epilog="Example: auditkit evidence requests --json")
@engagement_option
@json_option
def requests(folder: Path, as_json: bool) -> None:
    """List what to ask the auditee for, from the catalog: documents and record exports not yet received."""
    from auditkit.engagement.evidence import suggest_requests

    rows = suggest_requests(open_folder(folder))
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['kind']:<9} {row['id']:<32} {row['title']}")
        click.echo(f"          {row['state']}; bears on {', '.join(row['clauses'])}")
