"""``auditkit plan``: the improvement plan, the smallest set that opens gates, the schedule, what moves the order."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from auditkit.cli.common import engagement_option, json_option, open_folder, print_json, progress_printer

if TYPE_CHECKING:
    from auditkit.engagement.plan_show import ShownPlan

scheme_option = click.option(
    "--scheme", help="Id of a priority scheme (default: as engagement.yaml says, else blocker-first)."
)


@click.group(epilog="Example: auditkit plan smallest --by date")
def plan() -> None:
    """Show the improvement plan, what opens the gates, and when. Writes nothing."""


@plan.command(epilog="Example: auditkit plan show --scheme wsjf")
@scheme_option
@click.option("--candidates", is_flag=True, help="Also the items for candidates nobody decided on.")
@engagement_option
@json_option
@click.pass_context
def show(ctx: click.Context, scheme: str | None, candidates: bool, folder: Path, as_json: bool) -> None:
    """Show the items in order of priority, with inputs and arithmetic: projects, and items of process owners."""
    _print(_worked(ctx, folder, as_json, scheme).items(candidates), as_json)


@plan.command(epilog="Example: auditkit plan smallest --by date --gate governance")
@click.option(
    "--by",
    type=click.Choice(["effort", "date"]),
    default="effort",
    help="What is made smallest (default effort).",
)
@click.option(
    "--gate", "gates", multiple=True, help="Id of a gate; again for more (default: every closed gate)."
)
@engagement_option
@json_option
@click.pass_context
def smallest(
    ctx: click.Context, by: Literal["effort", "date"], gates: tuple[str, ...], folder: Path, as_json: bool
) -> None:
    """Find the smallest set of tasks that opens the gates, exactly, and say what nothing in the plan clears."""
    _print(_worked(ctx, folder, as_json).smallest(by, gates), as_json)


@plan.command(epilog="Example: auditkit plan schedule --smallest")
@click.option("--smallest", "only_smallest", is_flag=True, help="Only the smallest set by effort.")
@engagement_option
@json_option
@click.pass_context
def schedule(ctx: click.Context, only_smallest: bool, folder: Path, as_json: bool) -> None:
    """Lay the tasks into working days within everybody's capacity, with milestones and the longest chain."""
    _print(_worked(ctx, folder, as_json).schedule(only_smallest), as_json)


@plan.command(epilog="Example: auditkit plan sensitivity --scheme impact-effort")
@scheme_option
@engagement_option
@json_option
@click.pass_context
def sensitivity(ctx: click.Context, scheme: str | None, folder: Path, as_json: bool) -> None:
    """Move each weight of the scheme by a fifth, down and up, and say which places change."""
    _print(_worked(ctx, folder, as_json, scheme).sensitivity(), as_json)


def _worked(ctx: click.Context, folder: Path, as_json: bool, scheme: str | None = None) -> "ShownPlan":
    from auditkit.engagement.plan_show import show_plan

    quiet = bool(ctx.obj and ctx.obj["quiet"])
    return show_plan(open_folder(folder), progress_printer(quiet or as_json), scheme)


def _print(said: tuple[Any, str], as_json: bool) -> None:
    data, text = said
    if as_json:
        print_json(data)
    else:
        click.echo(text)
