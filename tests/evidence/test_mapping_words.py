"""Headers as words: case, accents, humps and compounds do not count; who did it is not when it was done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mapping_samples import shipped

from auditkit.evidence.mapping_words import MappingWords, plain, split_words


@pytest.mark.parametrize(
    ("header", "ideas"),
    [
        ("opened_at", {"open", "time"}),
        ("Geöffnet am", {"open", "time"}),
        ("EROEFFNUNGSDATUM", {"open", "time"}),
        ("Custom field (Change start date)", {"change", "start", "time"}),
        ("u_close_notes", {"close", "text"}),
        ("TicketNumber", {"record", "number"}),
        ("Prioritätsstufe", {"priority", "value"}),
        ("Störungsnummer", {"incident", "number"}),
        ("Kostenstelle", {"kostenstelle"}),
        ("", set()),
    ],
)
def test_the_ideas_of_a_header(header: str, ideas: set[str]) -> None:
    assert shipped()[2].ideas(header) == ideas


def test_who_did_something_is_less_like_it_than_when() -> None:
    words = shipped()[2]
    resolved = words.ideas("resolved_at")
    assert words.likeness(words.ideas("Gelöst am"), resolved) == 1
    assert words.likeness(words.ideas("Gelöst von"), resolved) < 0.75


def test_without_words_only_the_header_itself_is_known() -> None:
    assert MappingWords().ideas("Geöffnet am") == {"geoeffnet", "am"}


@given(text=st.text(max_size=60))
def test_any_text_is_split_into_plain_words(text: str) -> None:
    for word in split_words(text):
        assert word
        assert "_" not in word
    assert shipped()[2].ideas(text) == shipped()[2].ideas(text)


def test_no_word_means_two_things() -> None:
    words = shipped()[2]
    seen: dict[str, str] = {}
    for concept, several in words.concepts.items():
        for word in several:
            assert seen.setdefault(plain(word), concept) == concept, word


def test_every_dataset_phrase_and_value_of_the_words_exists() -> None:
    datasets, _, words = shipped()
    fields = {field.name for one in datasets for field in one.fields}
    values = {value for one in datasets for field in one.fields for value in field.values}
    assert set(words.phrases) <= fields
    assert set(words.kinds) <= {one.id for one in datasets}
    assert set(words.values) <= values
