"""SARIF: kinds and levels tell confirmed, candidate and open apart; places are file and row."""

import json
from pathlib import Path
from typing import Any

import pytest
from interchange_samples import made
from sample_run import CANDIDATE_ID, findings, sample_run


def results(**more: object) -> dict[str, dict[str, Any]]:
    """Return the results of the sample run by finding or requirement."""
    (run,) = json.loads(made("sarif", **more))["runs"]
    return {next(iter(one["partialFingerprints"].values())): one for one in run["results"]}


def test_the_level_is_that_of_the_grade_and_only_confirmed_findings_have_one() -> None:
    found = {name: (one["kind"], one["level"]) for name, one in results().items()}
    assert found == {
        "NC-001": ("fail", "error"),
        "NC-002": ("fail", "warning"),
        CANDIDATE_ID: ("review", "none"),
        "4.1-A1": ("open", "none"),
    }


def test_a_requirement_that_is_not_assessed_says_why() -> None:
    assert results()["4.1-A1"]["message"]["text"] == (
        "4.1-A1 is not assessed. 4.1-A1: No context analysis was received."
    )


def test_rows_are_places() -> None:
    places = results()["NC-001"]["locations"]
    assert [one["physicalLocation"]["region"]["startLine"] for one in places] == [11, 12, 13, 14, 15, 16]
    assert places[0]["physicalLocation"]["artifactLocation"]["uri"] == "records/changes.csv"
    assert places[0]["logicalLocations"] == [
        {"name": "CHG0011", "fullyQualifiedName": "records/changes.csv, row 11"}
    ]


def test_a_finding_without_rows_stands_in_the_files_it_rests_on() -> None:
    major = findings()[-1].model_copy(update={"exception_rows": ()})
    (place,) = results(findings=(major,))["NC-001"]["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "records/changes.csv"
    assert "region" not in place["physicalLocation"]


def test_figures_are_those_of_the_run_and_an_unknown_one_stays_unknown() -> None:
    major, minor = results()["NC-001"]["properties"], results()["NC-002"]["properties"]
    assert (major["population"], major["examined"], major["exceptions"]) == (2150, 2143, 18)
    assert minor["population"] is minor["examined"] is minor["exceptions"] is None


def test_a_closed_finding_is_suppressed_and_a_rejected_one_is_none() -> None:
    by_id = {one.id: one for one in findings()}
    closed = by_id["NC-001"].model_copy(update={"state": "closed"})
    rejected = by_id["NC-002"].model_copy(update={"state": "rejected"})
    found = results(findings=(closed, rejected))
    assert found["NC-001"]["suppressions"][0]["justification"] == "No longer open: closed."
    assert "NC-002" not in found
    assert all("suppressions" not in one for one in results().values())


def test_names_of_files_are_addresses() -> None:
    run = sample_run()
    odd = run.files[0].model_copy(update={"file": "a b/ü#1.md"})
    (written,) = json.loads(made("sarif", run.model_copy(update={"files": (odd,)})))["runs"]
    assert written["artifacts"][0]["location"]["uri"] == "evidence/a%20b/%C3%BC%231.md"


@pytest.mark.shared
def test_the_schema_accepts_it(shared: Path) -> None:
    checker = pytest.importorskip("jsonschema_rs")
    schema = json.loads(
        (shared / "interop/other-schemas/sarif-schema-2.1.0.json").read_text(encoding="utf-8")
    )
    validator = checker.validator_for(schema)
    document = json.loads(made("sarif"))
    assert [str(one)[:300] for one in validator.iter_errors(document)] == []
    document["runs"][0]["results"][0]["level"] = "fatal"
    assert not validator.is_valid(document)
