"""Section 7, second part: the order of the plan with its arithmetic, the smallest set that opens the gates, the days.

What rests on candidates that nobody confirmed is counted here and named nowhere.
"""

from auditkit.base.language import say, say_count, short_day, translated
from auditkit.base.model import Record
from auditkit.improvement.planning_model import MilestoneDay, PlanWork, SmallestSet, Task
from auditkit.reporting.numbers import how_many, long_date, shortest, whole
from auditkit.reporting.terminal_plan import AFTER_AUDITORS, effort_text
from auditkit.reporting.view_index import Index
from auditkit.reporting.words import spaced


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
    sentences = [*_sentences(found, work), _by_date(work), _unseen(index, len(hidden & set(found.tasks)))]
    return PlanWorkView(
        owner=say(
            "Owner of the service improvement plan and of the register of improvements: {owner}.",
            owner=work.owner or say("nobody is named"),
        ),
        scheme=say(
            "The order is that of the scheme {scheme} ({title}); what is not known counts as the most urgent value.",
            scheme=work.scheme,
            title=translated(work.scheme_title),
        ),
        order=_order(index, work),
        sensitivity=_sensitivity(work),
        sentences=tuple(one for one in sentences if one),
        tasks=_tasks(work, found, hidden),
        milestones=(*(_milestone(one) for one in work.schedule.milestones), *_promised(index, work)),
        notes=(*work.schedule.notes, *_reckoned_with(work)),
    )


def _unseen(index: Index, tasks: int) -> str:
    """Count the tasks that are not shown, since they rest on candidates."""
    if not tasks:
        return ""
    return say_count(
        "{number} task of the set is not shown: it rests on candidates of {place}.",
        "{number} tasks of the set are not shown: they rest on candidates of {place}.",
        tasks,
        number=whole(tasks),
        place=index.place("candidates"),
    )


def _milestone(one: MilestoneDay) -> str:
    title = translated(one.title)
    if one.day is not None:
        return say(
            "{milestone}: {day}, as the whole plan is laid out.", milestone=title, day=long_date(one.day)
        )
    return say_count(
        "{milestone}: no day, for nothing in the plan clears {number} blocker.",
        "{milestone}: no day, for nothing in the plan clears {number} blockers.",
        len(one.lacking),
        milestone=title,
        number=how_many(len(one.lacking)),
    )


def _promised(index: Index, work: PlanWork) -> tuple[str, ...]:
    """Say that the dates owners gave are later than the work takes; nothing where they are not."""
    forecast = index.run.readiness
    possible = [one.day for one in work.schedule.milestones if one.day is not None]
    if forecast is None or not possible or forecast.not_before <= max(possible):
        return ()
    return (
        say(
            "That is what the work takes when it begins now. By the dates promised so far it is not before {day} "
            "({place}).",
            day=long_date(forecast.not_before),
            place=index.place("gates"),
        ),
    )


def _reckoned_with(work: PlanWork) -> tuple[str, ...]:
    """Disclose the numbers of the plan that nobody of the engagement stated."""
    rules = work.rules
    if rules is None:
        return ()
    steps = rules.steps
    each = ", ".join(
        f"{what} {shortest(step.effort_days)}"
        for what, step in (
            (say("an answer"), steps.answer),
            (say("a decision on a plan"), steps.accept),
            (say("a check of an effect"), steps.verify),
            (say("a candidate"), steps.decide),
            (say("a point to assess"), steps.assess),
            (say("a point to confirm"), steps.confirm),
        )
    )
    said = say(
        "Where nobody said otherwise: {capacity} person days a working day of a person or role; days for each: {each}; "
        "an action that nobody estimated counts {unknown}, or as the highest estimate of the plan.",
        capacity=shortest(rules.capacity),
        each=each,
        unknown=shortest(rules.unknown_effort_days),
    )
    return (f"{said} {translated(rules.source)}",)


def _order(index: Index, work: PlanWork) -> tuple[OrderRow, ...]:
    shown = {one.id for one in index.run.plan if not index.rests_on_candidates(one.findings)}
    return tuple(
        OrderRow(
            rank=one.rank,
            item=one.item,
            arithmetic=one.arithmetic,
            assumed=", ".join(spaced(translated(each.name)) for each in one.inputs if each.assumed),
        )
        for one in work.priorities
        if one.item in shown
    )


def _sensitivity(work: PlanWork) -> str:
    found = work.sensitivity
    if not found.moves:
        return say("The scheme has no weights, so none can move the order.")
    values = {
        "share": shortest(found.share_percent),
        "moved": sum(bool(one.changed) for one in found.moves),
        "total": len(found.moves),
        "first": min(found.top, found.items),
    }
    if found.stable:
        return say(
            "Each weight was moved by {share} % down and up: {moved} of {total} moves change a place, and the first {first} "
            "items stay the same.",
            **values,
        )
    return say(
        "Each weight was moved by {share} % down and up: {moved} of {total} moves change a place, and the first {first} "
        "items do not stay the same.",
        **values,
    )


def _sentences(found: SmallestSet, work: PlanWork) -> list[str]:
    if not found.gates:
        return [say("No gate is closed; nothing has to be done to open one.")]
    size = say_count(
        "{number} task and {effort} of work",
        "{number} tasks and {effort} of work",
        len(found.tasks),
        number=how_many(len(found.tasks)),
        effort=effort_text(found.effort),
    )
    proof = say("proven smallest by an integer program")
    if not found.proven:
        proof = say("not proven smallest: the search was cut short")
    lead = say(
        "The smallest set of tasks that opens every gate takes {size}; {proof}.", size=size, proof=proof
    )
    if found.not_cleared:
        lead = say(
            "No set of tasks in the plan opens every gate: nothing clears {number} of {total} blockers. The smallest set "
            "for the others takes {size}; {proof}.",
            number=len(found.not_cleared),
            total=len(work.to_clear),
            size=size,
            proof=proof,
        )
    rests = {"decide candidates", "assess points"} & set(found.tasks)
    return [lead, translated(AFTER_AUDITORS) if rests else ""]


def _by_date(work: PlanWork) -> str:
    by_effort, by_date = work.smallest
    if not by_date.tasks or by_date.tasks == by_effort.tasks:
        return ""
    return say(
        "By dependencies and waiting alone it is done by {day}; the set that is done first, by {first_day}, takes "
        "{effort}.",
        day=long_date(by_effort.dependencies_day),
        first_day=long_date(by_date.dependencies_day),
        effort=effort_text(by_date.effort),
    )


def _tasks(work: PlanWork, found: SmallestSet, hidden: set[str]) -> tuple[TaskRow, ...]:
    tasks = {one.id: one for one in work.tasks}
    return tuple(
        TaskRow(
            task=one.task,
            title=tasks[one.task].title,
            who=_who(tasks[one.task]),
            effort=_effort(tasks[one.task]),
            days=say("{start} to {end}", start=short_day(one.start), end=short_day(one.finish)),
            effect=short_day(one.effect) if one.effect != one.finish else "",
        )
        for one in work.schedule.tasks
        if one.task in found.tasks and one.task not in hidden
    )


def _effort(task: Task) -> str:
    effort = effort_text(task.effort)
    return say("{effort}, assumed", effort=effort) if task.effort_assumed else effort


def _who(task: Task) -> str:
    return ", ".join(task.resources) or task.owner or say("no owner")
