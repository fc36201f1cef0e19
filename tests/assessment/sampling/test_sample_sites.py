"""Sites to visit by the square-root rules of IAF MD 1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.assessment.sampling.multisite import Visit, draw_sites, sites_to_visit

VISITS: tuple[Visit, ...] = ("initial", "surveillance", "recertification")


@pytest.mark.parametrize(
    ("sites", "expected"),
    [(2, (2, 1, 2)), (10, (4, 2, 3)), (25, (5, 3, 4)), (26, (6, 4, 5)), (100, (10, 6, 8)), (0, (0, 0, 0))],
)
def test_square_roots_rounded_up(sites: int, expected: tuple[int, int, int]) -> None:
    assert tuple(sites_to_visit(sites, visit) for visit in VISITS) == expected


def test_a_kind_that_is_not_sampled_is_visited_whole_and_by_thirty_per_cent() -> None:
    assert tuple(sites_to_visit(11, visit, sampled=False) for visit in VISITS) == (11, 4, 11)


@given(sites=st.integers(1, 400), visit=st.sampled_from(VISITS), seed=st.text(max_size=5))
def test_a_quarter_is_random_and_the_rest_is_left_to_choose(sites: int, visit: Visit, seed: str) -> None:
    names = [f"Site {number}" for number in range(sites)]
    found = draw_sites(names, visit, seed)
    assert 4 * len(found.at_random) >= found.size
    assert len(found.at_random) + found.to_choose == found.size
    assert {*found.at_random, *found.choose_from} == set(names)
    assert found == draw_sites(names[::-1], visit, seed)
