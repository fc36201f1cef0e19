"""CISO Assistant libraries, in their several shapes, and ours written as one."""

from pathlib import Path

import pytest

from auditkit.catalog.exchange.ciso_count import count_ciso
from auditkit.catalog.exchange.ciso_read import read_ciso
from auditkit.catalog.exchange.ciso_write import ciso_library, ciso_yaml
from auditkit.catalog.exchange.issues import Notes
from auditkit.catalog.exchange.model import ForeignCatalog
from auditkit.catalog.exchange.source import read_structured
from auditkit.catalog.load import load_catalog

LIBRARY = """\
urn: urn:x:risk:library:sample
locale: en
name: Sample library
version: 3
copyright: Free to use.
provider: A Bureau
objects:
  framework:
    urn: urn:x:risk:framework:sample
    ref_id: S
    name: Sample
    min_score: 1
    max_score: 4
    scores_definition: {scale: [1, 4], alternatives: []}
    requirement_nodes:
      - {urn: "urn:x:risk:req_node:sample:b.1", parent_urn: "urn:x:risk:req_node:SAMPLE:b", assessable: true, depth: 2, description: Doors are locked at night., annotation: Why, typical_evidence: "- list of doors\\n- keys", implementation_groups: [G1], translations: {fr: {name: x}}, questions: {"urn:q:1": {type: text, text: Who locks?}}, colour: red}
      - {urn: "urn:x:risk:req_node:sample:b", assessable: false, depth: 1, ref_id: B, name: Building, description: About doors.}
      - {urn: "urn:x:risk:req_node:sample:c", parent_urn: "urn:x:lost", assessable: true, depth: 2, ref_id: B}
  threats: [{urn: t}]
"""


def read(
    text: str, framework: str = ""
) -> tuple[ForeignCatalog | None, list[tuple[str, int | None]], dict[str, object]]:
    notes = Notes("library.yaml")
    source = read_structured(text.encode(), notes)
    assert source is not None
    found = read_ciso(source, notes, framework)
    return found, [(issue.code, issue.place.line) for issue in notes.close()], count_ciso(source.data)


def test_nodes_without_name_or_number_are_kept_and_sorted_below_their_parents() -> None:
    found, issues, counts = read(LIBRARY)
    assert found is not None
    assert (found.title, found.version, found.publisher, found.licence) == (
        "Sample",
        "3",
        "A Bureau",
        "Free to use.",
    )
    assert [(node.id, node.parent, node.kind, node.title) for node in found.nodes] == [
        ("B", None, "group", "Building"),
        ("b.1", "B", "control", "Doors are locked at night."),
        ("B_2", None, "control", "B"),
    ]
    node = found.nodes[1]
    assert (node.guidance, node.evidence, node.questions, node.tags) == (
        "Why",
        ("list of doors", "keys"),
        ("Who locks?",),
        ("G1",),
    )
    assert node.extra == {"colour": "red"}
    assert found.languages == ("fr",)
    assert issues == [("import-unknown-field", 16), ("import-duplicate-id", 18), ("import-no-parent", 18)]
    wanted = {
        "requirement_nodes": 3,
        "assessable": 2,
        "roots": 1,
        "max_depth": 2,
        "questions": 1,
        "threats": 1,
    }
    assert {key: counts[key] for key in wanted} == wanted
    assert (counts["score"], counts["languages"], counts["with_name"]) == ([1, 4], ["fr"], 1)


def test_several_frameworks_can_be_chosen_from() -> None:
    text = """\
urn: urn:x:risk:library:two
objects:
  frameworks:
    - {ref_id: A, name: First, requirement_nodes: [{urn: "a:1", assessable: true, ref_id: A1, name: One}]}
    - {ref_id: B, name: Second, requirement_nodes: [{urn: "b:1", assessable: true, ref_id: B1, name: Two, parent_urn: "b:1"}]}
"""
    first, issues, _ = read(text)
    assert first is not None
    assert (first.title, [code for code, _ in issues]) == ("First", ["import-frameworks"])
    second, issues, _ = read(text, "B")
    assert second is not None
    assert (second.nodes[0].id, issues) == ("B1", [("import-cycle", 5)])
    assert read(text, "C")[:2] == (None, [("import-empty", None)])


@pytest.mark.parametrize("edition", ["iso-iec-20000-1-2018", "iso-iec-20000-1-2005"])
def test_our_catalogs_are_readable_again_as_libraries(edition: str, root: Path) -> None:
    catalog = load_catalog(root / "checklists" / edition, "checklists").catalog
    if catalog is None:
        pytest.skip("this edition is not shipped")
    text = ciso_yaml(ciso_library(catalog))
    assert text == ciso_yaml(ciso_library(catalog))
    found, issues, counts = read(text)
    assert found is not None
    assert issues == []
    assert [node.prose for node in found.controls] == [
        point.statement for requirement in catalog.requirements for point in requirement.points
    ]
    assert counts["assessable"] == len(catalog.points)
    assert counts["roots"] == sum(clause.above is None for clause in catalog.clauses)
