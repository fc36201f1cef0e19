"""Which passages cover a topic, and which documents state nothing at all."""

import pytest

from auditkit.base.place import Place
from auditkit.evidence.document_checks import find_topic, is_keyword_list, says_nothing
from auditkit.evidence.document_text import is_contents_line, is_prose, split_sentences
from auditkit.evidence.model import Passage, ReadDocument

CUES = (r"\bemergency changes?\b",)
RULE = "An emergency change is authorised by the duty manager and reviewed afterwards."


def document(
    *texts: str, headings: tuple[str, ...] = (), under: str | None = None, **changes: object
) -> ReadDocument:
    place = Place(file="evidence/a.docx", paragraph=1, heading=under)
    passages = [Passage(place=place, text=text, heading=True) for text in headings]
    passages += [Passage(place=place, text=text) for text in texts]
    values: dict[str, object] = {
        "file": "a.docx",
        "sha256": "aa",
        "size_bytes": 1,
        "format": "docx",
        "status": "read",
    }
    return ReadDocument.model_validate(values | {"passages": tuple(passages)} | changes)


def test_a_sentence_that_matches_a_cue_covers_the_topic_with_its_place() -> None:
    found = find_topic(document("Other text of the policy that is long enough.", RULE, under="Rules"), CUES)
    assert found is not None
    assert (found.text, str(found.place)) == (RULE, "evidence/a.docx, section Rules, paragraph 1")


def test_of_a_long_passage_the_sentence_is_quoted_that_covers_the_topic() -> None:
    around = "This is a long paragraph about other things that the company does every day. " * 5
    found = find_topic(document(f"{around}{RULE} {around}"), CUES)
    assert found is not None
    assert found.text == RULE


def test_a_cue_may_reach_over_two_sentences_that_both_hold() -> None:
    cue = (r"\bmanager\b.{0,40}\btwo days\b",)
    assert (
        find_topic(document("It is decided by the manager. A review is held in two days."), cue) is not None
    )
    assert find_topic(document("It is decided by the manager. There is no review in two days."), cue) is None


@pytest.mark.parametrize(
    "text",
    [
        "Emergency changes",
        "emergency change, normal change, standard change, approval, review, board, rollback, window",
        "Emergency changes, the approval of changes, the review by the board, and the rollback of changes",
        "emergency change of the emergency change and the emergency change of the change",
        "There is no procedure for emergency changes in the company at present.",
        "How emergency changes are handled is to be defined in the next version of the policy.",
        "An emergency change is authorised by [name of the manager] and reviewed within two days.",
        "The following is not yet done. An emergency change is authorised by the duty manager.",
        "An emergency change is authorised by the duty manager. It has not been introduced yet.",
        "4.3 How emergency changes are handled and by whom in the company .......... 12",
        "How emergency changes are handled and by whom . . . . . . 12 The approval of changes in the company . . . . . 14 and more",
    ],
)
def test_what_is_no_statement_covers_nothing(text: str) -> None:
    assert find_topic(document(text), CUES) is None


def test_a_heading_alone_covers_nothing() -> None:
    long = "How the company handles emergency changes and who decides on them"
    assert find_topic(document(headings=(long,)), CUES) is None


@pytest.mark.parametrize(
    "heading", ["Planned for 2027", "Future work", "Geplante Regelungen", "To be defined"]
)
def test_what_stands_below_a_heading_of_plans_covers_nothing(heading: str) -> None:
    assert find_topic(document(RULE, under=heading), CUES) is None


@pytest.mark.parametrize(
    "heading", ["Planned changes", "Planned maintenance", "Content", "4 Future demand", "Scope"]
)
def test_other_headings_take_nothing_away(heading: str) -> None:
    assert find_topic(document(RULE, under=heading), CUES) is not None


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (document(), "holds no text"),
        (document(headings=("Emergency changes", "Approval")), "holds headings without content"),
        (
            document("change, release, incident", "availability continuity"),
            "is a list of keywords without sentences",
        ),
        (
            document("1. How changes of the company are approved and reviewed ..... 2"),
            "is a table of contents",
        ),
        (
            document("There is no policy on changes in the company, and nobody is responsible for one."),
            "says only that something is missing or planned (evidence/a.docx, paragraph 1)",
        ),
        (
            document("The policy of the company is kept by <name of the owner> and by the board."),
            "placeholders only",
        ),
    ],
)
def test_documents_that_state_nothing(made: ReadDocument, says: str) -> None:
    assert says in (says_nothing(made) or "")


def test_one_sentence_is_enough_to_state_something_and_a_cover_line_is_none() -> None:
    assert says_nothing(document("There is no second site.", RULE)) is None
    assert (
        says_nothing(document("Approved by: Anna Berg of the board of the company and Jan Otte")) is not None
    )


def test_a_sheet_is_a_table_and_another_script_has_sentences() -> None:
    rows = document("A-1 | Server | Hamburg", "A-2 | Switch | Leipzig")
    assert says_nothing(rows) == "is a list of keywords without sentences"
    assert is_keyword_list(rows)
    assert not is_keyword_list(rows.model_copy(update={"format": "xlsx"}))
    sheet = rows.model_copy(update={"format": "xlsx"})
    assert says_nothing(sheet) is None
    empty = document("A-1 | [owner] | [date]", "A-2 | [owner] | [date]", format="xlsx")
    assert says_nothing(empty) is not None
    assert (
        says_nothing(document("この文書は変更管理の手順を定めるものであり、全ての変更に適用される。")) is None
    )


@pytest.mark.parametrize(
    "text",
    [
        "The change manager is responsible for the approval of changes.",
        "The board decides on changes, releases, standards, and the manager records it.",
        "Customers | monthly by report | e-mail to the contact | service manager of the customer",
        "Human, technical, information and financial resources are planned with the annual budget.",
        "Der Leiter des Betriebs gibt jede Änderung frei und prüft sie nach zwei Tagen.",
    ],
)
def test_sentences(text: str) -> None:
    assert is_prose(text)


def test_sentences_are_split_where_they_end_and_not_at_abbreviations() -> None:
    text = "We use e.g. Jira. The rule of Dr. Meyer applies (see No. 5). U. Clausen says so! And 12 days?"
    assert [one.text for one in split_sentences(text)] == [
        "We use e.g. Jira.",
        "The rule of Dr. Meyer applies (see No. 5).",
        "U. Clausen says so!",
        "And 12 days?",
    ]
    assert all(text[one.start : one.end].strip() == one.text for one in split_sentences(text))


def test_lines_of_a_contents_page() -> None:
    assert is_contents_line("4.3 How emergency changes are handled and by whom in the company 12")
    assert is_contents_line("How emergency changes are handled by the board", "Table of contents")
    assert not is_contents_line("4.3 Emergency changes are reviewed within 12 days.", None)
    assert not is_contents_line(RULE, "Contents")


def test_a_line_without_an_end_is_read_in_bounded_time() -> None:
    for piece in (". ", "if there is no ", "[insert ", "<Aa ", "1,111", "a: ", "in the "):
        assert find_topic(document(piece * 20_000), CUES) is None
