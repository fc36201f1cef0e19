"""Templates, keyword lists, headings, contents lines and denials show nothing."""

import pytest

from auditkit.base.place import Place
from auditkit.evidence.document_checks import (
    find_topic,
    is_keyword_list,
    is_out_of_force,
    is_placeholder,
    says_does_not_exist,
)
from auditkit.evidence.model import DocumentMeta, Passage, ReadDocument

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
    assert (
        find_topic(
            document(headings=("How the company handles emergency changes and who decides on them",)), CUES
        )
        is None
    )


def test_an_unfilled_template_is_recognised_and_a_single_bracket_is_not() -> None:
    assert (
        is_placeholder(document("The policy of [Company name] applies to <insert scope>.", "Owner: TBD"))
        is not None
    )
    filled = [f"Sentence number {n} of a policy that is filled in." for n in range(30)]
    assert is_placeholder(document(*filled, "The value is still TBD for one site.")) is None


def test_a_list_of_keywords_is_no_document() -> None:
    assert is_keyword_list(document("change, release, incident", "availability continuity capacity security"))
    assert not is_keyword_list(document("The change manager is responsible for the approval of changes."))


@pytest.mark.parametrize(
    "text",
    [
        "There is currently no register of suppliers.",
        "A continuity plan does not exist.",
        "The plan has never been tested.",
        "No formal emergency change procedure has been established.",
        "We do not have a documented escalation process.",
        "The acceptance criteria are to be defined.",
        "Owner: to be decided",
        "When it comes to emergency changes, there is no procedure.",
        "Ein Verfahren für Notfalländerungen existiert noch nicht.",
    ],
)
def test_a_statement_that_a_thing_is_missing(text: str) -> None:
    assert says_does_not_exist(text)


@pytest.mark.parametrize(
    "text",
    [
        "If there is no answer within 15 minutes the duty manager is called.",
        "Changes that have not been tested are refused by the board.",
        "Where no workaround is known the problem stays open.",
        "Every emergency change has to be documented within two days.",
        "The plan was tested in March and is reviewed every year.",
    ],
)
def test_a_condition_or_a_duty_denies_nothing(text: str) -> None:
    assert not says_does_not_exist(text)


def test_a_table_and_another_script_are_no_keyword_lists() -> None:
    rows = document("A-1 | Server | Hamburg", "A-2 | Switch | Leipzig")
    assert is_keyword_list(rows)
    assert not is_keyword_list(rows.model_copy(update={"format": "xlsx"}))
    assert not is_keyword_list(
        document("この文書は変更管理の手順を定めるものであり、全ての変更に適用される。")
    )


def test_a_long_document_with_few_open_points_is_no_template() -> None:
    filled = [f"Sentence number {n} of a policy that is filled in." for n in range(80)]
    assert is_placeholder(document(*filled, *["One value is TBD."] * 3)) is None
    assert is_placeholder(document(*filled, *["One value is TBD."] * 10)) is not None


@pytest.mark.parametrize(
    ("status", "out"),
    [("OBSOLETE - replaced by v3", True), ("Draft", True), ("released", False), (None, False)],
)
def test_a_document_says_itself_whether_it_is_in_force(status: str | None, out: bool) -> None:
    found = document("A text.").model_copy(update={"meta": DocumentMeta(status=status)})
    assert (is_out_of_force(found) is not None) is out


def test_a_page_of_contents_covers_nothing() -> None:
    text = "How emergency changes are handled and by whom . . . . . . 12 The approval of changes in the company . . . . . 14 and more"
    assert find_topic(document(text), CUES) is None
