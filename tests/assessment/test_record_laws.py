"""Less evidence never helps: no cell, column or file that is lost turns a contradicted claim into a met one."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record_samples import datasets, run, shipped_tests, table

from auditkit.assessment.recordtests.predicates import columns, null_tested, parse_predicate
from auditkit.base.yamltext import load

CASES = load(Path(__file__).parent / "record_test_cases.yaml", "cases")[0].data["cases"]
NAMES = sorted(CASES)
GARBAGE = {
    "text": "no such value",
    "integer": "many",
    "number": "much",
    "boolean": "perhaps",
    "date": "2026-99-99",
}
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _rows(draw: Any, name: str) -> list[dict[str, Any]]:
    """Draw rows of which at least one contradicts the claim."""
    meets, violates = CASES[name]["meets"], {**CASES[name]["meets"], **CASES[name]["violates"]}
    kinds = draw(st.lists(st.booleans(), max_size=3))
    return [{**(violates if bad else meets), "id": f"X{at}"} for at, bad in enumerate([True, *kinds])]


def _read_fields(name: str) -> list[str]:
    test = shipped_tests()[name]
    found = {*columns(parse_predicate(test.population)), *columns(parse_predicate(test.exception))}
    return sorted(found - {datasets()[test.dataset].key})


@QUICK
@given(data=st.data(), name=st.sampled_from([one for one in NAMES if one != "ci_identifier_unique"]))
def test_a_lost_column_never_helps(
    data: st.DataObject, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    test, rows = shipped_tests()[name], _rows(data.draw, name)
    lost = data.draw(st.sampled_from(_read_fields(name)))
    folder = tmp_path_factory.mktemp("rows")
    before = run(test, [table(folder / "all", test.dataset, rows)])
    after = run(test, [table(folder / "less", test.dataset, rows, without=[lost])])
    assert before.outcome in ("not_met", "met")
    assert after.outcome == "not_testable"


@QUICK
@given(data=st.data(), name=st.sampled_from([one for one in NAMES if one != "ci_identifier_unique"]))
def test_an_unreadable_cell_never_helps(
    data: st.DataObject, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    test, rows = shipped_tests()[name], _rows(data.draw, name)
    types = {one.name: one for one in datasets()[test.dataset].fields}
    spoilable = [one for one in _read_fields(name) if types[one].type != "text" or types[one].values]
    if not spoilable:
        return
    field = data.draw(st.sampled_from(spoilable))
    kind = types[field].type
    rows = [{**row, field: GARBAGE["date" if kind == "datetime" else kind]} for row in rows]
    result = run(test, [table(tmp_path_factory.mktemp("rows"), test.dataset, rows)])
    assert result.outcome != "met"


@QUICK
@given(data=st.data(), name=st.sampled_from(NAMES))
def test_an_emptied_cell_never_helps_unless_the_claim_asks_for_empty_cells(
    data: st.DataObject, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    test, rows = shipped_tests()[name], _rows(data.draw, name)
    asked = {
        *null_tested(parse_predicate(test.population)),
        *null_tested(parse_predicate(test.exception)),
    }
    free = sorted({*rows[0]} - asked - {datasets()[test.dataset].key})
    if not free or name == "ci_identifier_unique":
        return
    emptied = data.draw(st.lists(st.sampled_from(free), min_size=1, unique=True))
    folder = tmp_path_factory.mktemp("rows")
    before = run(test, [table(folder / "all", test.dataset, rows)])
    less = [{**rows[0], **dict.fromkeys(emptied)}, *rows[1:]]
    after = run(test, [table(folder / "less", test.dataset, less)])
    if before.outcome == "not_met":
        assert after.outcome != "met"


@QUICK
@given(data=st.data(), name=st.sampled_from(NAMES))
def test_an_unreadable_file_never_helps(
    data: st.DataObject, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    test = shipped_tests()[name]
    rows = [{**CASES[name]["meets"], "id": "X1"}]
    folder = tmp_path_factory.mktemp("rows")
    assert run(test, [table(folder, test.dataset, rows)]).outcome == "met"
    assert (
        run(test, [table(folder, test.dataset, rows)], unreadable=["EV-009 lost.csv"]).outcome
        == "no_evidence"
    )
