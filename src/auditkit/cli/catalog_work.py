"""``auditkit catalog``: bring catalogs in and out, check them, carry engagements over, write the book."""

from datetime import datetime
from pathlib import Path

import click

from auditkit.cli.common import engagement_option, json_option, print_json

CATALOG = "iso-iec-20000-1-2018"


@click.command(
    name="import", epilog="Example: auditkit catalog import catalog.json --id nist-800-53 --dry-run"
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--id", "identifier", required=True, help="Id of the new catalog: lower case, digits, hyphens.")
@click.option("--standard", default=None, help="Name of the standard (default: the title in the file).")
@click.option("--edition", default=None, help="Its edition (default: the version in the file).")
@click.option("--dry-run", is_flag=True, help="Say what would be imported and write nothing.")
@click.option("--again", is_flag=True, help="Replace a catalog of that id that was imported before.")
@engagement_option
@json_option
def import_(
    file: Path,
    identifier: str,
    standard: str | None,
    edition: str | None,
    dry_run: bool,
    again: bool,
    folder: Path,
    as_json: bool,
) -> int:
    """Import a catalog from FILE into this engagement: OSCAL (JSON, XML, YAML), CISO Assistant, CSV or XLSX.

    A spreadsheet has the columns id, title, text and parent. Exit 3 when nothing could be read.
    """
    from auditkit.engagement.exchange import import_catalog

    done = import_catalog(
        folder, file, identifier, standard=standard, edition=edition, dry_run=dry_run, again=again
    )
    if as_json:
        print_json(done.facts())
    else:
        for issue in done.issues:
            click.echo(str(issue), err=True)
        click.echo(done.text())
    return 0 if done.usable else 3


@click.command(epilog="Example: auditkit catalog export iso-iec-20000-1-2018 --format oscal --to out")
@click.argument("identifier")
@click.option(
    "--format", "kind", type=click.Choice(["oscal", "oscal-yaml", "ciso-assistant"]), default="oscal"
)
@click.option("--to", "target", type=click.Path(file_okay=False, path_type=Path), default=Path())
@click.option(
    "--modified", type=click.DateTime(["%Y-%m-%d"]), default="2026-01-01",
    help="Date written as last-modified; nothing reads the clock.",
)  # fmt: skip
def export(identifier: str, kind: str, target: Path, modified: datetime) -> None:
    """Export a catalog or a crosswalk (IDENTIFIER) as OSCAL 1.2.1 or as a CISO Assistant library."""
    from auditkit.engagement.exchange import export_one

    path = export_one(identifier, kind, target, modified.date())
    click.echo(f"{path} written.")


@click.command(
    epilog="Example: auditkit catalog attest 8.6.1 --by 'Ines Falk' --at 2026-11-02 --edition 2018"
)
@click.argument("identifiers", nargs=-1, required=True)
@click.option("--by", required=True, help="Who compared our statement with the licensed copy.")
@click.option("--at", required=True, type=click.DateTime(["%Y-%m-%d"]), help="When.")
@click.option("--edition", required=True, help="The copy it was compared with.")
@click.option("--note", default="", help="What was noticed.")
@click.option("--catalog", "catalog_id", default=CATALOG, help="Catalog that was checked.")
@engagement_option
def attest(
    identifiers: tuple[str, ...],
    by: str,
    at: datetime,
    edition: str,
    note: str,
    catalog_id: str,
    folder: Path,
) -> None:
    """Record that statements (IDENTIFIERS) were compared with a licensed copy: name, date, digest of our text."""
    from auditkit.engagement.attest import attest_points
    from auditkit.engagement.layout import find_engagement

    points = attest_points(find_engagement(folder), catalog_id, identifiers, by, at.date(), edition, note)
    click.echo(f"{len(points)} statements attested in overlays/attestations.yaml.")


@click.command(epilog="Example: auditkit catalog migrate ../audit-2009 --dry-run")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--from", "edition", default=None, help="For a sheet: the catalog its criteria belong to.")
@click.option("--dry-run", is_flag=True, help="List what would be carried over and write nothing.")
@engagement_option
@json_option
def migrate(source: Path, edition: str | None, dry_run: bool, folder: Path, as_json: bool) -> None:
    """Carry judgements and findings of the engagement (or sheet) SOURCE over to this one's catalog, as previous.

    Their state is reset. What is known only by its clause stays unresolved and is listed; nothing is lost.
    """
    from auditkit.engagement.exchange import migrate_engagement

    done = migrate_engagement(source, folder, dry_run=dry_run, edition=edition)
    for issue in done.issues:
        click.echo(str(issue), err=True)
    if as_json:
        print_json([one.model_dump(mode="json") for one in done.verdicts])
        return
    for one in done.verdicts:
        if one.state == "unresolved":
            click.echo(f"unresolved  {one.id:<8} {one.source:<10} {one.why}")
    resolved = len(done.verdicts) - len(done.unresolved)
    click.echo(
        f"{len(done.verdicts)} carried over by {done.crosswalk.id}: {resolved} resolved, "
        f"{len(done.unresolved)} unresolved{'; nothing was written' if dry_run else ''}."
    )


@click.command(epilog="Example: auditkit catalog site --to book --lang de")
@click.option(
    "--to", "target", type=click.Path(file_okay=False, path_type=Path), default=Path("catalog-book"),
    help="Folder to write (default: catalog-book).",
)  # fmt: skip
@click.option("--catalog", "catalog_id", default=CATALOG, help="Catalog to show.")
@click.option(
    "--lang", "language", default="en", help="Language of the statements, where a translation is there."
)
def site(target: Path, catalog_id: str, language: str) -> None:
    """Write a catalog as a book of HTML pages: one for each requirement, searchable, offline."""
    from auditkit.engagement.site import write_site

    pages = write_site(target, catalog_id, language)
    click.echo(f"{pages} pages. Open {target / 'index.html'} in a browser.")
