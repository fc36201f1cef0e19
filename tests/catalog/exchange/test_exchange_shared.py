"""Real catalogs: every count of the reference is reached, and the largest is imported in time."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from auditkit.catalog.exchange.ciso_count import count_ciso
from auditkit.catalog.exchange.importing import read_foreign, recognise
from auditkit.catalog.exchange.issues import Notes
from auditkit.catalog.exchange.oscal_count import count_oscal
from auditkit.catalog.exchange.source import Source, read_bytes, read_structured
from auditkit.catalog.exchange.to_catalog import to_catalog
from auditkit.catalog.exchange.write_catalog import write_catalog
from auditkit.catalog.load import load_catalog
from auditkit.catalog.model import Catalog

pytestmark = pytest.mark.shared

ISM = "oscal-catalogs/ISM_catalog.json"
NIST = "oscal-catalogs/NIST_SP-800-53_rev5_MODERATE-resolved_catalog.min.json"
FILES = (
    ISM,
    NIST,
    "oscal-examples/basic-catalog.json",
    "ciso-assistant/cisa-cpg-2.0.yaml",
    "ciso-assistant/essential-eight.yaml",
)


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, dict[str, Any]]:
    found = json.loads((shared / "interop/expected-counts.json").read_text(encoding="utf-8"))
    return {**found["oscal"], **found["ciso-assistant"]}


def structured(path: Path) -> Source:
    notes = Notes(path.name)
    data = read_bytes(path, notes)
    assert data is not None
    source = read_structured(data, notes)
    assert source is not None
    assert notes.close() == ()
    return source


def test_the_files_are_those_of_the_reference(expected: dict[str, dict[str, Any]]) -> None:
    assert set(expected) == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_every_count_is_reached(name: str, shared: Path, expected: dict[str, dict[str, Any]]) -> None:
    path = shared / "interop" / name
    data = structured(path).data
    counts = {**(count_oscal(data) if "catalog" in data else count_ciso(data)), "bytes": path.stat().st_size}
    assert {key: counts.get(key) for key in expected[name]} == expected[name]


@pytest.mark.parametrize("name", FILES)
def test_the_tree_holds_all_that_was_counted(
    name: str, shared: Path, expected: dict[str, dict[str, Any]]
) -> None:
    want = expected[name]
    found, issues = read_foreign(shared / "interop" / name, name)
    assert found is not None
    assert [issue for issue in issues if issue.severity == "error"] == []
    if found.format == "oscal":
        assert len(found.controls) == want["controls"]
        assert len(found.nodes) == want["groups"] + want["controls"]
        assert sum(node.props for node in found.controls) == want["control_props"]
        assert sum(node.links for node in found.controls) == want["control_links"]
        assert sum(len(node.params) for node in found.nodes) == want["params"]
        assert (found.title, found.version, found.oscal_version) == (
            want["title"],
            want["version"],
            want["oscal_version"],
        )
    else:
        assert (len(found.nodes), len(found.controls)) == (want["requirement_nodes"], want["assessable"])
        assert sum(node.parent is None for node in found.nodes) == want["roots"]
        assert list(found.languages) == want["languages"]
        assert sorted({tag for node in found.nodes for tag in node.tags}) == want["implementation_groups"]
        assert found.licence.split() == want["copyright"].split()


@pytest.mark.parametrize("name", FILES)
def test_real_catalogs_become_catalogs_that_load(name: str, shared: Path, tmp_path: Path) -> None:
    foreign, _ = read_foreign(shared / "interop" / name, name)
    assert foreign is not None
    head, clauses, issues = to_catalog(foreign)
    assert [issue for issue in issues if issue.severity == "error"] == []
    catalog = Catalog(head=head, clauses=clauses)
    assert len(catalog.requirements) == len(foreign.controls)
    assert write_catalog(tmp_path / head.id, head, clauses) == ()
    loaded = load_catalog(tmp_path / head.id, "own")
    assert loaded.issues == ()
    assert loaded.catalog == catalog


def test_a_control_with_items_becomes_points(shared: Path) -> None:
    foreign, _ = read_foreign(shared / "interop" / NIST, NIST)
    assert foreign is not None
    _, clauses, _ = to_catalog(foreign)
    first = next(clause for clause in clauses if clause.clause == "ac-1")
    assert [point.id for point in first.points] == [f"ac-1-1{letter}" for letter in "abcdef"]
    assert first.points[2].statement == (
        "Develop, document, and disseminate to organization-defined personnel or roles: Procedures to facilitate "
        "the implementation of the access control policy and the associated access controls;"
    )
    assert first.points[0].usual_evidence[0] == "Access control policy and procedures"


def test_the_largest_is_imported_in_time(shared: Path, tmp_path: Path) -> None:
    start = time.perf_counter()
    assert recognise(shared / "interop" / ISM, ISM) == ("oscal-catalog", ())
    foreign, _ = read_foreign(shared / "interop" / ISM, ISM)
    assert foreign is not None
    head, clauses, _ = to_catalog(foreign)
    write_catalog(tmp_path / "ism", head, clauses)
    assert time.perf_counter() - start < 3
    assert sum(bool(clause.points) for clause in clauses) == 1107
