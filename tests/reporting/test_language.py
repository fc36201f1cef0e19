"""The language of reports: every message has a translation that keeps its values, and words change while figures stay."""

import importlib.util
import re
import sys
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Message

from auditkit.base.language import (
    decimal_text,
    inside,
    languages,
    long_day,
    say,
    say_count,
    short_day,
    speaking,
    spoken,
    translated,
    whole_text,
    written,
)
from auditkit.base.place import Place

ROOT = Path(__file__).resolve().parents[2]
OTHERS = [one for one in languages() if one != "en"]
_VALUE = re.compile(r"\{(\w+)[^}]*\}")


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools/messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["messages"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", OTHERS)
def test_no_message_is_missing_and_none_is_left_over(tool: ModuleType, language: str) -> None:
    assert tool.missing(language) == []


def test_a_missing_message_is_reported(tool: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    extra = tool.messages()
    extra["report"].add("A sentence that nobody translated.")
    monkeypatch.setattr(tool, "messages", lambda: extra)
    assert "de/report.po has no 'A sentence that nobody translated.'" in tool.missing("de")


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_values_of_its_message(tool: ModuleType, language: str) -> None:
    for domain in tool.DOMAINS:
        for one in tool.load(language, domain):
            for said in _forms(one.string):
                assert set(_VALUE.findall(said)) == _values(one), one.id


def _forms(string: object) -> tuple[str, ...]:
    if isinstance(string, tuple | list):
        return tuple(one for one in string if one)
    return (str(string),) if string else ()


def _values(one: Message) -> set[str]:
    return {value for said in _forms(one.id) for value in _VALUE.findall(said)}


def test_a_language_is_spoken_for_a_while() -> None:
    assert spoken() == "en"
    with speaking("de"):
        assert spoken() == "de"
        assert say("no date") == "kein Termin"
    assert say("no date") == "no date"
    with pytest.raises(ValueError, match="'tlh' is not one of en, de"), speaking("tlh"):
        pass


def test_values_may_hold_braces() -> None:
    assert say("Open are {findings}.", findings="{no} {0}") == "Open are {no} {0}."


def test_one_and_many() -> None:
    message = (
        "Name an owner for {number} plan item ({items}).",
        "Name an owner for {number} plan items ({items}).",
    )
    assert say_count(*message, 1, number="1", items="CA-1").startswith("Name an owner for 1 plan item ")
    assert say_count(*message, 3, number="3", items="CA-1").startswith("Name an owner for 3 plan items ")


@pytest.mark.parametrize(
    ("number", "places", "english", "german"),
    [
        (Fraction(12_400), 0, "12,400", "12.400"),
        (Fraction(7_309, 100), 1, "73.0", "73,0"),
        (Fraction(999_999, 1_000), 1, "999.9", "999,9"),
        (Fraction(-5, 2), 1, "-2.5", "-2,5"),
        (Fraction(1, 3), 3, "0.333", "0,333"),
    ],
)
def test_numbers_follow_the_language_and_are_cut_off(
    number: Fraction, places: int, english: str, german: str
) -> None:
    assert decimal_text(number, places) == english
    with speaking("de"):
        assert decimal_text(number, places) == german


def test_numbers_as_they_were_written_get_the_mark_of_the_language() -> None:
    assert written(Decimal("4.90")) == "4.90"
    with speaking("de"):
        assert (written(Decimal("4.90")), written("12")) == ("4,90", "12")


def test_a_text_of_checklists_is_told_apart_from_the_same_words_of_a_page() -> None:
    assert (translated("Exceptions"), inside("Capacity plan"), translated("")) == (
        "Exceptions",
        "capacity plan",
        "",
    )
    with speaking("de"):
        assert translated("Exceptions") == "Ausnahmen"
        assert inside("Capacity plan") == "Kapazitätsplan"
        assert translated("A text of the organisation itself") == "A text of the organisation itself"


def test_a_place_is_told_in_the_language_and_kept_in_english() -> None:
    place = Place(file="a.xlsx", sheet="Export", row=12)
    assert (str(place), place.told) == ("a.xlsx, sheet Export, row 12",) * 2
    with speaking("de"):
        assert str(place) == "a.xlsx, sheet Export, row 12"
        assert place.told == "a.xlsx, Blatt Export, Zeile 12"


def test_days_follow_the_language() -> None:
    day = date(2026, 10, 5)
    assert (long_day(day), short_day(day), whole_text(1_000)) == ("5 October 2026", "2026-10-05", "1,000")
    with speaking("de"):
        assert (long_day(day), short_day(day), whole_text(1_000)) == (
            "5. Oktober 2026",
            "05.10.2026",
            "1.000",
        )
