"""The quoted passage: the one that says most, cut to its sentence, with the words that were really found."""

from suggest_samples import document

from auditkit.evidence.suggest.index import PassageIndex
from auditkit.evidence.suggest.model import Query, QueryTerm
from auditkit.evidence.suggest.quote import EXCERPT_CHARACTERS, Quote, Topic, quote
from auditkit.evidence.suggest.rank import Ranker

QUERY = Query(
    "8.5.1",
    (
        QueryTerm("roll-back plan", ("roll-back plan", "revert the change", "rückfallplan*"), 2.0),
        QueryTerm("change management", ("change management",), 3.0),
        QueryTerm("", ("tested",), 0.5),
    ),
)
FILLER = "Nothing of interest stands in this sentence about the weather. "


def quoted(*texts: str, topics: tuple[Topic, ...] = ()) -> Quote | None:
    one = document("a.md", *texts)
    return quote(Ranker(PassageIndex({"a.md": one}, {}), {}), QUERY, one, topics)


def test_the_passage_that_holds_most_is_quoted_with_its_place() -> None:
    best = "In change management every change has a way back that was tested beforehand."
    found = quoted("Change management is described in this document for all sites.", best)
    assert found is not None
    assert (found.excerpt, str(found.passage.place)) == (best, "evidence/a.md:1")


def test_a_sentence_is_preferred_to_a_label() -> None:
    sentence = "How change management works is described in the following pages of the handbook."
    found = quoted("Change management", sentence)
    assert found is not None
    assert found.excerpt == sentence


def test_a_passage_with_a_named_idea_is_preferred_to_mere_words() -> None:
    found = quoted(
        "It was tested, and tested again, and then it was tested.",
        "They revert the change if it fails in use.",
    )
    assert found is not None
    assert found.excerpt.startswith("They revert")


def test_the_wording_that_was_found_is_named_not_the_first_of_the_vocabulary() -> None:
    found = quoted("They revert the change if it fails in use.")
    assert found is not None
    assert found.matched == ("revert the change",)
    german = quoted("Der Rückfallplanung ist ein eigener Abschnitt der Anweisung gewidmet.")
    assert german is not None
    assert german.matched == ("rückfallplan",)


def test_a_long_passage_is_cut_to_the_sentence_that_holds_the_strongest_idea() -> None:
    found = quoted(FILLER * 8 + "Good change management asks the customer first. " + FILLER * 8)
    assert found is not None
    assert found.excerpt.startswith("… Good change management asks")
    assert found.excerpt.endswith(" …")
    assert len(found.excerpt) <= EXCERPT_CHARACTERS + 4


def test_a_passage_that_covers_a_topic_comes_first() -> None:
    covering = "Before it is deployed each change is tested by somebody other than its author."
    topic = Topic("Testing", (r"tested by somebody other",))
    found = quoted(
        "Change management and a roll-back plan are explained here in full.", covering, topics=(topic,)
    )
    assert found is not None
    assert (found.excerpt, found.matched[0]) == (covering, "testing")


def test_nothing_is_quoted_where_nothing_is_held() -> None:
    assert quoted(FILLER) is None
