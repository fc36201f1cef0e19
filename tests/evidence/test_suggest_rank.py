"""The index finds wordings by their stems; ranking needs a named idea and some text, and knows no order of files."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from suggest_samples import document

from auditkit.base.errors import EnvironmentFault
from auditkit.evidence.model import ReadDocument
from auditkit.evidence.suggest import index as index_module
from auditkit.evidence.suggest.index import PassageIndex
from auditkit.evidence.suggest.model import Bonus, Query, QueryTerm
from auditkit.evidence.suggest.queries import word_terms
from auditkit.evidence.suggest.rank import Ranker

CHANGE = QueryTerm("change", ("change management", "änderungsmanagement"), 3.0)
BOARD = QueryTerm("board", ("change advisory board",), 2.0)
CLIMATE = QueryTerm("", ("climate change",), -3.0)


def indexed(*documents: ReadDocument, **names: str) -> PassageIndex:
    return PassageIndex(
        {one.file: one for one in documents}, {f"{key}.md": text for key, text in names.items()}
    )


def ranked(query: Query, *documents: ReadDocument) -> list[str]:
    return [one.file for one in Ranker(indexed(*documents), {}).files(query)]


@pytest.mark.parametrize(
    ("wording", "text"),
    [
        ("major incident", "Two MAJOR incidents were reported."),
        ("organisational", "The organizational chart."),
        ("prioritise", "Requests are prioritized."),
        ("störung*", "Die Störungsmeldung kam spät."),
        ("schwere störung*", "Schwere Störungen werden gemeldet."),
        ("änderungsmanagement", "Das ÄNDERUNGSMANAGEMENT greift."),
        ("roll-back plan", "The roll back plans were tested."),
    ],
)
def test_a_wording_is_found_by_its_stem_its_spelling_and_its_beginning(wording: str, text: str) -> None:
    assert len(indexed(document("a.md", text)).find([wording])) == 1


@pytest.mark.parametrize(
    ("wording", "text"),
    [
        ("major incident", "The incident was major."),
        ("störung", "Die Störungsmeldung kam spät."),
        ("change management", "Management of a change."),
        ("- * -", "Nothing is asked for."),
    ],
)
def test_a_phrase_in_another_order_and_half_a_word_are_not_found(wording: str, text: str) -> None:
    assert len(indexed(document("a.md", text)).find([wording])) == 0


def test_a_line_of_the_contents_is_not_found() -> None:
    found = indexed(document("a.md", "4.3 Change management .......... 12"))
    assert len(found.find(["change management"])) == 0


def test_what_is_found_belongs_to_its_file() -> None:
    found = indexed(
        document("b.md", "A change.", "None."), document("a.md", "Nothing.", "Two changes.", "A change.")
    )
    assert [found.place_of[one] for one in found.find_in(["change"], 0)] == [1, 2]
    assert [found.place_of[one] for one in found.find_in(["change"], 1)] == [0]


def test_a_file_ranks_by_ideas_and_more_ideas_rank_higher() -> None:
    some = (
        document("one.md", "Change management is lived."),
        document("two.md", "Change management is lived.", "The change advisory board meets."),
        document("none.md", "The canteen is closed on Fridays."),
    )
    assert ranked(Query("8.5.1", (CHANGE, BOARD)), *some) == ["two.md", "one.md"]


def test_a_heading_alone_ranks_nothing() -> None:
    assert (
        ranked(Query("8.5.1", (CHANGE,)), document("a.md", "To be written.", headings=("Change management",)))
        == []
    )


def test_a_name_alone_ranks_nothing() -> None:
    found = Ranker(indexed(document("a.md", "The canteen is closed."), a="Change management"), {})
    assert found.files(Query("8.5.1", (CHANGE,))) == ()


def test_what_speaks_against_takes_away() -> None:
    query = Query("8.5.1", (QueryTerm("change", ("change",), 1.0), CLIMATE))
    assert ranked(
        query, document("a.md", "Climate change is relevant."), document("b.md", "A change is made.")
    ) == ["b.md"]


def test_words_of_a_statement_rank_nothing_by_themselves() -> None:
    query = Query("8.5.1", (QueryTerm("", ("approved",), 1.0),))
    assert ranked(query, document("a.md", "It is approved.")) == []


def test_a_file_named_like_a_document_of_the_clause_gains() -> None:
    some = {
        one.file: one
        for one in (document("a.md", "Change management."), document("b.md", "Change management."))
    }
    found = Ranker(PassageIndex(some, {}), {"b.md": {"8.5.1": Bonus("named as: Change policy", 2.0)}})
    assert [one.file for one in found.files(Query("8.5.1", (CHANGE,)))] == ["b.md", "a.md"]


def test_words_of_many_texts_weigh_nothing_and_those_of_one_weigh_most() -> None:
    texts = {f"{number}": ["the service", "audit" if number else "capacity"] for number in range(30)}
    assert [term.wordings for term in word_terms(texts, 1.0)["0"]] == [("capacity",)]
    assert word_terms(texts, 1.0)["1"] == ()


TEXTS = (
    "Change management is lived.",
    "The change advisory board meets.",
    "The canteen is closed.",
    "A change.",
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from(TEXTS), max_size=3), min_size=1, max_size=6), st.randoms())
def test_the_order_of_files_changes_nothing(files: list[list[str]], random: object) -> None:
    some = [document(f"{number}.md", *texts) for number, texts in enumerate(files)]
    shuffled = list(some)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    queries = (Query("8.5.1", (CHANGE, BOARD)), Query("8.5.3", (BOARD, CLIMATE)))
    assert Ranker(indexed(*some), {}).by_file(queries) == Ranker(indexed(*shuffled), {}).by_file(queries)


def test_without_full_text_search_the_machine_is_at_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "_TABLE", "CREATE VIRTUAL TABLE passage USING fts0(text)")
    with pytest.raises(EnvironmentFault, match="no such module: fts0"):
        indexed(document("a.md", "A change."))
