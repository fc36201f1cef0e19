"""Persons in cells: one pseudonym each, the same in every file, none without the key; who is one and who is two."""

import hashlib

import pytest

from auditkit.base.errors import UsageFault
from auditkit.evidence import persons as module
from auditkit.evidence.persons import PSEUDONYM, Persons, split_persons

SECRET = b"s" * 32


@pytest.mark.parametrize(
    "other", ["jan otte", "JAN  OTTE", " Jan\u00a0Otte ", "Jan\nOtte", "J\u200ban Otte", "\uff2aan Otte"]
)
def test_one_person_has_one_pseudonym_however_the_name_is_spaced_and_cased(other: str) -> None:
    people = Persons(SECRET)
    assert people.pseudonym(other) == people.pseudonym("Jan Otte")
    assert people.written[people.pseudonym("Jan Otte")][0] == other.strip()


@pytest.mark.parametrize("other", ["Jan Ott", "jan.otte@nordwerk.example", "Otte, Jan", "王小明", "J. Otte"])
def test_another_text_is_another_person_until_somebody_declares_it(other: str) -> None:
    people = Persons(SECRET)
    assert people.pseudonym(other) != people.pseudonym("Jan Otte")
    declared = Persons(SECRET)
    declared.declare_same(["Jan Otte", other])
    assert declared.cell(other) == declared.pseudonym("jan otte")


def test_what_is_known_apart_cannot_be_declared_one() -> None:
    people = Persons(SECRET)
    people.cell("Jan Otte; jotte@x.example")
    with pytest.raises(UsageFault, match="Import those files anew"):
        people.declare_same(["Jan Otte", "jotte@x.example"])


def test_a_pseudonym_depends_on_the_key_and_is_no_digest_of_the_name() -> None:
    first, second = Persons(SECRET).pseudonym("Jan Otte"), Persons(b"t" * 32).pseudonym("Jan Otte")
    assert first != second
    assert PSEUDONYM.fullmatch(first)
    assert "jan" not in first
    assert hashlib.sha256(b"jan otte").hexdigest()[:4] not in first
    assert Persons(SECRET, {first: ["Jan Otte"]}).pseudonym("JAN OTTE") == first


def test_where_a_short_pseudonym_is_taken_the_long_one_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SHORT", 0)  # every short one is the same, and taken
    people = Persons(SECRET, {"person": ["somebody"]})
    found = {people.pseudonym("Jan Otte"), people.pseudonym("Lena Hoffmann")}
    assert len(found) == 2
    assert all(PSEUDONYM.fullmatch(one) and one.count("-") == 4 for one in found)


@pytest.mark.parametrize(
    ("cell", "persons"),
    [
        ("Jan Otte; Lena Hoffmann", ["Jan Otte", "Lena Hoffmann"]),
        ("otte;hoffmann|lange", ["otte", "hoffmann", "lange"]),
        ("Jan Otte, Lena Hoffmann", ["Jan Otte", "Lena Hoffmann"]),
        ("Jan Otte\nLena Hoffmann", ["Jan Otte", "Lena Hoffmann"]),
        ("P07,P08", ["P07", "P08"]),
        ("a@x.example, b@x.example", ["a@x.example", "b@x.example"]),
        ("王小明, 李四", ["王小明", "李四"]),
        ("Otte, Jan", ["Otte, Jan"]),
        ('O"Neil, "Pat"', ['O"Neil, "Pat"']),
        ("Jan\nOtte", ["Jan\nOtte"]),
        ("Otte, Jan; Lange, Tobias", ["Otte, Jan", "Lange, Tobias"]),
        ("", [""]),
    ],
)
def test_a_cell_with_several_persons_is_split_where_it_is_certain(cell: str, persons: list[str]) -> None:
    parts = split_persons(cell)
    assert parts[::2] == persons
    assert "".join(parts) == cell


def test_separators_and_outer_blanks_stay_and_a_pseudonym_of_ours_is_left() -> None:
    people = Persons(SECRET)
    one, two = people.pseudonym("Jan Otte"), people.pseudonym("Lena Hoffmann")
    assert people.cell("  jan otte ;  Lena Hoffmann") == f"  {one} ;  {two}"
    assert people.cell(f"{one}; lena hoffmann") == f"{one}; {two}"
    assert people.cell(" ; ") == " ; "
    stranger = people.cell("person-aaaa-bbbb")  # looks like one and is none of ours
    assert stranger != "person-aaaa-bbbb"
