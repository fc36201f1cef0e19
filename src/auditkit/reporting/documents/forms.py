"""Nonconformity reports: one form for each confirmed nonconformity, filled in as far as its file says something."""

from datetime import date
from typing import NamedTuple, TypeVar

from auditkit.base.language import say, say_count
from auditkit.base.model import Record
from auditkit.findings.model import Event, Finding
from auditkit.reporting.documents.index import DocumentIndex
from auditkit.reporting.numbers import listing, long_date, whole
from auditkit.reporting.view_model import View
from auditkit.reporting.view_parts import Brief, Fact
from auditkit.reporting.view_records import EvidenceRow, FindingView, PlanRow
from auditkit.reporting.view_summary import brief
from auditkit.reporting.words import Mark

NONCONFORMITIES = ("major", "minor")
Line = TypeVar("Line", Fact, "Field")


class Room(NamedTuple):
    """How much of a finding fits on one page."""

    characters: int
    """Of each text."""
    rows: int
    """Of objective evidence."""
    lines: int
    """To write on where a text is to be filled in."""


class Field(Record):
    """Something the organisation or the auditor fills in."""

    label: str
    lines: tuple[str, ...]
    """What is known already; empty: nothing yet."""


class Signature(Record):
    """One line to sign; what is known of it stands there already."""

    what: str
    name: str
    day: str


class Form(Record):
    """One nonconformity on a page of its own."""

    id: str
    mark: Mark
    state: str
    facts: tuple[Fact, ...]
    """What was found, by the auditor."""
    rows: tuple[EvidenceRow, ...]
    rows_note: str
    answer: tuple[Field, ...]
    """What the auditee answers."""
    by: tuple[Field, ...]
    """Who does it, by when; short enough to stand side by side."""
    check: tuple[Field, ...]
    """How and with what result the effect was checked."""
    signatures: tuple[Signature, ...]
    place: str
    """Where the finding stands in full."""
    room: int = 2
    """Lines to write on in each empty field of text."""
    cut: str = ""
    """What does not fit on the page, and where it stands; empty: all of it stands here."""


class Forms(Record):
    """The forms, and the list of them."""

    about: str
    list: tuple[Brief, ...]
    others: str
    """The confirmed findings that need no form."""
    forms: tuple[Form, ...]


def build_forms(index: DocumentIndex, view: View) -> Forms:
    """Word a form for each confirmed nonconformity, worst first; candidates have none."""
    found = {one.id: one for one in index.confirmed if one.grade in NONCONFORMITIES}
    place = index.place("findings")
    shown = [one for one in view.findings if one.id in found]
    return Forms(
        about=say(
            "Each confirmed nonconformity has a page of its own, to be answered by the organisation and signed. What its file "
            "says already stands there; the rest is left open for writing."
        ),
        list=tuple(brief(index, found[one.id]) for one in shown),
        others=_others(len(view.findings) - len(shown), place),
        forms=tuple(_form(index, found[one.id], one, _planned(view, one.id), place) for one in shown),
    )


def _planned(view: View, finding: str) -> tuple[PlanRow, ...]:
    return tuple(row for row in view.plan if finding in row.findings)


def _others(number: int, place: str) -> str:
    if not number:
        return ""
    return say_count(
        "{number} confirmed finding of another grade needs no such page; it stands in {place}.",
        "{number} confirmed findings of other grades need no such page; they stand in {place}.",
        number,
        number=whole(number),
        place=place,
    )


def _form(
    index: DocumentIndex, finding: Finding, said: FindingView, planned: tuple[PlanRow, ...], place: str
) -> Form:
    return Form(
        id=said.id,
        mark=said.mark,
        state=said.state,
        facts=_facts(index, said),
        rows=said.rows,
        rows_note=said.rows_note,
        answer=_answer(finding, planned),
        by=_by(index, finding),
        check=_check(finding, planned),
        signatures=_signatures(index, finding),
        place=place,
    )


def _facts(index: DocumentIndex, said: FindingView) -> tuple[Fact, ...]:
    criteria = tuple(f"{one.point} {one.title}: {one.statement}" for one in said.criteria)
    stated = (
        (say("Criteria"), criteria),
        (say("Requirement"), (said.requirement,)),
        (say("Failure"), (said.failure,)),
        (say("Objective evidence"), (said.objective,)),
        (say("Extent"), (said.extent,)),
        (say("Files and digests"), said.sources),
        (index.words["auditee"], (" / ".join(filter(None, (_auditee(index), said.area))),)),
        (say("Raised"), (said.raised,)),
        (say("Repeats"), (said.repeat_of,)),
        *((one.label, one.lines) for one in said.advice),
    )
    return tuple(Fact(label=label, lines=lines) for label, lines in stated if any(lines))


def _auditee(index: DocumentIndex) -> str:
    organisation = index.run.engagement.organisation
    return ", ".join(filter(None, (organisation.name, organisation.unit)))


def _answer(finding: Finding, planned: tuple[PlanRow, ...]) -> tuple[Field, ...]:
    answer = finding.answer
    items = tuple(
        say(
            "{item} {title}: {owner}, {due}; {status}",
            item=row.id,
            title=row.title,
            owner=row.owner,
            due=row.due,
            status=row.status,
        )
        for row in planned
    )
    return (
        _field(say("Correction, and where else it was looked for"), answer.correction),
        _field(say("Cause, and how it was found"), answer.cause),
        _field(say("Corrective action"), answer.corrective_action),
        *((Field(label=say("Items of the plan"), lines=items),) if items else ()),
    )


def _by(index: DocumentIndex, finding: Finding) -> tuple[Field, ...]:
    answer = finding.answer
    return (
        _field(say("Owner"), index.person(answer.owner) if answer.owner else ""),
        _field(say("Due"), long_date(answer.due) if answer.due else ""),
        _field(say("Implemented on"), long_date(answer.implemented_at) if answer.implemented_at else ""),
    )


def _check(finding: Finding, planned: tuple[PlanRow, ...]) -> tuple[Field, ...]:
    answer = finding.answer
    targets = tuple(
        say(
            "{target} (from {baseline}). {records}.",
            target=one.target,
            baseline=one.baseline,
            records=one.records,
        )
        for one in planned
    )
    checks = [one for one in finding.history if one.step == "verify"]
    result = answer.effectiveness or " ".join(one.note for one in checks[-1:])
    evidence = ", ".join(dict.fromkeys(name for one in checks for name in one.evidence))
    return (
        Field(label=say("How, by which measure and when"), lines=targets),
        _field(say("Result, effective or not"), result),
        _field(say("Evidence of the effect"), evidence),
    )


def _field(label: str, text: str) -> Field:
    return Field(label=label, lines=(text,) if text else ())


def _signatures(index: DocumentIndex, finding: Finding) -> tuple[Signature, ...]:
    answer = finding.answer
    last = {one.step: one for one in finding.history}
    accepted, verified = last.get("accept_plan"), last.get("verify")
    verified_by = answer.verified_by or (verified.by if verified else None)
    return (
        _signature(index, say("Raised by (auditor)"), finding.raised_by, finding.raised_at),
        _signature(index, say("Answered by (organisation)"), *_done(last.get("answer"))),
        _signature(
            index, say("Plan accepted by"), accepted.by if accepted else None,
            answer.plan_accepted_at or (accepted.at if accepted else None),
        ),
        _signature(
            index, say("Effect verified by"), verified_by, answer.verified_at or (verified.at if verified else None)
        ),
        _signature(index, say("Closed by"), *_done(last.get("close"))),
    )  # fmt: skip


def _done(event: Event | None) -> tuple[str | None, date | None]:
    return (event.by, event.at) if event else (None, None)


def _signature(index: DocumentIndex, what: str, by: str | None, at: date | None) -> Signature:
    return Signature(what=what, name=index.person(by) if by else "", day=long_date(at) if at else "")


def fitted(form: Form, room: Room) -> Form:
    """Return a form as it fits on a page; what was cut is named there, with its place in the main report."""
    facts, cut = _shortened(form.facts, room)
    answer, cut_answer = _shortened(form.answer, room)
    check, cut_check = _shortened(form.check, room)
    cut += cut_answer + cut_check
    rows = form.rows[: room.rows]
    if len(rows) < len(form.rows):
        cut.append(say("records {first} to {last}", first=whole(len(rows) + 1), last=whole(len(form.rows))))
    said = ""
    if cut:
        said = say(
            "Shortened here for want of room: {what}. In full: {place}, finding {finding}.",
            what=listing(cut),
            place=form.place,
            finding=form.id,
        )
    note = form.rows_note if len(rows) == len(form.rows) else ""
    update = {"facts": facts, "answer": answer, "check": check, "rows": rows, "rows_note": note}
    return form.model_copy(update={**update, "cut": said, "room": room.lines})


def _shortened(fields: tuple[Line, ...], room: Room) -> tuple[tuple[Line, ...], list[str]]:
    """Return fields with texts that fit, and the labels of those that were cut."""
    kept, cut = [], []
    for field in fields:
        lines, left = [], room.characters
        for line in field.lines:
            if left <= 0:
                break
            lines.append(line if len(line) <= left else f"{line[:left].rsplit(' ', 1)[0]} …")
            left -= len(line)
        kept.append(field.model_copy(update={"lines": tuple(lines)}))
        if tuple(lines) != field.lines:
            cut.append(field.label)
    return tuple(kept), cut
