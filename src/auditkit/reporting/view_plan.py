"""Section 7, second part: the order of the plan with its arithmetic, the smallest set that opens the gates, the days.

What rests on candidates that nobody confirmed is counted here and named nowhere.
"""

from auditkit.base.model import Record
from auditkit.improvement.planning_model import MilestoneDay, PlanWork, SmallestSet, Task
from auditkit.reporting.numbers import be, count, long_date
from auditkit.reporting.terminal_plan import AFTER_AUDITORS, effort_text
from auditkit.reporting.view_index import Index


class OrderRow(Record):
    """The place of one item, and what it was reckoned from."""

    rank: int
    item: str
    arithmetic: tuple[str, ...]
    assumed: str


class TaskRow(Record):
    """One task of the smallest set."""

    task: str
    title: str
    who: str
    effort: str
    days: str
    effect: str


class PlanWorkView(Record):
    """How the plan is ordered, and what opens the gates."""

    owner: str
    scheme: str
    order: tuple[OrderRow, ...]
    sensitivity: str
    sentences: tuple[str, ...]
    tasks: tuple[TaskRow, ...]
    milestones: tuple[str, ...]
    notes: tuple[str, ...]


def build_plan_work(index: Index) -> PlanWorkView | None:
    """Word the order, the smallest set by effort and the milestones; None: the plan was not worked out."""
    work = index.run.plan_work
    if work is None:
        return None
    found = work.smallest[0]
    hidden = {one.id for one in work.tasks if index.rests_on_candidates([one.finding] if one.finding else [])}
    hidden |= {one.id for one in work.tasks if set(one.proves) & hidden}
    owner = work.owner or "nobody is named"
    sentences = [*_sentences(found, work), _by_date(work)]
    unseen = len(hidden & set(found.tasks))
    if unseen:
        sentences.append(
            f"{count(unseen, 'task')} of the set {be(unseen)} not shown: {'it rests' if unseen == 1 else 'they rest'} on candidates of Annex A."
        )
    return PlanWorkView(
        owner=f"Owner of the service improvement plan and of the register of improvements: {owner}.",
        scheme=f"The order is that of the scheme {work.scheme} ({work.scheme_title}); what is not known counts as the most urgent value.",
        order=_order(index, work),
        sensitivity=_sensitivity(work),
        sentences=tuple(one for one in sentences if one),
        tasks=_tasks(work, found, hidden),
        milestones=(*(_milestone(one) for one in work.schedule.milestones), *_promised(index, work)),
        notes=(*work.schedule.notes, *_reckoned_with(work)),
    )


def _milestone(one: MilestoneDay) -> str:
    if one.day is not None:
        return f"{one.title}: {long_date(one.day)}, as the whole plan is laid out."
    return f"{one.title}: no day, for nothing in the plan clears {count(len(one.lacking), 'blocker')}."


def _promised(index: Index, work: PlanWork) -> tuple[str, ...]:
    """Say that the dates owners gave are later than the work takes; nothing where they are not."""
    forecast = index.run.readiness
    possible = [one.day for one in work.schedule.milestones if one.day is not None]
    if forecast is None or not possible or forecast.not_before <= max(possible):
        return ()
    return (
        f"That is what the work takes when it begins now. By the dates promised so far it is not before "
        f"{long_date(forecast.not_before)} ({index.place('gates')}).",
    )


def _reckoned_with(work: PlanWork) -> tuple[str, ...]:
    """Disclose the numbers of the plan that nobody of the engagement stated."""
    rules = work.rules
    if rules is None:
        return ()
    steps = rules.steps
    each = ", ".join(
        f"{what} {step.effort_days:g}"
        for what, step in (
            ("an answer", steps.answer),
            ("a decision on a plan", steps.accept),
            ("a check of an effect", steps.verify),
            ("a candidate", steps.decide),
            ("a point to assess", steps.assess),
            ("a point to confirm", steps.confirm),
        )
    )
    return (
        f"Where nobody said otherwise: {rules.capacity:g} person days a working day of a person or role; days for each: "
        f"{each}; an action that nobody estimated counts {rules.unknown_effort_days:g}, or as the highest estimate of the "
        f"plan. {rules.source}",
    )


def _order(index: Index, work: PlanWork) -> tuple[OrderRow, ...]:
    shown = {one.id for one in index.run.plan if not index.rests_on_candidates(one.findings)}
    return tuple(
        OrderRow(
            rank=one.rank,
            item=one.item,
            arithmetic=one.arithmetic,
            assumed=", ".join(shown.name.replace("_", " ") for shown in one.inputs if shown.assumed),
        )
        for one in work.priorities
        if one.item in shown
    )


def _sensitivity(work: PlanWork) -> str:
    found = work.sensitivity
    if not found.moves:
        return "The scheme has no weights, so none can move the order."
    moved = sum(bool(one.changed) for one in found.moves)
    stays = "stay the same" if found.stable else "do not stay the same"
    return (
        f"Each weight was moved by {found.share_percent} % down and up: {moved} of {len(found.moves)} moves change a place, "
        f"and the first {min(found.top, found.items)} items {stays}."
    )


def _sentences(found: SmallestSet, work: PlanWork) -> list[str]:
    if not found.gates:
        return ["No gate is closed; nothing has to be done to open one."]
    proof = (
        "proven smallest by an integer program"
        if found.proven
        else "not proven smallest: the search was cut short"
    )
    size = f"{count(len(found.tasks), 'task')} and {effort_text(found.effort)} of work"
    lead = f"The smallest set of tasks that opens every gate takes {size}; {proof}."
    if found.not_cleared:
        asked = len(work.to_clear)
        lead = (
            f"No set of tasks in the plan opens every gate: nothing clears {len(found.not_cleared)} of {asked} blockers. "
            f"The smallest set for the others takes {size}; {proof}."
        )
    rests = {"decide candidates", "assess points"} & set(found.tasks)
    return [lead, AFTER_AUDITORS if rests else ""]


def _by_date(work: PlanWork) -> str:
    by_effort, by_date = work.smallest
    if not by_date.tasks or by_date.tasks == by_effort.tasks:
        return ""
    return (
        f"By dependencies and waiting alone it is done by {long_date(by_effort.dependencies_day)}; the set that is done "
        f"first, by {long_date(by_date.dependencies_day)}, takes {effort_text(by_date.effort)}."
    )


def _tasks(work: PlanWork, found: SmallestSet, hidden: set[str]) -> tuple[TaskRow, ...]:
    tasks = {one.id: one for one in work.tasks}
    return tuple(
        TaskRow(
            task=one.task,
            title=tasks[one.task].title,
            who=_who(tasks[one.task]),
            effort=effort_text(tasks[one.task].effort)
            + (", assumed" if tasks[one.task].effort_assumed else ""),
            days=f"{one.start} to {one.finish}",
            effect=str(one.effect) if one.effect != one.finish else "",
        )
        for one in work.schedule.tasks
        if one.task in found.tasks and one.task not in hidden
    )


def _who(task: Task) -> str:
    return ", ".join(task.resources) or task.owner or "no owner"
