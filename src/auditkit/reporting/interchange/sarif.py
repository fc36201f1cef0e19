"""A run as SARIF 2.1.0 for gates in pipelines (pure).

A confirmed finding is a result of kind ``fail`` with a level by its grade. A candidate is of kind ``review``, and a
requirement that is not assessed of kind ``open``; SARIF gives both the level ``none``, so neither passes for the other.
"""

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from auditkit import __version__
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.catalog.exchange.oscal_terms import stable_uuid
from auditkit.findings.model import Finding
from auditkit.reporting.interchange.material import Concluded, Material
from auditkit.reporting.words import printable

Json = dict[str, Any]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"major": "error", "minor": "warning", "observation": "note"}
"""Grade to level; the other grades are informational and have none."""
_BASE = "ENGAGEMENT"


def sarif(material: Material) -> str:
    """Return the run as SARIF text; the same run gives the same bytes."""
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(material)]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _run(material: Material) -> Json:
    run, view = material.run, material.view
    results = [*_of_findings(material), *_of_open(material)]
    named = dict.fromkeys(one["ruleId"] for one in results)
    order = {identifier: at for at, identifier in enumerate(material.criteria)}
    rules = sorted(named, key=lambda one: order.get(one, len(order)))
    index = {identifier: at for at, identifier in enumerate(rules)}
    return {
        "tool": {
            "driver": {
                "name": "auditkit",
                "version": __version__,
                "rules": [_rule(material, one) for one in rules],
            }
        },
        "automationDetails": {
            "id": f"{run.engagement.id}/{run.trace.run_id}",
            "guid": stable_uuid("run", run.engagement.id, run.trace.run_id),
        },
        "originalUriBaseIds": {_BASE: {"description": {"text": "The engagement folder."}}},
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [_notification(one) for one in run.issues],
            }
        ],
        "artifacts": [
            {
                "location": _location(f"{material.evidence_folder}/{one.file}"),
                "length": one.size_bytes,
                **({"hashes": {"sha-256": one.sha256}} if one.sha256 else {}),
            }
            for one in run.files
        ],
        "columnKind": "unicodeCodePoints",
        "results": [{**one, "ruleIndex": index[one["ruleId"]]} for one in results],
        "properties": {
            "computed": True,
            "asOf": run.engagement.as_of.isoformat(),
            "status": _text(view.cover.status),
            "ready": view.summary.headline.ready,
            "conclusion": _text(view.summary.headline.text),
            "requirements": view.summary.requirements.model_dump(mode="json"),
            **({"redacted": run.redacted} if run.redacted else {}),
        },
    }


def _rule(material: Material, identifier: str) -> Json:
    criterion = material.criterion(identifier)
    return {
        "id": identifier,
        "shortDescription": {"text": _text(criterion.title) or identifier},
        "fullDescription": {"text": _text(criterion.statement)},
        "properties": {"standard": criterion.standard, "clause": criterion.clause},
    }


def _of_findings(material: Material) -> Iterator[Json]:
    """Yield a result for every confirmed finding, worst first, then for every candidate, as reports order them."""
    known = {one.id: one for one in material.run.findings}
    for identifier in material.worded:
        yield _finding(material, known[identifier])


def _finding(material: Material, finding: Finding) -> Json:
    shown = material.worded[finding.id]
    confirmed = finding.standing == "confirmed"
    level = LEVELS.get(finding.grade) if confirmed else None
    kind = ("fail" if level else "informational") if confirmed else "review"
    lead = f"{finding.id}, {shown.mark.word}" + ("" if confirmed else ", not confirmed by an auditor")
    said = " ".join(one for one in (finding.statement.failure, shown.extent) if one)
    result: Json = {
        "ruleId": finding.points[0],
        "kind": kind,
        "level": level or "none",
        "message": {"text": _text(f"{lead}: {said}")},
        "locations": list(_locations(finding)),
        "guid": stable_uuid("finding", material.run.engagement.id, finding.id),
        "partialFingerprints": {"auditkitFinding/v1": finding.id},
        "properties": {
            "id": finding.id,
            "standing": finding.standing,
            "grade": finding.grade,
            "state": shown.state,
            "open": shown.open,
            "points": list(finding.points),
            "procedure": finding.procedure,
            "population": finding.population,
            "examined": finding.examined,
            "exceptions": finding.exceptions,
        },
    }
    if confirmed and not shown.open:
        why = f"No longer open: {shown.state}."
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": why}]
    return result


def _locations(finding: Finding) -> Iterator[Json]:
    """Yield the rows that show a finding; where there are none, the files it rests on."""
    for row in finding.exception_rows:
        yield _place(row.place, row.key)
    if not finding.exception_rows:
        for one in finding.evidence:
            artifact = _location(one.file)
            yield {"physicalLocation": {"artifactLocation": artifact}, "message": {"text": one.id}}


def _place(place: Place, key: str = "") -> Json:
    file = place.file
    physical: Json = {"artifactLocation": _location(file)}
    if line := place.line or place.row:
        column = {"startColumn": place.column} if place.line and place.column else {}
        physical["region"] = {"startLine": line, **column}
    where = _text(str(place).removeprefix(file).lstrip(":, "))
    found: Json = {"physicalLocation": physical}
    if key or where:
        found["logicalLocations"] = [
            {"name": _text(key or where), "fullyQualifiedName": _text(f"{file}, {where}" if where else file)}
        ]
    return found


def _location(file: str) -> Json:
    return {"uri": quote(PurePosixPath(file).as_posix(), safe="/"), "uriBaseId": _BASE}


def _of_open(material: Material) -> Iterator[Json]:
    """Yield a result for every requirement that is not assessed, so that silence is never read as a pass."""
    for one in material.concluded:
        if one.verdict.value == "not_assessed":
            yield _open(material, one)


def _open(material: Material, one: Concluded) -> Json:
    why = " ".join(one.reasons)
    return {
        "ruleId": one.criterion.id,
        "kind": "open",
        "level": "none",
        "message": {"text": _text(f"{one.criterion.id} is not assessed. {why}")},
        "guid": stable_uuid("open", material.run.engagement.id, one.criterion.id),
        "partialFingerprints": {"auditkitOpen/v1": one.criterion.id},
        "properties": {"standing": "not_assessed", "reasons": [_text(reason) for reason in one.reasons]},
    }


def _notification(issue: InputIssue) -> Json:
    return {
        "descriptor": {"id": issue.code},
        "level": issue.severity,
        "message": {"text": _text(f"{issue.message} {issue.hint}")},
        "locations": [_place(issue.place)],
    }


def _text(text: str) -> str:
    return printable(text).strip()
