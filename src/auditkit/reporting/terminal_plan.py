"""The improvement plan as commands print it: the items, the smallest set, the schedule, and what moves the order."""

from collections.abc import Iterable, Mapping

from auditkit.base.language import message, say, say_count, translated, written
from auditkit.improvement.model import Estimate, PlanItem
from auditkit.improvement.planning_model import MilestoneDay, PlanWork, Schedule, SmallestSet, Task, ToClear
from auditkit.improvement.priority_model import Priority, Sensitivity
from auditkit.reporting.hanging import hanging
from auditkit.reporting.numbers import count
from auditkit.reporting.words import ROUTES

GATES = ("documentation", "operation", "governance", "nonconformities", "confirmation")
AFTER_AUDITORS = message(
    "The set holds as long as the auditors find no more than what is known: every candidate they confirm, and every "
    "point they find nonconforming, needs an answer or an action of its own."
)


def plan_text(plan: Iterable[PlanItem], work: PlanWork, names: Mapping[str, str], candidates: bool) -> str:
    """Return the items in two lists, projects and those of process owners, with priority and its arithmetic."""
    places = {one.item: one for one in work.priorities}
    known = [one for one in plan if one.id in places]
    waiting = [one for one in known if one.status == "candidate"]
    shown = known if candidates else [one for one in known if one.status != "candidate"]
    owner = work.owner or "nobody yet; name planning.owner in engagement.yaml"
    blocks = [
        hanging("", f"Service improvement plan and register of improvements. Owner: {owner}."),
        hanging("", f"In order of: {work.scheme_title} ({work.scheme})."),
    ]
    for route, title in (("project", "Projects"), ("process_owner", "Items of process owners")):
        mine = [one for one in shown if one.route == route]
        lines = [_item(one, places[one.id], names) for one in mine] or ["  none"]
        blocks.append("\n".join([title, *lines]))
    blocks.append(hanging("Quick wins: ", ", ".join(work.quick_wins) or "none"))
    if waiting and not candidates:
        said = (
            f"{count(len(waiting), 'candidate')} without an action left out: auditkit plan show --candidates"
        )
        blocks.append(hanging("", said))
    return "\n\n".join(blocks)


def smallest_text(found: SmallestSet, work: PlanWork, laid: Schedule) -> str:
    """Return the set, what it takes, what each task clears, and what stays closed."""
    tasks = {one.id: one for one in work.tasks}
    asked = [one for one in work.to_clear if one.gate in found.gates]
    if not asked:
        return "Nothing blocks these gates; no task is needed."
    gates = ", ".join(one.capitalize() for one in GATES if one in found.gates)
    blocks = [hanging("", _verdict(found, gates, len(asked)))]
    if found.tasks:
        rows = [_chosen(tasks[one.task], asked, laid) for one in laid.tasks]
        blocks += [hanging("", _days(found, laid)), "\n".join(["Tasks, in order of their start", *rows])]
    others = [
        one.id for one in work.tasks if one.kind == "action" and not one.done and one.id not in found.tasks
    ]
    if others:
        said = f"{', '.join(others)}. They are still to be done, or dropped by a decision."
        blocks.append(hanging("Not needed to open these gates: ", said))
    if found.not_cleared:
        lines = [hanging("  - ", one) for one in found.not_cleared]
        blocks.append("\n".join(["Nothing in the plan clears", *lines]))
    if {"decide candidates", "assess points"} & set(found.tasks):
        blocks.append(hanging("", translated(AFTER_AUDITORS)))
    return "\n\n".join(blocks)


def schedule_text(work: PlanWork, laid: Schedule) -> str:
    """Return tasks with their days, milestones, the longest chain and who has how much to do."""
    tasks = {one.id: one for one in work.tasks}
    if laid.exact:
        ends = "No schedule can end earlier."
    else:
        ends = f"Found by list scheduling, so not proven shortest; none can end before {laid.bound}."
    blocks = [hanging("", f"{count(len(laid.tasks), 'task')}, the last effect on {laid.end}. {ends}")]
    rows = []
    for one in laid.tasks:
        effect = f", effect {one.effect}" if one.effect != one.finish else ""
        mark = "* " if one.task in laid.critical else "  "
        late = f"; {count(one.late_days, 'day')} behind its date" if one.late_days else ""
        slack = f"; slack {one.slack_days}" if one.slack_days else ""
        rows.append(hanging(f"{mark}{one.start} ", f"to {one.finish}{effect}{slack}{late}"))
        rows.append(
            hanging("             ", f"{one.task}: {tasks[one.task].title} ({_who(tasks[one.task])})")
        )
    blocks.append("\n".join(["Tasks (* on the longest chain; slack in working days)", *rows]))
    blocks.append("\n".join(["Milestones", *(_milestone(one) for one in laid.milestones)]))
    loads = [
        hanging(
            "  ",
            f"{one.who}: {days_text(one.effort_days)} at {one.capacity:g} a day{' (assumed)' if one.assumed else ''}",
        )
        for one in laid.loads
    ]
    blocks.append("\n".join(["Work, the fullest first", *loads]))
    if laid.left_out:
        blocks.append(hanging("Left out for an alternative: ", ", ".join(laid.left_out)))
    blocks += [hanging("Note: ", one) for one in laid.notes]
    return "\n\n".join(blocks)


def sensitivity_text(found: Sensitivity) -> str:
    """Return which places change when each weight moves."""
    head = f"Scheme {found.scheme}: each weight moved by {found.share_percent} % down and up, {count(found.items, 'item')} on confirmed findings."
    if not found.moves:
        return "\n".join([hanging("", head), hanging("", "It has no weights, so none can move the order.")])
    first = f"first {min(found.top, found.items)}"
    verdict = (
        f"The {first} stay the same whatever weight moves."
        if found.stable
        else f"The {first} do not stay the same."
    )
    blocks = [hanging("", f"{head} {verdict}")]
    for one in found.moves:
        changed = ", ".join(one.changed) or "no place changes"
        stays = "" if one.top_stays else f"; the {first} change"
        blocks.append(hanging("  ", f"{one.weight} {one.was} -> {one.becomes}: {changed}{stays}"))
    return "\n".join(blocks)


def effort_text(effort: Estimate) -> str:
    """Return an effort with its range, where there is one."""
    if effort.low == effort.high:
        return days_text(effort.likely)
    low, high = written(f"{effort.low:g}"), written(f"{effort.high:g}")
    return say("{days} ({low} to {high})", days=days_text(effort.likely), low=low, high=high)


def days_text(days: float) -> str:
    """Return a number of person days."""
    return say_count("{number} day", "{number} days", 1 if days == 1 else 2, number=written(f"{days:g}"))


def _item(item: PlanItem, priority: Priority, names: Mapping[str, str]) -> str:
    effort = days_text(item.effort_days) if item.effort_days is not None else "effort not estimated"
    owner = names.get(item.owner, item.owner) if item.owner else "no owner"
    doubt = " (nobody decided on it yet)" if any(one.startswith("C-") for one in item.findings) else ""
    lines = [
        hanging(f"{priority.rank:>4} ", f"{item.id} {item.title}"),
        hanging("     ", f"{owner}; due {item.due or 'not set'}; {effort}; {item.status}"),
        hanging("     ", f"for {', '.join(item.findings)}{doubt}; {ROUTES[item.route]}, {item.phase}"),
        hanging("     priority: ", "; ".join(priority.arithmetic)),
    ]
    missing = [one.name.replace("_", " ") for one in priority.inputs if one.assumed]
    if missing:
        lines.append(
            hanging("     assumed: ", f"{', '.join(missing)} not known, the most urgent value is taken")
        )
    return "\n".join(lines)


def _verdict(found: SmallestSet, gates: str, asked: int) -> str:
    size = f"{count(len(found.tasks), 'task')}, {effort_text(found.effort)} of work"
    proof = (
        "proven smallest by HiGHS"
        if found.proven
        else f"NOT proven smallest, for the search was cut short: {found.solver}"
    )
    if found.not_cleared:
        return (
            f"No set in the plan opens {gates}: nothing clears {len(found.not_cleared)} of {asked} blockers. "
            f"The smallest set by {found.by} for the rest: {size}; {proof}."
        )
    return f"The smallest set by {found.by} that opens {gates}: {size}; {proof}."


def _days(found: SmallestSet, laid: Schedule) -> str:
    exact = "" if laid.exact else f", found by list scheduling (none can end before {laid.bound})"
    assumed = (
        f" Effort assumed for {', '.join(found.effort_assumed)}: nobody estimated it."
        if found.effort_assumed
        else ""
    )
    return (
        f"By dependencies and waiting alone it is done by {found.dependencies_day}; within everybody's capacity "
        f"by {laid.end}{exact}.{assumed}"
    )


def _chosen(task: Task, asked: Iterable[ToClear], laid: Schedule) -> str:
    at = next(one for one in laid.tasks if one.task == task.id)
    cleared = [one for one in asked if any(task.id in option for option in one.alternatives)]
    shown = ", ".join(one.id for one in cleared if one.kind != "candidate")
    shown = shown or ("nonconformities: candidates" if cleared else "")
    effect = f", effect {at.effect}" if at.effect != at.finish else ""
    lines = [
        hanging("  - ", f"{task.id}: {task.title}"),
        hanging("      ", f"{_who(task)}; {effort_text(task.effort)}; {at.start} to {at.finish}{effect}"),
    ]
    if shown:
        lines.append(hanging("      for ", shown))
    return "\n".join(lines)


def _milestone(one: MilestoneDay) -> str:
    lacking = f"no day; nothing here clears {count(len(one.lacking), 'blocker')}"
    return hanging("  ", f"{one.title}: {one.day or lacking}")


def _who(task: Task) -> str:
    return ", ".join(task.resources) or task.owner or "no owner"
