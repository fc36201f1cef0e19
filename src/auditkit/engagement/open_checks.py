"""What of an engagement leads nowhere or cannot stand as it is: ids, lenses, people, parameters and calendars."""

from auditkit.assessment.calendars import ALWAYS
from auditkit.assessment.engagement import Engagement, Parameter
from auditkit.assessment.workpapers import Workpapers
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.engagement.library import Library
from auditkit.evidence.model import Register
from auditkit.findings.load import RaisedFindings
from auditkit.improvement.model import ActionFile


def kept_issues(engagement: Engagement, known: frozenset[str]) -> tuple[InputIssue, ...]:
    """Say which evidence is to be kept beyond the day and is not registered: a purge would delete its file."""
    kept = engagement.retention.keep if engagement.retention else ()
    return tuple(
        _issue(
            "unknown-evidence",
            f"retention.keep names {one}, which is not registered, so nothing is kept by it.",
        )
        for one in kept
        if one not in known
    )


def merge_parameters(
    engagement: Engagement, library: Library, register: Register
) -> tuple[dict[str, Parameter], tuple[InputIssue, ...]]:
    """Merge the parameters; an own rule without evidence that states it falls back to a house default."""
    merged = dict(library.parameters)
    issues: list[InputIssue] = []
    known = {item.id for item in register.items}
    for name, parameter in engagement.parameters.items():
        if name not in library.parameters:
            issues.append(_issue("parameter-unknown", f"The parameter {name} is used by no test or rule."))
        default = library.parameters.get(name)
        if default is not None and isinstance(parameter.value, str) and not isinstance(default.value, str):
            message = (
                f"The parameter {name} must be a number, not {parameter.value!r}; the house default is used."
            )
            issues.append(_issue("parameter-not-a-number", message))
            continue
        fault = _calendar_fault(name, parameter, engagement, known)
        issues += [fault] if fault else []
        if fault and fault.code == "calendar-unknown":
            continue
        if fault:
            parameter = parameter.model_copy(update={"source": "house_default"})
        if parameter.source == "own_rule" and parameter.evidence not in known:
            message = f"The parameter {name} is called the organisation's own rule, but no registered evidence states it."
            issues.append(_issue("parameter-without-source", message))
            parameter = parameter.model_copy(update={"source": "house_default"})
        about = parameter.about or (merged[name].about if name in merged else "")
        merged[name] = parameter.model_copy(update={"about": about})
    return merged, tuple(issues)


def _calendar_fault(
    name: str, parameter: Parameter, engagement: Engagement, known: frozenset[str] | set[str]
) -> InputIssue | None:
    """Say why a parameter that names a calendar cannot stand as it is; None when it can, or names none."""
    if not name.endswith("_calendar") or parameter.value == ALWAYS:
        return None
    calendar = engagement.calendars.get(str(parameter.value))
    if calendar is None:
        message = f"The parameter {name} names a calendar that is not declared: {parameter.value}; the house default is used."
        hint = f"Declare it under calendars in engagement.yaml, or write {ALWAYS}."
        return InputIssue(
            code="calendar-unknown",
            severity="warning",
            place=Place(file="engagement.yaml"),
            message=message,
            hint=hint,
        )
    if calendar.source == "own_rule" and calendar.evidence not in known:
        message = f"The calendar {parameter.value} is called the organisation's own rule, but no registered evidence states it."
        return _issue("calendar-without-source", message)
    return None


def dangling(
    register: Register,
    workpapers: Workpapers,
    raised: RaisedFindings,
    actions: tuple[tuple[Place, ActionFile], ...],
    points: frozenset[str],
) -> tuple[InputIssue, ...]:
    """Say which ids lead nowhere: links to points, evidence that judgements rest on, findings that actions answer."""
    evidence = {item.id for item in register.items}
    findings = {file.finding.id for file in raised.files}
    issues = [
        _issue(
            "unknown-point",
            f"{item.id} links to {point}, which is not in the catalog.",
            "evidence/register.yaml",
        )
        for item in register.items
        for point in item.links
        if point not in points
    ]
    issues += [
        _issue(
            "unknown-evidence", f"{one.id} rests on {key}, which is not registered.", "workpapers/judgements"
        )
        for one in workpapers.judgements
        for key in one.on
        if key not in evidence
    ]
    issues += [
        _issue(
            "unknown-evidence", f"{one.id} was shown {key}, which is not registered.", "workpapers/interviews"
        )
        for one in workpapers.interviews
        for key in dict.fromkeys(shown for answer in one.answers for shown in answer.shown)
        if key not in evidence
    ]
    issues += _without_evidence(workpapers)
    issues += [
        _issue("unknown-finding", f"{action.id} answers {action.finding}, which nobody raised.", place.file)
        for place, action in actions
        if action.finding not in findings and not action.finding.startswith("C-")
    ]
    return tuple(issues)


def _without_evidence(workpapers: Workpapers) -> list[InputIssue]:
    """Say which judgements of conformity rest on nothing: no evidence is named, and nobody noted what was said or seen."""
    noted = {
        one.point for note in workpapers.interviews for one in note.answers if one.outcome != "no_evidence"
    }
    hint = (
        "Name the evidence in `on`, write down the interview or observation, or use the basis no_occurrence."
    )
    return [
        _issue(
            "judgement-without-evidence",
            f"{one.id} says that {one.point} conforms and names no evidence.",
            "workpapers/judgements",
        ).model_copy(update={"hint": hint})
        for one in workpapers.judgements
        if one.verdict == "conforms" and one.basis == "evidence" and not one.on and one.point not in noted
    ]


def lens_issues(engagement: Engagement, library: Library) -> tuple[InputIssue, ...]:
    known = {lens.id for lens in library.lenses}
    return tuple(
        _issue("lens-unknown", f"There is no lens {one}; known are {', '.join(sorted(known))}.")
        for one in (*engagement.lenses, *((engagement.group_by,) if engagement.group_by else ()))
        if one not in known
    )


def people_issues(engagement: Engagement, people: frozenset[str]) -> tuple[InputIssue, ...]:
    named = [engagement.lead_auditor, *([engagement.sign_off.by] if engagement.sign_off else [])]
    return tuple(
        _issue("unknown-person", f"{one} is named but is not among the people.")
        for one in named
        if one not in people
    )


def _issue(code: str, message: str, file: str = "engagement.yaml") -> InputIssue:
    return InputIssue(
        code=code,
        severity="warning",
        place=Place(file=file, line=1),
        message=message,
        hint="Correct the id or the value; see docs/formats.md.",
    )
