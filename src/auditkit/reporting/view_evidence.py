"""Annexes B and C: record tests as they ran, the evidence register with digests and readings, and requests."""

from auditkit.assessment.model import ProcedureResult
from auditkit.base.language import message, say, short_day, translated
from auditkit.evidence.model import EvidenceItem
from auditkit.evidence.reasons import told_reason
from auditkit.reporting import words
from auditkit.reporting.model import FileReading, RecordTestSummary
from auditkit.reporting.numbers import share_text, short_period, whole
from auditkit.reporting.view_annexes import RecordTestRow, RegisterRow, RequestRow
from auditkit.reporting.view_index import Index, short_digest

_NOTHING = "–"
_CLASSES = words.Table(
    {
        "hard": message("hard"),
        "rate": message("rate"),
        "currency": message("currency"),
        "indicator": message("indicator"),
        "meta": message("meta"),
    }
)
"""The class of a record test."""
_STATUSES = words.Table(
    {"current": message("current"), "superseded": message("superseded"), "draft": message("draft")}
)


def build_tests(index: Index) -> tuple[RecordTestRow, ...]:
    """Word every record test, in the order of the published list."""
    found = sorted(index.run.record_tests, key=lambda one: (one.reference or "~", one.id))
    return tuple(_test(one) for one in found)


def _test(test: RecordTestSummary) -> RecordTestRow:
    result = test.result
    counted = result.population is not None
    return RecordTestRow(
        id=test.id,
        reference=test.reference or test.id,
        title=translated(test.title),
        points=", ".join(test.points),
        population=whole(result.population) if result.population is not None else _NOTHING,
        examined=whole(result.examined) if counted else _NOTHING,
        exceptions=whole(result.exceptions) if counted else _NOTHING,
        unknown=whole(result.unknown) if counted else _NOTHING,
        rate=share_text(result.rate) if result.rate is not None else _NOTHING,
        mark=words.OUTCOMES[result.outcome],
        basis=words.BASES[result.basis],
        test_class=_CLASSES[result.test_class] if result.test_class else "",
        note=_note(result),
    )


def _note(result: ProcedureResult) -> str:
    if result.outcome == "met":
        return ""
    if result.outcome == "not_met" and not result.beyond_tolerance:
        return say("Within the tolerance: left to judgement.")
    return " ".join(words.sentence(one) for one in result.reasons[:2])


def build_register(index: Index) -> tuple[RegisterRow, ...]:
    """Word every registered item with its digest and what became of its file."""
    return tuple(_item(index, item) for item in sorted(index.run.items, key=lambda one: one.id))


def _item(index: Index, item: EvidenceItem) -> RegisterRow:
    reading = index.readings.get(item.id)
    kind = index.type_name(item.document_type) if item.document_type else words.spaced(item.dataset or "")
    effective = short_day(item.effective_at) if item.effective_at else ""
    if item.period is not None:
        effective = short_period(item.period)
    return RegisterRow(
        id=item.id,
        title=item.title,
        file=item.file,
        kind=f"{words.EVIDENCE_KINDS[item.kind]}{': ' if kind else ''}{kind}",
        origin=_origin(item),
        version=" ".join(part for part in (item.version or "", _STATUSES[item.status]) if part),
        effective=effective or say("no date"),
        owner=item.owner or say("no owner"),
        digest=short_digest(reading.sha256 if reading else ""),
        reading=words.READINGS[reading.status] if reading else say("file not there"),
        remark=_remark(index, item, reading),
    )


def _origin(item: EvidenceItem) -> str:
    source, total = item.source or item.received_from, item.control_total
    stated = (
        say("from {source}", source=source) if source else "",
        say("filter {filter}", filter=item.filter) if item.filter else "",
        say("control total {number}", number=whole(total)) if total is not None else "",
    )
    return "; ".join(one for one in stated if one)


def _remark(index: Index, item: EvidenceItem, reading: FileReading | None) -> str:
    """Word what limits the use of a file: unreadable, changed since it was accepted, never accepted."""
    remarks = [told_reason(reading.why)] if reading is not None and reading.why else []
    accepted = index.run.lock.get(item.id)
    if reading is None and item.file in index.run.purged:
        remarks.append(index.named(index.run.purged[item.file]))
    if accepted is None:
        remarks.append(say("not accepted yet, so its digest is not on record"))
    elif reading is not None and accepted.sha256 != reading.sha256:
        remarks.append(say("changed since it was accepted as {digest}", digest=short_digest(accepted.sha256)))
    if item.note:
        remarks.append(item.note)
    return " ".join(words.sentence(one) for one in remarks)


def build_unregistered(index: Index) -> tuple[RegisterRow, ...]:
    """Word files that lie in the folder without being registered; nothing rests on them."""
    return tuple(
        RegisterRow(
            id=_NOTHING,
            title=say("not registered"),
            file=one.file,
            kind=one.format,
            origin="",
            version="",
            effective="",
            owner="",
            digest=short_digest(one.sha256),
            reading=words.READINGS[one.status],
            remark=words.sentence(told_reason(one.why)),
        )
        for one in sorted(index.run.files, key=lambda one: one.file)
        if one.evidence is None
    )


def build_requests(index: Index) -> tuple[RequestRow, ...]:
    """Word every request and its answer."""
    return tuple(
        RequestRow(
            id=one.id,
            asked_for=one.asked_for,
            asked=f"{short_day(one.asked_at)}, {index.person(one.asked_of)}",
            answer=words.ANSWERS[one.answer],
            answered=", ".join(
                part
                for part in (
                    short_day(one.answered_at) if one.answered_at else "",
                    index.person(one.answered_by) if one.answered_by else "",
                )
                if part
            ),
            evidence=" ".join(part for part in (", ".join(one.evidence), one.note) if part),
        )
        for one in sorted(index.run.requests, key=lambda one: one.id)
    )
