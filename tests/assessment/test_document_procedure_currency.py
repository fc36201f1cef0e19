"""Approval, review, one version, owner: each lack keeps a document from met, and none is a breach."""

from datetime import date

import pytest
from document_samples import DECLARED, GOOD, examine, item, reasons, written

from auditkit.assessment.model import ProcedureResult

NO_APPROVAL = GOOD.replace("- Approved by: Anna Berg\n- Approved on: 2025-12-20\n", "")


def held_back(found: ProcedureResult, says: str) -> None:
    assert (found.outcome, found.beyond_tolerance) == ("no_evidence", False)
    assert says in reasons(found)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (NO_APPROVAL, "EV-001 shows no approval."),
        (GOOD.replace("Anna Berg", "TBD"), "shows no approval"),
        (
            GOOD.replace("2025-12-20", "2026-01-02"),
            "was approved on 2026-01-02, after it had taken effect on 2026-01-01",
        ),
        (GOOD.replace("- Approved on: 2025-12-20\n", ""), "does not say when it was approved"),
        (GOOD.replace("Author: Sabine Krüger", "Author: Berg, Anna"), "was approved by its author alone"),
        (GOOD.replace("Author: Sabine Krüger", "Author: Dr. Anna Berg (CIO)"), "by its author alone"),
    ],
)
def test_an_approval_that_is_missing_late_undated_or_by_the_author(text: str, says: str) -> None:
    held_back(examine(text), says)
    held_back(examine(text, register=DECLARED), says)


def test_the_passages_of_a_document_that_is_held_back_are_still_shown() -> None:
    assert [one.topic for one in examine(NO_APPROVAL).quotes] == ["emergency", "categories"]


def test_approval_on_the_very_day_or_as_the_register_has_it() -> None:
    assert examine(GOOD.replace("2025-12-20", "2026-01-01")).outcome == "met"
    approved = {
        "approvals": [{"by": "Head of IT services", "at": "2025-12-01"}],
        "effective_at": "2026-01-01",
    }
    assert examine({item(**approved): written(NO_APPROVAL)}).outcome == "met"


def test_a_second_person_beside_the_author_is_enough() -> None:
    own = written(GOOD.replace("Author: Sabine Krüger", "Author: Anna Berg"))
    second = {"approvals": [{"by": "Piotr Nowak", "at": "2025-12-21"}]}
    assert examine({item(**second): own}).outcome == "met"


def test_an_approval_by_nobody_in_the_register() -> None:
    nobody = {"approvals": [{"by": "[name]", "at": "2025-12-01"}]}
    held_back(examine({item(**nobody): written(NO_APPROVAL)}), "by nobody who is named")


@pytest.mark.parametrize(("due", "outcome"), [("2026-10-15", "met"), ("2026-10-14", "no_evidence")])
def test_a_document_counts_up_to_the_day_of_its_review(due: str, outcome: str) -> None:
    assert examine(GOOD.replace("2027-01-01", due)).outcome == outcome
    plain = written(GOOD.replace("- Next review: 2027-01-01\n", ""))
    assert examine({item(next_review_at=due): plain}).outcome == outcome


def test_the_register_cannot_put_a_review_off() -> None:
    old = written(GOOD.replace("2027-01-01", "2026-10-01"))
    found = examine({item(next_review_at="2027-01-01"): old})
    held_back(
        found, "is past the review date of 2026-10-01 that it states itself; the register says 2027-01-01"
    )


def test_a_review_interval_is_a_review_date() -> None:
    yearly = GOOD.replace("- Next review: 2027-01-01", "- Review cycle: {}")
    assert examine(yearly.format("every 12 months")).outcome == "met"
    held_back(examine(yearly.format("half-yearly")), "is past the review date of 2026-07-01")


def test_a_version_that_differs_from_the_register() -> None:
    found = examine({item(version="3.0"): written(GOOD)})
    held_back(found, "EV-001 is version 3.0 in the register and version 2.0 by its own words.")
    assert examine({item(version="v2"): written(GOOD)}).outcome == "met"


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        ({}, {}, "they have the same title 'Change management policy'"),
        (
            {"version": "2.0"},
            {"title": "Change Management Policy v2.1", "version": "2.0"},
            "they have the same title",
        ),
        ({"title": "A"}, {"title": "B", "replaces": "EV-001"}, "EV-002 replaces EV-001"),
        (
            {"title": "A", "sites": ["Kiel"]},
            {"title": "B", "sites": ["Kiel"]},
            "they cover the same scope (Kiel)",
        ),
        ({"title": "A"}, {"title": "B"}, "both call themselves 'Change management policy'"),
    ],
)
def test_two_current_versions_of_one_document_are_both_named(
    one: dict[str, object], other: dict[str, object], says: str
) -> None:
    second = written(GOOD + "\nMore was added in this version of it.\n", "b.md")
    found = examine({item(**one): written(GOOD), item(2, "b.md", **other): second})
    held_back(found, f"EV-001 and EV-002 are both marked current, though {says}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": "A", "sites": ["Kiel"]}, {"title": "B", "sites": ["Kraków"]}),
        ({"version": "2.0"}, {"version": "1.0", "status": "superseded"}),
    ],
)
def test_two_documents_of_different_scope_or_standing_are_fine(
    one: dict[str, object], other: dict[str, object]
) -> None:
    assert (
        examine({item(**one): written(GOOD), item(2, "b.md", **other): written(GOOD, "b.md")}).outcome
        == "met"
    )


def test_an_owner_who_has_left() -> None:
    left = {"Otte, Jan": date(2026, 3, 31), "Anna Berg": None}
    held_back(examine(GOOD, left_at=left), "EV-001 is owned by Jan Otte, who left on 2026-03-31.")
    assert examine(GOOD, left_at={"Otte, Jan": date(2026, 10, 15)}).outcome == "met"
    assert examine(GOOD, left_at={"Jan Ottensen": date(2026, 3, 31)}).outcome == "met"


def test_the_owner_of_the_register_counts_as_well() -> None:
    found = examine({item(owner="Piotr Nowak"): written(GOOD)}, left_at={"Piotr Nowak": date(2026, 3, 31)})
    held_back(found, "is owned by Piotr Nowak")


def test_nobody_is_known_to_be_in_post_without_an_owner_or_without_records() -> None:
    nobody = GOOD.replace("- Owner: Jan Otte\n", "")
    assert examine(nobody).outcome == "met"
    held_back(examine(nobody, left_at={}), "names no owner")
    held_back(examine(GOOD, owners_unsure="the export of persons vanished"), "the export of persons vanished")
