"""The document procedure: absence is not_met only when somebody answered or declared so; everything else is unknown."""

from datetime import date

import pytest
from verdict_samples import one_point

from auditkit.assessment.model import ProcedureResult
from auditkit.assessment.procedures.document import DocumentEvidence, examine_document
from auditkit.base.place import Place
from auditkit.catalog.model import DocumentExpectation, DocumentType, Topic
from auditkit.evidence.model import (
    DocumentMeta,
    EvidenceRequest,
    Passage,
    ReadDocument,
    Register,
)

EMERGENCY = Topic(
    id="emergency", name="Emergency changes", basis="standard", cues=(r"\bemergency changes?\b",)
)
POLICY = DocumentType(
    id="policy",
    title="Change policy",
    clauses=("8",),
    basis="standard",
    names=("policy",),
    topics=(EMERGENCY,),
)
SENTENCE = "An emergency change is authorised by the duty manager and is reviewed afterwards."
DECLARED = {"documents_complete": True, "declared_by": "Anna Berg", "declared_at": "2026-10-01"}


def item(identifier: str = "EV-001", **changes: object) -> dict[str, object]:
    values: dict[str, object] = {
        "id": identifier,
        "title": "Policy",
        "file": f"{identifier}.md",
        "kind": "document",
        "document_type": "policy",
        "effective_at": "2026-01-01",
        "approvals": [{"by": "Anna Berg"}],
    }
    return values | changes


def document(file: str = "EV-001.md", *texts: str, **changes: object) -> ReadDocument:
    passages = tuple(
        Passage(place=Place(file=f"evidence/{file}", line=number), text=text)
        for number, text in enumerate(texts or (SENTENCE,), start=1)
    )
    values: dict[str, object] = {
        "file": file,
        "sha256": "aa",
        "size_bytes": 1,
        "format": "md",
        "status": "read",
        "passages": passages,
    }
    return ReadDocument(**(values | changes))  # type: ignore[arg-type]


def examine(
    items: list[dict[str, object]],
    documents: list[ReadDocument],
    *,
    requests: list[dict[str, object]] | None = None,
    vanished: frozenset[str] = frozenset(),
    **register: object,
) -> ProcedureResult:
    evidence = DocumentEvidence(
        register=Register.model_validate({"items": items, **register}),
        requests=tuple(EvidenceRequest.model_validate(one) for one in requests or []),
        documents={one.file: one for one in documents},
        vanished_types=vanished,
        as_of=date(2026, 10, 15),
        period_end=date(2026, 9, 30),
    )
    return examine_document(
        one_point(), DocumentExpectation(type="policy", topics=("emergency",)), POLICY, evidence
    )


def request(answer: str) -> dict[str, object]:
    return {
        "id": "RQ-001",
        "asked_for": "The policy",
        "document_type": "policy",
        "asked_at": "2026-09-01",
        "asked_of": "Jan Otte",
        "answer": answer,
        "answered_by": "Jan Otte",
        "answered_at": "2026-09-05",
    }


def test_a_current_approved_document_that_covers_the_topic_is_met_with_the_passage() -> None:
    found = examine([item()], [document()])
    assert (found.outcome, found.population, found.examined) == ("met", 1, 1)
    assert [(quote.topic, str(quote.place), quote.text) for quote in found.quotes] == [
        ("emergency", "evidence/EV-001.md:1", SENTENCE)
    ]


@pytest.mark.parametrize(
    ("items", "documents", "says"),
    [
        ([], [], "No change policy was received"),
        ([item()], [], "the file is not there"),
        ([item()], [document(status="skipped", why="it is encrypted", passages=())], "it is encrypted"),
        ([item(status="superseded")], [document()], "EV-001 is superseded"),
        ([item(status="draft")], [document()], "EV-001 is draft"),
        ([item(approvals=[])], [document()], "shows no approval"),
        ([item()], [document(meta=DocumentMeta(status="OBSOLETE"))], "not in force"),
        ([item(effective_at="2026-10-01")], [document()], "takes effect on 2026-10-01"),
        ([item(next_review_at="2026-10-14")], [document()], "past its own review date of 2026-10-14"),
        ([item()], [document("EV-001.md", "Emergency changes", "TBD")], "placeholders"),
        (
            [item()],
            [document("EV-001.md", "emergency change, normal change, standard change")],
            "list of keywords",
        ),
        (
            [item()],
            [document("EV-001.md", "Each change is decided on by the board before it begins.")],
            "Not found in EV-001",
        ),
        (
            [item()],
            [document("EV-001.md", "There is no rule for emergency changes in the company at present.")],
            "Not found in EV-001",
        ),
        (
            [item(), item("EV-002")],
            [document(), document("EV-002.md", status="partly_read", why="page 3 is a scan")],
            "page 3 is a scan",
        ),
    ],
)
def test_what_is_lacking_is_no_evidence_and_says_why(
    items: list[dict[str, object]], documents: list[ReadDocument], says: str
) -> None:
    found = examine(items, documents)
    assert found.outcome == "no_evidence"
    assert says in " ".join(found.reasons)


def test_a_document_due_for_review_on_the_very_day_still_counts() -> None:
    assert examine([item(next_review_at="2026-10-15")], [document()]).outcome == "met"


def test_an_answer_that_it_does_not_exist_is_not_met_with_name_and_date() -> None:
    found = examine([], [], requests=[request("does_not_exist")])
    assert (found.outcome, found.beyond_tolerance) == ("not_met", True)
    assert found.reasons == ("RQ-001: Jan Otte answered on 2026-09-05 that it does not exist.",)


@pytest.mark.parametrize("answer", ["refused", "open"])
def test_a_refused_or_open_request_is_not_known(answer: str) -> None:
    assert examine([], [], requests=[request(answer)]).outcome == "no_evidence"


def test_a_declaration_of_completeness_turns_a_lack_into_not_met() -> None:
    assert examine([], [], **DECLARED).outcome == "not_met"
    silent = document("EV-001.md", "Each change is decided on by the board before it begins.")
    assert examine([item()], [silent], **DECLARED).outcome == "not_met"


def test_a_declaration_without_a_name_declares_nothing() -> None:
    assert examine([], [], documents_complete=True).outcome == "no_evidence"


def test_an_unreadable_document_is_never_proof_of_absence() -> None:
    broken = document(status="skipped", why="it is damaged", passages=())
    assert examine([item()], [broken], **DECLARED).outcome == "no_evidence"


def test_what_one_document_lacks_may_stand_in_the_one_that_cannot_be_read() -> None:
    silent = document("EV-001.md", "Each change is decided on by the board before it begins.")
    broken = document("EV-002.md", status="skipped", why="it is damaged", passages=())
    found = examine([item(), item("EV-002")], [silent, broken], **DECLARED)
    assert found.outcome == "no_evidence"


def test_an_accepted_document_that_vanished_from_the_register_caps_the_type() -> None:
    found = examine([item()], [document()], vanished=frozenset({"policy"}))
    assert found.outcome == "no_evidence"
