"""What was seen, as OSCAL observations and findings (pure).

A requirement that is not assessed or not applicable has no finding and stands among the excluded controls with its
reasons. What nobody confirmed carries ``standing: candidate`` and the reason ``other``; a candidate finding is an
observation, never a risk.
"""

from collections.abc import Iterable, Iterator

from auditkit.assessment.model import ExceptionRow, Judgement, PointVerdict, ProcedureResult
from auditkit.catalog.exchange.oscal_terms import Json, own_props, without_empty
from auditkit.findings.model import Finding
from auditkit.reporting.interchange.material import Concluded, Material
from auditkit.reporting.interchange.oscal_parts import (
    at,
    by_person,
    by_tool,
    control_id,
    count_props,
    line,
    prose,
    resource_id,
    target_id,
    uid,
)

METHODS = {
    "record": "TEST",
    "document": "EXAMINE",
    "impact": "TEST",
    "interview": "INTERVIEW",
    "observe": "EXAMINE",
}
RISKS = ("major", "minor")
"""Grades that are risks; the other findings are observations."""
_DECIDED = ("conforms", "nonconforming")


def reviewed(material: Material) -> Json:
    """Return which requirements were assessed, and which were not and why, a selection for each catalog."""
    selections = []
    for catalog in material.catalogs:
        own = [one for one in material.concluded if one.catalog.head.id == catalog.head.id]
        assessed = [one for one in own if one.verdict.value in _DECIDED]
        open_ = [one for one in own if one.verdict.value not in _DECIDED]
        why = (
            f"{one.criterion.id}, {one.verdict.value.replace('_', ' ')}: {' '.join(one.reasons)}"
            for one in open_
        )
        selections.append(
            without_empty(
                {
                    "description": line(catalog.head.name),
                    "props": own_props((("catalog-id", catalog.head.id), ("edition", catalog.head.edition))),
                    "include-controls": [{"control-id": control_id(one)} for one in assessed],
                    "exclude-controls": [{"control-id": control_id(one)} for one in open_],
                    "remarks": prose(*why) if open_ else "",
                }
            )
        )
    return {"control-selections": selections}


def observations(material: Material) -> list[Json]:
    """Return every result and judgement of every point, then the findings that are no risks, candidates included."""
    found = [
        one
        for concluded in material.concluded
        for point in concluded.points
        for one in _of_point(material, point)
    ]
    noted = (one for one in shown_findings(material) if not is_risk(one))
    return [*found, *(_noted(material, one) for one in noted)]


def findings(material: Material) -> list[Json]:
    """Return a finding for every requirement that is assessed."""
    return [_finding(material, one) for one in material.concluded if one.verdict.value in _DECIDED]


def shown_findings(material: Material) -> Iterator[Finding]:
    """Yield findings and candidates as reports order them."""
    known = {one.id: one for one in material.run.findings}
    for identifier in material.worded:
        yield known[identifier]


def is_risk(finding: Finding) -> bool:
    """Tell whether a finding is a confirmed nonconformity."""
    return finding.standing == "confirmed" and finding.grade in RISKS


def related(material: Material, finding: Finding) -> Json:
    """Return the reference from elsewhere to a finding: to its risk, or to its observation."""
    if is_risk(finding):
        return {"risk-uuid": uid(material, "risk", finding.id)}
    return {"observation-uuid": uid(material, "noted", finding.id)}


def _of_point(material: Material, verdict: PointVerdict) -> Iterator[Json]:
    for result in verdict.results:
        yield _result(material, verdict, result)
    if verdict.judgement is not None:
        yield _judgement(material, verdict, verdict.judgement)


def _result(material: Material, verdict: PointVerdict, result: ProcedureResult) -> Json:
    texts = (("outcome", result.outcome), ("basis", result.basis), ("test-class", result.test_class or ""))
    counts = (
        ("population", result.population),
        ("examined", result.examined),
        ("exceptions", result.exceptions),
        ("unknown", result.unknown),
    )
    files = {one.file: "Examined." for one in result.evidence}
    return without_empty(
        {
            "uuid": uid(material, "observation", verdict.point, result.procedure),
            "title": line(f"{verdict.point}, {result.procedure}"),
            "description": prose(result.title, *result.reasons),
            "props": [
                *own_props((("point", verdict.point), ("procedure", result.procedure), *texts)),
                *count_props(counts),
            ],
            "methods": [METHODS[result.kind]],
            "types": ["control-objective"],
            "origins": by_tool(material),
            "relevant-evidence": _evidence(material, files, result.exception_rows),
            "collected": at(material.run.engagement.as_of),
        }
    )


def _judgement(material: Material, verdict: PointVerdict, judgement: Judgement) -> Json:
    known = {one.id: one.file for one in material.run.items}
    files = {known[one]: "The judgement rests on it." for one in judgement.on if one in known}
    said = (
        ("point", verdict.point),
        ("judgement", judgement.id),
        ("verdict", judgement.verdict),
        ("basis", judgement.basis),
        ("decides", "yes" if verdict.standing == "confirmed" else "no"),
        ("suspect", line(" ".join(verdict.suspect)) if verdict.suspect else ""),
        ("conflict", line(" ".join(verdict.conflict)) if verdict.conflict else ""),
    )
    return without_empty(
        {
            "uuid": uid(material, "judgement", judgement.id),
            "title": line(f"{verdict.point}, {judgement.id}"),
            "description": prose(judgement.rationale, judgement.how_checked),
            "props": own_props(said),
            "methods": ["EXAMINE" if judgement.on else "UNKNOWN"],
            "types": ["control-objective"],
            "origins": by_person(material, judgement.by),
            "relevant-evidence": _evidence(material, files, ()),
            "collected": at(judgement.at),
        }
    )


def _noted(material: Material, finding: Finding) -> Json:
    shown = material.worded[finding.id]
    files = {one.file: "It rests on it." for one in finding.evidence}
    origin = by_person(material, finding.raised_by) if finding.standing == "confirmed" else by_tool(material)
    return without_empty(
        {
            "uuid": uid(material, "noted", finding.id),
            "title": line(f"{finding.id}, {shown.mark.word}"),
            "description": prose(finding.statement.failure, shown.extent),
            "props": [*finding_props(finding), *own_props((("state", shown.state),))],
            "methods": ["UNKNOWN"] if finding.procedure is None else [_method(finding.procedure)],
            "types": ["discovery"],
            "origins": origin,
            "relevant-evidence": _evidence(material, files, finding.exception_rows),
            "collected": at(finding.raised_at or material.run.engagement.as_of),
        }
    )


def _method(procedure: str) -> str:
    return METHODS.get(procedure.partition(".")[0], "UNKNOWN")


def _evidence(material: Material, files: dict[str, str], rows: Iterable[ExceptionRow]) -> list[Json]:
    """Return the files looked at, then the rows that show an exception; places are in words."""
    there = {one.file for one in material.run.files} | {one.file for one in material.run.items}
    known = {resource_id(material, file) for file in there}
    found = list(files.items())
    found += [(row.place.file, f"{row.key}: {row.place}" if row.key else str(row.place)) for row in rows]
    return [
        without_empty(
            {
                "href": f"#{uuid}" if (uuid := resource_id(material, file)) in known else "",
                "description": prose(text),
            }
        )
        for file, text in found
    ]


def _finding(material: Material, one: Concluded) -> Json:
    verdict, criterion = one.verdict, one.criterion
    conforms, confirmed = verdict.value == "conforms", one.standing == "confirmed"
    status = {
        "state": "satisfied" if conforms else "not-satisfied",
        "reason": ("pass" if conforms else "fail") if confirmed else "other",
        "remarks": "" if confirmed else "Computed; no auditor confirmed it.",
    }
    counts = (
        ("points", verdict.points),
        ("conforming", verdict.conforming),
        ("nonconforming", verdict.nonconforming),
        ("not-assessed", verdict.not_assessed),
        ("confirmed", verdict.confirmed),
    )
    target = {
        "type": "statement-id",
        "target-id": target_id(one),
        "status": without_empty(status),
        **({"implementation-status": {"state": "partial"}} if not conforms and verdict.conforming else {}),
    }
    seen = [{"observation-uuid": seen["uuid"]} for point in one.points for seen in _of_point(material, point)]
    cited = [related(material, finding) for finding in one.findings]
    said = (
        ("requirement", criterion.id),
        ("catalog-id", one.catalog.head.id),
        ("verdict", verdict.value),
        ("standing", one.standing),
    )
    return without_empty(
        {
            "uuid": uid(material, "requirement", criterion.id),
            "title": line(f"{criterion.id} {criterion.title}"),
            "description": prose(criterion.statement, *(() if conforms else one.reasons)),
            "props": [*own_props(said), *count_props(counts)],
            "target": target,
            "related-observations": [*seen, *(each for each in cited if "observation-uuid" in each)],
            "related-risks": [each for each in cited if "risk-uuid" in each],
        }
    )


def finding_props(finding: Finding) -> list[Json]:
    """Return id, standing, grade, points and figures of a finding."""
    texts = (
        ("finding-id", finding.id),
        ("standing", finding.standing),
        ("grade", finding.grade),
        ("procedure", finding.procedure or ""),
        ("repeat-of", finding.repeat_of or ""),
        *(("point", one) for one in finding.points),
    )
    counts = (
        ("population", finding.population),
        ("examined", finding.examined),
        ("exceptions", finding.exceptions),
    )
    return [*own_props(texts), *count_props(counts)]
