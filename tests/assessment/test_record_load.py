"""Loading record tests: a fault names file and line, the rest is kept."""

from pathlib import Path

import pytest

from auditkit.assessment.recordtests.load import load_parameters, load_record_tests
from auditkit.evidence.model import Dataset, DatasetField

TICKET = Dataset(
    id="ticket",
    title="Tickets",
    about="One row a ticket.",
    key="id",
    clauses=("8.6.1",),
    fields=(
        DatasetField(name="id", type="text", about="Number"),
        DatasetField(name="opened_at", type="date", about="Day"),
    ),
)
GOOD = """\
record_tests:
  - id: ticket_is_dated
    title: Every ticket is dated.
    points: [8.6.1-1a]
    basis: standard
    class: hard
    dataset: ticket
    population: "TRUE"
    exception: "opened_at IS NULL"
    grade: {minor: 0, major: 0.1}
    why: "A ticket without a date is nowhere."
    remedy: "A date in each ticket."
"""


def load(folder: Path, text: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Load one file of tests; returns ids, and code and place of each issue."""
    (folder / "tests.yaml").write_text(text, encoding="utf-8")
    tests, issues = load_record_tests(folder, "record-tests", [TICKET], {"days"})
    return [one.id for one in tests], [(one.code, f"{one.place.file}:{one.place.line}") for one in issues]


def test_a_good_test_is_loaded(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD) == (["ticket_is_dated"], [])


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("dataset: ticket", "dataset: tickets", "record-test-dataset", 7),
        ("opened_at IS NULL", "opened IS NULL", "record-test-predicate", 9),
        ("opened_at IS NULL", "NOW() > opened_at", "record-test-predicate", 9),
        ('"TRUE"', '"id"', "record-test-predicate", 8),
        ("opened_at IS NULL", "opened_at < :as_of - INTERVAL :weeks DAY", "record-test-parameter", 9),
        ("basis: standard", "basis: habit", "yaml-invalid", 5),
        ("class: hard", "class: rate", "yaml-invalid", 2),
        ("minor: 0,", "minor: 2,", "yaml-invalid", 10),
    ],
)
def test_a_fault_names_file_and_line(old: str, new: str, code: str, line: int, tmp_path: Path) -> None:
    assert old in GOOD
    ids, issues = load(tmp_path, GOOD.replace(old, new))
    assert ids == []
    assert issues == [(code, f"record-tests/tests.yaml:{line}")]


def test_an_id_that_stands_twice_is_kept_once(tmp_path: Path) -> None:
    again = GOOD.partition("\n")[2]
    ids, issues = load(tmp_path, GOOD + again)
    assert ids == ["ticket_is_dated"]
    assert [code for code, _ in issues] == ["record-test-duplicate"]


def test_wording_does_not_change_the_digest_but_predicates_do(tmp_path: Path) -> None:
    digests = []
    for text in (GOOD, GOOD.replace("is nowhere", "is lost"), GOOD.replace('"TRUE"', '"id IS NOT NULL"')):
        (tmp_path / "tests.yaml").write_text(text, encoding="utf-8")
        digests.append(load_record_tests(tmp_path, "record-tests", [TICKET])[0][0].digest)
    assert digests[0] == digests[1] != digests[2]


def test_a_parameter_without_a_source_is_an_issue(tmp_path: Path) -> None:
    (tmp_path / "parameters.yaml").write_text("parameters:\n  days: {value: 5}\n", encoding="utf-8")
    parameters, issues = load_parameters(tmp_path / "parameters.yaml", "parameters.yaml")
    assert parameters == {}
    assert [(one.code, one.place.line) for one in issues] == [("yaml-invalid", 2)]


def test_files_that_were_checked_are_not_checked_again_and_a_change_is(tmp_path: Path) -> None:
    folder, cache = tmp_path / "tests", tmp_path / "cache"
    folder.mkdir()
    (folder / "tests.yaml").write_text(GOOD, encoding="utf-8")
    for _ in range(2):
        assert load_record_tests(folder, "record-tests", [TICKET], {"days"}, cache)[1] == ()
    assert len(list((cache / "checked").iterdir())) == 1
    (folder / "tests.yaml").write_text(GOOD.replace("opened_at IS", "opened IS"), encoding="utf-8")
    assert load_record_tests(folder, "record-tests", [TICKET], {"days"}, cache)[1] != ()
    assert len(list((cache / "checked").iterdir())) == 1
