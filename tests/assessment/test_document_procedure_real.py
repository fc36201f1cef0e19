"""Real documents and hostile ones: templates and drafts earn nothing, real policies state something."""

import tarfile
from datetime import date
from pathlib import Path

import pytest
from document_samples import OURS

from auditkit.assessment.procedures.document_currency import duplicates, shortcomings
from auditkit.assessment.procedures.document_evidence import Candidate, DocumentEvidence
from auditkit.assessment.procedures.document_faults import fault
from auditkit.evidence.model import EvidenceItem, ReadDocument, Register
from auditkit.evidence.read import list_files, read_files

pytestmark = pytest.mark.shared
NO_PLACEHOLDERS = (
    "Asset Inventory.xlsx",
    "Risk Register.xlsx",
    "Gap Assessment Plan.xlsx",
    "Guidance",
    "Statement of",
    "service-levels.md",
    "cp-bcdr-test.md",
    "cp-vendor-monitor.md",
)
"""What in these folders holds examples or finished text, with hardly a placeholder."""


@pytest.fixture(scope="module")
def real(shared: Path) -> dict[str, ReadDocument]:
    folder = shared / "real" / "docs"
    return read_files(folder, list_files(folder), None)


@pytest.fixture(scope="module")
def hostile(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, ReadDocument]:
    folder = tmp_path_factory.mktemp("hostile")
    with tarfile.open(shared / "real" / "edge-cases.tar.gz") as archive:
        wanted = [
            one
            for one in archive.getmembers()
            if one.isfile() and Path(one.name).suffix in (".md", ".docx", ".html", ".pdf")
        ]
        archive.extractall(folder, wanted, filter="data")
    return {Path(name).name: one for name, one in read_files(folder, list_files(folder), None).items()}


def entry(document: ReadDocument, number: int = 1, **changes: object) -> EvidenceItem:
    values: dict[str, object] = {
        "id": f"EV-{number:03d}",
        "title": "Policy",
        "file": document.file,
        "kind": "document",
        "document_type": "change_management_policy",
    }
    return EvidenceItem.model_validate(values | changes)


def says(document: ReadDocument, organisation: str = "") -> str | None:
    evidence = DocumentEvidence(
        Register(), (), {}, frozenset(), date(2026, 10, 15), date(2026, 9, 30), organisation
    )
    return fault(Candidate(entry(document), document), evidence)


def test_templates_of_the_real_toolkits_earn_nothing(real: dict[str, ReadDocument]) -> None:
    folders = ("iso27001-toolkit/", "jupiterone/", "counteractive/", "arch-reference/")
    passed = [
        name
        for name, one in real.items()
        if name.startswith(folders) and one.format != "pptx" and says(one) is None
    ]
    unexpected = [name for name in passed if not any(word in name for word in NO_PLACEHOLDERS)]
    assert unexpected == []


def test_real_policies_and_processes_are_no_templates(real: dict[str, ReadDocument]) -> None:
    folders = ("sourcegraph/", "uk-gds/", "37signals/", "mozilla/", "rust-infra/", "gitlab-ja/", "catalyze/")
    faulty = {
        name: said
        for name, one in real.items()
        if name.startswith(folders) and one.status == "read" and (said := says(one)) is not None
    }
    assert faulty == {}


def test_a_report_that_calls_itself_a_draft_is_one(real: dict[str, ReadDocument]) -> None:
    drafts = {name for name, one in real.items() if "calls itself 'Draft'" in (says(one) or "")}
    assert len(drafts) == 5
    assert all(name.startswith("2i2c/") for name in drafts)


def test_documents_of_others_are_told_where_their_cover_names_them(real: dict[str, ReadDocument]) -> None:
    found = says(real["acme-health/Risk Assessment Report.docx"], OURS)
    assert (
        found == f"is a document of another organisation: it names Acme Health Solutions and nowhere {OURS}"
    )
    assert says(real["acme-health/Risk Assessment Report.docx"], "Acme Health Solutions") is None


def test_the_review_interval_of_a_real_page_counts(real: dict[str, ReadDocument]) -> None:
    page = real["uk-gds/configuration-management.md"]
    evidence = DocumentEvidence(Register(), (), {}, frozenset(), date(2026, 10, 15), date(2026, 9, 30))
    assert "is past the review date of 2025-08-18 that it states itself" in shortcomings(
        Candidate(entry(page), page), evidence
    )


@pytest.mark.parametrize(
    ("name", "why"),
    [("superseded_policy.md", "not in force"), ("template_only.md", "is a template")],
)
def test_hostile_documents_earn_nothing(hostile: dict[str, ReadDocument], name: str, why: str) -> None:
    assert why in (says(hostile[name]) or "")


def test_every_hostile_document_gets_an_answer(hostile: dict[str, ReadDocument]) -> None:
    read = [one for one in hostile.values() if one.status != "skipped"]
    assert read
    for one in read:
        assert says(one) is None or isinstance(says(one), str)


def test_a_second_version_under_another_name_is_noticed(hostile: dict[str, ReadDocument]) -> None:
    one, other = hostile["BCP.docx"], hostile["bcp_v2.docx"]
    items = [entry(one, title="BCP"), entry(other, 2, title="bcp v2")]
    documents = {one.file: one, other.file: other}
    assert len(duplicates(items, documents)) == 1
