"""Manifest and in-toto statement: every file with its digest, and nothing that is not there looks as if it were."""

import json
from typing import Any

from interchange_samples import made, material
from sample_engagement import SHA_CHANGES, SHA_POLICY
from sample_run import files, sample_run

from auditkit.evidence.model import LockEntry


def manifest(**more: object) -> dict[str, Any]:
    """Return the manifest of the sample run."""
    return dict(json.loads(made("manifest", **more)))


def test_every_file_has_its_digest_and_says_whether_it_was_accepted_so() -> None:
    listed = {one["file"]: (one["sha256"], one["reading"], one["accepted"]) for one in manifest()["files"]}
    assert listed == {
        "policy.md": (SHA_POLICY, "read", "not accepted"),
        "records/changes.csv": (SHA_CHANGES, "read", "as accepted"),
        "stray.doc": ("e" * 64, "skipped", "not accepted"),
    }


def test_a_changed_file_is_told() -> None:
    lock = {"EV-002": LockEntry(sha256="0" * 64, size_bytes=1000)}
    assert manifest(lock=lock)["files"][1]["accepted"] == "changed after it was accepted"


def test_what_is_registered_and_gone_is_listed_apart() -> None:
    found = manifest(files=files()[:1], purged={"old.csv": "2026-01-01 by P-001"})
    assert [one["file"] for one in found["files"]] == ["policy.md"]
    assert [one["evidence"] for one in found["not_there"]] == ["EV-002"]
    assert found["purged"] == {"old.csv": "2026-01-01 by P-001"}


def test_a_file_that_could_not_be_opened_has_no_digest_and_is_no_subject() -> None:
    link = files()[2].model_copy(update={"sha256": "", "size_bytes": 0, "why": "the link leads to nothing"})
    found = manifest(files=(link,))
    assert found["files"] == []
    assert found["without_digest"] == [
        {"file": "stray.doc", "evidence": None, "why": "the link leads to nothing"}
    ]
    statement = json.loads(made("in-toto", files=(link,)))
    assert [one["name"] for one in statement["subject"]] == ["assessment.json"]
    assert statement["predicate"]["withoutDigest"] == ["evidence/stray.doc"]
    assert "hashes" not in made("sarif", files=(link,))
    assert "hashes" not in made("oscal-assessment-results", files=(link,))


def test_the_statement_is_about_reports_and_evidence() -> None:
    statement = json.loads(made("in-toto"))
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    assert {one["name"]: one["digest"]["sha256"] for one in statement["subject"]} == {
        "assessment.json": "ab" * 32,
        "evidence/policy.md": SHA_POLICY,
        "evidence/records/changes.csv": SHA_CHANGES,
        "evidence/stray.doc": "e" * 64,
    }


def test_the_statement_concludes_as_the_report_does() -> None:
    predicate = json.loads(made("in-toto"))["predicate"]
    view = material().view
    assert (predicate["ready"], predicate["conclusion"]) == (False, view.summary.headline.text)
    assert predicate["status"].startswith("DRAFT")
    assert predicate["requirements"]["not_assessed"] == view.summary.requirements.not_assessed
    assert predicate["trace"]["run_id"] == sample_run().trace.run_id
