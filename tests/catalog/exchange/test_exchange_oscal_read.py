"""OSCAL catalogs as they are found: oddities become issues with a path, never an exception, and nothing is lost."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.base.issue import InputIssue
from auditkit.catalog.exchange.issues import Notes
from auditkit.catalog.exchange.model import ForeignCatalog
from auditkit.catalog.exchange.oscal_count import count_oscal
from auditkit.catalog.exchange.oscal_read import read_oscal
from auditkit.catalog.exchange.source import read_structured

META = {
    "title": "Sample",
    "version": "v2",
    "oscal-version": "v1.1.2",
    "last-modified": "2026-01-01T00:00:00Z",
}


def read(body: Any, envelope: bool = True) -> tuple[ForeignCatalog, tuple[InputIssue, ...]]:
    notes = Notes("sample.json")
    document = {"catalog": {"uuid": "u", "metadata": META, **body}} if envelope else body
    source = read_structured(json.dumps(document).encode(), notes)
    assert source is not None
    found = read_oscal(source, notes)
    assert found is not None
    return found, notes.close()


def control(identifier: str = "c-1", **more: Any) -> dict[str, Any]:
    parts = [{"name": "statement", "prose": "The organisation keeps a list of its doors."}]
    return {"id": identifier, "title": "Doors", "parts": parts, **more}


def codes(issues: tuple[InputIssue, ...]) -> list[str]:
    return [issue.code for issue in issues]


def test_groups_and_controls_at_any_depth_keep_their_order_and_parents() -> None:
    inner = {"id": "g2", "title": "Inner", "controls": [control("c-2", controls=[control("c-2.1")])]}
    found, issues = read(
        {
            "controls": [control("c-0")],
            "groups": [{"id": "g1", "title": "Outer", "groups": [inner], "controls": [control("c-1")]}],
        }
    )
    assert issues == ()
    assert [(node.id, node.parent, node.kind) for node in found.nodes] == [
        ("c-0", None, "control"),
        ("g1", None, "group"),
        ("c-1", "g1", "control"),
        ("g2", "g1", "group"),
        ("c-2", "g2", "control"),
        ("c-2.1", "c-2", "control"),
    ]
    assert (found.title, found.version, found.oscal_version) == ("Sample", "v2", "1.1.2")


def test_parameters_are_filled_into_prose_with_and_without_spaces() -> None:
    prose = (
        "Lock after {{ insert: param, t }} or {{insert:param,u}}, {{ w }} or {{ insert: param, x }}; {{ y }}."
    )
    params = [
        {"id": "t", "label": "a time"},
        {"id": "u", "select": {"how-many": "one-or-more", "choice": ["a call", "{{ insert: param, t }}"]}},
        {"id": "w", "label": "a word", "values": ["five minutes"]},
    ]
    found, issues = read(
        {
            "params": params[:1],
            "controls": [control(params=params[1:], parts=[{"name": "statement", "prose": prose}])],
        }
    )
    assert found.nodes[0].prose == (
        "Lock after a time or [one or more of: a call; a time], five minutes or [x]; {{ y }}."
    )
    assert [(issue.code, "parameter x" in issue.message) for issue in issues] == [("import-parameter", True)]
    assert [param.id for param in found.nodes[0].params] == ["u", "w"]


def test_parameters_that_hold_themselves_and_each_other_end() -> None:
    many = "{{ insert: param, b }}" * 500
    params = [{"id": "a", "label": many}, {"id": "b", "label": "{{ insert: param, a }}" * 500}]
    found, _ = read(
        {"params": params, "controls": [control(parts=[{"name": "statement", "prose": many * 20}])]}
    )
    assert len(found.nodes[0].prose) < 2_000_000


def test_parts_are_sorted_by_what_they_are_for() -> None:
    examine = {"name": "method", "ns": "http://csrc.nist.gov/ns/rmf", "value": "EXAMINE"}
    test = {"name": "method", "value": "TEST"}
    parts = [
        {
            "name": "statement",
            "prose": "The organisation:",
            "parts": [
                {
                    "id": "s.a",
                    "name": "item",
                    "props": [{"name": "label", "value": "a."}],
                    "prose": "locks doors;",
                },
                {"name": "item", "prose": "counts", "parts": [{"name": "item", "prose": "keys."}]},
                {"name": "guidance", "prose": "Not an item."},
            ],
        },
        {"name": "guidance", "prose": "See [the list](#c-9) of [doors](https://example.org)."},
        {"name": "objective", "parts": [{"name": "assessment-objective", "prose": "doors are locked"}]},
        {
            "name": "assessment-method",
            "props": [examine],
            "parts": [{"name": "assessment-objects", "prose": "- plan\n\nlist"}],
        },
        {
            "name": "assessment-method",
            "props": [test],
            "parts": [{"name": "assessment-objects", "prose": "locks"}],
        },
    ]
    node = read({"controls": [control(parts=parts)]})[0].nodes[0]
    assert node.prose == "The organisation:"
    assert [(item.id, item.label, item.prose, len(item.items)) for item in node.items] == [
        ("s.a", "a.", "locks doors;", 0),
        ("", "", "counts", 1),
    ]
    assert node.guidance == "See the list of [doors](https://example.org)."
    assert node.objectives == ("doors are locked",)
    assert node.evidence == ("plan", "list")


def test_a_control_without_statement_takes_what_other_text_it_has() -> None:
    found, _ = read(
        {
            "controls": [
                control(parts=[{"name": "description", "prose": "Doors are locked."}]),
                control("c-2", parts=[]),
            ]
        }
    )
    assert [node.prose for node in found.nodes] == ["Doors are locked.", ""]


@pytest.mark.parametrize("word", ["withdrawn", "Withdrawn"])
def test_withdrawn_is_seen_in_either_spelling(word: str) -> None:
    found, _ = read({"controls": [control(props=[{"name": "status", "value": word}])]})
    assert found.nodes[0].withdrawn
    assert (
        count_oscal({"catalog": {"controls": [{"props": [{"name": "status", "value": word}]}]}})[
            "withdrawn_controls"
        ]
        == 1
    )


def test_missing_and_repeated_ids_are_made_up_and_reported() -> None:
    groups = [{"title": "One", "controls": [control("g1"), control("g1")]}, {"title": "Two"}]
    found, issues = read({"groups": groups})
    assert [node.id for node in found.nodes] == ["g1_", "g1", "g1_2", "g2"]
    assert codes(issues) == ["import-no-id", "import-duplicate-id", "import-no-id"]
    assert "catalog.groups[0].controls[1]" in issues[1].message


def test_the_label_without_class_is_the_label() -> None:
    props = [
        {"name": "label", "value": "C-01", "class": "padded"},
        {"name": "label", "value": "C-1"},
        {"name": "sort-id", "value": "c-01"},
    ]
    node = read({"controls": [control(props=props, links=[{"href": "#x"}])]})[0].nodes[0]
    assert (node.label, node.sort, node.props, node.links) == ("C-1", "c-01", 3, 1)


def test_values_of_the_wrong_shape_become_issues_with_their_path() -> None:
    found, issues = read(
        {
            "groups": "none",
            "controls": [
                7,
                control(title=["x"], props={"name": "label", "value": 4}, parts="text", extra={"a": 1}),
            ],
        }
    )
    node = found.nodes[0]
    assert (node.title, node.label, node.extra) == ("4", "4", {"extra": {"a": 1}})
    assert {issue.code for issue in issues} == {"import-shape", "import-unknown-field"}
    assert any("catalog.controls[1].parts: a list was expected, not str" in issue.message for issue in issues)


def test_a_head_without_title_and_version_is_reported() -> None:
    found, issues = read({"metadata": {}, "groups": []}, envelope=False)
    assert found.title == "Untitled catalog"
    assert codes(issues) == ["import-oscal-version", "import-metadata"]


def test_publisher_and_licence_come_from_the_metadata() -> None:
    meta = {
        **META,
        "parties": [{"name": "A Bureau"}, {"name": "A Bureau"}],
        "remarks": "Free to use.",
        "links": [{"rel": "license", "href": "https://example.org/l"}],
    }
    found, _ = read({"metadata": meta})
    assert (found.publisher, found.licence) == ("A Bureau", "Free to use.\nhttps://example.org/l")


@pytest.mark.parametrize("depth", [200, 201, 300, 5000])
def test_a_tree_deeper_than_the_limit_is_refused(depth: int) -> None:
    text = '{"catalog": {"groups": [' + '{"title": "g", "groups": [' * depth + "]}" * depth + "]}}"
    notes = Notes("deep.json")
    source = read_structured(text.encode(), notes)
    found = read_oscal(source, notes) if source is not None else None
    assert (found is not None) == (depth <= 200)
    assert ("import-too-deep" in codes(notes.close())) == (depth > 200)


TEXT = st.text(max_size=12)
CONTROL = st.fixed_dictionaries(
    {"title": TEXT, "id": st.text(max_size=4)},
    optional={
        "parts": st.lists(
            st.fixed_dictionaries({"name": st.sampled_from(["statement", "item", "x"]), "prose": TEXT})
        )
    },
)
TREE = st.recursive(
    CONTROL,
    lambda inner: st.fixed_dictionaries(
        {"title": TEXT},
        optional={"groups": st.lists(inner, max_size=3), "controls": st.lists(inner, max_size=3)},
    ),
    max_leaves=12,
)


@given(st.lists(TREE, max_size=4))
@settings(max_examples=150, deadline=None)
def test_any_tree_of_groups_and_controls_survives(groups: list[dict[str, Any]]) -> None:
    body = {"groups": groups}
    found, _ = read(body)
    counts = count_oscal({"catalog": body})
    assert len(found.nodes) == int(counts["groups"]) + int(counts["controls"])
    assert len(found.controls) == counts["controls"]
    names = [node.id for node in found.nodes]
    assert len(set(names)) == len(names)
    for index, node in enumerate(found.nodes):
        assert node.parent is None or node.parent in names[:index]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["groups", "controls", "parts", "props", "params", "id", "title", "prose", "select", "name"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=25,
)


@given(st.dictionaries(st.sampled_from(["groups", "controls", "params", "metadata", "uuid"]), JSON))
@settings(max_examples=200, deadline=None)
def test_no_data_raises(body: dict[str, Any]) -> None:
    read(body)
    count_oscal({"catalog": body})
