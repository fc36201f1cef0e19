"""``auditkit catalog``: look into the catalogs."""

import click

from auditkit.cli.catalog_work import attest, export, import_, migrate, site
from auditkit.cli.common import json_option, print_json

CATALOG = "iso-iec-20000-1-2018"
catalog_option = click.option(
    "--catalog", "catalog_id", default=CATALOG, help=f"Catalog to look into (default: {CATALOG})."
)
language_option = click.option(
    "--lang", "language", default="en", help="Language of the statements, where a translation is there."
)


@click.group(epilog="Example: auditkit catalog show 8.6.1")
def catalog() -> None:
    """Show, search, compare, check, import and export catalogs."""


@catalog.command(name="list", epilog="Example: auditkit catalog list --json")
@json_option
def list_(as_json: bool) -> None:
    """List the catalogs that are there: the shipped ones and those of this engagement."""
    from auditkit.engagement.catalog import list_catalogs

    entries, issues = list_catalogs()
    for issue in issues:
        click.echo(str(issue), err=True)
    if as_json:
        print_json([one._asdict() for one in entries])
        return
    for one in entries:
        counts = f"{one.clauses} clauses, {one.requirements} requirements, {one.points} points"
        click.echo(f"{one.id}\n  {one.name}: {counts}{f' ({one.note})' if one.note else ''}")


@catalog.command(epilog="Example: auditkit catalog lint")
@json_option
def lint(as_json: bool) -> int:
    """Check catalogs, guidance, lenses, crosswalks, translations and overlays. Exit 3 on a fault."""
    from auditkit.engagement.catalogs import lint_here

    linted = lint_here()
    if as_json:
        print_json([issue.model_dump(mode="json") for issue in linted.issues])
    else:
        for issue in linted.issues:
            click.echo(str(issue))
        for line in linted.counts:
            click.echo(line)
    return 3 if linted.issues else 0


@catalog.command(epilog="Example: auditkit catalog show 8.6.1-2 --lang de")
@click.argument("identifier")
@catalog_option
@language_option
@json_option
def show(identifier: str, catalog_id: str, language: str, as_json: bool) -> None:
    """Show a clause, requirement or point (IDENTIFIER) with its procedures, and the guidance for its clause."""
    from auditkit.engagement.catalog import find_points, guidance_for, library, point_text

    shelf = library(catalog_id, language)
    points = find_points(shelf, identifier)
    guidance = guidance_for(shelf, identifier)
    if as_json:
        print_json(
            {
                "points": [point.model_dump(mode="json") for point in points],
                "guidance": [item.model_dump(mode="json") for item in guidance],
            }
        )
        return
    click.echo("\n\n".join(point_text(point) for point in points))
    for item in guidance:
        click.echo(f"\nGuidance {item.id}\n  {item.advice}\n  Why: {item.why}")


@catalog.command(epilog="Example: auditkit catalog explain 9.2.1-1")
@click.argument("identifier")
@catalog_option
def explain(identifier: str, catalog_id: str) -> None:
    """Explain IDENTIFIER: how it is examined, what suffices, lenses, crosswalks, earlier editions."""
    from auditkit.engagement.catalog import explain as explained
    from auditkit.engagement.catalog import library

    click.echo(explained(library(catalog_id), identifier))


@catalog.command(epilog="Example: auditkit catalog search emergency change")
@click.argument("words", nargs=-1, required=True)
@catalog_option
@language_option
@json_option
def search(words: tuple[str, ...], catalog_id: str, language: str, as_json: bool) -> None:
    """List the points whose statement, questions or evidence contain every one of WORDS."""
    from auditkit.engagement.catalog import library, search_points

    points = search_points(library(catalog_id, language), words)
    if as_json:
        print_json([point.model_dump(mode="json") for point in points])
        return
    for point in points:
        click.echo(f"{point.id:<12} {point.statement}")
    if not points:
        click.echo("Nothing found. The catalog is in our own words; try another one.", err=True)


@catalog.command(epilog="Example: auditkit catalog diff iso-iec-20000-1-2005 iso-iec-20000-1-2018")
@click.argument("first")
@click.argument("second")
@json_option
def diff(first: str, second: str, as_json: bool) -> None:
    """Say what became of the requirements of catalog FIRST in catalog SECOND."""
    from auditkit.engagement.catalog import difference

    found = difference(first, second)
    if as_json:
        print_json(
            {
                "crosswalk": found.crosswalk.id if found.crosswalk else None,
                "maps": [one.model_dump(mode="json") for one in found.maps],
                "gone": found.gone,
                "new": found.new,
                "changed": found.changed,
            }
        )
        return
    for one in found.maps:
        click.echo(f"{', '.join(one.sources):<12} {one.relation:<10} {', '.join(one.targets) or '-'}")
        click.echo(f"    {one.rationale}")
    by = "as the crosswalk says" if found.crosswalk else "by id, for lack of a crosswalk"
    click.echo(f"\n{first} to {second}, {by}:")
    for word, ids in (("gone", found.gone), ("new", found.new), ("changed", found.changed)):
        click.echo(f"  {len(ids)} {word}{': ' if ids else ''}{', '.join(ids)}")


@catalog.command(epilog="Example: auditkit catalog parameters --json")
@json_option
def parameters(as_json: bool) -> None:
    """List the parameters that tests and rules use, with their house defaults."""
    from auditkit.engagement.catalog import library

    found = library().parameters
    if as_json:
        print_json({name: one.model_dump(mode="json") for name, one in found.items()})
        return
    for name, one in found.items():
        click.echo(f"{name:<34} {one.value!s:<8} {one.about}")


for command in (import_, export, attest, migrate, site):
    catalog.add_command(command)
