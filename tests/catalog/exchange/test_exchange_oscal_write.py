"""Our catalogs as OSCAL: valid against the schema, the same bytes each time, and readable again without loss."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from auditkit.catalog.crosswalk import Crosswalk, CrosswalkMap
from auditkit.catalog.exchange.importing import read_foreign
from auditkit.catalog.exchange.oscal_control import sort_id, statement_id
from auditkit.catalog.exchange.oscal_terms import stable_uuid, token
from auditkit.catalog.exchange.oscal_write import oscal_catalog, oscal_json, oscal_yaml
from auditkit.catalog.exchange.oscal_write_mapping import oscal_mapping
from auditkit.catalog.exchange.to_catalog import to_catalog
from auditkit.catalog.load import load_catalog, load_guidance
from auditkit.catalog.load_links import load_crosswalks
from auditkit.catalog.model import (
    Catalog,
    CatalogHead,
    Clause,
    DocumentExpectation,
    GuidanceItem,
    Point,
    Procedures,
)

WHEN = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
CHECKLISTS = Path(__file__).resolve().parents[3] / "checklists"
SHIPPED = sorted(path.parent.name for path in CHECKLISTS.glob("*/catalog.yaml"))
SCHEMAS = "interop/oscal-schemas/1.2.1"


def point(identifier: str, **more: Any) -> Point:
    return Point(
        **{
            "id": identifier,
            "statement": f"The organisation does what {identifier} says.",
            "kind": "record",
            "certainty": "exact",
            "procedures": Procedures(interview=("Who does it?",)),
            **more,
        }
    )


FULL = point(
    "8.1-2b",
    documented=True,
    usual_trap="Nobody\nlooks.",
    usual_evidence=("Plan", "List"),
    suffices=(("record.t", "interview"),),
    procedures=Procedures(
        documents=(DocumentExpectation(type="plan", topics=("scope",)),),
        records=("t",),
        interview=("Who does it?", "When?"),
        observe=("Watch it.",),
    ),
)
CATALOG = Catalog(
    head=CatalogHead(
        id="sample",
        standard="Sample",
        edition="1",
        title="Sample",
        allows_exclusions=True,
        source_note="Own words.",
        files=("x.yaml",),
    ),
    clauses=(
        Clause(clause="8", title="Eight", summary="About it.", points=(point("8-1"),)),
        Clause(clause="8.1", title="Eight\nOne", points=(point("8.1-1"), point("8.1-2a"), FULL)),
        Clause(clause="8.10", title="Ten"),
    ),
)
GUIDANCE = GuidanceItem(
    id="S-2:8.1/1", clause="8.1", advice="Do it well.", why="It helps.", good_looks_like=("a", "b", "c")
)
CROSSWALK = Crosswalk(
    id="x",
    source="sample",
    target="other",
    title="To other",
    source_note="Ours.",
    maps=(CrosswalkMap(sources=("8.1-2b",), targets=("A.5", "A.6"), relation="subset", rationale="r"),),
)


def written(**more: Any) -> dict[str, Any]:
    found = oscal_catalog(CATALOG, WHEN, **more)["catalog"]
    assert isinstance(found, dict)
    return found


def loaded(edition: str) -> tuple[Catalog, tuple[GuidanceItem, ...]]:
    catalog = load_catalog(CHECKLISTS / edition, "checklists").catalog
    assert catalog is not None
    guide = catalog.head.guidance
    return catalog, load_guidance(CHECKLISTS / guide, "checklists")[0] if guide else ()


def errors(schema: Path, document: Any) -> list[str]:
    """Return what a schema finds wrong, formats included."""
    checker = pytest.importorskip("jsonschema_rs")
    validator = checker.validator_for(json.loads(schema.read_text(encoding="utf-8")), validate_formats=True)
    return [str(error)[:300] for error in validator.iter_errors(document)]


def test_clauses_are_groups_and_a_clause_with_both_gets_a_group_for_its_own() -> None:
    (eight,) = written()["groups"]
    assert (eight["id"], eight["title"], eight["parts"][0]["prose"]) == ("sms-8", "Eight", "About it.")
    assert [one["id"] for one in eight["groups"]] == ["sms-8_own", "sms-8.1", "sms-8.10"]
    assert "controls" not in eight
    assert [one["title"] for one in eight["groups"]] == ["Eight", "Eight One", "Ten"]
    assert [one["id"] for one in eight["groups"][0]["controls"]] == ["sms-8-1"]


def test_a_requirement_is_a_control_with_statement_objectives_and_methods() -> None:
    first, second = written()["groups"][0]["groups"][1]["controls"]
    assert (first["id"], first["title"]) == ("sms-8.1-1", "Eight One (8.1-1)")
    assert first["parts"][0]["prose"] == "The organisation does what 8.1-1 says."
    assert second["props"] == [{"name": "label", "value": "8.1-2"}, {"name": "sort-id", "value": "08.01-02"}]
    statement, *rest = second["parts"]
    assert [item["id"] for item in statement["parts"]] == ["sms-8.1-2_smt.a", "sms-8.1-2_smt.b"]
    marks = {prop["name"]: prop["value"] for prop in statement["parts"][1]["props"] if "ns" in prop}
    assert marks == {
        "kind": "record",
        "certainty": "exact",
        "documented": "yes",
        "usual-trap": "Nobody looks.",
        "suffices": "record.t + interview",
    }
    of_b = [part for part in rest if part["links"][0]["href"] == "#sms-8.1-2_smt.b"]
    assert [(part["name"], part["id"]) for part in of_b] == [
        ("assessment-objective", "sms-8.1-2_obj.b.1"),
        ("assessment-objective", "sms-8.1-2_obj.b.2"),
        ("assessment-method", "sms-8.1-2_asm-examine.b"),
        ("assessment-method", "sms-8.1-2_asm-interview.b"),
        ("assessment-method", "sms-8.1-2_asm-test.b"),
        ("observe", "sms-8.1-2_obs.b.1"),
    ]
    assert [part["props"][0]["value"] for part in of_b[2:5]] == ["EXAMINE", "INTERVIEW", "TEST"]
    assert of_b[2]["parts"][0]["prose"] == "Plan\n\nList"
    assert of_b[2]["props"][1] == {
        "name": "document-type",
        "ns": "https://auditkit.dev/ns/oscal/1",
        "value": "plan",
        "remarks": "scope",
    }


def test_guidance_and_crosswalks_go_with_it() -> None:
    document = written(guidance=(GUIDANCE,), crosswalks=(CROSSWALK,))
    first, second = document["groups"][0]["groups"][1]["controls"]
    assert [part["prose"] for part in first["parts"] if part["name"] == "guidance"] == [
        "Do it well.\n\nIt helps."
    ]
    assert [link["text"] for link in second["links"]] == [
        "8.1-2b subset other A.5",
        "8.1-2b subset other A.6",
    ]
    (resource,) = document["back-matter"]["resources"]
    assert second["links"][0]["href"] == f"#{resource['uuid']}"


def test_the_same_input_gives_the_same_bytes() -> None:
    first, again = (oscal_json(oscal_catalog(CATALOG, WHEN, (GUIDANCE,), (CROSSWALK,))) for _ in range(2))
    assert first == again
    other = oscal_catalog(CATALOG, WHEN.astimezone(timezone(timedelta(hours=5))))
    assert other["catalog"]["metadata"]["last-modified"] == "2026-03-01T12:30:00Z"
    with pytest.raises(ValueError, match="time zone"):
        oscal_catalog(CATALOG, datetime(2026, 3, 1))  # noqa: DTZ001


def test_ids_of_ours_as_theirs() -> None:
    assert [token(name) for name in ("8.6.1", "ac-2", "iso:8.1", "")] == ["sms-8.6.1", "ac-2", "iso_8.1", "_"]
    assert (statement_id("6.1.2-1a1"), statement_id("4.1-A1")) == ("sms-6.1.2-1_smt.a1", "sms-4.1-A1_smt")
    assert (sort_id("8.10-2a1"), sort_id("A.5.123")) == ("08.10-02a01", "A.05.123")
    assert stable_uuid("ab", "c") != stable_uuid("a", "bc")


@pytest.mark.parametrize("as_yaml", [False, True], ids=["json", "yaml"])
@pytest.mark.parametrize("edition", SHIPPED)
def test_our_catalogs_survive_export_and_import(edition: str, as_yaml: bool, tmp_path: Path) -> None:
    catalog, guidance = loaded(edition)
    document = oscal_catalog(catalog, WHEN, guidance)
    path = tmp_path / "catalog.oscal"
    path.write_text(oscal_yaml(document) if as_yaml else oscal_json(document), encoding="utf-8")
    foreign, issues = read_foreign(path, path.name)
    assert foreign is not None
    head, clauses, more = to_catalog(foreign)
    again = Catalog(head=head, clauses=clauses)
    wanted = {"import-empty"} if not catalog.points else set()
    assert {issue.code for issue in (*issues, *more)} == wanted
    assert len(again.requirements) == len(catalog.requirements)
    assert len(again.points) == len(catalog.points)
    assert Counter(one.statement for one in again.points) == Counter(one.statement for one in catalog.points)
    assert [len(one.points) for one in again.requirements] == [len(one.points) for one in by_clause(catalog)]
    assert (head.edition, head.title) == (catalog.head.edition, catalog.head.title)


def by_clause(catalog: Catalog) -> list[Any]:
    order = [clause.clause for clause in catalog.clauses]
    return sorted(catalog.requirements, key=lambda one: order.index(one.clause))


@pytest.mark.shared
@pytest.mark.parametrize("edition", SHIPPED)
def test_our_catalogs_are_valid(edition: str, shared: Path) -> None:
    catalog, guidance = loaded(edition)
    crosswalks, _ = load_crosswalks(CHECKLISTS / "crosswalks", "checklists/crosswalks")
    document = oscal_catalog(catalog, WHEN, guidance, crosswalks)
    assert errors(shared / SCHEMAS / "oscal_catalog_schema.json", document) == []


@pytest.mark.shared
def test_a_catalog_with_everything_is_valid_and_a_fault_is_seen(shared: Path) -> None:
    schema = shared / SCHEMAS / "oscal_catalog_schema.json"
    document = oscal_catalog(CATALOG, WHEN, (GUIDANCE,), (CROSSWALK,))
    assert errors(schema, document) == []
    document["catalog"]["metadata"]["props"] = []
    assert errors(schema, document) != []


@pytest.mark.shared
def test_our_crosswalks_are_valid(shared: Path) -> None:
    crosswalks, issues = load_crosswalks(CHECKLISTS / "crosswalks", "checklists/crosswalks")
    assert issues == ()
    for crosswalk in crosswalks:
        document = oscal_mapping(crosswalk, WHEN)
        assert document is not None
        assert errors(shared / SCHEMAS / "oscal_mapping_schema.json", document) == [], crosswalk.id


@pytest.mark.shared
def test_an_imported_catalog_can_be_exported_again(shared: Path) -> None:
    path = shared / "interop/oscal-catalogs/NIST_SP-800-53_rev5_MODERATE-resolved_catalog.min.json"
    foreign, _ = read_foreign(path, path.name)
    assert foreign is not None
    head, clauses, _ = to_catalog(foreign)
    catalog = Catalog(head=head, clauses=clauses)
    document = oscal_catalog(catalog, WHEN)
    assert errors(shared / SCHEMAS / "oscal_catalog_schema.json", document) == []
