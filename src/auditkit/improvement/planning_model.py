"""The nouns of planning: rules as data, tasks, what has to be cleared, the smallest set, the schedule."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from auditkit.assessment.model import BlockerKind
from auditkit.base.model import Record
from auditkit.improvement.model import Days, Estimate, Route
from auditkit.improvement.priority_model import Priority, Sensitivity

TaskKind = Literal["action", "answer", "auditors", "records"]
GateId = Literal["documentation", "operation", "governance", "nonconformities", "confirmation"]
Capacity = Annotated[float, Field(gt=0, le=1000)]


class StepRule(Record):
    """Work that gates wait for without an action in the plan."""

    title: str
    """``{what}`` stands for what it is about."""
    effort_days: Days
    """Person days for each finding, candidate or point."""


class StepRules(Record):
    """The steps beside actions."""

    answer: StepRule
    """By the auditee: a minor that is not answered."""
    accept: StepRule
    """By the auditors, like those below: a plan that is not accepted."""
    verify: StepRule
    decide: StepRule
    """A candidate."""
    assess: StepRule
    """A point that is not assessed."""
    confirm: StepRule
    """A point without a judgement."""


class QuickWin(Record):
    """What makes an action a quick win: no predecessors, and no more than this."""

    effort_days: Days
    owners: int
    processes: int
    cost: float


class Milestone(Record):
    """A day that a plan works towards: all gates named are open."""

    id: str
    title: str
    gates: tuple[GateId, ...] = Field(min_length=1)


class PlanningRules(Record):
    """checklists/planning/*.yaml."""

    id: str
    title: str
    source: str
    capacity: Capacity
    """Person days a working day of a person or role of whom nothing is stated."""
    unknown_effort_days: Days
    quick_win: QuickWin
    steps: StepRules
    milestones: tuple[Milestone, ...]


class Task(Record):
    """Something to be done before gates open, with its effort and what it waits for."""

    id: str
    """Of an action its own; steps are named after what they are about: ``verify NC-003``."""
    kind: TaskKind
    title: str
    owner: str | None
    resources: tuple[str, ...]
    """Names of persons or roles that share the effort."""
    effort: Estimate
    effort_assumed: bool = False
    """Nobody estimated it; the worst case of the rules is taken."""
    predecessors: tuple[str, ...] = ()
    wait_days: int = 0
    """Calendar days after the work until its effect can be shown."""
    wait_months: int = 0
    proof_days: Days = 0
    """Effort of the auditors after that."""
    not_before: date | None = None
    """For records: the day on which they are old enough."""
    proves: tuple[str, ...] = ()
    """For verify: the tasks whose effect it looks at; it waits for those that are carried out."""
    finding: str = ""
    """The finding that its effect is verified for."""
    replaces: str | None = None
    """The action it is an alternative to."""
    route: Route | None = None
    processes: tuple[str, ...] = ()
    cost: float | None = None
    milestone: str = ""
    due: date | None = None
    done: bool = False


class ToClear(Record):
    """One thing that keeps a gate closed, and the sets of tasks of which any clears it."""

    id: str
    gate: GateId
    kind: BlockerKind
    what: str
    alternatives: tuple[tuple[str, ...], ...]
    """Empty: nothing in the plan clears it."""


class SmallestSet(Record):
    """The smallest set of tasks that opens gates."""

    by: Literal["effort", "date"]
    gates: tuple[GateId, ...]
    tasks: tuple[str, ...]
    effort: Estimate
    effort_assumed: tuple[str, ...]
    """Tasks in it whose effort is assumed."""
    not_cleared: tuple[str, ...]
    """Ids of what nothing in the plan clears; then no set opens the gates, and this is the smallest for the rest."""
    dependencies_day: date
    """The day by which everything is cleared if nobody is ever short of time."""
    proven: bool
    solver: str
    programs: int


class ScheduledTask(Record):
    """A task with its days."""

    task: str
    start: date
    finish: date
    effect: date
    """When its effect is there, after waiting; the day of finish where nothing is waited for."""
    slack_days: int
    """Working days it can slip by dependencies alone; 0: it is on the critical path."""
    late_days: int = 0
    """Calendar days behind the date its owner gave."""


class Load(Record):
    """How much a person or role has to do."""

    who: str
    effort_days: float
    capacity: float
    assumed: bool
    """Nobody stated the capacity."""


class MilestoneDay(Record):
    """When a milestone can be reached."""

    id: str
    title: str
    day: date | None
    """None: something on the way is cleared by nothing in the plan."""
    lacking: tuple[str, ...] = ()


class Schedule(Record):
    """Tasks laid into working days within everybody's capacity."""

    tasks: tuple[ScheduledTask, ...]
    end: date
    bound: date
    """No schedule can end before: the longest chain, or the load of one person."""
    exact: bool
    """The end is the bound, so no shorter schedule exists."""
    critical: tuple[str, ...]
    """Tasks of the longest chain, in order of their start."""
    loads: tuple[Load, ...]
    milestones: tuple[MilestoneDay, ...]
    left_out: tuple[str, ...] = ()
    """Actions whose alternative was taken."""
    notes: tuple[str, ...] = ()


class PlanWork(Record):
    """The service improvement plan, worked out."""

    owner: str
    """Who owns the plan and the register of improvements; empty: nobody is named."""
    scheme: str
    scheme_title: str
    priorities: tuple[Priority, ...]
    sensitivity: Sensitivity
    tasks: tuple[Task, ...]
    to_clear: tuple[ToClear, ...]
    smallest: tuple[SmallestSet, ...]
    """For all gates, by effort and by date."""
    schedule: Schedule
    quick_wins: tuple[str, ...]
    rules: PlanningRules | None = None
    """What was reckoned with where nobody said otherwise; reports disclose it."""
