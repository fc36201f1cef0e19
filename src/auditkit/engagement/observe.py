"""Observations on site: what an auditor saw, added to the notes of the same visit or written to new ones."""

from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from auditkit.assessment.conflicts import NOT_DECISIVE
from auditkit.assessment.model import Interview, InterviewAnswer, PointVerdict
from auditkit.base.atomic import write_whole
from auditkit.base.errors import UsageFault
from auditkit.base.yamltext import load_model, parse, validate
from auditkit.engagement.interview_note import answer_text, new_note, note_head, write_note
from auditkit.engagement.open import OpenEngagement, open_engagement
from auditkit.engagement.run import RunOptions, assess

HEAD = "# Written by people: what was seen on site. Observations of the same visit are added at the end.\n"


class Seen(NamedTuple):
    """What somebody saw, as it is given."""

    point: str
    place: str
    by: str
    saw: str
    outcome: Literal["met", "not_met", "no_evidence"]
    at: date | None = None
    """None: the day the engagement speaks of."""
    what: str = ""
    """What was looked at; empty: what the catalog says to look at."""
    shown: tuple[str, ...] = ()
    who: str = ""
    """Who showed it; empty: nobody."""
    role: str = ""
    safeguard: str = ""


class Observed(NamedTuple):
    """An observation that was written, and what stands against it."""

    id: str
    file: str
    added: bool
    """To notes that were there."""
    remarks: tuple[str, ...]


def observe(opened: OpenEngagement, seen: Seen, *, dry_run: bool = False) -> Observed:
    """Write an observation; UsageFault, naming what to do, when it cannot be taken."""
    answer = _answer(opened, seen)
    note = new_note(
        opened,
        who=seen.who,
        role=seen.role,
        by=seen.by,
        at=seen.at,
        place=seen.place,
        safeguard=seen.safeguard,
        answers=(answer,),
    )
    same = _same_visit(opened, note)
    path = same[0] if same is not None else opened.layout.interviews / f"{note.id}.yaml"
    identifier = same[1].id if same is not None else note.id
    if not dry_run and same is not None:
        _add(same[0], same[1], answer)
    elif not dry_run:
        write_note(path, HEAD + note_head(note) + answer_text(answer), note)
    verdict = None if dry_run else _verdict(opened, seen.point)
    remarks = _remarks(verdict, seen) if verdict is not None else ()
    return Observed(identifier, f"workpapers/interviews/{path.name}", same is not None, remarks)


def _answer(opened: OpenEngagement, seen: Seen) -> InterviewAnswer:
    point = next((one for one in opened.library.whole.points if one.id == seen.point), None)
    if point is None:
        raise UsageFault(f"{seen.point}: there is no such point. Try: auditkit catalog search WORD")
    if not seen.place.strip():
        raise UsageFault("An observation says where it was made. Add --place.")
    if len(seen.saw.strip()) < 15:
        raise UsageFault(
            "What was seen has fewer than 15 characters. Say what it was, with numbers or names to find it by."
        )
    strangers = sorted(set(seen.shown) - {one.id for one in opened.register.items})
    if strangers:
        raise UsageFault(
            f"{', '.join(strangers)} is not in the evidence register. Register it, or correct the id."
        )
    what = seen.what.strip() or next(iter(point.procedures.observe), "")
    if not what:
        raise UsageFault(
            f"The catalog names nothing to look at for {seen.point}. Say with --what what was looked at."
        )
    return InterviewAnswer(
        point=seen.point,
        question=what,
        answer=seen.saw.strip(),
        shown=seen.shown,
        outcome=seen.outcome,
        kind="observe",
    )


def _same_visit(opened: OpenEngagement, note: Interview) -> tuple[Path, Interview] | None:
    """Return the notes of observations on the same day and place, by and with the same people."""
    known = {one.id for one in opened.workpapers.interviews}
    for path in sorted(opened.layout.interviews.glob("IV-*.yaml")):
        there = load_model(path, path.name, Interview).model
        if there is None or there.id not in known or any(one.kind != "observe" for one in there.answers):
            continue
        if there.model_copy(update={"id": note.id, "answers": note.answers}) == note:
            return path, there
    return None


def _add(path: Path, there: Interview, answer: InterviewAnswer) -> None:
    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n" + answer_text(answer)
    document, _ = parse(text, path.name)
    wanted = there.model_copy(update={"answers": (*there.answers, answer)})
    if document is None or validate(document, (), Interview)[0] != wanted:
        raise UsageFault(
            f"workpapers/interviews/{path.name}: an observation cannot be added. Make `answers:` a list with one entry a "
            "block, at the end of the file."
        )
    write_whole(path, text)


def _verdict(opened: OpenEngagement, point: str) -> PointVerdict:
    run = assess(open_engagement(opened.layout), RunOptions()).run
    assessments = (run.assessment, *(one.assessment for one in run.further))
    return next(one for assessment in assessments for one in assessment.points if one.point == point)


def _remarks(verdict: PointVerdict, seen: Seen) -> tuple[str, ...]:
    """Say what the observation does to the judgement there is, and which record tests it contradicts."""
    remarks = []
    if verdict.judgement is not None and verdict.suspect:
        remarks.append(f"{verdict.judgement.id} on {verdict.point} is suspect now; judge again.")
    if seen.outcome == "not_met":
        remarks += [
            f"{one.procedure} was met for all {one.examined} examined: a conflict, to be settled by who judges the point."
            for one in verdict.results
            if one.kind == "record" and one.outcome == "met" and one.test_class not in NOT_DECISIVE
        ]
    return tuple(remarks)
