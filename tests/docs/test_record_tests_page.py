"""Every test of the published list is done by something: a record test, a document, a gate or the look at the population."""

import csv
import re
from pathlib import Path

import pytest

from auditkit.assessment.recordtests.load import load_record_tests
from auditkit.catalog.load import load_document_types

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/record-tests.md").read_text(encoding="utf-8")


@pytest.mark.shared
def test_all_148_tests_of_the_list_are_done_somewhere(shared: Path) -> None:
    tests, _ = load_record_tests(ROOT / "checklists/record-tests", "record-tests")
    done = {re.sub(r"(?<=\d)[a-z]$", "", test.reference) for test in tests}
    done |= set(re.findall(r"^\| ([A-Z]{3}-\d\d) \|", PAGE, re.MULTILINE))
    with (shared / "reference/record-tests.csv").open(encoding="utf-8") as stream:
        listed = [row["id"] for row in csv.DictReader(stream)]
    assert len(listed) == 148
    assert [one for one in listed if one not in done] == []


def test_the_document_types_the_page_names_exist() -> None:
    types, _ = load_document_types(ROOT / "checklists/document-types.yaml", "document-types.yaml")
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", PAGE))
    assert named
    assert named <= {one.id for one in types}


def test_no_reference_stands_on_the_page_and_in_a_record_test() -> None:
    tests, _ = load_record_tests(ROOT / "checklists/record-tests", "record-tests")
    done = {re.sub(r"(?<=\d)[a-z]$", "", test.reference) for test in tests}
    assert set(re.findall(r"^\| ([A-Z]{3}-\d\d) \|", PAGE, re.MULTILINE)) & done == set()
