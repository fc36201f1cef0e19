"""``auditkit sample``."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditkit.cli.common import engagement_option, json_option, open_folder, print_json

if TYPE_CHECKING:
    from auditkit.engagement.sample import DrawnSample

METHODS = ("simple", "stratified", "weighted", "systematic")
BASES = ("standard", "own_rule", "good_practice")
VISITS = ("initial", "surveillance", "recertification")
_DAY = click.DateTime(["%Y-%m-%d"])
_DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")


@click.group(epilog="Example: auditkit sample sizes --expected 1")
def sample() -> None:
    """Draw samples of records, take back what was found in them, and say how large a sample has to be."""


@sample.command(
    epilog="Example: auditkit sample draw --dataset change --point 8.5.1.3-3a --where \"type = 'normal'\" "
    '--expected 1 --seed 2026 --attribute "risk assessed before decision"'
)
@click.option("--dataset", required=True, help="Dataset the rows come from, such as change.")
@click.option("--point", required=True, help="Point of the catalog that the sample is evidence for.")
@click.option(
    "--attribute",
    "attributes",
    multiple=True,
    required=True,
    help="What has to be true of every item; can be repeated. 'POINT: text' is for another point.",
)
@click.option("--where", default="TRUE", help="SQL predicate, as in record tests (default: all rows).")
@click.option("--confidence", default="95", show_default=True, help="Confidence, in per cent.")
@click.option(
    "--tolerable", default="5", show_default=True, help="Tolerable rate of deviations, in per cent."
)
@click.option("--expected", default="0", show_default=True, help="Expected rate of deviations, in per cent.")
@click.option("--method", type=click.Choice(METHODS), default="simple", show_default=True)
@click.option("--by", help="Field that stratifies, weighs, or orders a systematic sample.")
@click.option("--weights", help="Weights of the values of a field: high=5,medium=3,low=1.")
@click.option("--size", type=click.IntRange(1), help="Number of items, instead of the computed one.")
@click.option("--per-stratum", type=click.IntRange(1), help="So many of each stratum.")
@click.option("--seed", required=True, help="Any text; the same seed draws the same rows.")
@click.option("--basis", type=click.Choice(BASES), default="standard", show_default=True)
@click.option("--rule", "evidence", help="For own_rule: evidence id that states the rule.")
@click.option("--rule-place", "place", default="", help="For own_rule: where in that evidence.")
@click.option("--title", default="", help="Title of the sample.")
@click.option("--id", "identifier", help="Id, such as SA-007 (default: the next that is free).")
@click.option("--drawn-by", help="Person id (default: the lead auditor).")
@click.option("--drawn-at", type=_DAY, help="Day (default: the day the engagement speaks of).")
@_DRY_RUN
@engagement_option
@json_option
def draw(folder: Path, dry_run: bool, as_json: bool, **given: Any) -> None:
    """Draw a sample from the records and write it to workpapers/samples, with a sheet to fill in."""
    from auditkit.engagement.sample import draw_sample
    from auditkit.engagement.sample_request import request_of

    request = request_of(**{**given, "drawn_at": _day(given["drawn_at"])})
    _show_drawn(draw_sample(open_folder(folder), request, dry_run=dry_run), as_json)


@sample.command(epilog="Example: auditkit sample read SA-001 --dry-run")
@click.argument("identifier")
@click.option(
    "--sheet",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The filled sheet (default: the one beside the sample).",
)
@click.option("--replace", is_flag=True, help="Let the sheet win where the sample has another answer.")
@_DRY_RUN
@engagement_option
@json_option
def read(
    identifier: str, sheet: Path | None, replace: bool, dry_run: bool, folder: Path, as_json: bool
) -> int:
    """Take the filled sheet of a sample back. Exit 3, and nothing is written, when a cell is wrong."""
    from auditkit.engagement.sample import read_sample

    filled = read_sample(open_folder(folder), identifier, sheet, dry_run=dry_run, replace=replace)
    if as_json:
        issues = [one.model_dump(mode="json", exclude_none=True) for one in filled.issues]
        print_json({"changes": list(filled.changes), "issues": issues, "written": _written(filled, dry_run)})
        return 3 if filled.refused else 0
    for line in filled.changes:
        click.echo(line)
    for issue in filled.issues:
        click.echo(str(issue), err=True)
    count = f"{len(filled.changes)} change{'' if len(filled.changes) == 1 else 's'}"
    if filled.refused:
        click.echo(f"{count}, but the sheet has faults: nothing was written.", err=True)
        return 3
    click.echo(f"{count}{' written' if _written(filled, dry_run) else '; nothing was written'}.")
    return 0


@sample.command(epilog="Example: auditkit sample renew SA-001")
@click.argument("identifier")
@_DRY_RUN
@engagement_option
@json_option
def renew(identifier: str, dry_run: bool, folder: Path, as_json: bool) -> None:
    """Draw a suspect sample again from the records as they are now; answers for unchanged rows stay."""
    from auditkit.engagement.sample import renew_sample

    _show_drawn(renew_sample(open_folder(folder), identifier, dry_run=dry_run), as_json)


@sample.command(name="list", epilog="Example: auditkit sample list --json")
@engagement_option
@json_option
def list_(folder: Path, as_json: bool) -> int:
    """List the samples with their state: open, complete or suspect. Exit 3 when one cannot be used."""
    from auditkit.engagement.sample import list_samples

    rows, issues = list_samples(open_folder(folder))
    if as_json:
        print_json(rows)
    for row in [] if as_json else rows:
        click.echo(
            f"{row['procedure'].removeprefix('sample.'):<10} {row['point']:<12} {row['state']:<9} "
            f"{row['answered']} of {row['items']} answered, {row['deviations']} deviating  {row['attribute']}"
        )
        for reason in row["reasons"]:
            click.echo(f"           {reason}")
    for issue in issues:
        click.echo(str(issue), err=True)
    return 3 if issues else 0


@sample.command(epilog="Example: auditkit sample sizes --confidence 90 --population 250")
@click.option("--confidence", default="95", show_default=True, help="Confidence, in per cent.")
@click.option("--tolerable", multiple=True, help="Tolerable rate, in per cent; can be repeated.")
@click.option("--expected", multiple=True, help="Expected rate, in per cent; can be repeated (default: 0).")
@click.option("--population", type=click.IntRange(1), help="Rows there are (default: very many).")
@json_option
def sizes(
    confidence: str,
    tolerable: tuple[str, ...],
    expected: tuple[str, ...],
    population: int | None,
    as_json: bool,
) -> None:
    """Print how many items a simple sample needs, by tolerable and expected rate."""
    from auditkit.engagement.sample_request import size_rows

    rows = size_rows(confidence, tolerable, expected, population)
    if as_json:
        print_json(rows)
        return
    click.echo("tolerable  expected    size  deviations allowed for")
    for row in rows:
        size = row["size"] if row["size"] is not None else "-"
        bears = row["acceptable"] if row["acceptable"] is not None else row["why"]
        click.echo(f"{row['tolerable']:>7} %  {row['expected']:>6} %  {size:>6}  {bears}")


@sample.command(epilog="Example: auditkit sample sites --visit surveillance --central Hamburg --seed 2026")
@click.option("--visit", type=click.Choice(VISITS), required=True, help="Kind of audit.")
@click.option("--central", required=True, help="The site of the central function, which is always visited.")
@click.option("--seed", required=True, help="Any text; the same seed draws the same sites.")
@click.option(
    "--site", "sites", multiple=True, help="A site; can be repeated (default: those of engagement.yaml)."
)
@click.option(
    "--not-sampled", is_flag=True, help="The organisation is of a kind that does not allow sampling."
)
@engagement_option
@json_option
def sites(
    visit: str,
    central: str,
    seed: str,
    sites: tuple[str, ...],
    not_sampled: bool,
    folder: Path,
    as_json: bool,
) -> None:
    """Say how many sites to visit by the square-root rules of IAF MD 1, and draw those that have to be random."""
    from auditkit.engagement.sample_request import sites_to_audit

    names = sites or open_folder(folder).engagement.sites
    found = sites_to_audit(names, central, visit, seed, sampled=not not_sampled)
    if as_json:
        print_json(found)
        return
    click.echo(f"Always: {central}.")
    click.echo(f"Beside it: {found['size']} of {found['sites']}.")
    click.echo(f"At random: {', '.join(found['at_random']) or 'none'}.")
    click.echo(f"To choose by risk: {found['to_choose']} of {', '.join(found['choose_from']) or 'none'}.")
    click.echo(found["source"])


def _show_drawn(drawn: "DrawnSample", as_json: bool) -> None:
    one = drawn.sample
    if as_json:
        print_json(
            {
                "sample": one.model_dump(mode="json"),
                "written": [path.name for path in drawn.written],
                "notes": list(drawn.notes),
            }
        )
        return
    answered = sum(found.answer is not None for item in one.items for found in item.results.values())
    click.echo(
        f"{one.id}: {len(one.items):,} of {one.population.count:,} rows drawn; "
        f"the size allows for {one.acceptable} deviating."
        + (f" {answered} answers were kept." if answered else "")
    )
    for note in drawn.notes:
        click.echo(note)
    for path in drawn.written:
        click.echo(f"Wrote workpapers/samples/{path.name}.")
    if drawn.written:
        click.echo(f"Next: fill in the sheet, then auditkit sample read {one.id}")


def _written(filled: Any, dry_run: bool) -> bool:
    return bool(filled.changes) and not filled.refused and not dry_run


def _day(value: datetime | None) -> Any:
    return None if value is None else value.date()
