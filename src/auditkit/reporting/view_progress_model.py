"""What pictures and tables of progress show: plan on a time line, age of actions, proof, course, growth, clauses, processes."""

from datetime import date
from fractions import Fraction
from typing import Literal

from auditkit.base.model import Record
from auditkit.improvement.control_chart import ControlChart
from auditkit.reporting.words import Mark

BarState = Literal["done", "under_way", "planned"]


class Bar(Record):
    """One action on the time line."""

    id: str
    title: str
    owner: str
    start: date | None
    """None: nobody said when; then only the day it is due is drawn."""
    end: date
    state: BarState
    overdue: bool


class TimeLine(Record):
    """Actions by quarter."""

    bars: tuple[Bar, ...]
    as_of: date
    undated: tuple[str, ...]
    """Ids of items that nobody gave a day."""
    spoken: str


class AgeRow(Record):
    """Open actions of one class of age."""

    name: str
    overdue: int
    in_time: int
    undated: int
    """Open, and nobody said until when."""


class Ageing(Record):
    """Open actions by the days since their finding was raised."""

    rows: tuple[AgeRow, ...]
    total: int
    spoken: str


class ProofRow(Record):
    """Whether an action moved its measure, in words."""

    id: str
    title: str
    finding: str
    claim: str
    mark: Mark
    before: str
    after: str
    months: str
    target: str
    reached: str
    why: str


class ControlView(Record):
    """A control chart with what it says."""

    chart: ControlChart
    sentence: str
    spoken: str


class GrowthStep(Record):
    """One engagement in the growth of conformity."""

    name: str
    at: date
    conforming: int
    not_assessed: int
    total: int


class Growth(Record):
    """Conforming requirements from engagement to engagement."""

    steps: tuple[GrowthStep, ...]
    spoken: str


class Axis(Record):
    """One clause of the radar: shares of requirements known to conform."""

    clause: str
    title: str
    now: Fraction
    high: Fraction
    """If all that is not assessed conformed."""
    before: Fraction | None


class Radar(Record):
    """The clauses of the first level against target and the engagement before."""

    axes: tuple[Axis, ...]
    before: str
    """Name of the engagement before; empty: there is none."""
    spoken: str


class HeatCell(Record):
    """What the points of one process contribute to one attribute."""

    conforming: int
    nonconforming: int
    total: int
    """0: the process has no point of the attribute."""


class Heat(Record):
    """Processes by attributes of the services."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HeatCell, ...]], ...]
    spoken: str


class Progress(Record):
    """Everything a report shows of progress; what has nothing to show is empty and says why in words."""

    time_line: TimeLine
    ageing: Ageing
    proofs: tuple[ProofRow, ...]
    proof_rules: str
    controls: tuple[ControlView, ...]
    without_chart: tuple[str, ...]
    growth: Growth
    radar: Radar
    heat: Heat
