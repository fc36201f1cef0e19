"""What a document says of itself is read where it says so plainly, and is not made up where it does not."""

from datetime import date

import pytest

from auditkit.base.place import Place
from auditkit.evidence.metadata import from_front_matter, from_passages, read_date
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
