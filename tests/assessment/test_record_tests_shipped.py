"""Every shipped record test on rows that meet it, contradict it, and leave it open."""

from pathlib import Path

import pytest
from record_samples import CHECKLISTS, datasets, run, shipped_parameters, shipped_tests, table

from auditkit.assessment.recordtests.load import load_parameters, load_record_tests
from auditkit.assessment.recordtests.predicates import BUILT_IN, columns, parameter_names, parse_predicate
from auditkit.base.yamltext import load

CASES = load(Path(__file__).parent / "record_test_cases.yaml", "cases")[0].data["cases"]
UNKNOWN = sorted(name for name, case in CASES.items() if "unknown" in case)


def test_checklists_load_without_an_issue() -> None:
    tests, issues = load_record_tests(CHECKLISTS / "record-tests", "record-tests")
    parameters, more = load_parameters(CHECKLISTS / "parameters.yaml", "parameters.yaml")
    assert issues == ()
    assert more == ()
    assert len(tests) == 180
    assert {one.source for one in parameters.values()} == {"house_default"}


def test_every_test_has_a_case_and_every_case_a_test() -> None:
    assert set(CASES) == set(shipped_tests())


def test_every_parameter_a_test_uses_is_shipped() -> None:
    used: set[str] = set()
    for one in shipped_tests().values():
        for text in (one.population, one.exception):
            used.update(parameter_names(parse_predicate(text)))
        used.update([one.target] if one.target else [])
    assert used - set(BUILT_IN) <= set(shipped_parameters())


def test_points_are_named_once_and_thresholds_rise() -> None:
    for one in shipped_tests().values():
        assert len(set(one.points)) == len(one.points), one.id
        if one.grade.minor is not None and one.grade.major is not None:
            assert one.tolerance <= one.grade.minor < one.grade.major, one.id


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_row_that_meets_the_claim_is_met(name: str, tmp_path: Path) -> None:
    test = shipped_tests()[name]
    result = run(test, [table(tmp_path, test.dataset, [CASES[name]["meets"]])])
    assert (result.outcome, result.population, result.examined, result.exceptions) == ("met", 1, 1, 0), result


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_row_that_contradicts_the_claim_is_named(name: str, tmp_path: Path) -> None:
    test = shipped_tests()[name]
    row = {**CASES[name]["meets"], **CASES[name]["violates"]}
    result = run(test, [table(tmp_path, test.dataset, [row])])
    assert (result.outcome, result.exceptions, result.unknown) == ("not_met", 1, 0), result
    assert result.exception_rows[0].place.row == 2
    assert result.beyond_tolerance == (test.test_class not in ("indicator", "meta"))


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_row_that_cannot_be_decided_is_unknown(name: str, tmp_path: Path) -> None:
    test = shipped_tests()[name]
    row = {**CASES[name]["meets"], **CASES[name]["unknown"]}
    result = run(test, [table(tmp_path, test.dataset, [row])])
    assert (result.outcome, result.exceptions, result.unknown) == ("no_evidence", 0, 1), result
    assert "1 row unknown" in result.reasons


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_missing_column_is_named(name: str, tmp_path: Path) -> None:
    test = shipped_tests()[name]
    row = {**CASES[name]["meets"], **CASES[name]["violates"]}
    (changed, *_) = CASES[name]["violates"]
    if changed == datasets()[test.dataset].key:
        pytest.skip("the key column cannot be left out of an export")
    result = run(test, [table(tmp_path, test.dataset, [row], without=[changed])])
    assert result.outcome == "not_testable"
    assert any(changed in reason for reason in result.reasons)


def test_predicates_read_only_fields_of_their_dataset() -> None:
    for one in shipped_tests().values():
        known = {field.name for field in datasets()[one.dataset].fields}
        for text in (one.population, one.exception):
            assert set(columns(parse_predicate(text))) <= known, one.id
