"""Law 2 where it is easiest to break: of two exports the one with the exceptions disappears, register entry and all."""

from pathlib import Path

from auditkit.assessment.model import ProcedureResult
from auditkit.engagement.evidence import accept_evidence
from auditkit.engagement.init import create_engagement
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import open_engagement
from auditkit.engagement.run import RunOptions, assess

ENTRY = "  - {{id: EV-00{n}, title: Types {n}, file: records/{n}.csv, kind: record_export, dataset: request_type}}\n"


def register(layout: Layout, *numbers: int) -> None:
    layout.register.write_text("items:\n" + "".join(ENTRY.format(n=n) for n in numbers))


def result(layout: Layout) -> tuple[ProcedureResult, set[str]]:
    run = assess(open_engagement(layout), RunOptions()).run
    found = {one.id: one.result for one in run.record_tests}
    return found["request_types_have_instruction"], {issue.code for issue in run.issues}


def test_an_accepted_export_that_disappears_caps_its_dataset(tmp_path: Path) -> None:
    layout = create_engagement(tmp_path / "audit", "internal-audit", "2025-10-01", "2026-09-30")
    records = layout.evidence / "records"
    (records / "1.csv").write_text("id,title,instruction_ref,owner\nA,Account,WI-1,Anna\n")
    (records / "2.csv").write_text("id,title,instruction_ref,owner\nB,Bus pass,,Jan\n")
    register(layout, 1, 2)
    accept_evidence(open_engagement(layout))
    before, _ = result(layout)
    assert (before.outcome, before.exceptions, before.examined) == ("not_met", 1, 2)
    (records / "2.csv").unlink()
    register(layout, 1)
    after, codes = result(layout)
    assert after.outcome == "no_evidence"
    assert "evidence-vanished" in codes


def test_accepting_anew_is_the_way_out_and_it_is_deliberate(tmp_path: Path) -> None:
    layout = create_engagement(tmp_path / "audit", "internal-audit", "2025-10-01", "2026-09-30")
    (layout.evidence / "records" / "1.csv").write_text(
        "id,title,instruction_ref,owner\nA,Account,WI-1,Anna\n"
    )
    register(layout, 1)
    accept_evidence(open_engagement(layout))
    assert result(layout)[0].outcome == "met"
