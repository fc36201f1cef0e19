"""Which notes of interviews and observations count, and why others do not (pure)."""

from collections.abc import Collection, Iterable

from auditkit.assessment.independence import Independence
from auditkit.assessment.model import Interview, InterviewAnswer
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place

Issues = tuple[InputIssue, ...]


def open_questions(note: Interview) -> tuple[InterviewAnswer, ...]:
    """Return what was prepared and not asked or looked at yet."""
    return tuple(one for one in note.answers if not one.answer.strip())


def held(notes: Iterable[Interview]) -> tuple[Interview, ...]:
    """Return the notes in which something was answered or seen; others are only prepared."""
    return tuple(one for one in notes if len(open_questions(one)) < len(one.answers))


def usable_interviews(
    notes: Iterable[tuple[Place, Interview]],
    people: Collection[str],
    points: Collection[str],
    independence: Independence,
) -> tuple[tuple[Interview, ...], Issues]:
    """Return the notes that count, without answers that say an outcome and no words, and what is wrong.

    ``points``: ids of points and items of guidance.
    """
    kept: dict[str, Interview] = {}
    issues: list[InputIssue] = []
    for place, note in notes:
        if note.interviewer not in people:
            issues.append(_issue("unknown-person", place, f"{note.interviewer} is not in engagement.yaml."))
            continue
        fault = interview_fault(note, independence)
        if note.id in kept:
            fault = "it stands twice; the first one is used"
        if fault is not None:
            issues.append(_issue("interview-refused", place, f"{note.id}: {fault}; it was not used."))
            continue
        for point in sorted({answer.point for answer in note.answers} - set(points)):
            issues.append(_issue("unknown-point", place, f"{note.id} speaks of {point}, not in the catalog."))
        empty = [one for one in open_questions(note) if one.outcome != "no_evidence"]
        for point in dict.fromkeys(one.point for one in empty):
            message = f"{note.id} has an outcome on {point} and not a word of what was said or seen; the outcome was not used."
            issues.append(_issue("answer-without-text", place, message))
        answers = tuple(one for one in note.answers if one not in empty)
        kept[note.id] = note.model_copy(update={"answers": answers}) if empty else note
    return tuple(kept.values()), tuple(issues)


def interview_fault(note: Interview, independence: Independence) -> str | None:
    """Say why the notes cannot count as they are: nobody asked, oneself asked, or an area of one's own."""
    asked = any(one.kind == "interview" for one in note.answers)
    if asked and not note.interviewee.strip():
        return "it does not say who was asked"
    who = independence.people.get(note.interviewer)
    names = {note.interviewer.casefold()} | ({who.name.casefold()} if who is not None else set())
    if note.interviewee.strip().casefold() in names:
        return f"{note.interviewee} would ask oneself"
    fault = independence.fault(note.interviewer, [one.point for one in note.answers], note.safeguard)
    return f"{fault}, and no safeguard is on record" if fault else None


def _issue(code: str, place: Place, message: str) -> InputIssue:
    return InputIssue(
        code=code,
        severity="error",
        place=place,
        message=message,
        hint="Correct the workpaper; see docs/formats.md.",
    )
