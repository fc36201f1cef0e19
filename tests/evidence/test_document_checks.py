"""Templates, keyword lists, headings, contents lines and denials show nothing."""

import pytest

from auditkit.base.place import Place
from auditkit.evidence.document_checks import find_topic, is_keyword_list, is_placeholder
from auditkit.evidence.model import Passage, ReadDocument

CUES = (r"\bemergency changes?\b",)


def document(*texts: str, headings: tuple[str, ...] = ()) -> ReadDocument:
    place = Place(file="evidence/a.md", line=1)
    passages = [Passage(place=place, text=text, heading=True) for text in headings]
    passages += [Passage(place=place, text=text) for text in texts]
    return ReadDocument(
        file="a.md", sha256="aa", size_bytes=1, format="md", status="read", passages=tuple(passages)
    )


def test_a_sentence_that_matches_a_cue_covers_the_topic() -> None:
    text = "An emergency change is authorised by the duty manager and reviewed afterwards."
    found = find_topic(document("Other text of the policy that is long enough.", text), CUES)
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    "text",
    [
        "Emergency changes",
        "emergency change, normal change, standard change, approval, review, board, rollback, window",
        "There is no procedure for emergency changes in the company at present.",
        "The handling of emergency changes has not yet been defined by the board.",
        "How emergency changes are handled is to be defined in the next version of the policy.",
        "4.3 How emergency changes are handled and by whom in the company .......... 12",
    ],
)
def test_what_is_no_statement_covers_nothing(text: str) -> None:
    assert find_topic(document(text), CUES) is None


def test_a_heading_alone_covers_nothing() -> None:
    assert find_topic(document(headings=("How the company handles emergency changes and who decides on them",)), CUES) is None


def test_an_unfilled_template_is_recognised_and_a_single_bracket_is_not() -> None:
    assert is_placeholder(document("The policy of [Company name] applies to <insert scope>.", "Owner: TBD")) is not None
    filled = [f"Sentence number {n} of a policy that is filled in." for n in range(30)]
    assert is_placeholder(document(*filled, "The value is still TBD for one site.")) is None


def test_a_list_of_keywords_is_no_document() -> None:
    assert is_keyword_list(document("change, release, incident", "availability continuity capacity security"))
    assert not is_keyword_list(document("The change manager is responsible for the approval of changes."))
