"""A real export end to end: the ServiceNow event log as the only evidence of an engagement, to the report."""

import shutil
from pathlib import Path

import pytest

from auditkit.engagement.evidence import accept_evidence
from auditkit.engagement.init import create_engagement
from auditkit.engagement.open import open_engagement
from auditkit.engagement.reports import write_reports
from auditkit.engagement.run import RunOptions, assess

REGISTER = """\
items:
  - id: EV-001
    title: Incident event log
    file: records/incident_event_log.csv.gz
    kind: record_export
    dataset: incident
    profile: servicenow-incident-log
    source: ServiceNow
    filter: all events
    period: {start: 2016-02-29, end: 2017-02-18}
    control_total: 141712
"""


@pytest.mark.shared
def test_a_real_event_log_goes_through_to_the_report(shared: Path, tmp_path: Path) -> None:
    layout = create_engagement(tmp_path / "real", "internal-audit", "2016-02-29", "2017-02-18")
    log = shared / "real/records/uci_servicenow_incidents/incident_event_log.csv.gz"
    shutil.copy(log, layout.evidence / "records")
    layout.register.write_text(REGISTER)
    accept_evidence(open_engagement(layout))
    outcome = assess(open_engagement(layout), RunOptions())
    reading = outcome.run.readings[0]
    assert (reading.rows_in_file, reading.rows_kept) == (141_712, 24_918)
    results = {one.id: one.result for one in outcome.run.record_tests}
    lifecycle = results["incident_lifecycle_complete"]
    assert (lifecycle.population, lifecycle.outcome) == (24_918, "not_met")
    first = lifecycle.exception_rows[0]
    assert first.place.file == "evidence/records/incident_event_log.csv.gz"
    assert first.place.row is not None
    assert results["incident_actions_recorded"].outcome == "not_testable"
    assert "field" in results["incident_actions_recorded"].reasons[0]
    written = write_reports(outcome, pdf=True)
    assert [path.name for path in written.files] == [
        "audit-report.pdf",
        "audit-report.html",
        "assessment.json",
    ]
