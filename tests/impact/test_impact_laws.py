"""The laws of business impact, on graphs at random: monotone, order-free, and checked against brute force."""

import copy
from decimal import Decimal
from functools import cache
from itertools import combinations, pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from impact_samples import elements, files, from_data, shuffled

from auditkit.impact.analysis import Analysis, analyse
from auditkit.impact.failure import fail, onset
from auditkit.impact.graph import Graph, build_graph
from auditkit.impact.measures import MEASURES
from auditkit.impact.needs import Deadline

WHOLE = settings(max_examples=80, deadline=None)
DEADLINES = ("rto", "asked_rto", "mtpd", "asked_mtpd", "rpo", "asked_rpo", "restore")


def within(after: Deadline, before: Deadline) -> bool:
    """Tell whether the deadline after is as strict as the one before."""
    return before.hours is None or (after.hours is not None and after.hours <= before.hours)


def outcomes(analysis: Analysis) -> dict[str, str]:
    """Return each measure as gap, unknown or met."""
    found = {}
    for name, measure in MEASURES.items():
        seen = measure(analysis)
        found[name] = "gap" if seen.gaps else "met" if seen.population and not seen.unknown else "unknown"
    return found


def run(data: dict[str, Any], **given: Any) -> Analysis:
    return analyse(from_data(data), **given)


@WHOLE
@given(data=files(), pick=st.data())
def test_another_dependency_never_relaxes_a_need(data: dict[str, Any], pick: st.DataObject) -> None:
    before = run(data).needs
    consumer = pick.draw(st.integers(0, len(before) - 2))
    provider = pick.draw(st.integers(consumer + 1, len(before) - 1))
    more = copy.deepcopy(data)
    element = next(one for _, one in elements(more) if one["id"] == f"E{consumer}")
    element["needs"].append(
        {"of": [f"E{provider}"], "lag_hours": pick.draw(st.sampled_from([0, Decimal("0.5"), 3]))}
    )
    after = run(more).needs
    for identifier, need in before.items():
        assert need.effect.restart.keys() <= after[identifier].effect.restart.keys()
        for name in DEADLINES:
            assert within(getattr(after[identifier], name), getattr(need, name)), (identifier, name)


@WHOLE
@given(data=files(rings=True), pick=st.data())
def test_a_dependency_that_closes_a_ring_meets_nothing(data: dict[str, Any], pick: st.DataObject) -> None:
    before = outcomes(run(data))
    size = len(elements(data))
    consumer, provider = pick.draw(st.integers(0, size - 1)), pick.draw(st.integers(0, size - 1))
    more = copy.deepcopy(data)
    element = next(one for _, one in elements(more) if one["id"] == f"E{consumer}")
    element["needs"].append({"of": [f"E{provider}"], "lag_hours": 0})
    analysis = run(more)
    if len(analysis.graph.knot) > len(run(data).graph.knot):
        assert outcomes(analysis)["no_rings"] == "gap"
    for identifier, need in analysis.needs.items():
        if need.effect.restart.keys() & analysis.graph.knot.keys():
            assert not any(getattr(need, name).sure for name in DEADLINES), identifier
    assert before.keys() == MEASURES.keys()


@WHOLE
@given(data=files(), pick=st.data())
def test_a_shorter_tolerable_period_never_loosens_anything(data: dict[str, Any], pick: st.DataObject) -> None:
    before = run(data).needs
    tighter = copy.deepcopy(data)
    activity = pick.draw(st.sampled_from(tighter["activities"]))
    hours = activity["mtpd_hours"]
    activity["mtpd_hours"] = Decimal(0) if hours is None else hours / 2
    after = run(tighter).needs
    for identifier, need in before.items():
        for name in DEADLINES:
            assert within(getattr(after[identifier], name), getattr(need, name)), (identifier, name)


def groups_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the needs that bear a loss."""
    return [need for _, one in elements(data) for need in one["needs"] if need["at_least"] < len(need["of"])]


@WHOLE
@given(data=files().filter(groups_of), pick=st.data())
def test_less_redundancy_never_raises_a_tolerance(data: dict[str, Any], pick: st.DataObject) -> None:
    before, less = run(data).needs, copy.deepcopy(data)
    group = pick.draw(st.sampled_from(groups_of(less)))
    touched: set[str] = set(before)
    if pick.draw(st.booleans()):
        group["at_least"] += 1  # every need may grow
    else:
        group["of"].pop()  # the one taken out, and what lies below it, may be needed less
        touched = set(group["of"])
    after = run(less).needs
    for identifier in touched:
        for name in DEADLINES:
            assert within(getattr(after[identifier], name), getattr(before[identifier], name)), (
                identifier,
                name,
            )


REMOVABLE = ("mtpd_hours", "rto_hours", "rpo_hours")


def figures(data: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    """Return every figure there is, as the mapping it stands in and its key."""
    found = []
    for _, one in elements(data):
        found += [(one, name) for name in REMOVABLE]
        found += [(need, name) for need in one["needs"] for name in ("lag_hours", "buffer_hours")]
        found += [
            (each, name)
            for each in one.get("recoveries", ())
            for name in ("recovered_hours", "data_loss_hours", "action")
        ]
        found += [(each, "value") for each in one.get("promises", ())]
        found += [(one, "risk")] if "risk" in one else []
    return [(where, name) for where, name in found if where.get(name) not in (None, "")]


@settings(max_examples=200, deadline=None)
@given(data=files(rings=True), pick=st.data())
def test_a_figure_taken_away_never_makes_anything_met(data: dict[str, Any], pick: st.DataObject) -> None:
    less = copy.deepcopy(data)
    there = figures(less)
    if not there:
        return
    before = outcomes(run(less))
    where, name = pick.draw(st.sampled_from(there))
    where[name] = "" if name in ("risk", "action") else None
    after = outcomes(run(less))
    gained = {name for name, said in after.items() if said == "met" and before[name] != "met"}
    assert gained == set()


@settings(max_examples=200, deadline=None)
@given(data=files(known=True), pick=st.data())
def test_a_figure_taken_away_from_a_full_analysis_never_makes_anything_met(
    data: dict[str, Any], pick: st.DataObject
) -> None:
    before = outcomes(run(data))
    less = copy.deepcopy(data)
    where, name = pick.draw(st.sampled_from(figures(less)))
    where[name] = "" if name in ("risk", "action") else None
    after = outcomes(run(less))
    assert {name for name, said in after.items() if said == "met"} <= {
        name for name, said in before.items() if said == "met"
    }


@WHOLE
@given(data=files(known=True), gone=st.sets(st.sampled_from(["EV-001", "EV-002", "EV-003"])))
def test_evidence_that_cannot_be_read_never_makes_anything_met(data: dict[str, Any], gone: set[str]) -> None:
    every = {"EV-001", "EV-002", "EV-003"}
    before, after = outcomes(run(data, readable=every)), outcomes(run(data, readable=every - gone))
    assert {name for name, said in after.items() if said == "met"} <= {
        name for name, said in before.items() if said == "met"
    }
    assert run(data, readable=every - gone).grounded is ("EV-001" not in gone)


@WHOLE
@given(data=files(rings=True, known=True))
def test_inputs_that_could_not_all_be_read_meet_nothing_that_rests_on_dependencies(
    data: dict[str, Any],
) -> None:
    found = outcomes(run(data, complete=False))
    assert {name for name, said in found.items() if said == "met"} <= {
        "target_within_tolerable", "shortfall_has_action", "service_is_catalogued", "single_point_stands_as_risk",
    }  # fmt: skip


@WHOLE
@given(data=files(rings=True), seed=st.integers(0, 99))
def test_the_order_of_the_inputs_plays_no_part(data: dict[str, Any], seed: int) -> None:
    one, other = run(data), run(shuffled(data, seed))
    assert one == other
    assert [measure(one) for measure in MEASURES.values()] == [
        measure(other) for measure in MEASURES.values()
    ]


@WHOLE
@given(data=files(rings=True))
def test_every_ring_is_reported_with_a_closed_path_and_nothing_else_is(data: dict[str, Any]) -> None:
    graph = build_graph(from_data(data))
    leans = {one: {each for link in graph.needs[one] for each in link.of} for one in graph.nodes}
    in_rings = {one for one in leans if one in reach(leans, one)}
    assert set(graph.knot) == in_rings
    assert len(graph.rings) == len(set(graph.knot.values()))
    for ring in graph.rings:
        assert len(ring) >= 2
        assert ring[0] == ring[-1]
        assert len(set(ring[:-1])) == len(ring) - 1
        assert all(second in leans[first] for first, second in pairwise(ring))


def reach(leans: dict[str, set[str]], start: str) -> set[str]:
    """Return everything an element leans on, near and far."""
    found: set[str] = set()
    pending = list(leans[start])
    while pending:
        one = pending.pop()
        if one not in found:
            found.add(one)
            pending += leans[one]
    return found


@WHOLE
@given(data=files(), pick=st.data())
def test_who_goes_down_and_when_it_is_back_agree_with_brute_force(
    data: dict[str, Any], pick: st.DataObject
) -> None:
    graph = build_graph(from_data(data))
    failed = frozenset(pick.draw(st.sets(st.sampled_from(sorted(graph.nodes)), min_size=1)))
    effect = fail(graph, failed)
    back = by_subsets(graph, failed)
    assert effect.restart == {one: hours for one, hours in back.items() if hours is not None}
    starts = by_removal(graph, failed)
    assert onset(effect) == {one: hours for one, hours in starts.items() if hours is not None}


def by_subsets(graph: Graph, failed: frozenset[str]) -> dict[str, Decimal | None]:
    """For each need, try every set of providers that would do and take the one that is back first; None: it is up."""

    @cache
    def back(one: str) -> Decimal | None:
        if one in failed:
            return Decimal(0)
        found = []
        for link in graph.needs[one]:
            times = [[back(each) for each in chosen] for chosen in combinations(link.of, link.required)]
            if not any(all(hours is None for hours in each) for each in times):
                found.append(
                    min(max(hours for hours in each if hours is not None) for each in times) + link.lag
                )
        return max(found, default=None)

    return {one: back(one) for one in graph.nodes}


def by_removal(graph: Graph, failed: frozenset[str]) -> dict[str, Decimal | None]:
    """For each need, try every set of providers whose loss is one too many and take the one that is lost first."""

    @cache
    def start(one: str) -> Decimal | None:
        if one in failed:
            return Decimal(0)
        found = []
        for link in graph.needs[one]:
            for lost in combinations(link.of, len(link.of) - link.required + 1):
                times = [start(each) for each in lost]
                if None not in times:
                    found.append(max(hours for hours in times if hours is not None) + link.buffer)
        return min(found, default=None)

    return {one: start(one) for one in graph.nodes}


@WHOLE
@given(members=st.integers(1, 5), required=st.integers(1, 5), lost=st.integers(0, 5))
def test_a_group_bears_the_loss_of_all_but_the_required(members: int, required: int, lost: int) -> None:
    if required > members or lost > members or lost == 0:
        return
    names = [f"C{number}" for number in range(members)]
    data = {
        "scale": {"levels": ["none", "high"], "intolerable": "high"},
        "activities": [{"id": "A", "needs": [{"of": names, "at_least": required, "lag_hours": 0}]}],
        "components": [{"id": name} for name in names],
    }
    effect = fail(build_graph(from_data(data)), names[:lost])
    assert ("A" in effect.restart) is (lost > members - required)


@WHOLE
@given(data=files())
def test_what_is_leant_on_is_needed_no_later_than_what_leans_on_it(data: dict[str, Any]) -> None:
    analysis = run(data)
    for links in analysis.graph.needs.values():
        for link in links:
            consumer = analysis.needs[link.consumer].rto
            for provider in link.of if not link.is_group else ():
                need = analysis.needs[provider]
                if consumer.hours is not None:
                    assert need.asked_rto.hours is not None
                    assert need.asked_rto.hours <= consumer.hours - link.lag


@WHOLE
@given(data=files(known=True))
def test_a_service_with_more_below_it_never_ranks_lower(data: dict[str, Any]) -> None:
    before = {one.service: one for one in run(data).ranking}
    services = [one["id"] for one in data["services"]]
    if not services:
        return
    more = copy.deepcopy(data)
    more["activities"][0]["needs"].append({"of": [services[-1]], "lag_hours": 0})
    analysis = run(more)
    after = {one.service: one for one in analysis.ranking}
    if analysis.graph.rings:
        return
    one, other = before[services[-1]], after[services[-1]]
    assert within(other.mtpd, one.mtpd)
    assert all(now >= then for now, then in zip(other.impacts, one.impacts, strict=True))
    assert other.dependants >= one.dependants
