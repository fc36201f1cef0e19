"""The sample run as material for the formats of other tools."""

from sample_run import sample_run

from auditkit.reporting.interchange.formats import FORMATS
from auditkit.reporting.interchange.material import Material
from auditkit.reporting.model import Run
from auditkit.reporting.view import build_view


def material(run: Run | None = None, **more: object) -> Material:
    """Return a run, or the sample run with some of its fields replaced, as the formats get it."""
    run = run or sample_run(**more)  # type: ignore[arg-type]
    return Material(run=run, view=build_view(run), reports={"assessment.json": "ab" * 32})


def made(name: str, run: Run | None = None, **more: object) -> str:
    """Return a run in a format."""
    (wanted,) = [one for one in FORMATS if one.id == name]
    return wanted.make(material(run, **more))
