"""What a document says of itself is read where it says so plainly, and is not made up where it does not."""

from datetime import date

import pytest

from auditkit.base.place import Place
from auditkit.evidence.document_people import same_names
from auditkit.evidence.metadata import from_core_properties, from_front_matter, from_passages, read_date
from auditkit.evidence.model import DocumentMeta, Passage


def cover(*lines: str) -> DocumentMeta:
    return from_passages(Passage(place=Place(file="evidence/a.docx"), text=line) for line in lines)


@pytest.mark.parametrize(
    "text", ["2026-03-12", "12 March 2026", "12. März 2026", "12.03.2026", "12 Mar 2026", "March 12, 2026"]
)
def test_dates_that_read_one_way(text: str) -> None:
    assert read_date(text) == date(2026, 3, 12)


@pytest.mark.parametrize("text", ["12/03/2026", "03-12-2026", "12.13.2026", "March 2026", "2026", "Q1 2026"])
def test_dates_that_read_two_ways_or_none(text: str) -> None:
    assert read_date(text) is None


def test_lines_and_rows_of_a_cover() -> None:
    meta = cover(
        "Version | 2.1 | Owner | Anna Berg",
        "Freigegeben von: Jan Otte",
        "Gültig ab | 01.02.2026",
        "Status: released",
    )
    assert (meta.version, meta.owner, meta.approver, meta.effective_at, meta.status) == (
        "2.1",
        "Anna Berg",
        "Jan Otte",
        date(2026, 2, 1),
        "released",
    )


@pytest.mark.parametrize(
    "line",
    [
        "Approved by: Anna Berg, 12 March 2026",
        "Approved by: Anna Berg (2026-03-12)",
        "Approved by | Anna Berg | 12.03.2026",
    ],
)
def test_name_and_day_of_an_approval_are_parted(line: str) -> None:
    meta = cover(line)
    assert (meta.approver, meta.approved_at) == ("Anna Berg", date(2026, 3, 12))


def test_a_head_above_one_row_is_a_cover_and_above_several_a_history() -> None:
    assert cover("Version | Owner | Status", "2.1 | Anna | released").owner == "Anna"
    history = cover(
        "Version | Date | Author | Approved by",
        "1.0 | 2024-01-01 | Jan | Anna",
        "1.1 | 2025-01-01 | Jan | Anna",
    )
    assert history == DocumentMeta()


@pytest.mark.parametrize(
    "value", ["TBD", "[name]", "<name>", "____", "pending approval", "not yet approved", "{{approver}}", "-"]
)
def test_nobody_approved(value: str) -> None:
    assert cover(f"Approved by: {value}").approver is None


def test_front_matter() -> None:
    meta = from_front_matter(
        'title: "A plan"\nversion = 3\nnext_review: 2027-01-31\nstatus: OBSOLETE - replaced by v3\n'
    )
    assert (meta.title, meta.version, meta.next_review_at, meta.status) == (
        "A plan",
        "3",
        date(2027, 1, 31),
        "OBSOLETE - replaced by v3",
    )


def test_prose_is_no_cover() -> None:
    assert (
        cover("The owner of a change is named in it: without an owner nothing is approved.") == DocumentMeta()
    )


@pytest.mark.parametrize(
    "text", ["25/12/2026", "12/25/2026", "2026/12/25", "25 de diciembre de 2026", "25-Dec-2026"]
)
def test_dates_with_slashes_and_months_of_other_languages(text: str) -> None:
    assert read_date(text) == date(2026, 12, 25)


@pytest.mark.parametrize(
    ("interval", "due"),
    [
        ("6 months", date(2026, 2, 28)),
        ("annually and after major changes", date(2026, 8, 31)),
        ("two years", date(2027, 8, 31)),
        ("90 days", date(2025, 11, 29)),
        ("as needed", None),
    ],
)
def test_an_interval_makes_a_review_date(interval: str, due: date | None) -> None:
    assert from_front_matter(f"last_reviewed_on: 2025-08-31\nreview_in: {interval}\n").next_review_at == due
    assert cover("Effective date: 31 August 2025", f"Review cycle: {interval}").next_review_at == due


def test_an_interval_counts_from_the_last_review_and_never_replaces_a_stated_date() -> None:
    meta = cover("Effective date: 2020-01-01", "Last reviewed: 2025-08-31", "Review frequency: yearly")
    assert meta.next_review_at == date(2026, 8, 31)
    assert cover("Next review: 2026-05-05", "Review cycle: 24 months").next_review_at == date(2026, 5, 5)
    assert cover("Review cycle: 12 months").next_review_at is None


def test_the_end_of_validity_is_a_review_date() -> None:
    assert cover("Valid until: 31.12.2025").next_review_at == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("label", "value", "approver"),
    [
        ("Approved by:", "Anna Berg", "Anna Berg"),
        ("Approved by", "Name", None),
        ("Approved By:", "[Name]", None),
    ],
)
def test_a_value_may_stand_below_its_label(label: str, value: str, approver: str | None) -> None:
    assert cover(label, value).approver == approver


def test_what_stands_below_a_label_is_no_value_when_it_is_a_sentence_or_a_cover_line() -> None:
    assert cover("Owner", "The owner of each change is named in the record of it.").owner is None
    assert cover("Owner", "Version: 2.0").owner is None


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Approved by Anna Berg on 12 March 2026", ("Anna Berg", date(2026, 3, 12))),
        ("Approved: Anna Berg, 12 March 2026", ("Anna Berg", date(2026, 3, 12))),
        ("Approved: 12 March 2026", (None, date(2026, 3, 12))),
        ("Approved by the board, changes are put into effect on the day agreed.", (None, None)),
        ("Approved: yes", (None, None)),
    ],
)
def test_an_approval_in_one_line(line: str, found: tuple[str | None, date | None]) -> None:
    meta = cover(line)
    assert (meta.approver, meta.approved_at) == found


@pytest.mark.parametrize(
    "lines",
    [
        ("Control area | Current state | Status | Gap", "MFA | available | Partly | Users"),
        (
            "Version history | Date | Author | Change description",
            "1.0 | 2024-01-01 | Jan | First",
            "2.0 | 2025-01-01 | Jan | More",
        ),
        ("Version | Issued | Comments", "0.1 | 2024-01-01 | first", "0.2 | 2024-02-01 | second"),
    ],
)
def test_the_head_of_another_table_is_no_cover(lines: tuple[str, ...]) -> None:
    assert cover(*lines) == DocumentMeta()


@pytest.mark.parametrize(
    ("headings", "title"),
    [
        (("Change policy", "Purpose"), "Change policy"),
        (("Table of contents", "Scope"), None),
        (("1. Purpose and scope",), None),
        (("13. Disaster recovery policy",), "13. Disaster recovery policy"),
    ],
)
def test_a_heading_that_every_document_has_is_no_title(headings: tuple[str, ...], title: str | None) -> None:
    place = Place(file="evidence/a.docx")
    assert from_passages(Passage(place=place, text=one, heading=True) for one in headings).title == title


def test_a_numbered_heading_behind_other_text_is_no_title() -> None:
    place = Place(file="evidence/a.pdf")
    found = [
        Passage(place=place, text="A page header"),
        Passage(place=place, text="2. What went wrong", heading=True),
    ]
    assert from_passages(found).title is None


def test_core_properties_name_nobody_where_a_placeholder_stands() -> None:
    data = b"<p xmlns:d='d'><d:title>A plan</d:title><d:creator>{{AUTHOR}}</d:creator></p>"
    assert from_core_properties(data) == DocumentMeta(title="A plan")
    assert from_core_properties(data.replace(b"{{AUTHOR}}", b"Anna Berg")).author == "Anna Berg"
    assert from_core_properties(b"<broken") == from_core_properties(None) == DocumentMeta()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Berg, Anna", "Dr. Anna Berg (CIO)", True),
        ("Anna Berg", "anna berg", True),
        ("Anna Berg and Jan Otte", "Jan Otte", True),
        ("Anna Berg (CIO)", "Jan Otte (CIO)", False),
        ("Berg, Anna", "Berg, Jan", False),
    ],
)
def test_names_of_one_person(one: str, other: str, same: bool) -> None:
    assert (not same_names(one).isdisjoint(same_names(other))) is same
