"""Digests to hold on to: the manifest of evidence, and an in-toto statement on reports and evidence (pure)."""

import json
from typing import Any

from auditkit.catalog.exchange.oscal_terms import OWN
from auditkit.evidence.model import EvidenceItem
from auditkit.reporting.interchange.material import Material
from auditkit.reporting.model import FileReading

Json = dict[str, Any]

MANIFEST_SCHEMA = "auditkit/evidence-manifest/1"
"""The number grows when a field changes its meaning or goes away; new fields do not change it."""
STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = f"{OWN.partition('/oscal')[0]}/assessment/1"


def manifest(material: Material) -> str:
    """Return every file of evidence with its digest, what could not be read for one, and what is not there."""
    run = material.run
    items = {one.file: one for one in run.items}
    there = {one.file for one in run.files}
    return _text(
        {
            "computed": True,
            "schema": MANIFEST_SCHEMA,
            "engagement": run.engagement.id,
            "as_of": run.engagement.as_of.isoformat(),
            "run_id": run.trace.run_id,
            "evidence_digest": run.trace.evidence_digest,
            "folder": material.evidence_folder,
            **({"redacted": run.redacted} if run.redacted else {}),
            "files": [_file(material, one, items.get(one.file)) for one in run.files if one.sha256],
            "without_digest": [
                {"file": one.file, "evidence": one.evidence, "why": one.why}
                for one in run.files
                if not one.sha256
            ],
            "not_there": [
                {"file": one.file, "evidence": one.id, "title": one.title}
                for one in run.items
                if one.file not in there
            ],
            "purged": dict(sorted(run.purged.items())),
        }
    )


def in_toto(material: Material) -> str:
    """Return the statement: this run concluded so about these files; reports first, then evidence."""
    run, view = material.run, material.view
    subjects = [*sorted(material.reports.items())]
    folder = material.evidence_folder
    subjects += [(f"{folder}/{one.file}", one.sha256) for one in run.files if one.sha256]
    return _text(
        {
            "_type": STATEMENT,
            "subject": [{"name": name, "digest": {"sha256": digest}} for name, digest in subjects],
            "predicateType": PREDICATE,
            "predicate": {
                "computed": True,
                "engagement": run.engagement.id,
                "kind": run.engagement.kind,
                "stage": run.engagement.stage,
                "asOf": run.engagement.as_of.isoformat(),
                "period": run.engagement.period.model_dump(mode="json"),
                "standards": [one.head.name for one in material.catalogs],
                "withoutDigest": [f"{folder}/{one.file}" for one in run.files if not one.sha256],
                "trace": run.trace.model_dump(mode="json"),
                "status": view.cover.status,
                "ready": view.summary.headline.ready,
                "conclusion": view.summary.headline.text,
                "requirements": view.summary.requirements.model_dump(mode="json"),
                **({"redacted": run.redacted} if run.redacted else {}),
            },
        }
    )


def _file(material: Material, one: FileReading, item: EvidenceItem | None) -> Json:
    return {
        "file": one.file,
        "sha256": one.sha256,
        "size_bytes": one.size_bytes,
        "evidence": one.evidence,
        "title": item.title if item else None,
        "reading": one.status,
        "accepted": _accepted(material, one),
    }


def _accepted(material: Material, one: FileReading) -> str:
    """Say whether the file is what ``evidence accept`` recorded; what nobody registered was never accepted."""
    entry = material.run.lock.get(one.evidence or "")
    if entry is None:
        return "not accepted"
    return "as accepted" if entry.sha256 == one.sha256 else "changed after it was accepted"


def _text(document: Json) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
