"""Minutes of a management review: each required input is a topic of the shipped type, and what is missing is named."""

from pathlib import Path

import pytest
from document_samples import examine, item, reasons, written

from auditkit.base.yamltext import load_model
from auditkit.catalog.model import DocumentType, DocumentTypeFile

MINUTES = """\
# Minutes of the management review

- Approved by: Anna Berg, 12 January 2026
- Effective from: 2026-01-15

## Inputs

All actions from the previous review were closed but one, which was given a new date.

Audit results show a trend towards fewer findings in operations than a year ago.

Satisfaction of customers rose to 4.3, and the number of complaints fell.

The board of Kleinwerk decided on a second carrier line and on two more posts.
"""


@pytest.fixture(scope="module")
def minutes_type(root: Path) -> DocumentType:
    loaded = load_model(root / "checklists" / "document-types.yaml", "document-types.yaml", DocumentTypeFile)
    assert loaded.model is not None
    return next(one for one in loaded.model.document_types if one.id == "management_review_minutes")


def test_every_input_that_is_not_in_the_minutes_is_named(minutes_type: DocumentType) -> None:
    topics = tuple(one.id for one in minutes_type.topics)
    minutes = item(title="Minutes", document_type="management_review_minutes")
    found = examine({minutes: written(MINUTES)}, minutes_type, topics)
    covered = {one.topic for one in found.quotes}
    missing = [one.name for one in minutes_type.topics if one.id not in covered]
    assert found.outcome == "no_evidence"
    assert 3 <= len(covered) < len(topics)
    assert reasons(found) == f"Not found in EV-001: {', '.join(missing)}."


def test_an_agenda_is_no_review(minutes_type: DocumentType) -> None:
    head = MINUTES.partition("All actions")[0]
    agenda = head + "".join(f"- {one.name}\n" for one in minutes_type.topics)
    minutes = item(title="Minutes", document_type="management_review_minutes")
    found = examine({minutes: written(agenda)}, minutes_type, tuple(one.id for one in minutes_type.topics))
    assert (found.outcome, found.quotes) == ("no_evidence", ())
