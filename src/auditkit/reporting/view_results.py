"""Results by clause, by lens, and the verdict on every requirement and point."""

from auditkit.assessment.model import PointVerdict
from auditkit.base.language import say, say_count, short_day, translated
from auditkit.catalog.lens import Lens, LensGroup
from auditkit.catalog.model import Clause, Requirement
from auditkit.reporting import words
from auditkit.reporting.numbers import counted_range, how_many, whole
from auditkit.reporting.view_index import OUTSIDE, Index
from auditkit.reporting.view_parts import Counts
from auditkit.reporting.view_records import (
    ClauseBlock,
    ClauseRow,
    LensRow,
    LensView,
    PointRow,
    PointVerdictRow,
    RequirementBlock,
    VerdictClause,
)
from auditkit.reporting.words import Mark

_WORST = ("nonconforming", "not_assessed", "conforms", "not_applicable")


def build_clauses(index: Index) -> tuple[ClauseRow, ...]:
    """Word the table by clause, from the run's own verdicts on clauses."""
    rows = []
    for verdict in index.run.assessment.clauses:
        counts = Counts(
            total=verdict.requirements,
            conforming=verdict.conforming,
            nonconforming=verdict.nonconforming,
            not_assessed=verdict.not_assessed,
            not_applicable=verdict.not_applicable,
            confirmed=verdict.confirmed,
        )
        standing = "confirmed" if verdict.confirmed == verdict.requirements else "candidate"
        rows.append(
            ClauseRow(
                clause=verdict.clause,
                title=verdict.title,
                depth=len(index.lineage.get(verdict.clause, ("",))) - 1,
                mark=index.mark(verdict.value, standing, index.points_within(verdict.clause)),
                counts=counts,
                figure=figure(counts),
            )
        )
    return tuple(rows)


def figure(counts: Counts) -> str:
    """Word the share that conforms of what applies, as an interval while something is not assessed."""
    return counted_range(counts.conforming, counts.not_assessed, counts.total - counts.not_applicable)


def build_blocks(index: Index) -> tuple[ClauseBlock, ...]:
    """Word, clause by clause, the points a reader should look at; the others in one line each kind."""
    return tuple(_block(index, clause) for clause in index.run.catalog.clauses if clause.points)


def _block(index: Index, clause: Clause) -> ClauseBlock:
    verdicts = [index.verdicts[point.id] for point in clause.points]
    notable = [one for one in verdicts if _is_notable(index, one)]
    plain = [one for one in verdicts if one not in notable]
    conforming = [one.point for one in plain if one.value == "conforms"]
    unassessed = [one.point for one in plain if one.value == "not_assessed"]
    counts = index.counts(one.point for one in verdicts)
    value = next(one for one in _WORST if any(verdict.value == one for verdict in verdicts))
    standing = "confirmed" if counts.confirmed == counts.total else "candidate"
    return ClauseBlock(
        clause=clause.clause,
        title=clause.title,
        mark=index.mark(value, standing, [one.point for one in verdicts]),
        sentence=_sentence(counts),
        rows=tuple(_point_row(index, one) for one in notable),
        conforming=", ".join(conforming),
        not_assessed=", ".join(unassessed),
    )


def _is_notable(index: Index, verdict: PointVerdict) -> bool:
    return bool(
        verdict.value == "nonconforming"
        or verdict.value == "not_applicable"
        or verdict.suspect
        or verdict.conflict
        or verdict.basis == "no_occurrence"
        or index.findings_at.get(verdict.point)
    )


def _sentence(counts: Counts) -> str:
    parts = [
        say_count(
            "{number} of {points} conforms",
            "{number} of {points} conform",
            counts.conforming,
            number=whole(counts.conforming),
            points=say_count(
                "{number} point", "{number} points", counts.total, number=how_many(counts.total)
            ),
        )
    ]
    if counts.nonconforming:
        parts.append(say("{number} nonconforming", number=whole(counts.nonconforming)))
    if counts.not_assessed:
        parts.append(say("{number} not assessed", number=whole(counts.not_assessed)))
    if counts.not_applicable:
        parts.append(say("{number} not applicable", number=whole(counts.not_applicable)))
    parts.append(say("{number} confirmed", number=whole(counts.confirmed)))
    return f"{'; '.join(parts)}."


def _point_row(index: Index, verdict: PointVerdict) -> PointRow:
    return PointRow(
        point=verdict.point,
        statement=index.points[verdict.point].statement,
        mark=index.mark(verdict.value, verdict.standing, (verdict.point,)),
        standing=verdict.standing,
        why=_notes(index, verdict),
        findings=tuple(one.id for one in index.findings_at.get(verdict.point, ())),
    )


def _notes(index: Index, verdict: PointVerdict) -> tuple[str, ...]:
    """Word what a reader should know; what a candidate says stays in Annex A."""
    notes: list[str] = []
    if verdict.standing == "confirmed" and verdict.judgement is not None:
        signed = f"{index.person(verdict.judgement.by)}, {short_day(verdict.judgement.at)}"
        notes.append(f"{verdict.judgement.rationale} ({signed})")
        if verdict.judgement.safeguard:
            notes.append(
                say(
                    "In an area of the auditor's own; safeguard: {safeguard}",
                    safeguard=verdict.judgement.safeguard,
                )
            )
        if verdict.basis == "no_occurrence":
            nothing = say("Nothing of the kind happened in the period.")
            notes.append(f"{nothing} {verdict.judgement.how_checked}".strip())
    elif verdict.value == "nonconforming":
        notes.append(say("Computed, not confirmed: see {place}.", place=index.place("candidates")))
    notes += [say("Suspect since it was signed: {reason}", reason=one) for one in verdict.suspect]
    notes += [say("Conflict with the judgement: {reason}", reason=one) for one in verdict.conflict]
    if verdict.stale:
        notes.append(say("Its freshest evidence lies outside the audit period."))
    return tuple(notes)


def build_lenses(index: Index) -> tuple[LensView, ...]:
    """Word the results by every lens the engagement names."""
    return tuple(_lens(index, lens) for lens in index.run.lenses)


def _lens(index: Index, lens: Lens) -> LensView:
    members = {group.id: index.members(group) for group in lens.groups}
    within = {point for points in members.values() for point in points}
    outside = len(index.points) - len(within)
    several = sum(len(points) for points in members.values()) - len(within)
    notes = [say("Every point has a group.")]
    if outside:
        notes = [
            say_count(
                "{number} point of the catalog belongs to no group.",
                "{number} points of the catalog belong to no group.",
                outside,
                number=whole(outside),
            )
        ]
    if several:
        notes.append(
            say(
                "Some points bear on several groups, so the groups add up to {number} more than there are.",
                number=whole(several),
            )
        )
    return LensView(
        id=lens.id,
        title=translated(lens.title),
        about=translated(lens.about),
        source=translated(lens.source),
        rows=tuple(_lens_row(index, group, members[group.id]) for group in lens.groups),
        outside=" ".join(notes),
    )


def _lens_row(index: Index, group: LensGroup, points: tuple[str, ...]) -> LensRow:
    counts = index.counts(points)
    values = {index.verdicts[point].value for point in points}
    value = next((one for one in _WORST if one in values), "no_requirement")
    standing = "confirmed" if counts.confirmed == counts.total else "candidate"
    found = {one.id: one for point in points for one in index.findings_at.get(point, ())}
    return LensRow(
        title=translated(group.title),
        about=translated(group.about),
        clauses=", ".join((*group.clauses, *group.points)),
        mark=index.mark(value, standing, points),
        counts=counts,
        figure=figure(counts),
        findings=tuple(one.id for one in index.confirmed if one.id in found),
    )


def build_verdicts(index: Index) -> tuple[VerdictClause, ...]:
    """Word the verdict on every requirement and point, walking the catalog, by clause or by group of a lens."""
    blocks = {
        requirement.id: _requirement_block(index, requirement)
        for requirement in index.run.catalog.requirements
    }
    if not index.groups:
        by_clause: dict[str, list[RequirementBlock]] = {}
        for block in blocks.values():
            by_clause.setdefault(block.clause, []).append(block)
        return tuple(
            VerdictClause(clause=clause, title=index.clauses[clause].title, requirements=tuple(found))
            for clause, found in by_clause.items()
        )
    outside = translated(OUTSIDE)
    grouped: dict[str, list[RequirementBlock]] = {title: [] for title in (*index.groups, outside)}
    for requirement in index.run.catalog.requirements:
        points = {point.id for point in requirement.points}
        titles = [title for title, members in index.groups.items() if points & members]
        for title in titles or [outside]:
            grouped[title].append(blocks[requirement.id])
    return tuple(
        VerdictClause(clause="", title=title, requirements=tuple(found))
        for title, found in grouped.items()
        if found
    )


def _requirement_block(index: Index, requirement: Requirement) -> RequirementBlock:
    parts = [index.verdicts[point.id] for point in requirement.points]
    verdict = index.requirement_verdicts.get(requirement.id)
    value = verdict.value if verdict else "not_assessed"
    standing = verdict.standing if verdict else "candidate"
    return RequirementBlock(
        requirement=requirement.id,
        clause=requirement.clause,
        mark=index.mark(value, standing, [one.point for one in parts]),
        standing=standing,
        points=tuple(_verdict_row(index, one) for one in parts),
    )


def _verdict_row(index: Index, verdict: PointVerdict) -> PointVerdictRow:
    mark: Mark = index.mark(verdict.value, verdict.standing, (verdict.point,))
    extra = index.run.overlay.get(verdict.point)
    return PointVerdictRow(
        point=verdict.point,
        statement=index.points[verdict.point].statement,
        official=extra.official_text if extra else "",
        mark=mark,
        standing=words.STANDINGS[verdict.standing] if verdict.value != "not_assessed" else "",
        strength=words.STRENGTHS[verdict.strength],
        rests_on=_rests_on(index, verdict),
    )


def _rests_on(index: Index, verdict: PointVerdict) -> str:
    """Name what a verdict rests on: the judgement, the findings, the evidence."""
    parts = []
    if verdict.judgement is not None:
        doubts = [say("suspect")] if verdict.suspect else []
        doubts += [say("conflict")] if verdict.conflict else []
        told = "".join(f" ({one})" for one in doubts)
        parts.append(f"{verdict.judgement.id} {index.person(verdict.judgement.by)}{told}")
    if verdict.basis == "no_occurrence":
        parts.append(say("no occurrence"))
    parts += [one.id for one in index.findings_at.get(verdict.point, ())]
    evidence = list(dict.fromkeys(ref.id for result in verdict.results for ref in result.evidence))
    if verdict.judgement is not None:
        evidence = list(dict.fromkeys((*verdict.judgement.on, *evidence)))
    more = f" +{len(evidence) - 4}" if len(evidence) > 4 else ""
    if evidence:
        parts.append(f"{', '.join(evidence[:4])}{more}")
    if verdict.value == "not_assessed" and not parts:
        parts.append(index.place("open"))
    return "; ".join(parts)
