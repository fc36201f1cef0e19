"""Names in running text: found however they are written, and nothing else."""

import pytest

from auditkit.evidence.persons_text import NameFinder

ADDRESS = ("mr", "ms", "herr", "frau", "dr")
FINDER = NameFinder(
    {
        "Jan Otte": "A",
        "Dr. Katarzyna Wójcik-Nowak": "B",
        "Lange, Tobias": "C",
        "王小明": "D",
        "m.ito@x.example": "E",
    },
    sure=["Jan Otte"],
    address=ADDRESS,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Approved by Jan Otte.", "Approved by A."),
        ("OTTE, Jan approved", "A approved"),
        ("jan\n otte", "A"),
        ("J. Otte and j.otte@x.example", "A and A@x.example"),
        ("Mr Otte said", "Mr A said"),
        ("Otte said", "A said"),
        ("by Dr. Katarzyna Wo\u0301jcik-Nowak,", "by Dr. B,"),
        ("katarzyna.wojcik-nowak@x", "B@x"),
        ("Frau Nowak", "Frau B"),
        ("Tobias Lange", "C"),
        ("由王小明批准", "由D批准"),
        ("to m.ito@x.example", "to E"),
        ("Jan Otte, Jan Otte", "A, A"),
    ],
)
def test_a_name_is_found(text: str, shown: str) -> None:
    assert FINDER.replace(text) == shown
    assert FINDER.finds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Jan",
        "January Otten",
        "an otter",
        "otte",
        "lange Ausfälle",
        "Lange said",
        "Jan 5, Otten",
        "Nowak said",
        "",
    ],
)
def test_what_is_no_name_stays(text: str) -> None:
    assert FINDER.replace(text) == text
    assert not FINDER.finds(text)


def test_a_single_word_of_a_record_is_not_looked_for() -> None:
    assert NameFinder({"P1": "A", "admin": "B"}).replace("P1 incidents by admin") == "P1 incidents by admin"
