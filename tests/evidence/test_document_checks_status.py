"""A document says itself whether it is in force, and whose it is."""

import pytest

from auditkit.base.place import Place
from auditkit.evidence.document_names import names_another
from auditkit.evidence.document_status import is_out_of_force
from auditkit.evidence.document_titles import is_same_title
from auditkit.evidence.model import DocumentMeta, Passage, ReadDocument


def document(*texts: str, **meta: object) -> ReadDocument:
    place = Place(file="evidence/a.pdf", page=1)
    return ReadDocument(
        file="a.pdf",
        sha256="aa",
        size_bytes=1,
        format="pdf",
        status="read",
        meta=DocumentMeta.model_validate(meta),
        passages=tuple(Passage(place=place, text=text) for text in texts),
    )


@pytest.mark.parametrize(
    ("status", "out"),
    [
        ("OBSOLETE - replaced by v3", True), ("Draft", True), ("Work in progress", True), ("not yet approved", True),
        ("Entwurf", True), ("released", False), ("Approved", False), ("Reviewed", False), (None, False),
    ],
)  # fmt: skip
def test_its_status(status: str | None, out: bool) -> None:
    assert (is_out_of_force(document("A text.", status=status)) is not None) is out


@pytest.mark.parametrize(
    "text",
    [
        "DRAFT", "DRAFT v0.3 - not for distribution", "Draft version 0.9",
        "This document has been superseded by the policy of 2026.", "This policy is no longer in force.",
        "This is the policy. This version was withdrawn in May.", "Superseded by: NW-026", "Ersetzt durch: NW-026",
    ],
)  # fmt: skip
def test_its_own_words_with_the_page(text: str) -> None:
    assert "page 1" in (is_out_of_force(document(text)) or "")


@pytest.mark.parametrize(
    "text",
    [
        "If this document is superseded the old version is archived.",
        "This plan is withdrawn when the new one is released.",
        "A draft is marked as such by its owner.",
        "Superseded by: -",
        "Draft changes are shown to the board.",
        "This policy replaces the policy of 2021.",
    ],
)
def test_what_it_says_of_others_or_of_the_future(text: str) -> None:
    assert is_out_of_force(document(text)) is None


@pytest.mark.parametrize(
    ("name", "out"),
    [
        ("Capacity plan, draft for next year", True), ("Change policy (superseded)", True), ("Policy - obsolete", True),
        ("documents/policy_DRAFT_v0.3.docx", True), ("archive/policy.docx", True), ("policy-old.pdf", True),
        ("Drafting of contracts", False), ("documents/threshold.pdf", False), ("Old town site, continuity plan", False),
    ],
)  # fmt: skip
def test_its_name(name: str, out: bool) -> None:
    assert (is_out_of_force(document("A text."), (name,)) is not None) is out


def test_its_version() -> None:
    assert is_out_of_force(document("A text.", version="2.0 draft")) is not None
    assert is_out_of_force(document("A text.", version="2.0")) is None


@pytest.mark.parametrize(
    "foreign",
    [
        document("A text of a policy.", title="Contoso Foundation policy"),
        document("Contoso Hosting GmbH", "A text of a policy."),
        document("A text of a policy.", approver="Jane Roe, Contoso plc"),
        document("© 2024 Contoso", "A text of a policy."),
        document("Company: Contoso", "A text of a policy."),
        document("City of Springfield", "A text of a policy."),
    ],
)
def test_a_document_that_names_only_others(foreign: ReadDocument) -> None:
    assert names_another(foreign, "Nordwerk Managed Services GmbH") is not None
    assert names_another(foreign, "") is None


@pytest.mark.parametrize(
    "ours", ["Nordwerk decides on changes.", "The NMS decides on changes.", "the nordwerk rule"]
)
def test_a_document_that_names_us_anywhere_is_not_foreign(ours: str) -> None:
    text = document("Contoso Hosting GmbH", "A text of a policy.", ours)
    assert names_another(text, "Nordwerk Managed Services GmbH") is None


@pytest.mark.parametrize(
    "text",
    ["A text of a policy.", "Capacity Plan", "Plan for Managed Services", "(c) Each change is tested first."],
)
def test_a_document_that_names_nobody_is_not_foreign(text: str) -> None:
    assert names_another(document(text), "Nordwerk Managed Services GmbH") is None


def test_a_name_of_common_words_counts_as_a_whole() -> None:
    text = document("Contoso Ltd", "Our services are managed by the board.")
    assert names_another(text, "Managed Services Ltd") == "Contoso Ltd"
    whole = document("Contoso Ltd", "This is a rule of Managed Services.")
    assert names_another(whole, "Managed Services Ltd") is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Change Management Policy", "change management policy v2.1", True),
        ("Change_policy (2)", "Change policy final", True),
        ("Minutes 2025", "Minutes 2026", False),
        ("Plan, Kraków site", "Plan, Hamburg site", False),
        ("v2", "v3", False),
    ],
)
def test_titles_without_their_versions(one: str, other: str, same: bool) -> None:
    assert is_same_title(one, other) is same
