"""What management is told on two pages or on slides: the report's own words and figures, fewer of them (pure).

Nothing is counted here but what is left out, and that is said.
"""

from collections.abc import Sequence
from typing import NamedTuple

from auditkit.base.language import say, say_count
from auditkit.base.model import Record
from auditkit.reporting.view_model import Options, View
from auditkit.reporting.view_parts import Brief, Counts, Cover, GradeCount, Headline, MeasureRow
from auditkit.reporting.view_records import PlanRow
from auditkit.reporting.words import Mark


class Room(NamedTuple):
    """How much there is room for."""

    rows: int
    characters: int
    """Of the text of a wide cell; a sentence may have twice as many, a narrow cell a third. What is longer is cut."""


class GateLine(Record):
    """One readiness gate in a line."""

    mark: Mark
    title: str
    blockers: int
    earliest: str
    """From which day it can open; empty: not reckoned."""


class PlanLine(Record):
    """One item of the plan in a line; a kind without a plan shows none."""

    id: str
    title: str
    findings: str
    owner: str
    due: str
    effort: str
    status: str
    blocks: bool


class Management(Record):
    """The summary for management, in the order in which it is told."""

    cover: Cover
    headline: Headline
    conclusion: tuple[str, ...]
    own_words: str
    own_words_by: str
    grades: tuple[GradeCount, ...]
    gates: tuple[GateLine, ...]
    forecast: tuple[str, ...]
    findings: tuple[Brief, ...]
    findings_more: str
    plan: tuple[PlanLine, ...]
    plan_more: str
    plan_notes: tuple[str, ...]
    requirements: Counts
    measures: tuple[MeasureRow, ...]
    """Empty where no shares are printed."""
    coverage: str
    decisions: tuple[str, ...]
    decisions_more: str
    unconfirmed: str
    references: str


def build_management(view: View, options: Options, room: Room) -> Management:
    """Take from a view what management has to know and decide."""
    summary, conclusion, cut = view.summary, view.conclusion, _Cut(room)
    open_findings = sum(one.open for one in view.findings)
    shown = {one.id for one in view.contents}
    forecast = conclusion.forecast.sentences[:1] if conclusion.forecast and "gates" in shown else ()
    work = view.plan_work if "plan" in shown else None
    plan = view.plan if "plan" in shown else ()
    return Management(
        cover=view.cover.model_copy(update={"title": cut.text(view.cover.title)}),
        headline=summary.headline.model_copy(
            update={"because": tuple(map(cut.sentence, summary.headline.because))}
        ),
        conclusion=tuple(map(cut.sentence, conclusion.sentences)),
        own_words=cut.sentence(conclusion.own_words),
        own_words_by=conclusion.own_words_by,
        grades=summary.grades,
        gates=_gates(view) if "gates" in shown else (),
        forecast=tuple(map(cut.sentence, forecast)),
        findings=tuple(cut.finding(one) for one in summary.top[: room.rows]),
        findings_more=_more(open_findings - min(room.rows, len(summary.top)), view, "findings"),
        plan=_plan(plan, room, cut),
        plan_more=_more(len(plan) - room.rows, view, "plan"),
        plan_notes=tuple(cut.sentence(one) for one in (*work.sentences[:1], *work.milestones))
        if work
        else (),
        requirements=summary.requirements,
        measures=summary.measures if options.scores else (),
        coverage=summary.coverage,
        decisions=tuple(map(cut.sentence, summary.decisions[: room.rows])),
        decisions_more=_more(len(summary.decisions) - room.rows, view, "summary"),
        unconfirmed=cut.sentence(summary.unconfirmed),
        references=say(
            "Sections and annexes are those of the report of run {run}, where texts that end in … stand in full.",
            run=view.cover.run_id,
        ),
    )


class _Cut:
    """Cuts texts to the room there is."""

    def __init__(self, room: Room) -> None:
        self._most = room.characters

    def text(self, words: str) -> str:
        """Return the text of a wide cell, with an ellipsis where something was cut."""
        return _fitted(words, self._most)

    def sentence(self, words: str) -> str:
        """Return a sentence that fits."""
        return _fitted(words, self._most * 2)

    def narrow(self, words: str) -> str:
        """Return the text of a narrow cell that fits."""
        return _fitted(words, self._most // 3)

    def finding(self, one: Brief) -> Brief:
        """Return a finding whose texts fit."""
        cut = {name: self.narrow(getattr(one, name)) for name in ("points", "extent", "owner")}
        return one.model_copy(update={**cut, "what": self.text(one.what)})


def _fitted(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _gates(view: View) -> tuple[GateLine, ...]:
    forecast = view.conclusion.forecast
    days = {one.title: one.earliest for one in forecast.gates} if forecast else {}
    return tuple(
        GateLine(mark=one.mark, title=one.title, blockers=len(one.blockers), earliest=days.get(one.title, ""))
        for one in view.conclusion.gates
    )


def _plan(plan: Sequence[PlanRow], room: Room, cut: _Cut) -> tuple[PlanLine, ...]:
    rows = sorted(plan, key=lambda one: one.priority)[: room.rows]
    return tuple(
        PlanLine(
            id=one.id,
            title=cut.text(one.title),
            findings=cut.narrow(", ".join(one.findings)),
            owner=cut.narrow(one.owner),
            due=cut.narrow(one.due),
            effort=cut.narrow(one.effort),
            status=one.status,
            blocks=one.blocks,
        )
        for one in rows
    )


def _more(number: int, view: View, section: str) -> str:
    """Say how many are not shown, and where they stand."""
    if number <= 0:
        return ""
    places: Sequence[str] = [one.place for one in view.contents if one.id == section]
    if not places:
        return say_count(
            "{number} more is not shown here.", "{number} more are not shown here.", number, number=number
        )
    return say_count(
        "{number} more is not shown here: {place} of the report.",
        "{number} more are not shown here: {place} of the report.",
        number,
        number=number,
        place=places[0],
    )
