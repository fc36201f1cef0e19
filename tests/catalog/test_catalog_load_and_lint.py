"""Errors in a catalog name file and line; lint finds what loading cannot."""

from pathlib import Path

import pytest

from auditkit.catalog.lint import lint_catalog, lint_lens
from auditkit.catalog.load import LoadedCatalog, load_catalog
from auditkit.catalog.model import DocumentType, Lens, LensGroup, Topic

HEAD = """\
id: sample
standard: Sample
edition: "1"
title: Sample
allows_exclusions: false
source_note: own words
files: [one.yaml]
"""
POINT = """\
      - id: {id}
        statement: The organization approves a change before it puts the change into effect.
        kind: activity
        certainty: exact
        procedures:
          documents: [{{type: policy, topics: [scope]}}]
          records: [approved]
          interview: ["What decided the last change?"]
        suffices: [[record.approved]]
"""
POLICY = DocumentType(
    id="policy",
    title="Policy",
    clauses=("8",),
    basis="standard",
    names=("policy",),
    topics=(Topic(id="scope", name="Scope", basis="standard", cues=("scope",)),),
)
INVENTORY = (
    {"point": "8.1-1", "kind": "activity", "documented": "n", "planned_intervals": "n", "certainty": "exact"},
    {"point": "8.1-2", "kind": "activity", "documented": "n", "planned_intervals": "n", "certainty": "exact"},
)


def loaded(tmp_path: Path, *points: str, clauses: str = "") -> LoadedCatalog:
    body = 'clauses:\n  - {clause: "8", title: Eight}\n  - clause: "8.1"\n    title: One\n    points:\n'
    (tmp_path / "catalog.yaml").write_text(HEAD)
    (tmp_path / "one.yaml").write_text(body + "".join(points) + clauses)
    return load_catalog(tmp_path, "checklists/sample")


def linted(found: LoadedCatalog, tests: dict[str, tuple[str, ...]] | None = None) -> list[str]:
    assert found.catalog is not None
    links = tests if tests is not None else {"approved": tuple(point.id for point in found.catalog.points)}
    issues = lint_catalog(found.catalog, found.places, INVENTORY, (POLICY,), links)
    return [str(issue) for issue in issues]


def test_a_sound_catalog_has_no_faults(tmp_path: Path) -> None:
    found = loaded(tmp_path, POINT.format(id="8.1-1"), POINT.format(id="8.1-2"))
    assert found.issues == ()
    assert linted(found) == []


def test_a_wrong_value_names_file_line_and_key(tmp_path: Path) -> None:
    found = loaded(tmp_path, POINT.format(id="8.1-1").replace("certainty: exact", "certainty: sure"))
    assert str(found.issues[0]).startswith("checklists/sample/one.yaml:9:20: clauses.1.points.0.certainty:")


@pytest.mark.parametrize(
    ("points", "says"),
    [
        (["8.1-1", "8.1-1"], "8.1-1 stands twice"),
        (["8.2-1"], "8.2-1 stands under clause 8.1"),
        (["8.1.x"], "is not a requirement or point"),
    ],
)
def test_ids_are_checked_when_loading(tmp_path: Path, points: list[str], says: str) -> None:
    found = loaded(tmp_path, *(POINT.format(id=point) for point in points))
    assert says in " ".join(issue.message for issue in found.issues)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("type: policy", "type: plan"), "refers to the document type or topic plan"),
        (("[scope]", "[purpose]"), "refers to the document type or topic purpose"),
        (("records: [approved]", "records: [approved, closed]"), "names the record test closed"),
        (("[[record.approved]]", "[[record.closed]]"), "suffices names record.closed"),
        (("[[record.approved]]", "[[]]"), "an alternative of suffices is empty"),
        (("into effect.", "into effect"), "not a full sentence"),
        (("kind: activity", "kind: record"), "the inventory says"),
        (("into effect.", "into effect" + " and so on" * 30 + "."), "characters"),
    ],
)
def test_lint_finds(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    found = loaded(tmp_path, POINT.format(id="8.1-1").replace(*change), POINT.format(id="8.1-2"))
    faults = linted(found)
    assert any(says in fault and "one.yaml" in fault for fault in faults), faults


def test_lint_misses_no_point_of_the_inventory(tmp_path: Path) -> None:
    assert any(
        "The point 8.1-2 is missing" in fault for fault in linted(loaded(tmp_path, POINT.format(id="8.1-1")))
    )


def test_lint_refuses_links_by_clause_and_links_the_point_does_not_return(tmp_path: Path) -> None:
    found = loaded(tmp_path, POINT.format(id="8.1-1"), POINT.format(id="8.1-2"))
    faults = linted(found, {"approved": ("8.1-1", "8.1-2"), "closed": ("8.1-1",), "open": ("8.1",)})
    assert any("closed is mapped to 8.1-1, which does not name it" in fault for fault in faults)
    assert any("open names 8.1: a link by clause" in fault for fault in faults)


def test_a_lens_names_only_what_exists(tmp_path: Path) -> None:
    found = loaded(tmp_path, POINT.format(id="8.1-1"))
    assert found.catalog is not None
    lens = Lens(
        id="x", title="X", about="", source="", groups=(LensGroup(id="a", title="A", clauses=("8.10",)),)
    )
    assert "8.10, not in the catalog" in lint_lens(lens, found.catalog)[0].message
