"""Figures keep their unit and their words; references keep the version they name."""

from decimal import Decimal

import pytest

from auditkit.base.place import Place
from auditkit.evidence.document_figures import differences, figures_of
from auditkit.evidence.document_references import find_references, is_same_version
from auditkit.evidence.model import Passage, ReadDocument

MASTER = ("service management plan",)


def document(*texts: str) -> ReadDocument:
    return ReadDocument(
        file="a.pdf",
        sha256="aa",
        size_bytes=1,
        format="pdf",
        status="read",
        passages=tuple(
            Passage(place=Place(file="evidence/a.pdf", page=page), text=text)
            for page, text in enumerate(texts, start=1)
        ),
    )


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The availability target of e-mail is 99.9 percent.", "99.9", "percent"),
        ("The availability target of e-mail is 99,9 %.", "99.9", "percent"),
        ("Critical services are restored within four hours.", "240", "minute"),
        ("Reports are sent after 5 working days.", "5", "working day"),
        ("Logs are kept for two weeks.", "14", "day"),
        ("Capacity is reviewed half-yearly.", "6", "month"),
        ("Capacity is reviewed every two years.", "24", "month"),
        ("Our own rule contacts review days is 183.", "183", "day"),
        ("The yearly budget", "12", "month"),
        ("The storage has 1,500 GB.", "1500", "gigabyte"),
    ],
)
def test_a_figure_with_its_unit(text: str, value: str, unit: str) -> None:
    assert [(one.value, one.unit) for one in figures_of(document(text))] == [(Decimal(value), unit)]


@pytest.mark.parametrize(
    "text",
    [
        "There is no target of 99.9 percent.",
        "The target of [name] is 99.9 percent.",
        "Version 2.5 of 2026",
        "Clause 8.7 of ISO/IEC 20000-1",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert figures_of(document(text)) == ()


def test_a_difference_names_both_sentences_and_pages() -> None:
    here = figures_of(document("A word.", "The availability target for e-mail is 99.5 %."))
    there = figures_of(document("The availability target of e-mail is 99.9 percent each month."))
    (found,) = differences(here, there)
    assert (found.here.place.page, found.there.place.page) == (2, 1)
    assert found.there.text == "The availability target of e-mail is 99.9 percent each month."


def test_one_shared_word_is_too_little() -> None:
    here, there = figures_of(document("Reviews take 3 days.")), figures_of(document("Reviews take 5 days."))
    assert len(differences(here, there)) == 1
    there = figures_of(document("Reviews by customers need 5 days."))
    assert differences(here, there) == ()


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        ("This plan follows the service management plan, version 2.1.", ["2.1"]),
        ("See the Service Management Plan (v2.2) for details.", ["2.2"]),
        ("Service management plan | 2.2", ["2.2"]),
        ("It belongs to the service management plan NW-010, version 2.2.", ["2.2"]),
        ("The service management plan of 2025 applies.", [None]),
        ("This plan does not follow the service management plan.", []),
        ("The service management plan of [company] applies.", []),
        ("The service management system has a plan.", []),
    ],
)
def test_references_and_their_versions(text: str, versions: list[str | None]) -> None:
    assert [one.version for one in find_references(document(text), MASTER)] == versions


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("2", "2.0", True), ("v2.1", "Version 2.1", True), ("2.1", "2.10", False), ("Rev A", "rev a", True)],
)
def test_versions_compare_as_numbers(one: str, other: str, same: bool) -> None:
    assert is_same_version(one, other) is same
