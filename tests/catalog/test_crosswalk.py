"""What a crosswalk lets one suppose: independent of order, never better than its sources, and it says on what it rests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.catalog.crosswalk import Crosswalk, CrosswalkMap, Inference, Relation, infer, lint_crosswalk
from auditkit.catalog.model import Catalog, CatalogHead, Clause, Point, Procedures

BETTER = {"nonconforming": 0, "not_assessed": 1, "conforms": 2}
SOURCES = ("4.1-1", "4.1-2", "4.2-1", "9.1-1")
TARGETS = ("A", "B", "C")


def crosswalk(*maps: CrosswalkMap) -> Crosswalk:
    return Crosswalk(id="x", source="s", target="t", title="S to T", source_note="ours", maps=maps)


def one_map(sources: str, relation: Relation, targets: str) -> CrosswalkMap:
    return CrosswalkMap(
        sources=tuple(sources.split()),
        targets=tuple(targets.split()),
        relation=relation,
        rationale="Because of this pair.",
    )


def inferred(verdicts: dict[str, str], *maps: CrosswalkMap) -> dict[str, Inference]:
    return {one.target: one for one in infer(crosswalk(*maps), verdicts)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("relation", "verdict", "expected"),
    [
        ("equal", "conforms", "conforms"),
        ("equal", "nonconforming", "nonconforming"),
        ("equal", "not_assessed", "not_assessed"),
        ("superset", "conforms", "conforms"),
        ("superset", "nonconforming", "not_assessed"),
        ("subset", "conforms", "not_assessed"),
        ("subset", "nonconforming", "nonconforming"),
        ("intersects", "conforms", "not_assessed"),
        ("intersects", "nonconforming", "not_assessed"),
        ("equal", "not_applicable", "not_assessed"),
    ],
)
def test_one_to_one(relation: Relation, verdict: str, expected: str) -> None:
    found = inferred({"4.1-1": verdict}, one_map("4.1-1", relation, "A"))["A"]
    assert found.value == expected
    assert found.says
    assert (found.rests_on == ("4.1-1",)) == (expected != "not_assessed")


def test_several_sources_must_all_conform() -> None:
    pair = one_map("4.1-1 4.1-2", "superset", "A")
    assert inferred({"4.1-1": "conforms", "4.1-2": "conforms"}, pair)["A"].value == "conforms"
    assert inferred({"4.1-1": "conforms"}, pair)["A"].value == "not_assessed"


def test_a_failure_with_several_targets_accuses_none_and_clears_none() -> None:
    both = one_map("4.1-1", "equal", "A B")
    found = inferred({"4.1-1": "nonconforming", "4.1-2": "conforms"}, both, one_map("4.1-2", "superset", "A"))
    assert {found["A"].value, found["B"].value} == {"not_assessed"}
    assert "at least one of A, B" in " ".join(found["A"].says)
    assert "4.1-1" in found["A"].rests_on


def test_a_failure_outweighs_what_conforms() -> None:
    maps = (one_map("4.1-1", "superset", "A"), one_map("4.1-2", "subset", "A"))
    found = inferred({"4.1-1": "conforms", "4.1-2": "nonconforming"}, *maps)["A"]
    assert (found.value, found.rests_on) == ("nonconforming", ("4.1-1", "4.1-2"))


def test_what_has_no_map_gets_no_inference() -> None:
    assert (
        inferred(
            {"4.1-1": "conforms"}, CrosswalkMap(sources=("4.1-1",), relation="none", rationale="Nothing.")
        )
        == {}
    )


MAPS = st.lists(
    st.builds(
        CrosswalkMap,
        sources=st.lists(st.sampled_from(SOURCES), min_size=1, max_size=3, unique=True).map(tuple),
        targets=st.lists(st.sampled_from(TARGETS), min_size=1, max_size=3, unique=True).map(tuple),
        relation=st.sampled_from(["equal", "subset", "superset", "intersects"]),
        rationale=st.just("Because of this pair."),
    ),
    max_size=6,
)
VERDICTS = st.dictionaries(
    st.sampled_from(SOURCES), st.sampled_from(["conforms", "nonconforming", "not_assessed"])
)


@given(MAPS, VERDICTS, st.randoms(use_true_random=False))
def test_the_order_of_maps_and_ends_does_not_matter(
    maps: list[CrosswalkMap], verdicts: dict[str, str], chance
) -> None:  # type: ignore[no-untyped-def]
    shuffled = [
        one.model_copy(
            update={
                "sources": tuple(chance.sample(one.sources, len(one.sources))),
                "targets": tuple(chance.sample(one.targets, len(one.targets))),
            }
        )
        for one in chance.sample(maps, len(maps))
    ]
    assert inferred(verdicts, *maps) == inferred(verdicts, *shuffled)


@given(MAPS, VERDICTS, st.sampled_from(SOURCES))
def test_a_worse_or_unknown_source_never_lifts_a_supposition(
    maps: list[CrosswalkMap], verdicts: dict[str, str], source: str
) -> None:
    before = inferred(verdicts, *maps)
    value = verdicts.get(source, "not_assessed")
    for worse in [name for name, rank in BETTER.items() if rank < BETTER[value]]:
        after = inferred({**verdicts, source: worse}, *maps)
        assert all(BETTER[after[target].value] <= BETTER[one.value] for target, one in before.items())


@given(MAPS, VERDICTS)
def test_every_supposition_names_what_it_rests_on(maps: list[CrosswalkMap], verdicts: dict[str, str]) -> None:
    for one in inferred(verdicts, *maps).values():
        assert one.says
        if one.value != "not_assessed":
            assert one.rests_on
            assert set(one.rests_on) <= set(verdicts)


@given(MAPS)
def test_nothing_follows_from_nothing(maps: list[CrosswalkMap]) -> None:
    assert {one.value for one in inferred({}, *maps).values()} <= {"not_assessed"}


def test_lint_names_loose_ends_and_silence() -> None:
    point = Point(
        id="4.1-1",
        statement="Something is done that a reader understands.",
        kind="activity",
        certainty="estimate",
        procedures=Procedures(interview=("How?",)),
    )
    head = CatalogHead(
        id="s", standard="S", edition="1", title="S", allows_exclusions=False, source_note="ours", files=()
    )
    source = Catalog(head=head, clauses=(Clause(clause="4.1", title="Context", points=(point,)),))
    bad = crosswalk(one_map("4.9-1", "equal", "Z"), one_map("4.9-2", "none", "A"))
    messages = " ".join(one.message for one in lint_crosswalk(bad, source, frozenset("A"), ["4.1-1"]))
    assert "source 4.9-1 does not exist" in messages
    assert "target Z does not exist" in messages
    assert "none does not fit" in messages
    assert "4.1-1 is spoken of nowhere" in messages
    assert lint_crosswalk(crosswalk(one_map("4.1", "subset", "A")), source, frozenset("A"), ["4.1-1"]) == ()
