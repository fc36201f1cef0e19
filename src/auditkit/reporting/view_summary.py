"""The verdict and what supports it: management summary, conclusion and readiness gates."""

from auditkit.assessment.model import Gate, GateBlocker, Interval
from auditkit.base.language import say, say_count, short_day, translated
from auditkit.findings.model import Finding
from auditkit.reporting import words
from auditkit.reporting.numbers import extent_text, how_many, interval_text, listing, whole
from auditkit.reporting.view_decisions import build_decisions
from auditkit.reporting.view_forecast import build_forecast, undecided
from auditkit.reporting.view_index import Index, is_open, points_text
from auditkit.reporting.view_parts import (
    BlockerView,
    Brief,
    Conclusion,
    Counts,
    GateView,
    GradeCount,
    Headline,
    MeasureRow,
    Summary,
)

_TOP_FINDINGS = 5


def build_summary(index: Index) -> Summary:
    """Word the summary: verdict first, numbers second, candidates apart."""
    measures = index.run.assessment.measures
    return Summary(
        headline=build_headline(index),
        grades=count_grades(index),
        gates=build_gates(index),
        measures=tuple(
            measure_row(one)
            for one in (
                measures.by_requirement,
                measures.confirmed_by_requirement,
                measures.by_clause_average,
                *((measures.by_weight,) if measures.by_weight else ()),
            )
        ),
        requirements=requirement_counts(index),
        coverage=_coverage(index),
        top=tuple(brief(index, one) for one in index.confirmed if is_open(one))[:_TOP_FINDINGS],
        decisions=build_decisions(index),
        unconfirmed=_unconfirmed(index),
    )


def build_headline(index: Index) -> Headline:
    """Word the verdict. Any open major means not ready, whatever the percentage (design, law 3)."""
    open_majors = [one for one in index.confirmed if one.grade == "major" and is_open(one)]
    blocked = [gate for gate in index.run.gates if not gate.passed]
    said, major = index.words, index.words.plural("major", len(open_majors))
    if open_majors:
        text = say(
            "{verdict}: {number} {majors} open",
            verdict=said["not_ready"],
            number=whole(len(open_majors)),
            majors=major,
        )
    elif blocked:
        text = say(
            "{verdict}: {number} of {total} gates blocked",
            verdict=said["not_ready"],
            number=len(blocked),
            total=len(index.run.gates),
        )
    elif not index.run.gates:
        text = say("{verdict}: no readiness gate was examined", verdict=said["not_ready"])
    else:
        text = say(
            "{verdict}: no {major} open, all {total} gates passed",
            verdict=said["ready"],
            major=said["major"],
            total=len(index.run.gates),
        )
    ready = not open_majors and not blocked and bool(index.run.gates)
    return Headline(ready=ready, text=text, because=_because(index, open_majors, blocked))


def _because(index: Index, majors: list[Finding], blocked: list[Gate]) -> tuple[str, ...]:
    sentences = []
    if majors:
        sentences.append(
            say(
                "While a {major} is open ({findings}), the management system is not ready, whatever share of the "
                "requirements conforms.",
                major=index.words["major"],
                findings=listing(one.id for one in majors),
            )
        )
    passed = [gate for gate in index.run.gates if gate not in blocked]
    told = [
        f"{word}: {listing(translated(gate.title) for gate in gates)}."
        for word, gates in ((say("Gates blocked"), blocked), (say("Gates passed"), passed))
        if gates
    ]
    if told:
        sentences.append(" ".join(told))
    counts = requirement_counts(index)
    if counts.not_assessed:
        sentences.append(
            say_count(
                "{number} of {total} requirements is not assessed; nothing is concluded there, in either direction "
                "({place}).",
                "{number} of {total} requirements are not assessed; nothing is concluded there, in either direction "
                "({place}).",
                counts.not_assessed,
                number=whole(counts.not_assessed),
                total=whole(counts.total),
                place=index.place("open"),
            )
        )
    return tuple(sentences)


def count_grades(index: Index) -> tuple[GradeCount, ...]:
    """Count confirmed findings by grade, worst first; both grades of nonconformity always stand, the others when there are any."""
    counted = []
    for grade, mark in index.words.grades.items():
        found = [one for one in index.confirmed if one.grade == grade]
        nonconformity = grade in ("major", "minor")
        if found or nonconformity:
            still_open = sum(is_open(one) for one in found)
            counted.append(
                GradeCount(
                    mark=mark,
                    name=index.words.plural(grade, still_open if nonconformity else len(found)),
                    total=len(found),
                    open=still_open,
                    counts_open=nonconformity,
                )
            )
    return tuple(counted)


def build_gates(index: Index) -> tuple[GateView, ...]:
    """Word the readiness gates with their blockers, owners and dates."""
    return tuple(
        GateView(
            id=gate.id,
            mark=words.PASSED if gate.passed else words.BLOCKED,
            title=translated(gate.title),
            rule=translated(gate.rule),
            passed=gate.passed,
            blockers=_blockers(index, gate),
        )
        for gate in index.run.gates
    )


def _blockers(index: Index, gate: Gate) -> tuple[BlockerView, ...]:
    """Word what blocks a gate; candidates are counted in one line, since no conclusion may repeat what they say."""
    stated = [one for one in gate.blockers if one.kind != "candidate"]
    candidates = len(gate.blockers) - len(stated)
    shown = [_blocker(index, one) for one in stated]
    if candidates:
        owner = index.person(index.run.engagement.lead_auditor)
        shown.append(BlockerView(what=undecided(index, candidates), points="", owner=owner, due=""))
    return tuple(shown)


def _blocker(index: Index, blocker: GateBlocker) -> BlockerView:
    return BlockerView(
        what=blocker.what,
        points=points_text(blocker.points),
        owner=index.person(blocker.owner) if blocker.owner else say("no owner"),
        due=short_day(blocker.due) if blocker.due else say("no date"),
    )


def requirement_counts(index: Index) -> Counts:
    """Count the verdicts of all requirements of the catalog; one the run left out is not assessed."""
    found = [index.requirement_verdicts.get(one.id) for one in index.run.catalog.requirements]
    values = [one.value if one else "not_assessed" for one in found]
    return Counts(
        total=len(values),
        conforming=values.count("conforms"),
        nonconforming=values.count("nonconforming"),
        not_assessed=values.count("not_assessed"),
        not_applicable=values.count("not_applicable"),
        confirmed=sum(one is not None and one.standing == "confirmed" for one in found),
    )


def measure_row(interval: Interval) -> MeasureRow:
    """Word one measure with its counts and its method."""
    return MeasureRow(
        name=translated(interval.name),
        figure=interval_text(interval),
        exact=interval.exact,
        conforming=interval.conforming,
        nonconforming=interval.nonconforming,
        not_assessed=interval.not_assessed,
        denominator=interval.denominator,
        low=interval.low,
        high=interval.high,
        method=translated(interval.method),
    )


def brief(index: Index, finding: Finding) -> Brief:
    """Word a finding in one line."""
    return Brief(
        id=finding.id,
        mark=index.words.grades[finding.grade],
        what=finding.statement.failure,
        points=", ".join(finding.points),
        extent=finding_extent(finding),
        owner=finding.answer.owner and index.person(finding.answer.owner),
        due=short_day(finding.answer.due) if finding.answer.due else "",
    )


def finding_extent(finding: Finding) -> str:
    """Word the extent, n of N with the share; empty where nothing was counted."""
    if finding.exceptions is None or finding.examined is None:
        return ""
    return extent_text(finding.exceptions, finding.examined)


def _coverage(index: Index) -> str:
    measures = index.run.assessment.measures
    text = say(
        "{assessed} of {total} points have a verdict; {confirmed} of them rest on a person's signed judgement.",
        assessed=whole(measures.coverage_assessed),
        total=whole(measures.coverage_total),
        confirmed=whole(measures.confirmed_points),
    )
    if not measures.no_occurrence:
        return text
    nothing_happened = say_count(
        "For {number} point conformity means that nothing of the kind happened in the period and the arrangement was "
        "seen.",
        "For {number} points conformity means that nothing of the kind happened in the period and the arrangement was "
        "seen.",
        measures.no_occurrence,
        number=whole(measures.no_occurrence),
    )
    return f"{text} {nothing_happened}"


def _unconfirmed(index: Index) -> str:
    number = len(index.candidates)
    if number == 0:
        return say("No candidate finding waits for a decision.")
    return say_count(
        "{number} candidate finding waits for a person's decision. Candidates are computed and prove nothing yet; they "
        "stand in {place} and no conclusion rests on them.",
        "{number} candidate findings wait for a person's decision. Candidates are computed and prove nothing yet; they "
        "stand in {place} and no conclusion rests on them.",
        number,
        number=whole(number),
        place=index.place("candidates"),
    )


def build_conclusion(index: Index) -> Conclusion:
    """Word the conclusion from confirmed facts alone."""
    engagement = index.run.engagement
    return Conclusion(
        headline=build_headline(index),
        sentences=_conclusions(index),
        own_words=engagement.conclusion,
        own_words_by=index.person(engagement.lead_auditor),
        gates=build_gates(index),
        forecast=build_forecast(index),
    )


def _conclusions(index: Index) -> tuple[str, ...]:
    confirmed = index.run.assessment.measures.confirmed_by_requirement
    found = listing(f"{how_many(one.open)} {one.name}" for one in count_grades(index) if one.counts_open)
    return (
        say(
            "Of {total} requirements, persons confirmed {conforming} as conforming and {nonconforming} as nonconforming; "
            "for {open} no confirmed verdict exists yet.",
            total=whole(confirmed.denominator),
            conforming=whole(confirmed.conforming),
            nonconforming=whole(confirmed.nonconforming),
            open=whole(confirmed.not_assessed),
        ),
        say("Open are {findings}.", findings=found),
        say(
            "The conclusion rests on confirmed verdicts and findings alone. What was computed and not confirmed is in "
            "{place}.",
            place=index.place("candidates"),
        ),
    )
