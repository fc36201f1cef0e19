"""``auditkit explain``."""

from pathlib import Path

import click

from auditkit.cli.common import engagement_option, json_option, open_folder, print_json


@click.command(epilog="Example: auditkit explain 8.5.1.3-1")
@click.argument("identifier")
@engagement_option
@json_option
def explain(identifier: str, folder: Path, as_json: bool) -> None:
    """Trace a clause, requirement or point (IDENTIFIER): procedures, evidence, results, verdict, finding, action."""
    from auditkit.engagement.explain import explain_points, explain_text
    from auditkit.engagement.run import RunOptions, assess

    outcome = assess(open_folder(folder), RunOptions())
    traces = explain_points(outcome.run, identifier)
    if as_json:
        print_json([trace.model_dump(mode="json") for trace in traces])
        return
    click.echo("\n\n".join(explain_text(trace) for trace in traces))
