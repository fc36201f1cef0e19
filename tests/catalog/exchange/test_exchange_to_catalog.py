"""From a foreign tree to a catalog of ours: nothing lost, every id sound and used once."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.base.ids import clause_of, is_clause_id, is_point_id
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.catalog.exchange.model import ForeignCatalog, ForeignItem, ForeignNode
from auditkit.catalog.exchange.names import clause_token, slug
from auditkit.catalog.exchange.to_catalog import to_catalog
from auditkit.catalog.model import Catalog

PLACE = Place(file="sample.json")
PROSE = "The organisation keeps a list of its doors."


def node(identifier: str, **more: Any) -> ForeignNode:
    return ForeignNode(
        **{"id": identifier, "kind": "control", "title": "Doors", "prose": PROSE, "place": PLACE, **more}
    )


def made(*nodes: ForeignNode, **head: Any) -> tuple[Catalog, tuple[InputIssue, ...]]:
    foreign = ForeignCatalog(
        **{
            "format": "oscal",
            "title": "Sample",
            "version": "1",
            "nodes": nodes,
            "file": "sample.json",
            **head,
        }
    )
    found, clauses, issues = to_catalog(foreign)
    return Catalog(head=found, clauses=clauses), issues


def codes(issues: tuple[InputIssue, ...]) -> list[str]:
    return [issue.code for issue in issues]


def test_groups_become_headings_and_controls_clauses_with_one_requirement() -> None:
    catalog, issues = made(
        node("g", kind="group", title="Building", prose="About doors."),
        node("ac-1", parent="g", guidance="See the plan.", evidence=("List of doors",)),
    )
    assert issues == ()
    heading, clause = catalog.clauses
    assert (heading.clause, heading.title, heading.summary, heading.points) == (
        "g",
        "Building",
        "About doors.",
        (),
    )
    assert (clause.parent, clause.summary) == ("g", "See the plan.")
    (point,) = clause.points
    assert (point.id, point.requirement, point.statement, point.kind, point.certainty) == (
        "ac-1-1",
        "ac-1-1",
        PROSE,
        "activity",
        "estimate",
    )
    assert point.procedures.interview == ("How is «Doors» met here, and what shows it?",)
    assert point.procedures.ids() == ("interview",)
    assert (point.suffices, point.usual_evidence) == ((), ("List of doors",))


def test_items_become_points_led_by_what_stands_above_them() -> None:
    items = (
        ForeignItem(id="a", prose="locks its inner doors;"),
        ForeignItem(
            id="b",
            prose="counts",
            items=(ForeignItem(id="b.1", prose="its keys;"), ForeignItem(id="b.2", prose="its locks.")),
        ),
        ForeignItem(id="c"),
    )
    catalog, issues = made(node("ac-1", prose="The organisation:", items=items))
    assert issues == ()
    assert [(point.id, point.statement) for point in catalog.points] == [
        ("ac-1-1a", "The organisation: locks its inner doors;"),
        ("ac-1-1b", "The organisation: counts its keys;"),
        ("ac-1-1c", "The organisation: counts its locks."),
    ]
    assert [one.id for one in catalog.requirements] == ["ac-1-1"]


def test_beyond_z_come_letters_with_digits_and_then_a_second_requirement() -> None:
    items = tuple(
        ForeignItem(id=str(number), prose=f"The organisation counts door {number}.") for number in range(300)
    )
    catalog, issues = made(node("x", items=items, prose=""))
    ids = [point.id for point in catalog.points]
    assert (ids[0], ids[25], ids[26], ids[34], ids[35], ids[259], ids[260]) == (
        "x-1a", "x-1z", "x-1a1", "x-1a9", "x-1b1", "x-1z9", "x-2a",
    )  # fmt: skip
    assert len(set(ids)) == 300
    assert [one.id for one in catalog.requirements] == ["x-1", "x-2"]
    assert codes(issues) == ["import-many-items"]


def test_short_and_missing_texts_are_led_by_the_title() -> None:
    catalog, issues = made(
        node("a", prose="Lock doors."),
        node("b", prose=""),
        node("c", prose="", title="Doors that lead outside have locks"),
        node("d", prose="", title="D"),
    )
    assert [point.statement for point in catalog.points] == [
        "The requirement a says: Doors: Lock doors.",
        "The requirement b says: Doors",
        "Doors that lead outside have locks",
        "The requirement d says: D",
    ]
    assert codes(issues) == [
        "import-short-text", "import-no-text", "import-short-text", "import-no-text", "import-no-text", "import-short-text",
    ]  # fmt: skip
    longer, _ = made(node("a", prose="Lock doors.", title="Locks of doors"))
    assert longer.points[0].statement == "Locks of doors: Lock doors."


def test_long_text_is_kept_whole() -> None:
    catalog, _ = made(node("a", prose=PROSE * 100))
    assert catalog.points[0].statement == PROSE * 100


def test_the_questions_of_the_source_follow_the_general_one() -> None:
    catalog, _ = made(node("a", questions=("Who locks the doors?",)))
    assert catalog.points[0].procedures.interview == (
        "How is «Doors» met here, and what shows it?",
        "Who locks the doors?",
    )


def test_very_long_ids_are_cut_and_stay_apart() -> None:
    catalog, issues = made(node("a" * 500 + "1"), node("a" * 500 + "2"))
    assert [len(clause.clause) for clause in catalog.clauses] == [120, 122]
    assert codes(issues) == ["import-bad-id", "import-bad-id", "import-id-taken"]


def test_withdrawn_controls_become_headings() -> None:
    catalog, issues = made(node("a", withdrawn=True), node("b"))
    assert (catalog.clauses[0].title, catalog.clauses[0].points) == ("Doors (withdrawn)", ())
    assert codes(issues) == ["import-withdrawn"]


def test_a_catalog_without_requirements_says_so() -> None:
    assert codes(made(node("a", kind="group"))[1]) == ["import-empty"]


def test_ids_that_cannot_name_a_clause_are_changed_and_reported() -> None:
    names = ("AC-2(1)", "1.A", "§ 5", "ünit", "第", "4.1", "a:b")
    catalog, issues = made(*(node(name) for name in names))
    wanted = ["AC-2_1", "_1", "_1.A", "5", "unit", "c5", "4", "4.1", "a_b"]
    assert [clause.clause for clause in catalog.clauses] == wanted
    assert codes(issues).count("import-bad-id") == 6
    assert codes(issues).count("import-heading-added") == 2
    assert all(clause_of(point.id) in wanted for point in catalog.points)


def test_an_id_that_is_the_id_of_a_point_gives_way() -> None:
    catalog, issues = made(node("ac-2"), node("ac-2-1"), node("x-1"), node("x"))
    assert [clause.clause for clause in catalog.clauses] == ["ac-2", "ac-2-1_2", "x-1", "x_2"]
    assert codes(issues) == ["import-id-taken", "import-id-taken"]


def test_headings_that_numbers_speak_of_are_added() -> None:
    catalog, issues = made(node("A.5.1"), node("A.5.2"), node("B.1", parent="A.5.1"))
    assert [clause.clause for clause in catalog.clauses] == ["A", "A.5", "A.5.1", "A.5.2", "B.1"]
    assert codes(issues) == ["import-heading-added"] * 2


def test_the_head_says_whose_text_it_is() -> None:
    catalog, _ = made(node("a"), publisher="A Bureau", licence="CC BY 4.0", language="fr")
    head = catalog.head
    assert (head.id, head.name, head.allows_exclusions, head.language) == ("sample-1", "Sample:1", True, "fr")
    assert "Imported by auditkit from sample.json" in head.source_note
    assert "the text of A Bureau, not auditkit's own words" in head.source_note
    assert head.origin == "Sample, version 1. Published by A Bureau. Copyright and licence: CC BY 4.0"
    unknown = made(node("a"))[0].head
    assert "the file says nothing" in unknown.origin
    assert made(node("a"), version="")[1][0].code == "import-metadata"


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("ac-2.1", "ac-2.1"),
        ("8.10", "8.10"),
        ("8.", "8"),
        ("-x-", "x"),
        ("_", "_"),
        ("Été 1", "Ete_1"),
        ("4-A1", "_4-A1"),
        ("()", ""),
        ("a..b-.c", "a.b.c"),
    ],
)
def test_tokens(text: str, token: str) -> None:
    assert clause_token(text) == token


@given(st.text(max_size=8) | st.text(st.sampled_from("1a.-"), min_size=110, max_size=300))
def test_a_token_can_always_name_points(text: str) -> None:
    token = clause_token(text)
    assert not token or (is_clause_id(token) and clause_of(f"{token}-1a1") == token)
    assert clause_token(token) == token


def test_slugs() -> None:
    assert (slug("Über: Rules, v2"), slug("第")) == ("uber-rules-v2", "")


IDS = st.text(st.sampled_from("aA1.-_ (x"), max_size=6)
NODES = st.lists(
    st.tuples(IDS, st.booleans(), st.booleans(), st.text(max_size=6), st.integers(0, 40), st.integers(0, 5)),
    max_size=12,
)


@given(NODES)
@settings(max_examples=200, deadline=None)
def test_any_tree_becomes_a_catalog_with_ids_used_once(
    entries: list[tuple[str, bool, bool, str, int, int]],
) -> None:
    nodes: list[ForeignNode] = []
    for number, (identifier, group, withdrawn, prose, items, above) in enumerate(entries):
        nodes.append(
            node(
                f"{identifier}{'' if identifier not in {one.id for one in nodes} else number}",
                kind="group" if group else "control",
                withdrawn=withdrawn,
                prose=prose,
                items=tuple(ForeignItem(id="", prose=f"item {index}") for index in range(items)),
                parent=nodes[above].id if above < len(nodes) else None,
            )
        )
    catalog, _ = made(*nodes)
    names = [clause.clause for clause in catalog.clauses] + [point.id for point in catalog.points]
    names += [one.id for one in catalog.requirements if one.id not in {point.id for point in catalog.points}]
    assert len(names) == len(set(names))
    assert all(is_clause_id(clause.clause) for clause in catalog.clauses)
    assert all(is_point_id(point.id) and len(point.statement) >= 20 for point in catalog.points)
    known = {clause.clause for clause in catalog.clauses}
    assert all(clause.above is None or clause.above in known for clause in catalog.clauses)
    wanted = sum(one.kind == "control" and not one.withdrawn for one in nodes)
    assert sum(bool(clause.points) for clause in catalog.clauses) == wanted
