"""The file of a sample: written and read back without loss, and refused where it cannot count."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling_samples import POINT, answered, drawn, population

from auditkit.assessment.sampling.load import load_samples
from auditkit.assessment.sampling.model import Sample
from auditkit.assessment.sampling.text import foreign_comment, sample_text
from auditkit.base.issue import InputIssue
from auditkit.base.yamltext import parse, validate

PEOPLE, POINTS = frozenset({"P-001", "P-002"}), frozenset({POINT})
ROWS = {"C-1": "high", 'C-"2"': "low", "C: #3": None, "{C}\u2028\x7f": "Ü"}
DESIGNS: tuple[dict[str, Any], ...] = (
    {},
    {"method": "systematic", "by": "risk", "size": 2},
    {"method": "stratified", "by": "risk", "per_stratum": 1},
    {"method": "weighted", "by": "risk", "weights": {"high": "2.5", "low": 1, "Ü": "0.10"}, "size": 2},
)


def read_back(text: str) -> Sample:
    """Parse a file as loading does."""
    document, issues = parse(text, "SA-001.yaml")
    assert issues == ()
    assert document is not None
    model, issues = validate(document, (), Sample)
    assert issues == ()
    assert model is not None
    return model


def put(folder: Path, text: str, name: str = "SA-001.yaml") -> None:
    """Write a file below workpapers/samples."""
    (folder / "samples").mkdir(exist_ok=True)
    (folder / "samples" / name).write_text(text, encoding="utf-8")


def load(folder: Path, **known: Any) -> tuple[tuple[Sample, ...], list[str]]:
    """Load a folder; returns the codes of the issues."""
    samples, issues = load_samples(folder, **{"people": PEOPLE, "points": POINTS} | known)
    assert all(
        isinstance(one, InputIssue) and one.place.file.startswith("workpapers/samples/") for one in issues
    )
    return samples, [one.code for one in issues]


@pytest.mark.parametrize("design", DESIGNS)
def test_what_was_written_is_read_back(design: dict[str, Any]) -> None:
    sample = answered(drawn(population(ROWS), "risk assessed", "benefit stated", **design), no=1, open_ones=1)
    again = read_back(sample_text(sample))
    assert again == sample
    assert again.drawing == sample.drawing
    assert sample_text(again) == sample_text(sample)
    assert foreign_comment(sample_text(sample)) is None


@settings(max_examples=80, deadline=None)
@given(keys=st.lists(st.text(max_size=8), min_size=1, max_size=5, unique=True), note=st.text(max_size=20))
def test_no_text_of_an_export_breaks_the_file(keys: list[str], note: str) -> None:
    sample = drawn(population(dict.fromkeys(keys, note)), method="stratified", by="risk")
    assert read_back(sample_text(sample)) == sample


def test_the_first_line_says_who_writes_it() -> None:
    assert sample_text(drawn(population(3))).startswith("# Written by people")


@pytest.mark.parametrize(
    ("line", "number"),
    [("# mine\n", 1), ("id: SA-001 # mine\n", 1), ("id: \"a # b\"\nb: '# c'\n", None), ("a: 1\nb: 2 #c", 2)],
)
def test_a_comment_somebody_added_is_noticed(line: str, number: int | None) -> None:
    assert foreign_comment(line) == number


def test_samples_are_loaded_in_the_order_of_their_names(tmp_path: Path) -> None:
    put(tmp_path, sample_text(drawn(population(3))))
    put(tmp_path, sample_text(drawn(population(4)).model_copy(update={"id": "SA-002"})), "SA-002.yaml")
    samples, codes = load(tmp_path)
    assert ([one.id for one in samples], codes) == (["SA-001", "SA-002"], [])
    assert load(tmp_path / "nowhere") == ((), [])


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("id: SA-001", "id: SA-002", "sample-refused"),
        ('drawn_by: "P-001"', 'drawn_by: "P-009"', "unknown-person"),
        ("examined_by: null", 'examined_by: "P-009"', "unknown-person"),
        (f'point: "{POINT}"', 'point: "8.5.1.3-99"', "unknown-point"),
        ("answer: null", "answer: maybe", "yaml-invalid"),
        ("basis: standard", "basis: own_rule", "yaml-invalid"),
        ("{a1:", "{a2:", "yaml-invalid"),
        ("confidence_percent: 95", "confidence_percent: 195", "yaml-invalid"),
    ],
)
def test_a_sample_that_cannot_count_is_not_used(before: str, after: str, code: str, tmp_path: Path) -> None:
    text = sample_text(drawn(population(3)))
    assert before in text
    put(tmp_path, text.replace(before, after))
    samples, codes = load(tmp_path)
    assert samples == ()
    assert set(codes) == {code}


def test_an_attribute_of_an_unknown_point_is_left_out_alone(tmp_path: Path) -> None:
    text = sample_text(drawn(population(3), "risk assessed", "benefit stated"))
    put(tmp_path, text.replace(f'"benefit stated", point: "{POINT}"', '"benefit stated", point: "1.1-1"'))
    (sample,), codes = load(tmp_path)
    assert [one.id for one in sample.attributes] == ["a1"]
    assert codes == ["unknown-point"]


def test_an_own_rule_that_nobody_stated_is_good_practice(tmp_path: Path) -> None:
    text = sample_text(drawn(population(3))).replace("basis: standard", 'basis: own_rule, evidence: "EV-025"')
    put(tmp_path, text)
    (sample,), codes = load(tmp_path, evidence=frozenset())
    assert (sample.attributes[0].basis, codes) == ("good_practice", ["unknown-evidence"])
    (sample,), codes = load(tmp_path, evidence=frozenset({"EV-025"}))
    assert (sample.attributes[0].basis, codes) == ("own_rule", [])


def test_a_percentage_is_taken_by_its_digits() -> None:
    sample = read_back(sample_text(drawn(population(3), tolerable_percent="2.5")))
    assert str(sample.design.tolerable_percent) == "2.5"
