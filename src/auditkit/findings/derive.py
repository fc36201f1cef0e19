"""Findings from results and workpapers: candidates with stable ids, and the ones people raised (pure).

A re-run updates a candidate and never duplicates it: its id comes from catalog, procedure and area alone.
"""

from collections.abc import Iterable, Mapping

from auditkit.assessment.conflicts import is_breach
from auditkit.assessment.model import EvidenceRef, PointVerdict, ProcedureResult
from auditkit.assessment.previous import PreviousVerdict
from auditkit.assessment.words import grade_word
from auditkit.base.digest import digest_value
from auditkit.base.ids import requirement_of
from auditkit.base.language import say, translated
from auditkit.catalog.model import Catalog
from auditkit.evidence.model import EvidenceItem
from auditkit.findings.grading import GradingFacts, grade
from auditkit.findings.lifecycle import DONE, Life
from auditkit.findings.model import AuditorPart, Finding, FindingFile, GradingScheme, Statement

ROWS_NAMED = 5


def candidate_id(catalog_id: str, procedure: str, area: str) -> str:
    """Return the stable id of a candidate."""
    return f"C-{digest_value([catalog_id, procedure, area])[:8]}"


def derive_findings(
    catalog: Catalog,
    points: tuple[PointVerdict, ...],
    raised: tuple[FindingFile, ...],
    scheme: GradingScheme,
    major_shares: Mapping[str, float | None],
    items: Mapping[str, EvidenceItem],
    digests: Mapping[str, str],
    lives: Mapping[str, Life],
    previous: tuple[PreviousVerdict, ...] = (),
) -> tuple[Finding, ...]:
    """Return findings people raised, then candidates; none stands twice.

    ``catalog``: with the statements that a report prints. ``major_shares``: procedure id to the share above which the test asks for a major. A candidate that a verified or
    closed finding confirmed, and that this run sees again, stands again as a repeat of it.
    """
    breaches = _breaches(points)
    candidates = _candidates(catalog, breaches, raised, scheme, major_shares, lives, previous)
    by_id = {one.id: one for one in candidates}
    taken = _taken_in(raised, lives)
    confirmed = tuple(
        _raised(file, taken, by_id, items, digests, lives)
        for file in raised
        if lives[file.finding.id].state not in ("rejected", "merged")
    )
    answered = {one for file in raised for one in file.finding.rejects}
    for file in raised:
        if lives[file.finding.id].state not in DONE:
            answered |= set(file.finding.confirms)
    return (*confirmed, *(one for one in candidates if one.id not in answered))


def without_advice(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings without what auditors recommended, where they may not."""
    silent = {"recommendation": "", "effort_days": None}
    return tuple(one.model_copy(update=silent) for one in findings)


def _taken_in(raised: tuple[FindingFile, ...], lives: Mapping[str, Life]) -> dict[str, list[FindingFile]]:
    """Return by finding the ones that were merged into it; a split one counts to none."""
    taken: dict[str, list[FindingFile]] = {}
    for file in raised:
        into = [event.into[0] for event in lives[file.finding.id].history if event.step == "merge"]
        for target in into[-1:]:
            taken.setdefault(target, []).append(file)
    return taken


def _breaches(points: Iterable[PointVerdict]) -> dict[str, list[ProcedureResult]]:
    """Group the results that make a nonconformity by procedure; one procedure may fail several points."""
    grouped: dict[str, list[ProcedureResult]] = {}
    for verdict in points:
        for result in verdict.results:
            if is_breach(result):
                grouped.setdefault(result.procedure, []).append(result)
    return grouped


def _candidates(
    catalog: Catalog,
    breaches: Mapping[str, list[ProcedureResult]],
    raised: tuple[FindingFile, ...],
    scheme: GradingScheme,
    major_shares: Mapping[str, float | None],
    lives: Mapping[str, Life],
    previous: tuple[PreviousVerdict, ...],
) -> tuple[Finding, ...]:
    on_requirement: dict[str, int] = {}
    for results in breaches.values():
        for requirement in {requirement_of(one.point) for one in results}:
            on_requirement[requirement] = on_requirement.get(requirement, 0) + 1
    statements = {point.id: point.statement for point in catalog.points}
    found = []
    for procedure, results in breaches.items():
        first = results[0]
        points = tuple(one.point for one in results)
        facts = GradingFacts(
            result=first,
            major_share=major_shares.get(procedure),
            repeat_of=_repeat_of(points, raised, lives) or _repeat_of_earlier(points, previous),
            minors_on_requirement=max(on_requirement[requirement_of(point)] for point in points),
        )
        rule = grade(scheme, facts)
        found.append(
            Finding(
                id=candidate_id(catalog.head.id, procedure, ""),
                standing="candidate",
                grade=rule.grade,
                rule=rule.printed,
                points=points,
                procedure=procedure,
                area="",
                statement=_statement(points, statements, results),
                population=first.population,
                examined=first.examined,
                exceptions=first.exceptions,
                exception_rows=first.exception_rows,
                evidence=_union(results),
                repeat_of=facts.repeat_of,
            )
        )
    return tuple(found)


def _raised(
    file: FindingFile,
    taken: Mapping[str, list[FindingFile]],
    candidates: Mapping[str, Finding],
    items: Mapping[str, EvidenceItem],
    digests: Mapping[str, str],
    lives: Mapping[str, Life],
) -> Finding:
    """A finding somebody raised; its extent is that of the candidate it confirms, as the latest run saw it."""
    part, life = file.finding, lives[file.finding.id]
    others = taken.get(part.id, [])
    confirms = tuple(
        dict.fromkeys((*part.confirms, *(one for other in others for one in other.finding.confirms)))
    )
    points = tuple(dict.fromkeys((*part.points, *(one for other in others for one in other.finding.points))))
    seen = next((candidates[one] for one in confirms if one in candidates), None)
    named = tuple(
        EvidenceRef(id=one, file=f"evidence/{items[one].file}", sha256=digests[items[one].file])
        for one in part.evidence
        if one in items and items[one].file in digests
    )
    extra = seen.evidence if seen else ()
    return Finding(
        id=part.id,
        standing="confirmed",
        grade=life.grade,
        rule=_rule(part, life, seen),
        points=points,
        procedure=seen.procedure if seen else None,
        area=part.area,
        statement=part.statement,
        population=seen.population if seen else None,
        examined=seen.examined if seen else None,
        exceptions=seen.exceptions if seen else None,
        exception_rows=seen.exception_rows if seen else (),
        evidence=(*named, *(one for one in extra if one.id not in {ref.id for ref in named})),
        state=life.state,
        raised_at=part.raised_at,
        raised_by=part.raised_by,
        repeat_of=part.repeat_of,
        answer=life.answer,
        confirms=confirms,
        grades=part.grades,
        history=life.history,
        takes_in=tuple(other.finding.id for other in others),
        recommendation=part.recommendation,
        effort_days=part.effort_days,
    )


def _rule(part: AuditorPart, life: Life, seen: Finding | None) -> str:
    regraded = [event for event in life.history if event.step == "regrade"]
    said = say("Given by {person}.", person=part.raised_by)
    if regraded:
        said = say(
            "Given as {grade} by {person}; changed by {other}: {note}",
            grade=grade_word(part.grade),
            person=part.raised_by,
            other=regraded[-1].by,
            note=regraded[-1].note,
        )
    if seen is None:
        return said
    graded = say(
        "The computed candidate was graded {grade}: {rule}", grade=grade_word(seen.grade), rule=seen.rule
    )
    return f"{said} {graded}"


def _statement(
    points: tuple[str, ...], statements: Mapping[str, str], results: list[ProcedureResult]
) -> Statement:
    first = results[0]
    if first.kind == "document":
        failure = " ".join(dict.fromkeys(reason for one in results for reason in one.reasons))
        named = "; ".join(f"{ref.id} {ref.file}" for ref in first.evidence)
        evidence = named or say("The answer to the request.")
    elif first.kind == "impact":
        extent = say(
            "This does not hold in {n} of {total} cases examined.", n=first.exceptions, total=first.examined
        )
        failure = f"{translated(first.title)} {extent}"
        evidence = " ".join(row.values["what"] or "" for row in first.exception_rows)
    else:
        extent = say(
            "This does not hold for {n} of {total} records examined.",
            n=first.exceptions,
            total=first.examined,
        )
        failure = f"{translated(first.title)} {extent}"
        rows = [f"{row.key} ({row.place.told})" for row in first.exception_rows[:ROWS_NAMED]]
        more = first.exceptions - len(rows)
        evidence = "; ".join([*rows, *([say("and {n} more", n=more)] if more > 0 else [])])
    return Statement(
        requirement=" ".join(dict.fromkeys(statements[point] for point in points)),
        failure=failure,
        objective_evidence=evidence,
    )


def _repeat_of(
    points: tuple[str, ...], raised: tuple[FindingFile, ...], lives: Mapping[str, Life]
) -> str | None:
    """Return the closed or verified nonconformity that the same requirements had before, if any."""
    requirements = {requirement_of(point) for point in points}
    for file in raised:
        part = file.finding
        before = {requirement_of(point) for point in part.points}
        life = lives[part.id]
        if life.state in DONE and life.grade in ("major", "minor") and requirements & before:
            return part.id
    return None


def _repeat_of_earlier(points: tuple[str, ...], previous: tuple[PreviousVerdict, ...]) -> str | None:
    """Return the closed nonconformity of an earlier engagement on the same requirements, if any was carried over."""
    requirements = {requirement_of(point) for point in points}
    for one in previous:
        grade, _, state = one.said.partition(", ")
        closed = one.kind == "finding" and grade in ("major", "minor") and state in DONE
        if (
            closed
            and one.state == "previous"
            and requirements & {requirement_of(target) for target in one.targets}
        ):
            return say("{finding} of {engagement}", finding=one.id, engagement=one.engagement)
    return None


def _union(results: list[ProcedureResult]) -> tuple[EvidenceRef, ...]:
    return tuple({ref.id: ref for one in results for ref in one.evidence}.values())
