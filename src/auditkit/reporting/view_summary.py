"""The verdict and what supports it: management summary, conclusion and readiness gates."""

from auditkit.assessment.model import Gate, GateBlocker, Interval
from auditkit.findings.gates import ACCEPTED_STATES
from auditkit.findings.model import Finding
from auditkit.reporting import words
from auditkit.reporting.numbers import be, count, extent_text, interval_text, listing, whole
from auditkit.reporting.view_forecast import build_forecast
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
        decisions=_decisions(index),
        unconfirmed=_unconfirmed(index),
    )


def build_headline(index: Index) -> Headline:
    """Word the verdict. Any open major means not ready, whatever the percentage (design, law 3)."""
    open_majors = [one for one in index.confirmed if one.grade == "major" and is_open(one)]
    blocked = [gate for gate in index.run.gates if not gate.passed]
    said, major = index.words, index.words.plural("major", len(open_majors))
    if open_majors:
        text = f"{said['not_ready']}: {len(open_majors)} {major} open"
    elif blocked:
        text = f"{said['not_ready']}: {len(blocked)} of {len(index.run.gates)} gates blocked"
    elif not index.run.gates:
        text = f"{said['not_ready']}: no readiness gate was examined"
    else:
        text = f"{said['ready']}: no {said['major']} open, all {len(index.run.gates)} gates passed"
    ready = not open_majors and not blocked and bool(index.run.gates)
    return Headline(ready=ready, text=text, because=_because(index, open_majors, blocked))


def _because(index: Index, majors: list[Finding], blocked: list[Gate]) -> tuple[str, ...]:
    sentences = []
    if majors:
        sentences.append(
            f"While a {index.words['major']} is open ({listing(one.id for one in majors)}), the management system is "
            "not ready, whatever share of the requirements conforms."
        )
    passed = [gate for gate in index.run.gates if gate not in blocked]
    told = [
        f"{word}: {listing(gate.title for gate in gates)}."
        for word, gates in (("Gates blocked", blocked), ("Gates passed", passed))
        if gates
    ]
    if told:
        sentences.append(" ".join(told))
    counts = requirement_counts(index)
    if counts.not_assessed:
        sentences.append(
            f"{whole(counts.not_assessed)} of {whole(counts.total)} requirements "
            f"{be(counts.not_assessed)} not assessed; nothing is "
            f"concluded there, in either direction ({index.place('open')})."
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
            title=gate.title,
            rule=gate.rule,
            passed=gate.passed,
            blockers=_blockers(index, gate),
        )
        for gate in index.run.gates
    )


def _blockers(index: Index, gate: Gate) -> tuple[BlockerView, ...]:
    """Word what blocks a gate; candidates are counted in one line, since no conclusion may repeat what they say."""
    identifiers = {one.id for one in index.candidates}
    stated = [one for one in gate.blockers if one.what.split(":", 1)[0] not in identifiers]
    undecided = len(gate.blockers) - len(stated)
    shown = [_blocker(index, one) for one in stated]
    if undecided:
        noun = count(undecided, "candidate finding")
        what = f"{noun} of {index.place('candidates')} to be confirmed or rejected"
        shown.append(
            BlockerView(what=what, points="", owner=index.person(index.run.engagement.lead_auditor), due="")
        )
    return tuple(shown)


def _blocker(index: Index, blocker: GateBlocker) -> BlockerView:
    return BlockerView(
        what=blocker.what,
        points=points_text(blocker.points),
        owner=index.person(blocker.owner) if blocker.owner else "no owner",
        due=str(blocker.due) if blocker.due else "no date",
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
        name=interval.name,
        figure=interval_text(interval),
        exact=interval.exact,
        conforming=interval.conforming,
        nonconforming=interval.nonconforming,
        not_assessed=interval.not_assessed,
        denominator=interval.denominator,
        low=interval.low,
        high=interval.high,
        method=interval.method,
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
        due=str(finding.answer.due) if finding.answer.due else "",
    )


def finding_extent(finding: Finding) -> str:
    """Word the extent, n of N with the share; empty where nothing was counted."""
    if finding.exceptions is None or finding.examined is None:
        return ""
    return extent_text(finding.exceptions, finding.examined)


def _coverage(index: Index) -> str:
    measures = index.run.assessment.measures
    text = (
        f"{whole(measures.coverage_assessed)} of {whole(measures.coverage_total)} points have a verdict; "
        f"{whole(measures.confirmed_points)} of them rest on a person's signed judgement."
    )
    if measures.no_occurrence:
        times = count(measures.no_occurrence, "point")
        text += f" For {times} conformity means that nothing of the kind happened in the period and the arrangement was seen."
    return text


def _unconfirmed(index: Index) -> str:
    number = len(index.candidates)
    if number == 0:
        return "No candidate finding waits for a decision."
    verb = "waits" if number == 1 else "wait"
    return (
        f"{count(number, 'candidate finding')} {verb} for a person's decision. Candidates are computed and prove "
        f"nothing yet; they stand in {index.place('candidates')} and no conclusion rests on them."
    ).replace("no candidate", "No candidate")


def _decisions(index: Index) -> tuple[str, ...]:
    """Word what management is asked to decide; cause and remedy stay with the auditee."""
    nonconformities = [one for one in index.confirmed if one.grade in ("major", "minor") and is_open(one)]
    unanswered = [one for one in nonconformities if one.state not in ACCEPTED_STATES]
    planned = [item for item in index.run.plan if not index.rests_on_candidates(item.findings)]
    ownerless = [item for item in planned if not item.owner and item.status != "cancelled"]
    projects = [item for item in planned if item.route == "project" and item.status == "proposed"]
    missing = [one for one in index.run.requests if one.answer in ("open", "refused")]
    asked = []
    if unanswered:
        asked.append(
            "Answer with correction, cause and corrective action, and have the plan accepted: "
            f"{listing(one.id for one in unanswered)}."
        )
    if ownerless and index.shows("plan"):
        asked.append(f"Name an owner for {_some([item.id for item in ownerless], 'plan item')}.")
    if projects and index.shows("plan"):
        asked.append(
            f"Decide on {_some([item.id for item in projects], 'improvement')} that cross processes and need a project."
        )
    if missing:
        asked.append(
            f"Have the evidence delivered that was asked for in {listing(one.id for one in missing)}."
        )
    unassessed = sum(one.value == "not_assessed" for one in index.verdicts.values())
    if unassessed:
        asked.append(
            f"Make evidence and people available for {count(unassessed, 'point')} not assessed ({index.place('open')})."
        )
    if index.candidates:
        pronoun = "it" if len(index.candidates) == 1 else "each"
        asked.append(
            f"Give the auditors access to confirm or reject {count(len(index.candidates), 'candidate finding')}; "
            f"until then {pronoun} stays unproven."
        )
    return tuple(asked) or ("No decision is asked for.",)


def _some(identifiers: list[str], noun: str) -> str:
    shown = identifiers[:6]
    rest = len(identifiers) - len(shown)
    named = listing(shown) if not rest else f"{', '.join(shown)} and {rest} more"
    return f"{count(len(identifiers), noun)} ({named})"


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
    found = listing(f"{one.open or 'no'} {one.name}" for one in count_grades(index) if one.counts_open)
    return (
        f"Of {whole(confirmed.denominator)} requirements, persons confirmed {whole(confirmed.conforming)} as conforming "
        f"and {whole(confirmed.nonconforming)} as nonconforming; for {whole(confirmed.not_assessed)} no confirmed "
        "verdict exists yet.",
        f"Open are {found}.",
        "The conclusion rests on confirmed verdicts and findings alone. What was computed and not confirmed is in "
        f"{index.place('candidates')}.",
    )
