"""Notes of an interview or an observation: compose them with the people who may hold it, and write them."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from auditkit.assessment.engagement import Person
from auditkit.assessment.interviews import interview_fault
from auditkit.assessment.model import Interview, InterviewAnswer
from auditkit.base.atomic import write_whole
from auditkit.base.errors import UsageFault
from auditkit.base.yamltext import parse, quoted, validate
from auditkit.engagement.open import OpenEngagement

SAFEGUARD = "Let somebody else do it, or say with --safeguard, in a sentence, what keeps it impartial."


def new_note(
    opened: OpenEngagement,
    *,
    who: str,
    role: str,
    by: str,
    at: date | None,
    place: str,
    safeguard: str,
    answers: tuple[InterviewAnswer, ...],
) -> Interview:
    """Compose notes with the next free id; UsageFault when these people may not hold the interview."""
    people = opened.independence.people
    if by not in people:
        raise UsageFault(
            f"{by} is not among the people of engagement.yaml. Add the person there, or name another."
        )
    if people[by].side != "auditor":
        raise UsageFault(f"{people[by].name} is not of the audit team; auditors ask and look.")
    name, their_role = _person(people, who.strip(), role.strip())
    note = Interview(
        id=_next_id(opened),
        at=at or opened.engagement.as_of,
        interviewee=name,
        role=their_role,
        interviewer=by,
        answers=answers,
        place=place.strip(),
        safeguard=safeguard.strip(),
    )
    fault = interview_fault(note, opened.independence)
    if fault is not None:
        remedy = SAFEGUARD if "safeguard" in fault else "Name somebody else."
        raise UsageFault(f"{fault[0].upper()}{fault[1:]}. {remedy}")
    return note


def note_head(note: Interview) -> str:
    """Return the YAML of notes up to their answers."""
    lines = [f"id: {note.id}", f"at: {note.at}"]
    if note.interviewee:
        lines += [f"interviewee: {quoted(note.interviewee)}", f"role: {quoted(note.role)}"]
    lines.append(f"interviewer: {note.interviewer}")
    lines += [
        f"{key}: {quoted(text)}"
        for key, text in (("place", note.place), ("safeguard", note.safeguard))
        if text
    ]
    return "\n".join((*lines, "answers:")) + "\n"


def answer_text(one: InterviewAnswer) -> str:
    """Return the YAML of one answer as an item of the list."""
    lines = [f"  - point: {quoted(one.point)}"]
    lines += [f"    kind: {one.kind}"] if one.kind != "interview" else []
    lines += [f"    question: {quoted(one.question)}", f"    answer: {quoted(one.answer)}"]
    lines += [f"    shown: [{', '.join(one.shown)}]", f"    outcome: {one.outcome}"]
    return "\n".join(lines) + "\n"


def write_note(path: Path, text: str, note: Interview) -> None:
    """Write notes to a new file, once their text was seen to say what it should."""
    document, _ = parse(text, path.name)
    if document is None or validate(document, (), Interview)[0] != note:
        raise UsageFault(
            f"{path.name}: a text in it cannot be written as YAML. Leave out control characters."
        )
    if path.exists():
        raise UsageFault(f"workpapers/interviews/{path.name}: the file exists already and was not touched.")
    write_whole(path, text)


def _person(people: Mapping[str, Person], who: str, role: str) -> tuple[str, str]:
    """Return name and role of who is asked: a person of the engagement by id or name, or somebody else with a role."""
    known = people.get(who) or next(
        (one for one in people.values() if one.name.casefold() == who.casefold()), None
    )
    if known is not None:
        return known.name, role or known.role
    if who.startswith("P-"):
        raise UsageFault(
            f"{who} is not among the people of engagement.yaml. Add the person there, or give the name."
        )
    if who and not role:
        raise UsageFault(
            f"{who} is not among the people of engagement.yaml. Add --role, or the person there."
        )
    return who, role


def _next_id(opened: OpenEngagement) -> str:
    folder = opened.layout.interviews
    names = {path.stem for path in folder.glob("IV-*")} | {one.id for one in opened.workpapers.interviews}
    numbers = [int(name[3:]) for name in names if name[3:].isascii() and name[3:].isdigit()]
    return f"IV-{max(numbers, default=0) + 1:03d}"
