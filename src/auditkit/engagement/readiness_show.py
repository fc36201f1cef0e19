"""What ``auditkit readiness`` prints and writes, from a run that writes no reports."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from auditkit.base.errors import UsageFault
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.run import RunOptions, RunOutcome, assess
from auditkit.reporting.stage_list import stage_csv, stage_markdown
from auditkit.reporting.terminal_readiness import readiness_text, stage_text
from auditkit.reporting.view_forecast import build_forecast
from auditkit.reporting.view_index import Index
from auditkit.reporting.view_parts import Forecast

Progress = Callable[[int, int, str], None]


class Shown(NamedTuple):
    """Readiness, as data and worded."""

    outcome: RunOutcome
    forecast: Forecast

    @property
    def ready(self) -> bool:
        """Tell whether every gate is open."""
        return self.outcome.ready

    def data(self, stage_1: bool) -> Any:
        """Return the forecast, or the list for stage 1, as assessment.json holds it."""
        readiness = self.outcome.run.readiness
        data = readiness.model_dump(mode="json") if readiness else {}
        return data["stage_1"] if stage_1 else data

    def text(self, stage_1: bool, form: str) -> str:
        """Return the forecast as text, or the list for stage 1 as ``text``, ``csv`` or ``md``."""
        rows, engagement = self.forecast.stage_1, self.outcome.run.engagement
        if not stage_1:
            return readiness_text(self.forecast)
        if form == "csv":
            return stage_csv(rows)
        if form == "md":
            title = f"Documents for stage 1: {engagement.organisation.name}, as of {engagement.as_of}"
            return stage_markdown(rows, title).rstrip("\n")
        return stage_text(rows)

    def write(self, target: Path) -> None:
        """Write the list for stage 1; UsageFault for another ending, or a file that exists."""
        form = target.suffix.lower().lstrip(".")
        if form not in ("csv", "md"):
            raise UsageFault(f"{target}: the file must end in .csv or .md.")
        if target.exists():
            raise UsageFault(
                f"{target}: the file exists already and was not touched. Name another with --to."
            )
        text = self.text(stage_1=True, form=form)
        target.write_text(text if form == "csv" else f"{text}\n", encoding="utf-8", newline="")


def show_readiness(opened: OpenEngagement, progress: Progress | None = None) -> Shown:
    """Assess the engagement and word its readiness."""
    outcome = assess(opened, RunOptions(progress=progress))
    forecast = build_forecast(Index(outcome.run))
    assert forecast is not None  # noqa: S101 - a run of the pipeline always reckons it
    return Shown(outcome, forecast)
