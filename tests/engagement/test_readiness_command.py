"""``auditkit readiness`` on a small engagement: planned audits, young records, a document that does not exist."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small import engagement, ran

from auditkit.cli.main import cli
from auditkit.findings.readiness_model import GateForecast, Readiness

REGISTER = """\
# Written by people.
items:
  - {id: EV-001, title: Changes, file: changes.csv, kind: record_export, dataset: change, owner: Jan Otte}
  - {id: EV-002, title: Audits, file: audits.csv, kind: record_export, dataset: audit}
  - {id: EV-003, title: Policy, file: policy.md, kind: document, document_type: change_management_policy}
"""
REQUESTS = """\
# Written by people.
requests:
  - {id: RQ-001, asked_for: Service management plan, document_type: service_management_plan, asked_at: 2026-09-15,
     asked_of: Lena Hoffmann, answer: does_not_exist, answered_by: Lena Hoffmann, answered_at: 2026-10-05}
  - {id: RQ-002, asked_for: Risk register, document_type: risk_register, asked_at: 2026-09-15,
     asked_of: P-010, answer: refused}
"""
CHANGES = """\
id,type,status,approved_at,actual_start,actual_end,closed_at,opened_at,outcome
CHG1,normal,closed,2026-09-20 08:00,2026-09-20 09:00,2026-09-20 10:00,2026-09-20 12:00,2026-09-20 07:00,successful
CHG2,normal,closed,2026-09-21 14:00,2026-09-21 09:00,2026-09-21 10:00,2026-09-21 12:00,2026-09-21 07:00,successful
"""
AUDITS = """\
id,process,planned_at,performed_at,auditor
A1,Change management,2026-03-01,2026-03-02,Ole Brandt
A2,Incident management,2026-09-01,,Ole Brandt
A3,Problem management,2027-02-01,,Ole Brandt
A4,Release management,2026-12-01,,Ole Brandt
A5,Supplier management,2026-11-05,2026-10-01,Ole Brandt
A6,Asset management,soon,,Ole Brandt
"""
MAJOR = """\
# Written by people.
finding: {id: NC-001, points: ["8.5.1.3-1"], grade: major, raised_by: P-001, raised_at: 2026-10-08, state: answered,
  statement: {requirement: Changes are approved first., failure: One was not., objective_evidence: CHG2.},
  confirms: [C-6a70d341]}
answer: {correction: It was looked at again., cause: The tool allowed it., corrective_action: The tool refuses it.,
  owner: P-010, due: 2026-11-30}
"""
FILES = {
    "evidence/register.yaml": REGISTER,
    "evidence/requests.yaml": REQUESTS,
    "evidence/changes.csv": CHANGES,
    "evidence/audits.csv": AUDITS,
    "evidence/policy.md": "# Policy\n\nChanges are decided on by the board before they are put into effect.\n",
    "workpapers/findings/NC-001.yaml": MAJOR,
}


def forecast(folder: Path, **changed: str | None) -> Readiness:
    """Run the engagement with files changed; None leaves a file out."""
    paths = {path.rpartition("/")[2].partition(".")[0]: path for path in FILES}
    files = dict(FILES)
    files |= {paths[name]: text for name, text in changed.items() if text is not None}
    for name, text in changed.items():
        if text is None:
            del files[paths[name]]
    found = ran(engagement(folder, files=files)).run.readiness
    assert found is not None
    return found


def gate(found: Readiness, name: str) -> GateForecast:
    return next(one for one in found.gates if one.gate == name)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Readiness:
    """The forecast of the engagement with nothing changed."""
    return forecast(tmp_path_factory.mktemp("whole"))


def test_the_next_planned_audit_is_read_from_the_records(whole: Readiness) -> None:
    audit = gate(whole, "governance").blockers[0]
    assert (str(audit.due), str(audit.not_before), audit.without_date) == ("2026-12-01", "2026-12-01", "")


def test_without_the_records_of_audits_no_day_is_known(tmp_path: Path) -> None:
    for number, text in enumerate((None, "", "id,process,planned_at\nA4,Release,2026-12-01\n")):
        audit = gate(forecast(tmp_path / str(number), audits=text), "governance").blockers[0]
        assert audit.due is None
        assert audit.without_date.startswith("nothing with a date is planned for 9.2")


def test_an_audit_export_that_is_not_readable_is_named(tmp_path: Path) -> None:
    audit = gate(forecast(tmp_path, audits=None), "governance").blockers[0]
    assert "EV-002 audits.csv cannot be read" in audit.without_date


def test_young_records_need_three_months_from_the_first(whole: Readiness) -> None:
    blockers = {one.subject: one for one in gate(whole, "operation").blockers}
    changes = blockers.pop("change")
    assert (str(changes.needs_records_until), changes.owner) == ("2026-12-20", "Jan Otte")
    assert len(blockers) > 5
    assert {str(one.not_before) for one in blockers.values()} == {"2027-01-15"}
    assert all(one.without_date for one in blockers.values())


def test_a_finding_on_a_record_test_needs_new_records_even_when_the_old_ones_are_gone(tmp_path: Path) -> None:
    for number, text in enumerate((CHANGES, None)):
        found = gate(forecast(tmp_path / str(number), changes=text), "nonconformities").blockers[0]
        assert (found.subject, found.owner) == ("NC-001", "P-010")
        assert str(found.needs_records_until) == "2027-03-01"  # 30 November and three months; no 30 February


def say(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["readiness", *words, "-e", str(folder)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The engagement, shared by all tests of the command, which writes nothing into it but the cache."""
    return engagement(tmp_path_factory.mktemp("command") / "audit", files=FILES).root


def test_the_command_says_the_forecast_first_and_fits_eighty_columns(folder: Path) -> None:
    done = say(folder)
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert lines[0].startswith("By what was shown and the dates given, not before 1 March 2027;")
    assert max(map(len, lines)) <= 80
    text = " ".join(done.output.split())
    assert (
        "Answer of NC-001 due: 2026-11-30; 30 days of operation (parameter verification_wait_days): 2026-12-30"
        in text
    )
    assert "owner Jan Otte; due: 2026-11-30 records needed until: 2027-03-01" in text
    assert not (folder / "reports").exists()


def test_gate_decides_the_exit_code_alone(folder: Path) -> None:
    for words, code in ((["--gate"], 1), (["--gate", "--json"], 1), ([], 0)):
        done = CliRunner().invoke(cli, ["readiness", *words, "-e", str(folder)], standalone_mode=False)
        assert done.return_value == code


def test_json_is_what_assessment_json_holds(folder: Path) -> None:
    data = json.loads(say(folder, "--json").output)
    assert data["day"] is None
    assert data["not_before"] == "2027-03-01"
    listed = json.loads(say(folder, "--json", "--stage1").output)
    assert listed == data["stage_1"]


def test_the_list_for_stage_1_as_text_csv_and_markdown(folder: Path) -> None:
    text = " ".join(say(folder, "--stage1").output.split())
    assert "Service management plan (6.3, 7.5.4): declared as not existing" in text
    assert "Risk and opportunity register (6.1.2): refused" in text
    assert "asked: RQ-002, 2026-09-15, of Jan Otte: refused; owner: Jan Otte" in text
    assert (
        "Change management policy (7.5.4, 8.5.1.1, 8.5.1.2): received, with defects EV-003, no approval shown"
        in text
    )
    rows = list(csv.DictReader(say(folder, "--stage1", "--format", "csv").output.splitlines()))
    states = {row["document"]: row["state"] for row in rows}
    assert states["Service management plan"] == "declared as not existing"
    assert states["Record of the internal audits, planned and held"] == "ready"
    assert states["List of customers"] == "missing"
    page = say(folder, "--stage1", "--format", "md").output
    assert page.startswith("# Documents for stage 1: Kleinwerk, as of 2026-10-15\n")
    assert page.count("\n|") == len(rows) + 2


def test_the_list_goes_to_a_file_once(folder: Path, tmp_path: Path) -> None:
    for name in ("list.csv", "list.md"):
        target = tmp_path / name
        assert say(folder, "--stage1", "--to", str(target)).output == f"Wrote {target}.\n"
        assert "Service management plan" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--to", "x.csv"), "add --stage1"),
        (("--format", "md"), "add --stage1"),
        (("--stage1", "--to", "list.pdf"), "must end in .csv or .md"),
        (("--stage1", "--to", "engagement.yaml"), "must end in .csv or .md"),
    ],
)
def test_what_cannot_be_written_is_refused(folder: Path, words: tuple[str, ...], says: str) -> None:
    done = say(folder, *words)
    assert done.exit_code != 0
    assert says in done.output + str(done.exception)


def test_a_file_that_exists_is_not_touched(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "list.md"
    target.write_text("mine", encoding="utf-8")
    done = say(folder, "--stage1", "--to", str(target))
    assert "exists already" in str(done.exception)
    assert target.read_text(encoding="utf-8") == "mine"
