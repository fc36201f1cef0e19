"""The smallest set that meets every demand: by hand, against brute force, and how it moves when the question does."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.improvement import smallest
from auditkit.improvement.smallest import Choice, Demand, Solution, find_smallest, fulfils

Case = tuple[tuple[Choice, ...], tuple[Demand, ...]]


def need(identifier: str, *options: str) -> Demand:
    """A demand with alternatives written as ``A+B``."""
    return Demand(identifier, tuple(frozenset(one.split("+")) for one in options))


def test_one_task_that_meets_two_demands_beats_two_cheaper_ones() -> None:
    choices = (Choice("A", 5, 10), Choice("B", 3, 2), Choice("C", 3, 2))
    demands = (need("x", "A", "B"), need("y", "A", "C"))
    assert find_smallest(choices, demands)[:5] == (("A",), (), 5, 10, True)
    assert find_smallest(choices, demands, by="date").chosen == ("B", "C")


def test_a_demand_is_met_only_by_a_whole_alternative() -> None:
    choices = (Choice("A", 1, 1), Choice("B", 1, 1), Choice("C", 3, 1))
    assert find_smallest(choices, (need("x", "A+B", "C"),)).chosen == ("A", "B")
    assert find_smallest((*choices[:1], choices[2]), (need("x", "A+B", "C"),)).chosen == ("C",)


def test_predecessors_come_along_with_their_effort() -> None:
    choices = (Choice("A", 1, 9, ("B",)), Choice("B", 4, 3), Choice("C", 4, 9))
    assert find_smallest(choices, (need("x", "A", "C"),)).chosen == ("C",)
    assert find_smallest(choices[:2], (need("x", "A", "C"),)).chosen == ("A", "B")


def test_what_nobody_can_meet_is_named_and_the_rest_is_still_solved() -> None:
    choices = (
        Choice("A", 1, 1),
        Choice("B", 1, 1, ("Z",)),
        Choice("R", 1, 1, ("S",)),
        Choice("S", 1, 1, ("R",)),
    )
    found = find_smallest(choices, (need("x", "A"), need("y"), need("z", "B"), need("w", "R")))
    assert (found.chosen, found.unmet) == (("A",), ("y", "z", "w"))


def test_equal_sets_are_settled_by_date_then_number_then_id() -> None:
    choices = (Choice("A", 2, 5), Choice("B", 2, 4), Choice("C", 2, 4), Choice("D", 1, 4), Choice("E", 1, 4))
    found = find_smallest(choices, (need("x", "A", "C", "B", "D+E"),))
    assert found.chosen == ("B",)
    assert find_smallest(choices[::-1], (need("x", "D+E", "C", "B", "A"),)) == found


def test_a_search_that_is_cut_short_is_not_called_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    real = smallest._Program._solve

    def cut(self: object, cost: object, fixed: object) -> object:
        found = real(self, cost, fixed)  # type: ignore[arg-type]
        self.proven = False  # type: ignore[attr-defined]
        return found

    monkeypatch.setattr(smallest._Program, "_solve", cut)
    assert not find_smallest((Choice("A", 1, 1),), (need("x", "A"),)).proven


def brute(
    choices: tuple[Choice, ...], demands: tuple[Demand, ...], by: str
) -> tuple[tuple[str, ...], int, int] | None:
    """Try every set; the best by effort and day in the wanted order, then number, then the earliest ids."""
    best = None
    names = sorted(one.id for one in choices)
    for size in range(len(names) + 1):
        for held in combinations(names, size):
            if not fulfils(held, choices, demands):
                continue
            mine = [one for one in choices if one.id in held]
            effort, day = sum(one.effort for one in mine), max((one.day for one in mine), default=0)
            first = (effort, day) if by == "effort" else (day, effort)
            key = (*first, size, tuple(name not in held for name in names))
            if best is None or key < best[0]:
                best = (key, (held, effort, day))
    return best[1] if best else None


@st.composite
def cases(draw: st.DrawFn, most: int = 12) -> Case:
    """Random tasks, with predecessors only among earlier ones, and demands with up to three alternatives."""
    names = [f"T{at:02d}" for at in range(draw(st.integers(1, most)))]
    choices = tuple(
        Choice(
            name,
            draw(st.integers(0, 8)),
            draw(st.integers(0, 9)),
            tuple(draw(st.lists(st.sampled_from(names[:at]), max_size=2, unique=True))) if at else (),
        )
        for at, name in enumerate(names)
    )
    sets = st.lists(st.sampled_from(names), min_size=1, max_size=3).map(frozenset)
    options = st.lists(sets, min_size=1, max_size=3).map(tuple)
    demands = draw(st.lists(options, min_size=1, max_size=6))
    return choices, tuple(Demand(f"d{at}", one) for at, one in enumerate(demands))


def agrees(found: Solution, case: Case, by: str) -> None:
    expected = brute(*case, by)
    assert expected is not None
    assert (found.chosen, found.effort, found.day) == expected
    assert found.proven
    assert found.unmet == ()


@settings(max_examples=40, deadline=None)
@given(cases(), st.sampled_from(["effort", "date"]))
def test_it_is_what_brute_force_finds(case: Case, by: str) -> None:
    agrees(find_smallest(*case, by), case, by)


@pytest.mark.slow
@settings(max_examples=2, deadline=None)
@given(cases(most=20), st.sampled_from(["effort", "date"]))
def test_it_is_what_brute_force_finds_among_twenty(case: Case, by: str) -> None:
    agrees(find_smallest(*case, by), case, by)


@settings(max_examples=30, deadline=None)
@given(cases(most=9), st.integers(0, 8), st.integers(0, 9), st.data())
def test_another_action_never_makes_the_optimum_worse(
    case: Case, effort: int, day: int, data: st.DataObject
) -> None:
    choices, demands = case
    at = data.draw(st.integers(0, len(demands) - 1))
    more = demands[at]._replace(alternatives=(*demands[at].alternatives, frozenset({"NEW"})))
    wider = (*demands[:at], more, *demands[at + 1 :])
    for by, value in (("effort", 2), ("date", 3)):
        assert (
            find_smallest((*choices, Choice("NEW", effort, day)), wider, by)[value]
            <= find_smallest(choices, demands, by)[value]
        )


@settings(max_examples=30, deadline=None)
@given(cases(most=9), st.data())
def test_a_blocker_less_never_raises_the_optimum(case: Case, data: st.DataObject) -> None:
    choices, demands = case
    gone = data.draw(st.integers(0, len(demands) - 1))
    rest = (*demands[:gone], *demands[gone + 1 :])
    for by, value in (("effort", 2), ("date", 3)):
        assert find_smallest(choices, rest, by)[value] <= find_smallest(choices, demands, by)[value]
