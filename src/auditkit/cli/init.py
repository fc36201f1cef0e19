"""``auditkit init``."""

from datetime import date
from pathlib import Path

import click

KINDS = ("internal-audit", "gap-analysis", "certification-readiness", "supplier-audit")
STAGES = ("-", "1", "2", "surveillance", "recertification")


@click.command(epilog="Example: auditkit init my-audit --kind internal-audit")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    default="internal-audit",
    show_default=True,
    help="Kind of engagement.",
)
@click.option(
    "--stage",
    type=click.Choice(STAGES),
    default="-",
    show_default=True,
    help="Stage of certification; `-`: none.",
)
@click.option("--start", type=click.DateTime(["%Y-%m-%d"]), help="First day of the audit period.")
@click.option("--end", type=click.DateTime(["%Y-%m-%d"]), help="Last day of the audit period.")
def init(folder: Path, kind: str, stage: str, start: object, end: object) -> None:
    """Make a new engagement FOLDER, ready to run, with comments that teach."""
    from auditkit.engagement.init import create_engagement

    # A fresh folder has to name some period; last calendar year is a guess that the comments ask to correct.
    year = date.today().year - 1  # noqa: DTZ011
    first = str(start)[:10] if start else f"{year}-01-01"
    last = str(end)[:10] if end else f"{year}-12-31"
    layout = create_engagement(folder, kind, first, last, stage)
    click.echo(f"Made {layout.root}. Next: put files below {layout.evidence}, then")
    click.echo(f"  cd {layout.root} && auditkit evidence scan && auditkit run")
