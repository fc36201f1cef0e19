"""OSCAL: valid against its schemas, closed in itself, and what nobody confirmed or assessed never passes."""

import json
import re
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from interchange_samples import made, material
from sample_run import CANDIDATE_FAILURE, CANDIDATE_ID, files, findings, sample_run

from auditkit.assessment.programme.plan import AuditPlan, DayHours, Session, TeamMember
from auditkit.base.period import Period
from auditkit.reporting.model import Run

KINDS = {
    "oscal-assessment-plan": ("assessment-plan", "oscal_assessment-plan_schema.json"),
    "oscal-assessment-results": ("assessment-results", "oscal_assessment-results_schema.json"),
    "oscal-poam": ("plan-of-action-and-milestones", "oscal_poam_schema.json"),
}
UNOPENED = {"files": tuple(one.model_copy(update={"sha256": ""}) for one in files())}
NOBODY: dict[str, Any] = {"plan": (), "findings": (), "items": (), "files": (), "requests": ()}


def written(name: str, run: Run | None = None, **more: object) -> dict[str, Any]:
    """Return the body of a document."""
    found: dict[str, Any] = json.loads(made(name, run, **more))[KINDS[name][0]]
    return found


def result(**more: object) -> dict[str, Any]:
    """Return the one result of the sample run."""
    (found,) = written("oscal-assessment-results", **more)["results"]
    return dict(found)


def own(record: dict[str, Any]) -> dict[str, str]:
    """Return the properties of a record by name."""
    return {one["name"]: one["value"] for one in record.get("props", ())}


def within(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of a document."""
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from within(one)


def with_timetable() -> Run:
    """Return the sample run with an audit plan of one session."""
    session = Session(
        id="S-01", at=date(2026, 10, 5), start=time(9), end=time(10, 30), what="Opening", kind="opening",
        clauses=("8.5.1.3",), auditors=("P-001",), auditees=("P-101",),
    )  # fmt: skip
    plan = AuditPlan(
        prepared_by="P-001", prepared_at=date(2026, 9, 1), language="German",
        days=Period(start=date(2026, 10, 5), end=date(2026, 10, 7)), hours=DayHours(start=time(8), end=time(18)),
        team=(TeamMember(person="P-001", role="lead"),), sessions=(session,),
    )  # fmt: skip
    run = sample_run()
    zone = run.engagement.model_copy(update={"time_zone": "Europe/Berlin"})
    return run.model_copy(update={"audit_plan": plan, "engagement": zone})


@pytest.mark.shared
@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize(
    "run",
    [
        sample_run(),
        sample_run(signed=True, all_assessed=True),
        sample_run(**NOBODY),
        sample_run(**UNOPENED),
        with_timetable(),
    ],
    ids=["draft", "released", "empty", "unopened", "timetable"],
)
def test_the_schema_accepts_it(name: str, run: Run, shared: Path) -> None:
    checker = pytest.importorskip("jsonschema_rs")
    file = shared / "interop/oscal-schemas/1.2.1" / KINDS[name][1]
    schema = json.loads(file.read_text(encoding="utf-8"))
    validator = checker.validator_for(schema, validate_formats=True)
    document = json.loads(made(name, run))
    assert [str(one)[:300] for one in validator.iter_errors(document)] == []
    document[KINDS[name][0]]["metadata"]["version"] = ""
    assert not validator.is_valid(document)


@pytest.mark.parametrize("name", KINDS)
def test_ids_are_unique_and_every_reference_leads_somewhere(name: str) -> None:
    document = written(name)
    known = [one["uuid"] for one in within(document) if "uuid" in one]
    assert len(known) == len(set(known))
    named = {
        value
        for one in within(document)
        for key, value in one.items()
        if key.endswith("-uuid") and isinstance(value, str)
    }
    named |= {one for each in within(document) for one in each.get("party-uuids", ())}
    named |= {one["href"][1:] for one in within(document) if str(one.get("href", "")).startswith("#")}
    assert named
    assert named <= set(known)


@pytest.mark.parametrize("name", KINDS)
def test_ids_stay_when_other_things_change(name: str) -> None:
    before = {one["uuid"] for one in within(written(name)) if "uuid" in one}
    trace = sample_run().trace.model_copy(update={"run_id": "other"})
    assert {one["uuid"] for one in within(written(name, trace=trace)) if "uuid" in one} == before


def test_only_what_is_assessed_has_a_finding_and_the_rest_is_excluded_with_reasons() -> None:
    found = result()
    targets = {one["target"]["target-id"]: one["target"]["status"] for one in found["findings"]}
    assert {name: (one["state"], one["reason"]) for name, one in targets.items()} == {
        "sms-4.1-1_smt": ("satisfied", "pass"),
        "sms-8.5.1.3-1_smt": ("not-satisfied", "fail"),
        "sms-8.5.1.3-2_smt": ("not-satisfied", "fail"),
        "sms-8.6.3-1_smt": ("satisfied", "other"),
        "sms-8.6.3-2_smt": ("not-satisfied", "other"),
    }
    (selection,) = found["reviewed-controls"]["control-selections"]
    assert selection["exclude-controls"] == [{"control-id": "sms-4.1-A1"}]
    assert "4.1-A1: No context analysis was received." in selection["remarks"]


def test_a_requirement_that_conforms_in_part_says_so() -> None:
    partial = [one["title"] for one in result()["findings"] if "implementation-status" in one["target"]]
    assert partial == ["8.5.1.3-2 Change management activities"]


def test_risks_are_confirmed_nonconformities_alone() -> None:
    found = result()
    assert {own(one)["finding-id"]: one["status"] for one in found["risks"]} == {
        "NC-001": "open",
        "NC-002": "remediating",
    }
    noted = [one for one in found["observations"] if own(one).get("finding-id") == CANDIDATE_ID]
    assert [own(one)["standing"] for one in noted] == ["candidate"]
    assert CANDIDATE_FAILURE not in found["description"]


def test_an_unknown_figure_has_no_property() -> None:
    minor, major = (
        next(own(one) for one in result()["risks"] if own(one)["finding-id"] == name)
        for name in ("NC-002", "NC-001")
    )
    assert (major["population"], major["examined"], major["exceptions"]) == ("2150", "2143", "18")
    assert not {"population", "examined", "exceptions"} & minor.keys()


def test_figures_are_those_of_the_report() -> None:
    summary = material().view.summary
    said = own(result())
    assert said["requirements-not-assessed"] == str(summary.requirements.not_assessed)
    measures = [one["value"] for one in result()["props"] if one["name"] == "measure"]
    assert measures == [one.figure for one in summary.measures]


def test_evidence_has_its_digest_and_what_was_not_read_says_so() -> None:
    listed = written("oscal-assessment-results")["back-matter"]["resources"]
    by_title = {one["title"]: one for one in listed}
    link = by_title["Change export"]["rlinks"][0]
    assert link == {
        "href": "evidence/records/changes.csv",
        "hashes": [{"algorithm": "SHA-256", "value": "c4" * 32}],
    }
    assert own(by_title["stray.doc"])["reading"] == "skipped"
    missing = written("oscal-assessment-results", files=())["back-matter"]["resources"]
    assert {own(one).get("reading") for one in missing[1:]} == {"missing"}
    assert all("rlinks" not in one for one in missing[1:])


def test_a_draft_attests_nothing() -> None:
    assert "attestations" not in result()
    (attested,) = result(signed=True)["attestations"]
    assert "The system works, with one serious gap" in attested["parts"][0]["prose"]


def test_the_plan_of_action_leaves_candidates_out() -> None:
    found = written("oscal-poam")
    assert [own(one)["plan-item-id"] for one in found["poam-items"]] == ["CA-001"]
    risk = next(one for one in found["risks"] if own(one)["finding-id"] == "NC-001")
    (response,) = risk["remediations"]
    assert response["lifecycle"] == "planned"
    assert response["tasks"][0]["timing"] == {"on-date": {"date": "2026-12-31T00:00:00Z"}}
    assert found["poam-items"][0]["related-risks"] == [{"risk-uuid": risk["uuid"]}]
    assert CANDIDATE_ID not in json.dumps(found)


def test_an_empty_plan_says_that_it_is_empty() -> None:
    (only,) = written("oscal-poam", plan=())["poam-items"]
    assert only["title"] == "No action is planned"


def test_sessions_are_tasks_in_utc() -> None:
    (task,) = written("oscal-assessment-plan", with_timetable())["tasks"]
    assert task["timing"]["within-date-range"] == {
        "start": "2026-10-05T07:00:00Z",
        "end": "2026-10-05T08:30:00Z",
    }
    assert [one["role-id"] for one in task["responsible-roles"]] == ["auditor", "auditee"]


def test_without_a_plan_the_visits_are_tasks() -> None:
    tasks = written("oscal-assessment-plan")["tasks"]
    assert [one["title"] for one in tasks] == ["Opening meeting", "Change and release"]


def test_a_closed_finding_is_a_closed_risk() -> None:
    closed = findings()[-1].model_copy(update={"state": "closed"})
    assert [one["status"] for one in result(findings=(closed,))["risks"]] == ["closed"]


@pytest.mark.parametrize("name", KINDS)
def test_titles_and_properties_stand_on_one_line(name: str) -> None:
    for one in within(written(name)):
        for key in ("title", "value"):
            assert re.fullmatch(r"\S(.*\S)?", str(one.get(key, "x"))), one
