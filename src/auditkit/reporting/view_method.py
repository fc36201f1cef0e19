"""How the report was made, on which parameters, with which limits, and from which inputs."""

from auditkit.assessment.calendars import WorkingCalendar
from auditkit.assessment.engagement import Parameter
from auditkit.evidence.model import TableReading
from auditkit.evidence.quality import ExportQuality
from auditkit.reporting import words
from auditkit.reporting.numbers import count, listing, long_date, whole
from auditkit.reporting.view_annexes import InterviewRow, IssueRow, Method, ParameterRow, QualityRow
from auditkit.reporting.view_index import Index
from auditkit.reporting.view_parts import Fact
from auditkit.reporting.view_rules import build_grading, build_rules

_SEVERITY_ORDER = ("error", "warning", "note")
_PARAGRAPHS = (
    (
        "Verdicts",
        "Every point of the catalog is walked, whether or not evidence came. Document and record procedures examine "
        "named evidence; a procedure that saw nothing is no evidence, never a pass. A signed judgement decides. Without "
        "one, a result may make a point a candidate: nonconforming where a claim of the standard or of the "
        "organisation's own rules was contradicted beyond its tolerance, conforming where every procedure that "
        "suffices was met. A requirement takes the worst verdict of its points, a clause the worst of its requirements.",
    ),
    (
        "Four scales kept apart",
        "Conformity, alignment with guidance, capability of processes and strength of evidence are different scales. "
        "None is converted into another, and none is averaged with another.",
    ),
    (
        "Figures",
        "Every figure stands with what was counted, out of how many, and how much is not assessed. While something is "
        "not assessed, only the interval is printed: its low end supposes that all of it fails, its high end that all "
        "of it conforms. Figures are cut off after one decimal, never rounded up; 100 % is printed only when exact. "
        "What does not apply is left out of the denominator.",
    ),
    (
        "Grades",
        "A person grades a finding; the rule that a computed candidate met is printed with it. ISO 19011 and ISO/IEC "
        "20000-1 define no grades. The two grades follow the sense of ISO/IEC 17021-1; the rules and their thresholds "
        "are house rules and are listed below.",
    ),
    (
        "Confirmation",
        "A judgement is bound to the digests of its evidence, to the text of the point and to what the procedures saw. "
        "When one of them changes, the judgement becomes suspect and no longer decides.",
    ),
)


def build_method(index: Index) -> Method:
    """Word the annex on the method."""
    judged = {one.evidence: one for one in index.run.quality}
    return Method(
        paragraphs=tuple(Fact(label=label, lines=(text,)) for label, text in _PARAGRAPHS),
        rules=build_rules(index),
        grading=build_grading(index),
        certainty=_certainty(index),
        strength=_strength(index),
        limits=_limits(index),
        parameters=(
            *(_parameter(name, one) for name, one in sorted(index.run.parameters.items())),
            *(_calendar(name, one) for name, one in sorted(index.run.engagement.calendars.items())),
        ),
        interviews=_interviews(index),
        quality=tuple(
            _quality(one, judged.get(one.evidence))
            for one in sorted(index.run.readings, key=lambda one: (one.evidence, one.dataset))
        ),
        issues=_issues(index),
    )


def _certainty(index: Index) -> tuple[Fact, ...]:
    stated = [point.certainty for point in index.points.values()]
    return tuple(
        Fact(
            label=certainty, lines=(f"{count(sum(one == certainty for one in stated), 'point')}: {meaning}.",)
        )
        for certainty, meaning in words.CERTAINTIES.items()
    )


def _strength(index: Index) -> tuple[Fact, ...]:
    measures = index.run.assessment.measures
    counted = tuple(
        Fact(label=f"{level} {word}", lines=(count(measures.strength.get(level, 0), "point"),))
        for level, word in words.STRENGTHS.items()
    )
    fresh = f"{whole(measures.fresh)} points rest on evidence from the audit period, {whole(measures.stale)} on older evidence."
    return (*counted, Fact(label="Freshness", lines=(fresh,)))


def _limits(index: Index) -> tuple[str, ...]:
    head = index.run.catalog.head
    limits = [
        words.sentence(head.source_note),
        "Where records were examined, the export stands for the source system as far as its control total and its "
        "filter say; both are in the register.",
        "Documents are searched for the topics they must cover. That a topic is mentioned shows that it is dealt "
        "with, not that it is dealt with well; only a person can say that.",
    ]
    limits += _kept(index)
    if not head.allows_exclusions:
        limits.append(f"{head.standard} allows no requirement to be excluded, so none was.")
    return tuple(limits)


def _kept(index: Index) -> list[str]:
    """Word how long the evidence is kept, and what was deleted since."""
    retention, purged = index.run.engagement.retention, len(index.run.purged)
    said = []
    if retention is not None:
        beyond = f" Beyond it stay {listing(retention.keep)}." if retention.keep else ""
        said.append(
            f"The evidence is kept until {long_date(retention.until)}: {words.sentence(retention.reason)}{beyond}"
        )
    if purged:
        said.append(
            f"{count(purged, 'file')} {'was' if purged == 1 else 'were'} deleted when the time of keeping was over; what rested on "
            "them is not assessed here. The report signed before then stands."
        )
    return said


def _parameter(name: str, parameter: Parameter) -> ParameterRow:
    where = " ".join(part for part in (parameter.evidence or "", parameter.place) if part)
    return ParameterRow(
        name=name,
        value=f"{parameter.value:g}" if isinstance(parameter.value, float) else str(parameter.value),
        source=words.SOURCES[parameter.source],
        where=where,
        about=parameter.about,
    )


def _calendar(name: str, calendar: WorkingCalendar) -> ParameterRow:
    hours = [f"{days} {', '.join(spans) or 'free'}" for days, spans in calendar.hours.items()]
    free = len(calendar.holidays) + len(calendar.special_days)
    return ParameterRow(
        name=f"calendar {name}",
        value="; ".join((*hours, count(free, "holiday or special day", "holidays and special days"))),
        source=words.SOURCES[calendar.source],
        where=" ".join(part for part in (calendar.evidence or "", calendar.place) if part),
        about=f"Hours in which clocks run{f', time zone {calendar.time_zone}' if calendar.time_zone else ''}",
    )


def _interviews(index: Index) -> tuple[InterviewRow, ...]:
    return tuple(
        InterviewRow(
            id=one.id,
            at=str(one.at),
            interviewee=f"{index.person(one.interviewee)}, {one.role}"
            if one.interviewee
            else f"on site: {one.place or 'place not noted'}",
            interviewer=index.person(one.interviewer),
            points=", ".join(dict.fromkeys(answer.point for answer in one.answers)),
        )
        for one in sorted(index.run.interviews, key=lambda one: (one.at, one.id))
    )


def _quality(reading: TableReading, quality: ExportQuality | None) -> QualityRow:
    dropped = listing(
        f"{whole(number)} {words.spaced(reason)}" for reason, number in sorted(reading.dropped.items())
    )
    span = f"{reading.first_at} to {reading.last_at}" if reading.first_at and reading.last_at else "no dates"
    return QualityRow(
        evidence=reading.evidence,
        dataset=words.spaced(reading.dataset),
        profile=reading.profile,
        rows=whole(reading.rows_in_file),
        kept=whole(reading.rows_kept),
        dropped=dropped or "none",
        duplicates=whole(reading.duplicates),
        control=_control(reading),
        span=span,
        gaps=_gaps(reading),
        population=_population(quality),
    )


def _population(quality: ExportQuality | None) -> str:
    """Word whether the export may stand for the source system."""
    if quality is None:
        return ""
    sequence = quality.measured.number_gaps
    notes = list(quality.reasons)
    if sequence == 0:
        notes.append("The sequence of numbers has no gap.")
    state = "Population verified." if quality.verified else "Population unverified: strength is capped."
    return " ".join([state, *notes])


def _control(reading: TableReading) -> str:
    if reading.control_total is None:
        return "no control total"
    if reading.control_total == reading.rows_in_file:
        return f"{whole(reading.control_total)}, agrees"
    return f"{whole(reading.control_total)}, differs by {whole(abs(reading.control_total - reading.rows_in_file))}"


def _gaps(reading: TableReading) -> str:
    """Word what is missing in an export: fields without a column, cells that could not be read."""
    if not reading.readable:
        return "The export could not be read."
    missing = [words.spaced(one.field) for one in reading.fields if one.header is None]
    spoiled = [one for one in reading.fields if one.unparseable]
    parts = []
    if missing:
        parts.append(f"No column for {listing(missing)}.")
    if spoiled:
        cells = listing(f"{whole(one.unparseable)} in {words.spaced(one.field)}" for one in spoiled)
        parts.append(f"Unreadable cells: {cells}.")
    if reading.unmapped_headers:
        parts.append(f"{count(len(reading.unmapped_headers), 'column')} not used.")
    return " ".join(parts) or "none"


def _issues(index: Index) -> tuple[IssueRow, ...]:
    found = sorted(
        index.run.issues,
        key=lambda one: (_SEVERITY_ORDER.index(one.severity), str(one.place), one.code, one.message),
    )
    return tuple(
        IssueRow(
            mark=words.SEVERITIES[one.severity],
            code=one.code,
            place=str(one.place),
            message=one.message,
            hint=one.hint,
        )
        for one in found
    )


def build_trace(index: Index) -> tuple[Fact, ...]:
    """Word the annex on the trace: equal traces give equal reports."""
    trace = index.run.trace
    head = index.run.catalog.head
    catalog = f"{head.id}, {len(index.points)} points in {len(index.run.catalog.requirements)} requirements"
    return (
        Fact(label="Run", lines=(trace.run_id,)),
        Fact(label="auditkit", lines=(trace.tool_version,)),
        Fact(label="Catalog", lines=(catalog, trace.catalog_digest)),
        Fact(
            label="Record tests", lines=(f"{count(len(index.run.record_tests), 'test')}", trace.tests_digest)
        ),
        Fact(
            label="Rules",
            lines=(
                f"{index.run.conduct.kind}, {index.run.conduct.method.name}, grading {index.run.grading.id}",
                trace.rules_digest,
            ),
        ),
        Fact(label="Evidence", lines=(count(len(index.run.files), "file"), trace.evidence_digest)),
        Fact(label="Working papers", lines=(trace.workpapers_digest,)),
    )
