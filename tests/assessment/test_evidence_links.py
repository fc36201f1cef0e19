"""Which evidence bears on which point: by type, dataset, link and judgement, in the order of the register."""

from auditkit.assessment.evidence_links import evidence_by_point
from auditkit.catalog.model import DocumentExpectation, Point, Procedures
from auditkit.evidence.model import EvidenceItem


def item(number: int, **more: object) -> EvidenceItem:
    return EvidenceItem.model_validate(
        {"id": f"EV-{number:03d}", "title": "x", "file": f"{number}.md", "kind": "document", **more}
    )


def point(identifier: str, *, types: tuple[str, ...] = (), records: tuple[str, ...] = ()) -> Point:
    documents = tuple(DocumentExpectation(type=one) for one in types)
    return Point(
        id=identifier,
        statement="The organisation plans its changes.",
        kind="activity",
        certainty="estimate",
        procedures=Procedures(documents=documents, records=records),
    )


def test_evidence_is_linked_in_four_ways_once_and_in_the_order_of_the_register() -> None:
    items = (
        item(9, document_type="policy", links=("8.1-1",)),
        item(1, kind="record_export", dataset="change"),
        item(5, links=("8.2-1",)),
        item(3, document_type="policy"),
        item(2),
        item(4, document_type="policy"),
    )
    digests = {one.file: f"digest of {one.id}" for one in items if one.id != "EV-004"}  # 4 cannot be read
    points = (
        point("8.1-1", types=("policy",), records=("changes_approved",)),
        point("8.2-1"),
        point("8.3-1"),
    )
    tests = {"changes_approved": frozenset({"change"})}
    found = evidence_by_point(points, items, digests, tests, {"8.2-1": ("EV-002", "EV-404")})
    assert {key: list(one) for key, one in found.items()} == {
        "8.1-1": ["EV-009", "EV-001", "EV-003"],
        "8.2-1": ["EV-005", "EV-002"],
        "8.3-1": [],
    }
    assert found["8.2-1"]["EV-002"] == "digest of EV-002"
