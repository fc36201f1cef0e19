"""Old judgements and findings lead to today's requirements, or say why they do not; nothing is lost."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from auditkit.assessment.model import Judgement
from auditkit.assessment.previous import carry, carry_judgement
from auditkit.catalog.crosswalk import Crosswalk, CrosswalkMap
from auditkit.catalog.migration import land

EDITIONS = Crosswalk(
    id="old--new",
    source="old",
    target="new",
    title="Old to new",
    source_note="ours",
    maps=(
        CrosswalkMap(
            sources=("7.3-8",),
            targets=("8.3.4.1-8",),
            relation="superset",
            rationale="Yearly became planned.",
        ),
        CrosswalkMap(sources=("4.4.1-1",), relation="none", rationale="No longer asked for as a document."),
        CrosswalkMap(
            sources=("4.1-2a",), targets=("4.3-3", "6.3-2a"), relation="intersects", rationale="Split in two."
        ),
    ),
)
BY_CLAUSE = Crosswalk(
    id="mid--new", source="mid", target="new", title="Mid to new", source_note="ours",
    maps=(CrosswalkMap(sources=("8.1",), targets=("8.6.1", "8.6.2"), relation="intersects", rationale="Split."),),
)  # fmt: skip


def judgement(point: str) -> Judgement:
    return Judgement(
        id="J-007",
        point=point,
        verdict="conforms",
        rationale="Four reviews were read.",
        by="P-001",
        at=date(2009, 5, 4),
    )


def test_a_mapped_requirement_becomes_previous_with_its_state_reset() -> None:
    found = carry_judgement(judgement("7.3-8"), EDITIONS, "audit-2009")
    assert (found.state, found.targets, found.said) == ("previous", ("8.3.4.1-8",), "conforms")
    assert (found.relation, found.why) == ("superset", "Yearly became planned.")
    assert (found.engagement, found.catalog, found.source) == ("audit-2009", "old", "7.3-8")


def test_a_point_follows_its_own_map_before_that_of_its_requirement() -> None:
    assert land(EDITIONS, "4.1-2a").targets == ("4.3-3", "6.3-2a")
    assert not land(EDITIONS, "4.1-2b").resolved


def test_a_requirement_cited_as_a_whole_leads_where_its_points_lead() -> None:
    found = land(EDITIONS, "4.1-2")
    assert (found.resolved, found.relation, found.targets) == (True, "intersects", ("4.3-3", "6.3-2a"))
    assert "4.1-2a" in found.why


def test_what_was_dropped_is_unresolved_and_says_so() -> None:
    found = land(EDITIONS, "4.4.1-1")
    assert not found.resolved
    assert "No counterpart" in found.why


def test_what_is_known_only_by_its_clause_is_unresolved_with_a_hint() -> None:
    found = land(EDITIONS, "7.3")
    assert (found.resolved, found.targets) == (False, ("8.3.4.1",))
    assert "Known by its clause only" in found.why
    assert land(BY_CLAUSE, "8.1").targets == ("8.6.1", "8.6.2")
    assert not land(BY_CLAUSE, "8.1-2").resolved


def test_a_finding_is_carried_once_for_each_criterion() -> None:
    found = carry(EDITIONS, "audit-2009", "NC-3", ("7.3-8", "99.9-1"), "minor, closed", "No review.")
    assert [(one.source, one.state) for one in found] == [("7.3-8", "previous"), ("99.9-1", "unresolved")]
    assert {one.said for one in found} == {"minor, closed"}


@given(st.sampled_from(["7.3-8", "7.3-8a", "4.1-2a", "4.1", "4.4.1-1", "12-1", "x", "8.1-1", ""]))
def test_every_id_lands_somewhere_and_gives_a_reason(identifier: str) -> None:
    for crosswalk in (EDITIONS, BY_CLAUSE):
        found = land(crosswalk, identifier)
        assert found.source == identifier
        assert found.why
        assert found.resolved <= bool(found.targets)
