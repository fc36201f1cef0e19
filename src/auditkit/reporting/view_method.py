"""How the report was made, on which parameters, with which limits, and from which inputs."""

from auditkit.assessment.calendars import WorkingCalendar
from auditkit.assessment.engagement import Parameter
from auditkit.base.language import message, say, say_count, short_day, translated
from auditkit.reporting import words
from auditkit.reporting.numbers import how_many, listing, long_date, shortest, whole
from auditkit.reporting.view_annexes import InterviewRow, IssueRow, Method, ParameterRow
from auditkit.reporting.view_index import Index
from auditkit.reporting.view_parts import Fact
from auditkit.reporting.view_quality import build_quality
from auditkit.reporting.view_rules import build_grading, build_rules

_SEVERITY_ORDER = ("error", "warning", "note")
_PARAGRAPHS = (
    (
        message("Verdicts"),
        message(
            "Every point of the catalog is walked, whether or not evidence came. Document and record procedures examine "
            "named evidence; a procedure that saw nothing is no evidence, never a pass. A signed judgement decides. Without "
            "one, a result may make a point a candidate: nonconforming where a claim of the standard or of the "
            "organisation's own rules was contradicted beyond its tolerance, conforming where every procedure that "
            "suffices was met. A requirement takes the worst verdict of its points, a clause the worst of its requirements."
        ),
    ),
    (
        message("Four scales kept apart"),
        message(
            "Conformity, alignment with guidance, capability of processes and strength of evidence are different scales. "
            "None is converted into another, and none is averaged with another."
        ),
    ),
    (
        message("Figures"),
        message(
            "Every figure stands with what was counted, out of how many, and how much is not assessed. While something is "
            "not assessed, only the interval is printed: its low end supposes that all of it fails, its high end that all "
            "of it conforms. Figures are cut off after one decimal, never rounded up; 100 % is printed only when exact. "
            "What does not apply is left out of the denominator."
        ),
    ),
    (
        message("Grades"),
        message(
            "A person grades a finding; the rule that a computed candidate met is printed with it. ISO 19011 and ISO/IEC "
            "20000-1 define no grades. The two grades follow the sense of ISO/IEC 17021-1; the rules and their thresholds "
            "are house rules and are listed below."
        ),
    ),
    (
        message("Confirmation"),
        message(
            "A judgement is bound to the digests of its evidence, to the text of the point and to what the procedures saw. "
            "When one of them changes, the judgement becomes suspect and no longer decides."
        ),
    ),
)


def build_method(index: Index) -> Method:
    """Word the annex on the method."""
    return Method(
        paragraphs=tuple(
            Fact(label=translated(label), lines=(translated(text),)) for label, text in _PARAGRAPHS
        ),
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
        quality=build_quality(index),
        issues=_issues(index),
    )


def _certainty(index: Index) -> tuple[Fact, ...]:
    stated: list[str] = [point.certainty for point in index.points.values()]
    return tuple(
        Fact(
            label=words.CERTAINTY_NAMES[certainty], lines=(f"{_points(stated.count(certainty))}: {meaning}.",)
        )
        for certainty, meaning in words.CERTAINTIES.items()
    )


def _points(number: int) -> str:
    return say_count("{number} point", "{number} points", number, number=how_many(number))


def _strength(index: Index) -> tuple[Fact, ...]:
    measures = index.run.assessment.measures
    counted = tuple(
        Fact(label=f"{level} {word}", lines=(_points(measures.strength.get(level, 0)),))
        for level, word in words.STRENGTHS.items()
    )
    fresh = say(
        "{fresh} points rest on evidence from the audit period, {stale} on older evidence.",
        fresh=whole(measures.fresh),
        stale=whole(measures.stale),
    )
    return (*counted, Fact(label=say("Freshness"), lines=(fresh,)))


def _limits(index: Index) -> tuple[str, ...]:
    head = index.run.catalog.head
    limits = [
        words.sentence(translated(head.source_note)),
        say(
            "Where records were examined, the export stands for the source system as far as its control total and its "
            "filter say; both are in the register."
        ),
        say(
            "Documents are searched for the topics they must cover. That a topic is mentioned shows that it is dealt "
            "with, not that it is dealt with well; only a person can say that."
        ),
    ]
    limits += _kept(index)
    if not head.allows_exclusions:
        limits.append(
            say("{standard} allows no requirement to be excluded, so none was.", standard=head.standard)
        )
    return tuple(limits)


def _kept(index: Index) -> list[str]:
    """Word how long the evidence is kept, and what was deleted since."""
    retention, purged = index.run.engagement.retention, len(index.run.purged)
    said = []
    if retention is not None:
        kept = say(
            "The evidence is kept until {day}: {reason}",
            day=long_date(retention.until),
            reason=words.sentence(retention.reason),
        )
        beyond = say("Beyond it stay {kept}.", kept=listing(retention.keep)) if retention.keep else ""
        said.append(f"{kept} {beyond}".rstrip())
    if purged:
        said.append(
            say_count(
                "{number} file was deleted when the time of keeping was over; what rested on them is not assessed here. "
                "The report signed before then stands.",
                "{number} files were deleted when the time of keeping was over; what rested on them is not assessed "
                "here. The report signed before then stands.",
                purged,
                number=whole(purged),
            )
        )
    return said


def _parameter(name: str, parameter: Parameter) -> ParameterRow:
    where = " ".join(part for part in (parameter.evidence or "", parameter.place) if part)
    return ParameterRow(
        name=name,
        value=shortest(parameter.value) if isinstance(parameter.value, float) else str(parameter.value),
        source=words.SOURCES[parameter.source],
        where=where,
        about=translated(parameter.about),
    )


def _calendar(name: str, calendar: WorkingCalendar) -> ParameterRow:
    closed = say("free")
    hours = [f"{days} {', '.join(spans) or closed}" for days, spans in calendar.hours.items()]
    free = len(calendar.holidays) + len(calendar.special_days)
    special = say_count(
        "{number} holiday or special day",
        "{number} holidays and special days",
        free,
        number=how_many(free),
    )
    about = say("Hours in which clocks run")
    if calendar.time_zone:
        about = say("Hours in which clocks run, time zone {zone}", zone=calendar.time_zone)
    return ParameterRow(
        name=say("calendar {name}", name=name),
        value="; ".join((*hours, special)),
        source=words.SOURCES[calendar.source],
        where=" ".join(part for part in (calendar.evidence or "", calendar.place) if part),
        about=about,
    )


def _interviews(index: Index) -> tuple[InterviewRow, ...]:
    return tuple(
        InterviewRow(
            id=one.id,
            at=short_day(one.at),
            interviewee=f"{index.person(one.interviewee)}, {one.role}"
            if one.interviewee
            else say("on site: {place}", place=one.place or say("place not noted")),
            interviewer=index.person(one.interviewer),
            points=", ".join(dict.fromkeys(answer.point for answer in one.answers)),
        )
        for one in sorted(index.run.interviews, key=lambda one: (one.at, one.id))
    )


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
    trace, conduct = index.run.trace, index.run.conduct
    tests, files = len(index.run.record_tests), len(index.run.files)
    catalog = say(
        "{catalog}, {points} points in {requirements} requirements",
        catalog=index.run.catalog.head.id,
        points=len(index.points),
        requirements=len(index.run.catalog.requirements),
    )
    rules = say(
        "{kind}, {method}, grading {grading}",
        kind=conduct.kind,
        method=conduct.method.name,
        grading=index.run.grading.id,
    )
    stated = (
        (say("Run"), (trace.run_id,)),
        ("auditkit", (trace.tool_version,)),
        (say("Catalog"), (catalog, trace.catalog_digest)),
        (
            say("Record tests"),
            (say_count("{number} test", "{number} tests", tests, number=how_many(tests)), trace.tests_digest),
        ),
        (say("Rules"), (rules, trace.rules_digest)),
        (
            say("Evidence"),
            (
                say_count("{number} file", "{number} files", files, number=how_many(files)),
                trace.evidence_digest,
            ),
        ),
        (say("Working papers"), (trace.workpapers_digest,)),
    )
    return tuple(Fact(label=label, lines=lines) for label, lines in stated)
