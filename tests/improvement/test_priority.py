"""Priority by schemes: shown with inputs and arithmetic, never later for not knowing, and refused when it makes no sense."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.base.yamltext import parse, validate
from auditkit.improvement.facts import weigh_ranks
from auditkit.improvement.priority import ItemFacts, Known, evaluate, prioritise, try_weights
from auditkit.improvement.priority_load import lint_scheme, load_schemes
from auditkit.improvement.priority_model import FACTS_IN_WORDS, PriorityScheme, Term, exact

ROOT = Path(__file__).resolve().parents[2]
SHIPPED, ISSUES = load_schemes(ROOT / "checklists/priority", "checklists/priority")
NUMBERS = ("blockers", "record_months", "exception_share", "effort_days", "cost", "criticality", "enables")


def scheme(text: str) -> PriorityScheme:
    """A scheme of inputs and order alone."""
    document, issues = parse(f"id: mine\ntitle: Mine\nabout: a\nsource: s\n{text}", "mine.yaml")
    assert document is not None, issues
    found, issues = validate(document, (), PriorityScheme)
    assert found is not None, issues
    return found


SIZED = """\
inputs:
  - {name: value, of: score, range: [1, 10], about: a}
  - {name: size, of: effort_days, range: [1, 20], about: a}
order:
  - ratio: [{sum: [{input: value, weight: 2}]}, {input: size}]
"""


def item(name: str, known: dict[str, Known] | None = None, **scores: int) -> ItemFacts:
    return ItemFacts(name, known or {}, {key: Fraction(value) for key, value in scores.items()})


def test_the_five_schemes_ship_without_a_fault() -> None:
    assert not ISSUES
    assert sorted(SHIPPED) == ["bia-weighted", "blocker-first", "impact-effort", "risk", "wsjf"]


def test_a_place_stands_with_its_inputs_and_arithmetic() -> None:
    small, large = prioritise(
        scheme(SIZED),
        [
            item("CA-002", {"effort_days": Fraction(8)}, value=6),
            item("CA-001", {"effort_days": Fraction(2)}, value=3),
        ],
    )
    assert (small.item, small.rank, small.values) == ("CA-001", 1, ("3",))
    assert small.arithmetic == ("(2 x value 3) / size 2 = 3",)
    assert large.arithmetic == ("(2 x value 6) / size 8 = 1.5",)
    assert [(one.name, one.given, one.assumed) for one in large.inputs] == [
        ("value", "6", False),
        ("size", "8", False),
    ]


def test_what_is_not_known_counts_as_most_urgent_and_says_so() -> None:
    (found,) = prioritise(scheme(SIZED), [item("CA-001")])
    assert found.values == ("20",)
    assert [(one.number, one.assumed) for one in found.inputs] == [("10", True), ("1", True)]
    assert "most urgent value is assumed" in found.inputs[0].note


def test_beyond_the_range_counts_as_its_end_and_says_so() -> None:
    (found,) = prioritise(scheme(SIZED), [item("CA-001", {"effort_days": Fraction(90)}, value=10)])
    assert (found.inputs[1].given, found.inputs[1].number) == ("90", "20")
    assert "end of the range" in found.inputs[1].note


def test_equal_values_are_marked_and_stand_by_id() -> None:
    found = prioritise(scheme(SIZED), [item("CA-009"), item("CA-001"), item("CA-005", value=2)])
    assert [(one.item, one.tied) for one in found] == [("CA-001", True), ("CA-009", True), ("CA-005", False)]


facts = st.fixed_dictionaries(
    {
        **{name: st.sampled_from(words) for name, words in FACTS_IN_WORDS.items()},
        **{name: st.integers(0, 100).map(Fraction) for name in NUMBERS},
    }
)
given_scores = st.fixed_dictionaries(
    {
        name: st.integers(-5, 15).map(Fraction)
        for name in ("business_value", "time_criticality", "risk_reduction", "likelihood", "consequence")
    }
)


@given(st.sampled_from(sorted(SHIPPED)), facts, given_scores, st.data())
def test_not_knowing_never_makes_an_item_less_urgent(
    name: str, known: dict[str, Known], scores: dict[str, Fraction], data: st.DataObject
) -> None:
    gone = data.draw(st.sampled_from(sorted([*known, *scores])))
    less = ItemFacts(
        "B",
        {key: value for key, value in known.items() if key != gone},
        {key: value for key, value in scores.items() if key != gone},
    )
    whole = ItemFacts("A", known, scores)
    order = prioritise(SHIPPED[name], [whole, less])
    assert order[0].item == "B" or order[0].values == order[1].values


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- {name: a, of: cost, range: [0, 1], about: x}\norder: [{input: b}]", "names b, which is no input"),
        ("- {name: a, of: cost, range: [0, 1], about: x}\norder: [{input: b}]", "a is not in the formula"),
        (
            "- {name: a, of: cost, range: [0, 1], about: x}\n- {name: a, of: cost, range: [0, 1], about: x}\norder: [{input: a}]",
            "a stands twice",
        ),
        (
            "- {name: a, of: cost, range: [1, 2], about: x}\norder: [{ratio: [{input: a}, {input: a}]}]",
            "both more and less urgent",
        ),
        (
            "- {name: a, of: cost, range: [1, 2], about: x}\norder: [{input: a, weight: 0}]",
            "has the weight 0",
        ),
        (
            "- {name: a, of: cost, range: [1, 2], about: x}\n- {name: b, of: blockers, range: [0, 2], about: x}\n"
            "order: [{ratio: [{input: a}, {input: b}]}]",
            "divides by what can be 0",
        ),
        (
            "- {name: a, of: cost, range: [-1, 2], about: x}\norder: [{product: [{input: a}, {input: a}]}]",
            "can be negative",
        ),
    ],
)
def test_a_scheme_that_makes_no_sense_is_refused(text: str, says: str) -> None:
    assert says in "; ".join(lint_scheme(scheme(f"inputs:\n{text}")))


@pytest.mark.parametrize(
    "line",
    [
        "- {name: a, of: grade, range: [0, 1], about: x}",
        "- {name: a, of: grade, table: {major: 1}, about: x}",
        "- {name: a, of: cost, range: [3, 1], about: x}",
        "- {name: a, of: shoe_size, range: [0, 1], about: x}",
    ],
)
def test_an_input_without_bounds_is_refused_with_its_line(line: str, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        f"id: mine\ntitle: Mine\nabout: a\nsource: s\ninputs:\n{line}\norder: [{{input: a}}]\n",
        encoding="utf-8",
    )
    schemes, issues = load_schemes(tmp_path, "checklists/priority")
    assert not schemes
    assert str(issues[0]).startswith("checklists/priority/mine.yaml:6")


def test_a_scheme_in_a_file_of_another_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text(
        f"id: mine\ntitle: Mine\nabout: a\nsource: s\n{SIZED}", encoding="utf-8"
    )
    schemes, issues = load_schemes(tmp_path, "checklists/priority")
    assert not schemes
    assert "its file other" in issues[0].message


TWO = """\
inputs:
  - {name: gain, of: score, range: [0, 10], about: a}
  - {name: haste, of: score, range: [0, 10], about: a}
order: [{sum: [{input: gain, weight: 1}, {input: haste, weight: 1}]}]
"""


def test_a_weight_that_moves_shows_which_places_change() -> None:
    items = [
        item("CA-001", gain=9, haste=1),
        item("CA-002", gain=2, haste=7),
        item("CA-003", gain=0, haste=0),
    ]
    found = try_weights(scheme(TWO), items, top=1)
    said = {(one.weight, one.becomes): (one.changed, one.top_stays) for one in found.moves}
    assert said["gain", "0.8"] == (("CA-002 2 -> 1", "CA-001 1 -> 2"), False)
    assert said["haste", "0.8"] == ((), True)
    assert len(said) == 4
    assert not found.stable
    assert try_weights(scheme(TWO), items, top=3).stable


def test_a_scheme_without_weights_cannot_be_moved() -> None:
    assert try_weights(SHIPPED["blocker-first"], [item("CA-001")]).moves == ()


def test_an_impact_analysis_gives_weights_from_ten_to_one() -> None:
    assert weigh_ranks([("ERP", 1), ("Mail", 2), ("Print", 4)]) == {
        "ERP": 10,
        "Mail": 7,
        "Print": 1,
    }
    assert weigh_ranks([("ERP", 1)]) == {"ERP": 10}
    assert weigh_ranks([]) == {}


def test_numbers_stay_as_they_were_written() -> None:
    term = Term(sum=(Term(input="a", weight=0.1), Term(input="b", weight=0.2)))
    assert evaluate(term, {"a": Fraction(1), "b": Fraction(1)}) == Fraction(3, 10)
    assert exact(0.1) == Fraction(1, 10)
