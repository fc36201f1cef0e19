"""The quality of exports, for the annex on the method: what became of every row, and whether an export may stand for all."""

from auditkit.base.language import message, say, say_count, short_day, translated
from auditkit.evidence.model import TableReading
from auditkit.evidence.quality import ExportQuality
from auditkit.reporting import words
from auditkit.reporting.numbers import how_many, listing, whole
from auditkit.reporting.view_annexes import QualityRow
from auditkit.reporting.view_index import Index

_DROPPED = words.Table(
    {
        "blank row": message("blank row"),
        "total row": message("total row"),
        "repeated header row": message("repeated header row"),
        "title row": message("title row"),
        "footer row": message("footer row"),
        "earlier event of the same record": message("earlier event of the same record"),
    }
)
"""Why a row was left out; profiles add reasons of their own."""


def build_quality(index: Index) -> tuple[QualityRow, ...]:
    """Word what became of every export that was read."""
    judged = {one.evidence: one for one in index.run.quality}
    return tuple(
        _quality(one, judged.get(one.evidence))
        for one in sorted(index.run.readings, key=lambda one: (one.evidence, one.dataset))
    )


def _quality(reading: TableReading, quality: ExportQuality | None) -> QualityRow:
    dropped = listing(
        say("{number} {reason}", number=whole(number), reason=_dropped(reason))
        for reason, number in sorted(reading.dropped.items())
    )
    return QualityRow(
        evidence=reading.evidence,
        dataset=words.spaced(reading.dataset),
        profile=reading.profile,
        rows=whole(reading.rows_in_file),
        kept=whole(reading.rows_kept),
        dropped=dropped or say("none"),
        duplicates=whole(reading.duplicates),
        control=_control(reading),
        span=_span(reading),
        gaps=_gaps(reading),
        population=_population(quality),
    )


def _dropped(reason: str) -> str:
    return _DROPPED[reason] if reason in _DROPPED else translated(words.spaced(reason))


def _span(reading: TableReading) -> str:
    if not (reading.first_at and reading.last_at):
        return say("no dates")
    return say("{start} to {end}", start=short_day(reading.first_at), end=short_day(reading.last_at))


def _population(quality: ExportQuality | None) -> str:
    """Word whether the export may stand for the source system."""
    if quality is None:
        return ""
    sequence = quality.measured.number_gaps
    notes = list(quality.reasons)
    if sequence == 0:
        notes.append(say("The sequence of numbers has no gap."))
    state = say("Population verified.")
    if not quality.verified:
        state = say("Population unverified: strength is capped.")
    return " ".join([state, *notes])


def _control(reading: TableReading) -> str:
    if reading.control_total is None:
        return say("no control total")
    total, rows = reading.control_total, reading.rows_in_file
    if total == rows:
        return say("{number}, agrees", number=whole(total))
    return say("{number}, differs by {difference}", number=whole(total), difference=whole(abs(total - rows)))


def _gaps(reading: TableReading) -> str:
    """Word what is missing in an export: fields without a column, cells that could not be read."""
    if not reading.readable:
        return say("The export could not be read.")
    missing = [words.spaced(one.field) for one in reading.fields if one.header is None]
    spoiled = [one for one in reading.fields if one.unparseable]
    parts = []
    if missing:
        parts.append(say("No column for {fields}.", fields=listing(missing)))
    if spoiled:
        cells = listing(
            say("{number} in {field}", number=whole(one.unparseable), field=words.spaced(one.field))
            for one in spoiled
        )
        parts.append(say("Unreadable cells: {cells}.", cells=cells))
    unused = len(reading.unmapped_headers)
    if unused:
        parts.append(
            say_count(
                "{number} column not used.", "{number} columns not used.", unused, number=how_many(unused)
            )
        )
    return " ".join(parts) or say("none")
