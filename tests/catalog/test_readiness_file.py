"""checklists/<catalog>/readiness.yaml: names that lead nowhere are said with their line."""

from pathlib import Path

import pytest

from auditkit.catalog.model import DocumentType
from auditkit.catalog.preparation import ReadinessFile, load_readiness

TYPES = (DocumentType(id="policy", title="Policy", clauses=("5.2.1",), basis="standard", names=("p",)),)
DATASETS = {"audit": frozenset({"planned_at", "performed_at"})}


def load(folder: Path, text: str) -> tuple[ReadinessFile, tuple[str, ...]]:
    path = folder / "readiness.yaml"
    path.write_text(f"# Written by people.\n{text}", encoding="utf-8")
    found, issues = load_readiness(path, "checklists/x/readiness.yaml", ["9.2"], TYPES, DATASETS)
    return found, tuple(map(str, issues))


def test_a_catalog_without_the_file_plans_nothing(tmp_path: Path) -> None:
    assert load_readiness(tmp_path / "no.yaml", "no.yaml", [], TYPES, DATASETS) == (ReadinessFile(), ())


def test_names_that_exist_are_taken(tmp_path: Path) -> None:
    found, issues = load(
        tmp_path,
        "planned:\n  - {clause: '9.2', dataset: audit, planned: planned_at, done: performed_at}\n"
        "stage_1:\n  - {id: a, title: A, why: w, documents: [policy], datasets: [audit]}\n",
    )
    assert issues == ()
    assert (found.planned[0].dataset, found.stage_1[0].documents) == ("audit", ("policy",))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("planned:\n  - {clause: '9.2', dataset: x, planned: a, done: b}\n", "Not known: x, x.a, x.b."),
        (
            "planned:\n  - {clause: '9.2', dataset: audit, planned: planned_at, done: b}\n",
            "Not known: audit.b.",
        ),
        (
            "planned:\n  - {clause: '9', dataset: audit, planned: planned_at, done: performed_at}\n",
            "Not known: clause 9.",
        ),
        (
            "stage_1:\n  - {id: a, title: A, why: w, documents: [y], datasets: [z]}\n",
            "Not known: y, z.",
        ),
        ("stage_1:\n  - {id: a, title: A, why: w}\n", "names no document type and no dataset"),
    ],
)
def test_names_that_lead_nowhere_are_said(tmp_path: Path, text: str, says: str) -> None:
    _, issues = load(tmp_path, text)
    assert len(issues) == 1
    assert issues[0].startswith("checklists/x/readiness.yaml:3")
    assert says in issues[0]
