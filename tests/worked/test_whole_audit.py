"""A whole internal audit of the worked engagement, said at the command line: programme, plan, finding, effect, close.

Each step that must not be taken is tried where one would be tempted to, and refused with what to do instead.
"""

import csv
import gzip
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from auditkit.base.errors import UsageFault
from auditkit.cli.main import cli

pytestmark = [pytest.mark.worked, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
POINT = "8.6.1-1c"
TEST = "breached_urgent_incident_escalated"


class Audit:
    """A copy of the worked engagement and what is said to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def says(self, words: str, **texts: str) -> str:
        """Say a command that has to work; ``texts`` are options with spaces in their values."""
        done = self._say(words, texts)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.output

    def refuses(self, words: str, **texts: str) -> str:
        """Say a command that has to be refused, and leave the workpapers as they are."""
        before = self._papers()
        done = self._say(words, texts)
        assert isinstance(done.exception, UsageFault), done.output
        assert before == self._papers()
        return " ".join(str(done.exception).split())

    def edit(self, file: str, *changes: tuple[str, str]) -> None:
        """Change a human file, as its owner would."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")

    def _say(self, words: str, texts: dict[str, str]):  # type: ignore[no-untyped-def]
        options = [part for name, text in texts.items() for part in (f"--{name.replace('_', '-')}", text)]
        return CliRunner().invoke(cli, [*words.split(), *options, "-e", str(self.folder)])

    def _papers(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in (self.folder / "workpapers").rglob("*") if path.is_file()}


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    folder = tmp_path / "nordwerk"
    folder.mkdir()
    for name in ("evidence", "workpapers", "overlays", "examples"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("engagement.yaml", "impact.yaml"):
        shutil.copy(ROOT / name, folder / name)
    return Audit(folder)


def next_year(export: Path, without: set[str]) -> tuple[bytes, int]:
    """Return the incidents a year later, but those without an escalation; and how many there are."""
    later = re.compile(r"\b(2025|2026)-(?=\d\d-\d\d\b)")
    rows = list(csv.reader(io.StringIO(gzip.decompress(export.read_bytes()).decode("utf-8-sig"))))
    kept = [rows[0], *(row for row in rows[1:] if row[0] not in without)]
    text = io.StringIO()
    csv.writer(text).writerows(
        [later.sub(lambda found: f"{int(found[1]) + 1}-", cell) for cell in row] for row in kept
    )
    return gzip.compress(text.getvalue().encode(), 1, mtime=0), len(kept) - 1


def test_from_the_programme_to_a_major_closed_after_its_effect_was_shown(audit: Audit) -> None:
    # The programme says what is due, the plan who looks at it.
    due = audit.says("programme coverage --by process")
    assert re.search(r"incident-management .*high", due)
    assert "Incident" in audit.says("programme plan")
    assert "no competence for it is recorded for P-003" in audit.says("programme check")

    # The audit examines; a candidate shows that urgent incidents were not escalated.
    assert "DRAFT" in audit.says("run --no-pdf")
    report = json.loads((audit.folder / "reports/assessment.json").read_text(encoding="utf-8"))
    (candidate,) = [one["id"] for one in report["candidates"] if one["procedure"] == f"record.{TEST}"]
    assert "60 of 215" in audit.says(f"explain {POINT}")

    # Nobody unknown signs anything, and nothing in clauses 4 to 10 is not applicable.
    assert "P-999" in audit.refuses(
        f"judge {POINT} conforms --by P-999", because="All urgent incidents were read."
    )
    said = audit.refuses(
        f"judge {POINT} not_applicable --by P-002", because="There are no urgent incidents here."
    )
    assert "allows no exclusion, so not_applicable is refused. Judge it, or leave it unassessed." in said
    assert "P-999" in audit.refuses(f"finding raise {candidate} --by P-999")

    # An auditor may believe otherwise, but not in silence: the conflict holds the release back until it is named.
    audit.says(
        f"judge {POINT} conforms --by P-002 --again", because="The team leads said that they escalate."
    )
    assert "Only the lead auditor" in audit.refuses("signoff --by P-002")
    blocked = audit.refuses("signoff --by P-001")
    assert re.search(rf"{re.escape(POINT)}\D.*record\.{TEST}", blocked), blocked

    # The finding is raised as the rule grades it, and lives by its steps.
    audit.says(f"finding raise {candidate} --by P-002 --at 2026-10-09")
    shown = audit.says("finding show NC-092")
    assert "major" in shown
    assert "60 of 215" in shown
    assert "answer" in audit.refuses("finding accept NC-092 --by P-002 --at 2026-10-12")
    audit.says(
        "finding answer NC-092 --by P-013 --at 2026-10-12 --due 2026-11-30",
        correction="The open ones were escalated the same day.",
        cause="The desk escalates by hand and forgets it at night.",
        action="The tool escalates by itself when half the time is gone.",
        owner="Tobias Lange",
    )
    audit.says("finding accept NC-092 --by P-002 --at 2026-10-14")
    done = "finding implement NC-092 --by P-013 --at 2026-11-20 --on EV-062"
    audit.says(done, note="The rule is live since this morning.")

    # No close without a proven effect, nobody verifies an action of their own, and old records prove nothing.
    assert "verify it first" in audit.refuses("finding close NC-092 --by P-001 --at 2026-12-28")
    verify = "finding verify NC-092 --effective --on EV-062 --by {} --at 2027-10-12"
    seen = {"note": "Every urgent incident that broke its time was escalated."}
    assert "not of the audit team" in audit.refuses(verify.format("P-013"), **seen)
    assert "still sees 60 of 215" in audit.refuses(verify.format("P-001"), **seen)

    # A year later: new records, a new day. The effect shows, and the major can be closed.
    export = audit.folder / "evidence/records/incident.csv.gz"
    listed_rows = (audit.folder / f"reports/exceptions/{TEST}.csv").read_text(encoding="utf-8-sig")
    failing = {
        row["id"] for row in csv.DictReader(io.StringIO(listed_rows)) if row["computed"] == "exception"
    }
    assert len(failing) == 60
    records, count = next_year(export, failing)
    export.write_bytes(records)
    audit.edit(
        "evidence/register.yaml",
        ('period: {"start": "2025-10-01", "end": "2026-09-30"}\n    source: "ServiceNow"\n    filter: "all records of the period, every state"\n    control_total: 12400\n    received_at: "2026-10-07"',
         f'period: {{"start": "2026-10-01", "end": "2027-09-30"}}\n    source: "ServiceNow"\n    filter: "all records of the period, every state"\n    control_total: {count}\n    received_at: "2027-10-07"'),
    )  # fmt: skip
    audit.edit(
        "engagement.yaml",
        ('period: {"start": "2025-10-01", "end": "2026-09-30"}', 'period: {"start": "2026-10-01", "end": "2027-09-30"}'),
        ('as_of: "2026-10-15"', 'as_of: "2027-10-15"'),
    )  # fmt: skip
    audit.says("evidence accept")
    assert audit.says(verify.format("P-001"), **seen) == "NC-092 is verified effective.\n"
    audit.says("finding close NC-092 --by P-001 --at 2027-10-14")
    shown = audit.says("finding show NC-092")
    assert "closed" in shown
    history = re.findall(r"^  (\S+)  (P-\d+)  ([a-z ]+)", shown.partition("History")[2], re.MULTILINE)
    assert history == [
        ("2026-10-09", "P-002", "raised"),
        ("2026-10-12", "P-013", "answer"),
        ("2026-10-14", "P-002", "accept plan"),
        ("2026-11-20", "P-013", "implement"),
        ("2027-10-12", "P-001", "verify"),
        ("2027-10-14", "P-001", "close"),
    ]
    assert "NC-092" not in audit.says("readiness")
