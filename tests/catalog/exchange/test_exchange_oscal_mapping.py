"""Mapping collections become crosswalks, and ours come back as they were."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from auditkit.catalog.crosswalk import Crosswalk, CrosswalkMap
from auditkit.catalog.exchange.importing import read_foreign, read_mappings
from auditkit.catalog.exchange.oscal_write_mapping import oscal_mapping
from auditkit.catalog.load_links import load_crosswalks

WHEN = datetime(2026, 3, 1, tzinfo=UTC)
ENDS = {
    "source-resource": {"type": "catalog", "href": "https://example.org/rules/First-Rules.json"},
    "target-resource": {"type": "catalog", "href": "#r-2"},
}


def one_map(relationship: str, **more: Any) -> dict[str, Any]:
    sources = [{"type": "control", "id-ref": "a-1"}, {"type": "statement", "id-ref": "a-2_smt.a"}]
    return {
        "relationship": relationship,
        "sources": sources,
        "targets": [{"type": "control", "id-ref": "b-1"}],
        **more,
    }


def read(tmp_path: Path, mappings: Any, **more: Any) -> tuple[tuple[Crosswalk, ...], list[str]]:
    back = {"resources": [{"uuid": "r-2", "title": "Second Rules"}]}
    body = {"metadata": {"title": "From one to two"}, "mappings": mappings, "back-matter": back, **more}
    path = tmp_path / "map.json"
    path.write_text(json.dumps({"mapping-collection": body}), encoding="utf-8")
    found, issues = read_mappings(path, "map.json")
    return found, [f"{issue.code} {issue.message}" for issue in issues]


@pytest.mark.parametrize(
    ("word", "relation"),
    [
        ("equal-to", "equal"),
        ("equivalent-to", "equal"),
        ("subset-of", "subset"),
        ("superset-of", "superset"),
        ("intersects-with", "intersects"),
    ],
)
def test_relationships(tmp_path: Path, word: str, relation: str) -> None:
    (crosswalk,), issues = read(tmp_path, {**ENDS, "maps": [one_map(word, remarks="Because.")]})
    assert issues == []
    assert (crosswalk.id, crosswalk.source, crosswalk.target) == (
        "first-rules--second-rules",
        "first-rules",
        "second-rules",
    )
    (one,) = crosswalk.maps
    assert (one.sources, one.targets, one.relation) == (("a-1", "a-2_smt.a"), ("b-1",), relation)
    assert (one.rationale, one.certainty) == ("Because.", "estimate")


def test_no_relationship_and_gaps_are_none(tmp_path: Path) -> None:
    gaps = {"source-gap-summary": {"unmapped-controls": [{"with-ids": ["a-9", "a-8"]}]}}
    gaps["target-gap-summary"] = {"unmapped-controls": [{"with-ids": ["b-9"]}]}
    (crosswalk,), issues = read(tmp_path, [{**ENDS, "maps": [one_map("no-relationship")], **gaps}])
    assert issues == []
    assert [(one.sources, one.targets, one.relation) for one in crosswalk.maps] == [
        (("a-1", "a-2_smt.a"), (), "none"),
        (("a-9",), (), "none"),
        (("a-8",), (), "none"),
        ((), ("b-9",), "none"),
    ]
    assert crosswalk.maps[0].rationale == "No relation to b-1."


def test_what_cannot_be_used_is_an_issue_with_its_path(tmp_path: Path) -> None:
    maps = [one_map("cousin-of"), {"relationship": "equal-to", "sources": []}, one_map("equal-to")]
    (crosswalk,), issues = read(tmp_path, [{**ENDS, "maps": maps}], metadata={})
    assert len(crosswalk.maps) == 1
    assert issues == [
        "import-metadata mapping-collection.metadata: the mapping collection has no title.",
        "import-relation mapping-collection.mappings[0].maps[0]: the relationship cousin-of is not known.",
        "import-map-end mapping-collection.mappings[0].maps[1]: the map lacks a source or a target.",
    ]


def test_a_collection_without_maps_or_addresses(tmp_path: Path) -> None:
    found, issues = read(tmp_path, [{}])
    assert (found[0].source, found[0].target) == ("source", "target")
    assert [issue.split()[0] for issue in issues] == ["import-metadata", "import-metadata", "import-empty"]


def test_a_catalog_is_no_mapping_and_a_mapping_no_catalog(tmp_path: Path) -> None:
    path = tmp_path / "map.json"
    path.write_text('{"mapping-collection": {"mappings": []}}', encoding="utf-8")
    assert [issue.code for issue in read_foreign(path, "map.json")[1]] == ["import-format"]
    path.write_text('{"catalog": {}}', encoding="utf-8")
    assert [issue.code for issue in read_mappings(path, "map.json")[1]] == ["import-format"]


def test_our_crosswalks_come_back_as_they_were(tmp_path: Path, root: Path) -> None:
    crosswalks, _ = load_crosswalks(root / "checklists/crosswalks", "checklists/crosswalks")
    assert crosswalks
    for crosswalk in crosswalks:
        document = oscal_mapping(crosswalk, WHEN)
        assert document == oscal_mapping(crosswalk, WHEN)
        path = tmp_path / f"{crosswalk.id}.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        (again,), issues = read_mappings(path, path.name)
        assert issues == ()
        assert (again.id, again.source, again.target) == (crosswalk.id, crosswalk.source, crosswalk.target)
        assert sorted(map(repr, again.maps)) == sorted(map(repr, crosswalk.maps))


def test_a_crosswalk_that_relates_nothing_cannot_be_written() -> None:
    gap = CrosswalkMap(sources=("1",), relation="none", rationale="No counterpart.")
    assert (
        oscal_mapping(
            Crosswalk(id="x", source="a", target="b", title="t", source_note="n", maps=(gap,)), WHEN
        )
        is None
    )


def test_xml_mappings_read_too(tmp_path: Path) -> None:
    path = tmp_path / "map.xml"
    path.write_text(
        """\
<mapping-collection xmlns="http://csrc.nist.gov/ns/oscal/1.0" uuid="u">
  <metadata><title>One to two</title></metadata>
  <mapping uuid="m">
    <source-resource type="catalog" href="one.xml"/><target-resource type="catalog" href="two.xml"/>
    <map uuid="x"><relationship>subset-of</relationship>
      <source type="control" id-ref="a-1"/><target type="control" id-ref="b-1"/>
      <remarks><p>Because.</p></remarks></map>
    <source-gap-summary uuid="g"><unmapped-controls><with-id>a-2</with-id></unmapped-controls></source-gap-summary>
  </mapping>
</mapping-collection>
""",
        encoding="utf-8",
    )
    (crosswalk,), issues = read_mappings(path, "map.xml")
    assert issues == ()
    assert [(one.sources, one.targets, one.relation, one.rationale) for one in crosswalk.maps] == [
        (("a-1",), ("b-1",), "subset", "Because."),
        (("a-2",), (), "none", "The source gives no reason."),
    ]
