"""Documents give met only with the passage and all it needs; lacking is not known unless somebody said so."""

from datetime import date

import pytest
from document_samples import DECLARED, GOOD, POLICY, examine, item, reasons, written

from auditkit.evidence.model import EvidenceRequest, ReadDocument

SILENT = GOOD.replace("An emergency change is", "A normal change is")


def request(answer: str, **changes: object) -> EvidenceRequest:
    values: dict[str, object] = {
        "id": "RQ-001",
        "asked_for": "The policy",
        "document_type": POLICY.id,
        "asked_at": date(2026, 9, 1),
        "asked_of": "Jan Otte",
        "answer": answer,
        "answered_by": "Jan Otte",
        "answered_at": date(2026, 9, 5),
    }
    return EvidenceRequest.model_validate(values | changes)


def broken(file: str = "policy.md") -> ReadDocument:
    return ReadDocument(
        file=file,
        sha256="",
        size_bytes=9,
        format="pdf",
        status="skipped",
        why="it is encrypted with a password",
    )


def test_a_current_approved_document_that_covers_the_topics_is_met_with_the_passages() -> None:
    found = examine(GOOD)
    assert (found.outcome, found.population, found.examined, found.reasons) == ("met", 1, 1, ())
    assert [(one.topic, str(one.place), one.place.heading, one.text) for one in found.quotes] == [
        (
            "emergency",
            "evidence/policy.md:20",
            "Rules",
            "An emergency change is authorised by the duty manager and is reviewed within two days.",
        ),
        (
            "categories",
            "evidence/policy.md:18",
            "Rules",
            "Changes are sorted into three categories by their risk and their extent.",
        ),
    ]


def test_what_is_missing_is_named() -> None:
    found = examine(SILENT)
    assert found.outcome == "no_evidence"
    assert reasons(found) == "Not found in EV-001: Emergency changes."
    assert [one.topic for one in found.quotes] == ["categories"]


def test_without_topics_the_document_itself_is_what_is_asked_for() -> None:
    assert examine(GOOD, topics=()).outcome == "met"


def test_nothing_received_is_no_evidence() -> None:
    assert reasons(examine({})) == "No change management policy was received."


@pytest.mark.parametrize("status", ["superseded", "draft"])
def test_what_the_register_calls_superseded_or_draft_earns_nothing(status: str) -> None:
    found = examine({item(status=status): written(GOOD)})
    assert found.outcome == "no_evidence"
    assert f"EV-001 is {status}" in reasons(found)


def test_an_answer_that_it_does_not_exist_is_not_met_with_name_and_date() -> None:
    found = examine({}, requests=(request("does_not_exist"),))
    assert (found.outcome, found.beyond_tolerance) == ("not_met", True)
    assert found.reasons == ("RQ-001: Jan Otte answered on 2026-09-05 that it does not exist.",)


@pytest.mark.parametrize(("answer", "says"), [("refused", "was refused"), ("open", "is not answered yet")])
def test_a_refused_or_open_request_is_not_known(answer: str, says: str) -> None:
    found = examine({}, requests=(request(answer),))
    assert found.outcome == "no_evidence"
    assert says in reasons(found)


def test_an_answer_about_another_document_says_nothing() -> None:
    found = examine({}, requests=(request("does_not_exist", document_type="capacity_plan"),))
    assert found.outcome == "no_evidence"


def test_a_declaration_of_completeness_turns_a_lack_into_not_met() -> None:
    assert examine({}, register=DECLARED).outcome == "not_met"
    assert examine({item(status="draft"): written(GOOD)}, register=DECLARED).outcome == "not_met"
    found = examine(SILENT, register=DECLARED)
    assert (found.outcome, found.beyond_tolerance, found.basis) == ("not_met", True, "standard")
    assert "declared complete by Lena Hoffmann on 2026-10-06" in reasons(found)


def test_a_declaration_without_a_name_declares_nothing() -> None:
    assert examine({}, register={"documents_complete": True}).outcome == "no_evidence"


def test_an_unreadable_document_is_never_proof_of_absence_and_caps_the_others() -> None:
    assert examine({item(): broken()}, register=DECLARED).outcome == "no_evidence"
    both = {item(title="One"): written(SILENT), item(2, "b.md", title="Two"): broken("b.md")}
    assert examine(both, register=DECLARED).outcome == "no_evidence"
    good = {item(title="One"): written(GOOD), item(2, "b.md", title="Two"): broken("b.md")}
    found = examine(good)
    assert (found.outcome, found.unknown) == ("no_evidence", 1)
    assert "EV-002 could not be read whole: it is encrypted with a password." in reasons(found)


def test_a_file_that_is_not_there_is_said() -> None:
    entry = item(file="gone.md")
    found = examine({entry: written(GOOD)}, documents={})
    assert "EV-001 could not be read whole: the file is not there." in reasons(found)


def test_a_document_read_in_part_shows_passages_but_is_not_met() -> None:
    part = written(GOOD).model_copy(update={"status": "partly_read", "why": "page 3 is a scan"})
    found = examine({item(): part})
    assert (found.outcome, len(found.quotes)) == ("no_evidence", 2)
    assert "page 3 is a scan" in reasons(found)


def test_topics_spread_over_two_documents_are_left_to_judgement_and_never_called_absent() -> None:
    other = GOOD.replace("# Change", "# Emergency change").replace("three categories", "three kinds")
    both = {item(): written(SILENT), item(2, "b.md", title="Emergency changes"): written(other, "b.md")}
    found = examine(both, register=DECLARED)
    assert found.outcome == "no_evidence"
    assert "No one document that counts covers all topics: Categories of change stands in EV-001." in reasons(
        found
    ) or "Emergency changes stands in EV-002." in reasons(found)


def test_a_topic_that_stands_in_a_template_only_is_not_known_to_be_absent() -> None:
    found = examine(GOOD.replace("- Status: released", "- Status: draft"), register=DECLARED)
    assert (found.outcome, found.examined, found.quotes) == ("no_evidence", 0, ())
    empty = SILENT.replace("- Status: released", "- Status: draft")
    assert examine(empty, register=DECLARED).outcome == "not_met"


def test_an_accepted_document_that_vanished_from_the_register_caps_the_type() -> None:
    found = examine(GOOD, vanished_types=frozenset({POLICY.id}))
    assert found.outcome == "no_evidence"
    assert "no longer registered" in reasons(found)
