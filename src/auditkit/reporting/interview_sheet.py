"""The sheet of an interview to take along on paper: questions, what to ask for, and room to write."""

import re

from auditkit.assessment.engagement import Engagement
from auditkit.assessment.model import Interview, InterviewAnswer
from auditkit.base.language import message, say, say_as, short_day, translated
from auditkit.base.model import Record
from auditkit.catalog.model import Catalog, Point
from auditkit.reporting.templating import render_page
from auditkit.reporting.words import printable

_MARKED = re.compile(r"([\\`*_\[\]<>#|~])")
_RULED_LINES = 4
_BLANK = "\\_"
_OUTCOMES = {"met": message("met"), "not_met": message("not met"), "no_evidence": message("no evidence")}


class SheetQuestion(Record):
    """One question, with the answer if there is one."""

    number: int
    way: str
    """Ask or Look, in the language spoken."""
    question: str
    answer: str
    shown: str
    outcome: str
    """Empty: open."""


class SheetPoint(Record):
    """One point with its questions."""

    id: str
    heading: str
    statement: str
    ask_for: str
    listen_for: str
    questions: tuple[SheetQuestion, ...]


class Sheet(Record):
    """Everything the sheet shows."""

    id: str
    engagement: str
    title: str
    head: tuple[tuple[str, str], ...]
    confidentiality: str
    points: tuple[SheetPoint, ...]


def view_sheet(engagement: Engagement, catalog: Catalog, note: Interview) -> Sheet:
    """Arrange the questions of notes by point, in the order in which they stand there."""
    by_point: dict[str, list[SheetQuestion]] = {}
    for number, one in enumerate(note.answers, 1):
        by_point.setdefault(one.point, []).append(_question(number, one))
    known = {point.id: point for point in catalog.points}
    titles = {clause.clause: clause.title for clause in catalog.clauses}
    names = {person.id: f"{person.name} ({person.id})" for person in engagement.people}
    asked = any(one.kind == "interview" for one in note.answers)
    rows = (
        (say_as("interview", "With"), ", ".join(part for part in (note.interviewee, note.role) if part)),
        (say_as("interview", "By"), names.get(note.interviewer, note.interviewer)),
        (say_as("interview", "On"), short_day(note.at)),
        (say_as("interview", "At"), note.place),
        (say("Safeguard"), note.safeguard),
    )
    return Sheet(
        id=note.id,
        engagement=engagement.title,
        title=say("Interview {id}", id=note.id) if asked else say("Observation {id}", id=note.id),
        head=tuple((label, text) for label, text in rows if text),
        confidentiality=engagement.confidentiality,
        points=tuple(
            _point(point, known.get(point), titles, tuple(rest)) for point, rest in by_point.items()
        ),
    )


def sheet_markdown(sheet: Sheet) -> str:
    """Render the sheet as Markdown."""
    lines = [
        f"# {_plain(sheet.title)}",
        "",
        f"{_plain(sheet.engagement)}. {_plain(sheet.confidentiality)}.",
        "",
    ]
    lines += [f"- {label}: {_plain(text)}" for label, text in sheet.head]
    for point in sheet.points:
        lines += ["", f"## {_plain(point.heading)}", "", _plain(point.statement)]
        lines += ["", say("Ask to see: {evidence}", evidence=_plain(point.ask_for))] if point.ask_for else []
        lines += ["", say("Listen for: {trap}", trap=_plain(point.listen_for))] if point.listen_for else []
        for one in point.questions:
            lines += ["", f"**{one.number}. {one.way}.** {_plain(one.question)}", "", *_room(one)]
    return "\n".join(lines) + "\n"


def sheet_html(sheet: Sheet) -> str:
    """Render the sheet as one page of HTML that needs nothing else and prints well."""
    return render_page("interview_sheet.j2", sheet=sheet, ruled=range(_RULED_LINES), outcomes=_outcomes())


def _outcomes() -> tuple[str, ...]:
    return tuple(translated(one) for one in _OUTCOMES.values())


def _point(
    identifier: str, point: Point | None, titles: dict[str, str], questions: tuple[SheetQuestion, ...]
) -> SheetPoint:
    title = titles.get(point.clause, "") if point is not None else ""
    return SheetPoint(
        id=identifier,
        heading=f"{identifier}  {title}".strip(),
        statement=point.statement if point is not None else "",
        ask_for=f"{'; '.join(point.usual_evidence)}." if point is not None and point.usual_evidence else "",
        listen_for=point.usual_trap if point is not None else "",
        questions=questions,
    )


def _question(number: int, one: InterviewAnswer) -> SheetQuestion:
    answered = bool(one.answer.strip())
    return SheetQuestion(
        number=number,
        way=say_as("interview", "Ask") if one.kind == "interview" else say_as("interview", "Look"),
        question=one.question,
        answer=one.answer.strip(),
        shown=", ".join(one.shown),
        outcome=translated(_OUTCOMES[one.outcome]) if answered else "",
    )


def _room(one: SheetQuestion) -> list[str]:
    if one.outcome:
        return [
            f"{_plain(one.answer)}",
            "",
            say(
                "Shown: {evidence}. Outcome: {outcome}.",
                evidence=_plain(one.shown) or say_as("list", "nothing"),
                outcome=one.outcome,
            ),
        ]
    boxes = "   ".join(f"☐ {name}" for name in _outcomes())
    ruled = [line for _ in range(_RULED_LINES) for line in (_BLANK * 36, "")]
    return [*ruled, say("Shown: {evidence}", evidence=_BLANK * 12) + f"   {boxes}"]


def _plain(text: str) -> str:
    """Return a text on one line in which Markdown finds no marks."""
    return _MARKED.sub(r"\\\1", printable(" ".join(text.split())))
