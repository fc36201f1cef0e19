"""Laws 1, 2, 6 and 8 on whole runs: a copy of the worked engagement, with evidence taken away or broken."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from auditkit.base.digest import digest_file
from auditkit.engagement.catalog import library
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import open_engagement
from auditkit.engagement.reports import write_reports
from auditkit.engagement.run import RunOptions, RunOutcome, assess
from auditkit.evidence.model import EvidenceItem

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.worked, pytest.mark.slow]


@pytest.fixture(scope="module")
def engagement(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("engagement")
    for name in ("evidence", "workpapers"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "engagement.yaml", folder)
    return folder


def run(folder: Path) -> RunOutcome:
    return assess(open_engagement(Layout(folder)), RunOptions())


@pytest.fixture(scope="module")
def before(engagement: Path) -> RunOutcome:
    return run(engagement)


def conforming(outcome: RunOutcome) -> set[str]:
    return {one.point for one in outcome.run.assessment.points if one.value == "conforms"}


def open_gates(outcome: RunOutcome) -> set[str]:
    return {gate.id for gate in outcome.run.gates if gate.passed}


def gate_days(outcome: RunOutcome) -> list[date]:
    """Return the day of the whole and of each gate; what has no day is later than everything."""
    found = outcome.run.readiness
    assert found is not None
    return [found.day or date.max, *(gate.day or date.max for gate in found.gates)]


def no_better(after: RunOutcome, before: RunOutcome) -> None:
    assert conforming(after) <= conforming(before)
    assert open_gates(after) <= open_gates(before)
    assert all(late >= early for late, early in zip(gate_days(after), gate_days(before), strict=True))
    for name in ("by_requirement", "by_clause_average", "confirmed_by_requirement"):
        assert (
            getattr(after.run.assessment.measures, name).low
            <= getattr(before.run.assessment.measures, name).low
        )
    assert [one.point for one in after.run.assessment.points] == [
        one.point for one in before.run.assessment.points
    ]


def items(folder: Path) -> dict[str, EvidenceItem]:
    return {item.file: item for item in open_engagement(Layout(folder)).register.items}


DATASETS = {f"record.{test.id}": test.dataset for test in library().tests}
CHOSEN = (
    "records/change.csv.gz",
    "records/incident.csv.gz",
    "records/supplier.xlsx",
    "records/service.csv",
    "documents/028-release-policy.md",
    "documents/010-service-management-plan.md",
)


@pytest.mark.parametrize("file", CHOSEN)
@pytest.mark.parametrize("how", ["missing", "unreadable", "unregistered"])
def test_law_2_taking_away_or_breaking_evidence_never_helps(
    engagement: Path, before: RunOutcome, tmp_path: Path, file: str, how: str
) -> None:
    target = engagement / "evidence" / file
    kept, register = target.read_bytes(), (engagement / "evidence/register.yaml").read_text(encoding="utf-8")
    item = items(engagement)[file]
    try:
        if how == "unreadable":
            target.write_bytes(b"PK\x03\x04 broken" + bytes(64))
        else:
            target.unlink()
        if how == "unregistered":
            head, *entries = register.split("  - id: ")
            left = [one for one in entries if not one.startswith(f'"{item.id}"')]
            assert len(left) == len(entries) - 1
            (engagement / "evidence/register.yaml").write_text(
                "  - id: ".join([head, *left]), encoding="utf-8"
            )
        after = run(engagement)
    finally:
        target.write_bytes(kept)
        (engagement / "evidence/register.yaml").write_text(register, encoding="utf-8")
    no_better(after, before)
    touched = [
        result
        for one in after.run.assessment.points
        for result in one.results
        if (item.dataset and result.kind == "record" and DATASETS[result.procedure] == item.dataset)
        or (item.document_type and result.procedure == f"document.{item.document_type}")
    ]
    assert touched
    assert [one.procedure for one in touched if one.outcome == "met"] == []
    assert any(issue.code.startswith(("evidence-", "export-", "table-")) for issue in after.run.issues)


def test_law_1_an_engagement_without_evidence_says_not_assessed_of_everything(tmp_path: Path) -> None:
    shutil.copy(ROOT / "engagement.yaml", tmp_path)
    outcome = run(tmp_path)
    assert {one.value for one in outcome.run.assessment.points} == {"not_assessed"}
    assert len(outcome.run.assessment.requirements) == 215
    assert open_gates(outcome) == set()
    assert {one.result.outcome for one in outcome.run.record_tests} == {"no_evidence"}


def tree(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): digest_file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".auditkit-cache" not in path.parts and "reports" not in path.parts
    }


def test_law_6_a_run_writes_only_reports_and_cache(engagement: Path) -> None:
    before = tree(engagement)
    write_reports(run(engagement), pdf=False)
    assert tree(engagement) == before


def test_law_8_the_same_inputs_give_the_same_bytes(engagement: Path, tmp_path: Path) -> None:
    first, second = {}, {}
    for found in (first, second):
        shutil.rmtree(engagement / ".auditkit-cache", ignore_errors=True)
        shutil.rmtree(engagement / "reports", ignore_errors=True)
        write_reports(run(engagement), pdf=False)
        found.update(
            {
                path.name: digest_file(path)
                for path in sorted((engagement / "reports").rglob("*"))
                if path.is_file()
            }
        )
    assert first == second
    assert {"assessment.json", "audit-report.html"} <= first.keys()


def test_law_8_a_warm_run_says_what_a_cold_one_said(engagement: Path, before: RunOutcome) -> None:
    assert (engagement / ".auditkit-cache/tables").is_dir()
    assert run(engagement).run == before.run


def test_the_committed_report_is_the_one_this_run_gives(worked_html: str) -> None:
    committed = (ROOT / "reports/audit-report.html").read_text(encoding="utf-8")
    assert committed == worked_html


@pytest.fixture
def worked_html() -> str:
    from auditkit.reporting.html import render_html
    from auditkit.reporting.view import build_view
    from auditkit.reporting.view_model import Options

    return render_html(build_view(run(ROOT).run), Options())
