"""Interviews of an engagement: prepare the questions, list what is open, and read one again for its sheet."""

import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from auditkit.assessment.interviews import open_questions
from auditkit.assessment.model import Interview, InterviewAnswer, PointVerdict
from auditkit.base.atomic import write_whole
from auditkit.base.errors import UsageFault
from auditkit.catalog.model import Point
from auditkit.engagement.interview_note import answer_text, new_note, note_head, write_note
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.overlays import in_language
from auditkit.engagement.run import RunOptions, assess
from auditkit.reporting.interview_sheet import sheet_html, sheet_markdown, view_sheet

HEAD = """\
# Written by people: notes of an interview, prepared from the catalog. Fill in answer, shown (ids of the evidence register)
# and outcome: met, not_met or no_evidence. A question without an answer counts for nothing.
"""


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
