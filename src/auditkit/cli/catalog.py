"""``auditkit catalog``."""

import click

from auditkit.cli.common import json_option, print_json


@click.group(epilog="Example: auditkit catalog show 8.6.1")
def catalog() -> None:
    """Show, search and lint the catalog and its record tests."""


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


@catalog.command(epilog="Example: auditkit catalog show 8.6.1-2")
@click.argument("identifier")
@json_option
def show(identifier: str, as_json: bool) -> None:
    """Show a clause, requirement or point (IDENTIFIER) with its procedures, and the guidance for its clause."""
    from auditkit.engagement.catalog import find_points, guidance_for, point_text

    points = find_points(identifier)
    guidance = guidance_for(identifier)
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


@catalog.command(epilog="Example: auditkit catalog search emergency change")
@click.argument("words", nargs=-1, required=True)
@json_option
def search(words: tuple[str, ...], as_json: bool) -> None:
    """List the points whose statement, questions or evidence contain every one of WORDS."""
    from auditkit.engagement.catalog import search_points

    points = search_points(words)
    if as_json:
        print_json([point.model_dump(mode="json") for point in points])
        return
    for point in points:
        click.echo(f"{point.id:<12} {point.statement}")
    if not points:
        click.echo("Nothing found. The catalog is in our own words; try another one.", err=True)


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
