"""``auditkit compare``."""

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditkit.cli.common import json_option, print_json

if TYPE_CHECKING:
    from auditkit.assessment.comparison import Comparison, PointChange
    from auditkit.engagement.compare import FindingChange
    from auditkit.improvement.proof_model import Proof


@click.command(epilog="Example: auditkit compare examples/previous .")
@click.argument(
    "folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option("--all", "show_all", is_flag=True, help="Also list the points that stand as they stood.")
@json_option
def compare(folders: tuple[Path, ...], show_all: bool, as_json: bool) -> None:
    """Compare the engagements in FOLDERS: the last two point by point, all of them by their measures."""
    from auditkit.engagement.compare import compare_engagements, trend

    found = compare_engagements(folders)
    rows = trend(found.runs)
    if as_json:
        print_json(
            {
                "trend": rows,
                "counts": found.comparison.counts,
                "points": [one.model_dump(mode="json") for one in found.comparison.points],
                "findings": [one._asdict() for one in found.findings],
                "proofs": [one.model_dump(mode="json") for one in found.runs[-1].proofs],
                "notes": list(found.notes),
            }
        )
        return
    _say_trend(rows)
    for note in found.notes:
        click.echo(textwrap.fill(note, 78, initial_indent="  ", subsequent_indent="  "))
    _say_points(found.comparison, show_all)
    _say_findings(found.findings)
    _say_proofs(found.runs[-1].proofs)


def _say_trend(rows: list[dict[str, object]]) -> None:
    """Say of each engagement how many requirements conform and what is open."""
    for row in rows:
        click.echo(f"{row['engagement']}, {row['period']}")
        click.echo(
            f"  {row['conforming']} conform, {row['nonconforming']} do not, {row['not_assessed']} not assessed, of "
            f"{row['requirements']} requirements"
        )
        click.echo(
            f"  {row['confirmed_points']} of {row['points']} points confirmed; open: {row['majors_open']} major, "
            f"{row['minors_open']} minor; {row['candidates']} candidates"
        )


def _say_points(comparison: "Comparison", show_all: bool) -> None:
    """Say, kind by kind, which points changed; of those that stand as they stood only how many, unless all are wanted."""
    from auditkit.assessment.comparison import KINDS

    quiet = ("unchanged", "verified_again")
    for kind, says in KINDS.items():
        points = [one for one in comparison.points if one.kind == kind]
        if not points:
            continue
        click.echo(f"\n{kind.replace('_', ' ').capitalize()}, {len(points)}: {says}")
        if kind not in quiet or show_all:
            for one in points:
                _say_point(one)


def _say_point(one: "PointChange") -> None:
    changed = "; method changed" if one.method_changed else ""
    before, after = ((value or "-").replace("_", " ") for value in (one.before, one.after))
    click.echo(f"  {one.point:<12} {before} -> {after}{changed}")
    for extent in one.extents:
        said = f"{extent.procedure}: {extent.before or '-'} -> {extent.after or '-'}"
        click.echo(
            textwrap.fill(
                said, 78, initial_indent=" " * 15, subsequent_indent=" " * 17, break_on_hyphens=False
            )
        )


def _say_findings(findings: tuple["FindingChange", ...]) -> None:
    """Say what became of each finding."""
    if findings:
        click.echo("\nFindings")
    for each in findings:
        said = f"{each.id:<8} {each.kind.replace('_', ' ')}, {each.grade}: {each.what}"
        click.echo(textwrap.fill(said, 78, initial_indent="  ", subsequent_indent=" " * 11))


def _say_proofs(proofs: tuple["Proof", ...]) -> None:
    """Say of each action with a record test as its measure whether the later records prove it."""
    from auditkit.reporting.view_progress import word_proof

    if proofs:
        click.echo("\nProof of improvement, by the records of the later engagement")
    for one in map(word_proof, proofs):
        said = f"{one.id:<8} {one.mark.word}, {one.reached}: {one.before} -> {one.after}. {one.why}"
        click.echo(textwrap.fill(said, 78, initial_indent="  ", subsequent_indent=" " * 11))
