"""Interviews of an engagement: prepare the questions, list what is open, and read one again for its sheet."""

import textwrap
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from auditkit.assessment.engagement import Person
from auditkit.assessment.interviews import interview_fault, open_questions
from auditkit.assessment.model import Interview, InterviewAnswer, PointVerdict
from auditkit.base.atomic import write_whole
from auditkit.base.errors import UsageFault
from auditkit.base.yamltext import parse, quoted, validate
from auditkit.catalog.model import Point
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.overlays import in_language
from auditkit.engagement.run import RunOptions, assess
from auditkit.reporting.interview_sheet import sheet_html, sheet_markdown, view_sheet

HEAD = """\
# Written by people: notes of an interview, prepared from the catalog. Fill in answer, shown (ids of the evidence register)
# and outcome: met, not_met or no_evidence. A question without an answer counts for nothing.
"""
SAFEGUARD = "Let somebody else do it, or say with --safeguard, in a sentence, what keeps it impartial."


class ToPrepare(NamedTuple):
    """What an interview is to be about, and with whom."""

    selected: tuple[str, ...]
    """Clauses, requirements or points."""
    processes: tuple[str, ...]
    who: str
    """Person id or name."""
    role: str
    by: str
    at: date | None = None
    """None: the day the engagement speaks of."""
    place: str = ""
    safeguard: str = ""
    everything: bool = False
    """Also what was asked or judged before."""


class Prepared(NamedTuple):
    """An interview that was prepared, and what was left out because it stands open elsewhere."""

    note: Interview
    path: Path
    text: str
    elsewhere: tuple[str, ...]
    """``8.6.1-1a in IV-004``."""


def prepare_interview(opened: OpenEngagement, wanted: ToPrepare, *, dry_run: bool = False) -> Prepared:
    """Write the catalog's questions for points that still need them; UsageFault when there is nothing to ask."""
    points = _points(opened, wanted)
    verdicts = _verdicts(opened)
    elsewhere: dict[str, None] = {}
    open_now = _open_elsewhere(opened)
    asked: list[tuple[Point, tuple[InterviewAnswer, ...]]] = []
    for point in points:
        answers = tuple(_questions(point, None if wanted.everything else verdicts[point.id]))
        if not wanted.everything:
            elsewhere |= {
                f"{one.point} in {open_now[one.point, one.question]}": None
                for one in answers
                if (one.point, one.question) in open_now
            }
            answers = tuple(one for one in answers if (one.point, one.question) not in open_now)
        if answers:
            asked.append((point, answers))
    note = new_note(
        opened,
        who=wanted.who,
        role=wanted.role,
        by=wanted.by,
        at=wanted.at,
        place=wanted.place,
        safeguard=wanted.safeguard,
        answers=tuple(one for _, answers in asked for one in answers),
    )
    if not asked:
        known = f" Open already: {', '.join(elsewhere)}." if elsewhere else ""
        raise UsageFault(
            f"Nothing there still needs an interview or an observation.{known} Add --all to ask again."
        )
    text = (
        HEAD
        + note_head(note)
        + "".join(_block(point, answers, verdicts[point.id]) for point, answers in asked)
    )
    path = opened.layout.interviews / f"{note.id}.yaml"
    if not dry_run:
        write_note(path, text, note)
    return Prepared(note, path, text, tuple(elsewhere))


def list_interviews(opened: OpenEngagement) -> list[dict[str, Any]]:
    """Return one row an interview or observation, with what is still open in it."""
    return [
        {
            "id": one.id,
            "at": str(one.at),
            "with": one.interviewee,
            "role": one.role,
            "by": one.interviewer,
            "place": one.place,
            "points": list(dict.fromkeys(answer.point for answer in one.answers)),
            "questions": len(one.answers),
            "open": len(open_questions(one)),
            "not_met": sum(answer.outcome == "not_met" for answer in one.answers),
            "safeguard": one.safeguard,
        }
        for one in sorted(opened.workpapers.interviews, key=lambda one: (one.at, one.id))
    ]


def find_note(opened: OpenEngagement, identifier: str) -> Interview:
    """Return the notes of an id; UsageFault, naming those there are, when there is none."""
    known = {one.id: one for one in opened.workpapers.interviews}
    if identifier not in known:
        there = f"There are: {', '.join(known)}." if known else "Prepare one with auditkit interview prepare."
        raise UsageFault(f"{identifier}: there is no such interview that counts. {there}")
    return known[identifier]


def sheet_of(opened: OpenEngagement, identifier: str, form: str, target: Path | None = None) -> str:
    """Return the sheet of notes as ``md`` or ``html``, written to a new file if one is named."""
    if target is not None and target.exists():
        raise UsageFault(f"{target}: the file exists already and was not touched.")
    catalog, _ = in_language(opened.library, opened.statements_in)
    whole = opened.library._replace(catalog=catalog).whole
    sheet = view_sheet(opened.engagement, whole, find_note(opened, identifier))
    text = sheet_html(sheet) if form == "html" else sheet_markdown(sheet)
    if target is not None:
        write_whole(target, text)
    return text


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


def _points(opened: OpenEngagement, wanted: ToPrepare) -> tuple[Point, ...]:
    """Return the points that were named, in the order of the catalog."""
    catalog = opened.library.whole
    named: set[str] = set()
    for one in wanted.selected:
        found = catalog.select(one)
        if not found:
            raise UsageFault(
                f"{one}: no clause, requirement or point has this id. Try: auditkit catalog search WORD"
            )
        named |= {point.id for point in found}
    groups = {group.id: group for found in opened.independence.processes.values() for group in found}
    for one in wanted.processes:
        if one not in groups:
            raise UsageFault(f"{one}: there is no such process. Known: {', '.join(groups)}.")
        named |= {
            point
            for point, found in opened.independence.processes.items()
            if one in {group.id for group in found}
        }
    if not named:
        raise UsageFault("Say what the interview is about: --clause, --point or --process.")
    return tuple(point for point in catalog.points if point.id in named)


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


def _verdicts(opened: OpenEngagement) -> dict[str, PointVerdict]:
    run = assess(opened, RunOptions()).run
    assessments = (run.assessment, *(one.assessment for one in run.further))
    return {one.point: one for assessment in assessments for one in assessment.points}


def _questions(point: Point, verdict: PointVerdict | None) -> Iterator[InterviewAnswer]:
    """Yield what to ask and look at; with a verdict, only what it still lacks."""
    if verdict is not None and (verdict.standing == "confirmed" or verdict.value == "conforms"):
        return
    lacking = (
        {one.kind for one in verdict.results if one.outcome == "no_evidence"} if verdict is not None else None
    )
    if lacking is None or "interview" in lacking:
        for text in point.procedures.interview:
            yield InterviewAnswer(point=point.id, question=text, answer="")
    if lacking is None or "observe" in lacking:
        for text in point.procedures.observe:
            yield InterviewAnswer(point=point.id, question=text, answer="", kind="observe")


def _open_elsewhere(opened: OpenEngagement) -> dict[tuple[str, str], str]:
    """Return point and question of everything prepared and not asked yet, with the id of the notes."""
    return {
        (one.point, one.question): note.id
        for note in opened.workpapers.interviews
        for one in open_questions(note)
    }


def _block(point: Point, answers: tuple[InterviewAnswer, ...], verdict: PointVerdict) -> str:
    """Return the questions on one point, with what helps to ask them as comments."""
    about = [f"{point.id}  {point.statement}"]
    about += [f"Open: {' '.join(verdict.reasons)}"] if verdict.reasons else []
    about += [f"Ask to see: {'; '.join(point.usual_evidence)}."] if point.usual_evidence else []
    about += [f"Listen for: {point.usual_trap}"] if point.usual_trap else []
    comments = [
        line
        for text in about
        for line in textwrap.wrap(text, 110, initial_indent="  # ", subsequent_indent="  #   ")
    ]
    return "\n" + "\n".join(comments) + "\n" + "".join(answer_text(one) for one in answers)


def _next_id(opened: OpenEngagement) -> str:
    folder = opened.layout.interviews
    names = {path.stem for path in folder.glob("IV-*")} | {one.id for one in opened.workpapers.interviews}
    numbers = [int(name[3:]) for name in names if name[3:].isascii() and name[3:].isdigit()]
    return f"IV-{max(numbers, default=0) + 1:03d}"
