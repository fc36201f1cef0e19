"""An action proven from files: what the records of the months after it say, and everything that keeps them from saying it."""

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from finding_engagement import make, period, records, run

from auditkit.engagement.evidence import accept_evidence
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import open_engagement
from auditkit.improvement.proof_model import Proof
from auditkit.reporting.model import Run

MONTHS = ("10", "11", "12", "01", "02", "03", "04", "05", "06", "07", "08", "09")
REGISTER = """\
# Written by people.
items:
  - {id: EV-001, title: Changes, file: changes.csv, kind: record_export, dataset: change, control_total: 144,
     source: Change tool, filter: all changes, period: {start: 2025-10-01, end: 2026-09-30}}
"""
ACTION = """\
# Written by people.
id: CA-001
finding: C-00000000
title: The workflow refuses what nobody approved
owner: Jan Otte
status: done
proof:
  measure: record.normal_change_approved_before_implementation
  before: {exceptions: 9, examined: 40, at: 2025-09-30, evidence: [last year]}
  implemented_at: 2026-03-20
"""


def worked(folder: Path, *, late_after: int = 0) -> Path:
    """Twelve changes a month; one in three was approved late until March, and ``late_after`` of June's and July's after it."""
    make(folder)
    lines = ["id,type,status,approved_at,actual_start,actual_end,closed_at,opened_at,outcome"]
    for place, month in enumerate(MONTHS):
        for number in range(12):
            day = f"{2025 if place < 3 else 2026}-{month}-{number + 1:02d}"
            late = number < 4 if place < 6 else month in ("06", "07") and number < late_after
            approved = f"{day} 14:00" if late else f"{day} 08:00"
            lines.append(
                f"CHG{place * 12 + number:04d},normal,closed,{approved},{day} 09:00,{day} 10:00,{day} 12:00,{day} 07:00,successful"
            )
    (folder / "evidence/changes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "evidence/register.yaml").write_text(REGISTER, encoding="utf-8")
    (folder / "evidence/workflow.md").unlink()
    (folder / "workpapers/actions").mkdir(parents=True)
    (folder / "workpapers/actions/CA-001.yaml").write_text(ACTION, encoding="utf-8")
    return folder


def proof(folder: Path) -> Proof:
    (one,) = run(folder).proofs
    return one


def test_the_records_after_the_action_prove_it(tmp_path: Path) -> None:
    one = proof(worked(tmp_path / "a"))
    assert one.after is not None
    assert (one.verdict, one.reached) == ("improved", True)
    assert (one.after.exceptions, one.after.examined, one.after.months[0]) == (0, 72, "2026-04")
    missed = proof(worked(tmp_path / "b", late_after=2))
    assert (missed.verdict, missed.reached) == ("improved", False)
    plan = run(tmp_path / "b").plan
    assert [item.id for item in plan if item.id.startswith("F-")] == ["F-CA-001"]


def without_rows(folder: Path, seed: int) -> None:
    path = folder / "evidence/changes.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    chance = random.Random(seed)  # noqa: S311 - a draw that everybody can repeat
    kept = chance.sample(rows, chance.randint(0, len(rows) - 1))
    path.write_text("\n".join((head, *sorted(kept))) + "\n", encoding="utf-8")


@pytest.mark.parametrize("seed", range(8))
def test_taking_rows_away_never_yields_an_improvement(tmp_path: Path, seed: int) -> None:
    """Also where exceptions alone are taken: the number of rows the source system states gives it away."""
    folder = worked(tmp_path / "a", late_after=8)
    before = proof(folder)
    assert before.verdict == "not_improved"
    without_rows(folder, seed)
    assert proof(folder).verdict == "not_enough_records"


def test_taking_exactly_the_exceptions_away_proves_nothing(tmp_path: Path) -> None:
    folder = worked(tmp_path / "a", late_after=8)
    path = folder / "evidence/changes.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [one for one in lines if not ("14:00" in one and ("2026-06" in one or "2026-07" in one))]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    one = proof(folder)
    assert one.verdict == "not_enough_records"
    assert any("144" in reason for reason in one.reasons), one.reasons


def no_total(folder: Path) -> None:
    path = folder / "evidence/register.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(" control_total: 144,", ""), encoding="utf-8")


def no_column(folder: Path) -> None:
    path = folder / "evidence/changes.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("approved_at", "colour", 1), encoding="utf-8")


def no_dates(folder: Path) -> None:
    path = folder / "evidence/changes.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("opened_at", "colour", 1), encoding="utf-8")


def unreadable(folder: Path) -> None:
    (folder / "evidence/changes.csv").write_bytes(b"\x00\xff\x00\xff" * 40)


def gone(folder: Path) -> None:
    (folder / "evidence/changes.csv").unlink()


def vanished(folder: Path) -> None:
    accept_evidence(open_engagement(Layout(folder)))
    (folder / "evidence/register.yaml").write_text("# Written by people.\nitems: []\n", encoding="utf-8")


def doubtful(folder: Path) -> None:
    path = folder / "evidence/changes.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("2026-06-01 08:00", "soon").replace("2026-07-01 08:00", ""), encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (no_total, "no verified population"),
        (no_column, "approved_at is not in the export"),
        (no_dates, "could not be counted month by month"),
        (unreadable, "changes.csv"),
        (gone, "changes.csv"),
        (vanished, "no longer registered"),
    ],
)
def test_records_that_are_not_there_prove_nothing(
    tmp_path: Path, spoil: Callable[[Path], None], says: str
) -> None:
    folder = worked(tmp_path / "a")
    assert proof(folder).verdict == "improved"
    spoil(folder)
    one = proof(folder)
    assert (one.verdict, one.reached) == ("not_enough_records", False)
    assert any(says in reason for reason in one.reasons), one.reasons


def test_cells_that_cannot_be_read_count_as_exceptions_until_they_are_known(tmp_path: Path) -> None:
    folder = worked(tmp_path / "a")
    doubtful(folder)
    one = proof(folder)
    assert one.after is not None
    assert (one.after.exceptions, one.after.unknown, one.reached) == (1, 1, False)


def test_a_measure_that_is_no_record_test_is_said(tmp_path: Path) -> None:
    folder = worked(tmp_path / "a")
    path = folder / "workpapers/actions/CA-001.yaml"
    path.write_text(
        ACTION.replace("record.normal_change_approved", "record.change_applauded"), encoding="utf-8"
    )
    found = run(folder)
    assert found.proofs == ()
    (issue,) = [one for one in found.issues if one.code == "unknown-measure"]
    assert "record.change_applauded_before_implementation" in issue.message
    assert "annex B" in issue.hint


def after_a_year(tmp_path: Path, earlier: str = "../before", stated: str = "9, examined: 40") -> Run:
    """An engagement and the one before it, in which 9 of 40 changes were approved late."""
    before = make(tmp_path / "before", late=9)
    period(before, "2024-10-01", "2025-09-30", "2025-10-15")
    records(before, "2025", "03", late=9)
    folder = worked(tmp_path / "now")
    with (folder / "engagement.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f"earlier: [{earlier}]\n")
    path = folder / "workpapers/actions/CA-001.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("9, examined: 40", stated), encoding="utf-8")
    return run(folder)


def test_the_year_before_bears_the_figure_out(tmp_path: Path) -> None:
    found = after_a_year(tmp_path)
    (year_before,) = found.earlier
    assert (year_before.engagement, year_before.as_of) == ("small", date(2025, 10, 15))
    assert found.proofs[0].verdict == "improved"
    again = run(tmp_path / "now")
    assert again.earlier == found.earlier
    assert again.trace == found.trace


def test_a_figure_that_the_year_before_does_not_count_proves_nothing(tmp_path: Path) -> None:
    (one,) = after_a_year(tmp_path, stated="19, examined: 40").proofs
    assert one.verdict == "not_enough_records"
    assert "stated as 19 of 40; small counts 9 of 40" in " ".join(one.reasons)


def test_a_change_in_the_year_before_is_seen_and_not_taken_from_the_cache(tmp_path: Path) -> None:
    found = after_a_year(tmp_path)
    records(tmp_path / "before", "2025", "03", late=5)
    again = run(tmp_path / "now")
    assert again.proofs[0].verdict == "not_enough_records"
    assert again.trace.run_id != found.trace.run_id


@pytest.mark.parametrize(
    ("earlier", "code", "says"),
    [
        ("../nowhere", "earlier-missing", "Correct the folder"),
        (".", "earlier-not-before", "Name engagements that lie before this one"),
        ("../broken", "earlier-unreadable", "Run it by itself"),
        ("../other", "earlier-other-catalog", "auditkit catalog migrate"),
    ],
)
def test_an_earlier_engagement_that_does_not_fit_is_said_and_left_out(
    tmp_path: Path, earlier: str, code: str, says: str
) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken/engagement.yaml").write_text("id: [\n", encoding="utf-8")
    other = make(tmp_path / "other")
    period(other, "2024-10-01", "2025-09-30", "2025-10-15")
    text = (other / "engagement.yaml").read_text(encoding="utf-8")
    (other / "engagement.yaml").write_text(text.replace("20000-1-2018", "20000-1-2005"), encoding="utf-8")
    found = after_a_year(tmp_path, earlier=earlier)
    assert found.earlier == ()
    (issue,) = [one for one in found.issues if one.code.startswith("earlier-")]
    assert (issue.code, says in issue.hint) == (code, True)
