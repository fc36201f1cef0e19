"""Retention: what is due is listed and changes nothing; a purge deletes it once, by the record, never through a link."""

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from finding_engagement import make, run

from auditkit.base.errors import AuditkitError
from auditkit.cli.main import cli
from auditkit.reporting.jsonout import assessment
from auditkit.reporting.view import build_view

RETENTION = 'retention: {until: 2028-12-31, reason: "Contract, clause 7", keep: [EV-002]}\n'
JUDGEMENT = """\
judgements:
  - {id: J-001, point: 8.5.1.3-1, verdict: conforms, rationale: Read with the people who do it., by: P-001, at: 2026-10-10, on: [EV-001]}
"""
FINDING = """\
finding: {id: NC-001, points: [8.5.1.3-1], grade: minor, raised_at: 2026-10-10, raised_by: P-001, statement: {requirement: Changes are approved., failure: Some were not., objective_evidence: EV-001}}
"""


def say(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def refused(done: Result) -> str:
    assert isinstance(done.exception, AuditkitError), done.output
    return str(done.exception)


def names(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if not path.is_dir() or path.is_symlink()
    }


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = make(tmp_path / "e", late=0)
    with (made / "engagement.yaml").open("a", encoding="utf-8") as stream:
        stream.write(RETENTION)
    for name, text in (("judgements/all.yaml", JUDGEMENT), ("findings/NC-001.yaml", FINDING)):
        (made / "workpapers" / name).parent.mkdir(parents=True)
        (made / "workpapers" / name).write_text(text, encoding="utf-8")
    assert say("evidence", "accept", "-e", made).exit_code == 0
    assert say("judgements", "bind", "-e", made).exit_code == 0
    return made


def purge(place: Path, on: str = "2029-01-01", by: str = "P-001", *more: str) -> Result:
    return say("privacy", "purge", "--on", on, "--by", by, "-e", place, *more)


def test_what_is_due_is_listed_and_nothing_is_changed(place: Path) -> None:
    before = names(place)
    early = say("privacy", "due", "-e", place)
    late = say("privacy", "due", "--on", "2029-01-01", "-e", place)
    assert early.exit_code == late.exit_code == 0
    assert "On 2026-10-15 that time is not over" in early.output
    assert "On 2029-01-01 that time is over" in late.output
    assert "  EV-001   evidence/changes.csv" in late.output
    assert "evidence/workflow.md  (EV-002, named in retention.keep)" in late.output
    listed = json.loads(say("privacy", "due", "--on", "2028-12-31", "--json", "-e", place).output)
    assert (listed["over"], [one["file"] for one in listed["goes"]]) == (False, ["evidence/changes.csv"])
    assert names(place) - {one for one in names(place) if one.startswith(".auditkit-cache")} <= before


@pytest.mark.parametrize(
    ("on", "by", "more", "said"),
    [
        ("2028-12-31", "P-001", ["--yes"], "too early. Nothing was deleted"),
        ("2029-01-01", "P-404", ["--yes"], "P-404 is not among the people"),
        ("2029-01-01", "P-001", [], "then say --yes. Nothing was deleted"),
    ],
)
def test_a_purge_is_refused(place: Path, on: str, by: str, more: list[str], said: str) -> None:
    assert said in refused(purge(place, on, by, *more))
    assert (place / "evidence/changes.csv").exists()
    assert not (place / "evidence/purged.json").exists()


def test_without_a_rule_nothing_is_due(place: Path) -> None:
    text = (place / "engagement.yaml").read_text(encoding="utf-8").replace(RETENTION, "")
    (place / "engagement.yaml").write_text(text, encoding="utf-8")
    assert "does not say how long the evidence is kept" in refused(say("privacy", "due", "-e", place))
    assert "does not say" in refused(purge(place, "2099-01-01", "P-001", "--yes"))


def test_evidence_to_keep_that_is_not_registered_stops_the_purge(place: Path) -> None:
    path = place / "engagement.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("[EV-002]", "[EV-020]"), encoding="utf-8")
    assert "retention.keep names EV-020, which is not registered" in refused(
        purge(place, "2029-01-01", "P-001", "--yes")
    )
    assert [one.code for one in run(place).issues if "EV-020" in one.message] == ["unknown-evidence"]
    assert (place / "evidence/workflow.md").exists()


def test_a_purge_deletes_records_what_it_deleted_and_follows_no_link(place: Path) -> None:
    outside = place.parent / "outside"
    outside.mkdir()
    (outside / "precious.txt").write_text("stays", encoding="utf-8")
    (place / "evidence/folder").symlink_to(outside, target_is_directory=True)
    (place / "evidence/one.txt").symlink_to(outside / "precious.txt")
    (place / "evidence/deep/er").mkdir(parents=True)
    (place / "evidence/deep/er/x.txt").write_text("x", encoding="utf-8")
    (place / "evidence/persons.sealed.json").write_text("{}", encoding="utf-8")
    (place / "reports/exceptions").mkdir(parents=True)
    (place / "reports/exceptions/t.csv").write_text("a", encoding="utf-8")
    (place / "reports/audit-report.html").write_text("the signed report", encoding="utf-8")
    (place / "reports/redacted").symlink_to(outside, target_is_directory=True)
    (outside / "exceptions").mkdir()
    (outside / "exceptions/t.csv").write_text("stays", encoding="utf-8")
    digest = hashlib.sha256((place / "evidence/changes.csv").read_bytes()).hexdigest()
    assert purge(place, "2029-01-01", "P-001", "--yes").exit_code == 0
    assert names(place / "evidence") == {"register.yaml", "register.lock.json", "purged.json", "workflow.md"}
    assert not (place / "evidence/deep").exists()
    assert names(outside) == {"precious.txt", "exceptions/t.csv"}
    assert (outside / "precious.txt").read_text() == "stays"
    assert (place / "reports/audit-report.html").exists()
    assert not (place / "reports/exceptions/t.csv").exists()
    assert not (place / ".auditkit-cache").exists()
    assert (place / "workpapers/findings/NC-001.yaml").exists()
    (done,) = json.loads((place / "evidence/purged.json").read_text(encoding="utf-8"))["purges"]
    assert (done["by"], done["on"], done["until"]) == ("P-001", "2029-01-01", "2028-12-31")
    by_file = {one["file"]: one for one in done["files"]}
    assert by_file["evidence/changes.csv"]["sha256"] == digest
    assert by_file["evidence/changes.csv"]["evidence"] == "EV-001"
    assert by_file["evidence/one.txt"]["sha256"] == ""


def test_an_evidence_folder_that_is_a_link_is_refused(place: Path) -> None:
    (place / "evidence").rename(place.parent / "elsewhere")
    (place / "evidence").symlink_to(place.parent / "elsewhere", target_is_directory=True)
    assert "is a link to another folder" in refused(purge(place, "2029-01-01", "P-001", "--yes"))
    assert (place.parent / "elsewhere/changes.csv").exists()


def test_after_a_purge_runs_say_so_judgements_turn_suspect_and_findings_stay(place: Path) -> None:
    before = run(place)
    judged = next(one for one in before.assessment.points if one.point == "8.5.1.3-1")
    assert (judged.value, judged.standing) == ("conforms", "confirmed")
    purge(place, "2029-01-01", "P-001", "--yes")
    after = run(place)
    judged = next(one for one in after.assessment.points if one.point == "8.5.1.3-1")
    assert judged.value == "not_assessed"
    assert "EV-001 was deleted on 2029-01-01 by P-001 (Contract, clause 7)." in judged.suspect
    assert after.assessment.measures.by_requirement.low <= before.assessment.measures.by_requirement.low
    assert sum(one.value == "conforms" for one in after.assessment.points) < sum(
        one.value == "conforms" for one in before.assessment.points
    )
    assert not [one for one in after.assessment.points if one.value == "nonconforming"], (
        "a purge contradicts nothing"
    )
    assert [one.id for one in after.findings if one.standing == "confirmed"] == ["NC-001"]
    (issue,) = [one for one in after.issues if one.code == "evidence-purged"]
    assert "EV-001 was deleted on 2029-01-01" in issue.message
    assert not [one for one in after.issues if one.code == "evidence-missing"]


def test_digests_outlive_a_purge_and_a_later_acceptance(place: Path) -> None:
    lock = json.loads((place / "evidence/register.lock.json").read_text(encoding="utf-8"))
    purge(place, "2029-01-01", "P-001", "--yes")
    say("evidence", "accept", "-e", place)
    assert json.loads((place / "evidence/register.lock.json").read_text(encoding="utf-8")) == lock
    told = say("evidence", "verify", "-e", place)
    assert "EV-001   purged" in told.output
    assert told.exit_code == 0


def test_the_record_only_grows_and_what_was_interrupted_is_finished(place: Path) -> None:
    changes = place / "evidence/changes.csv"
    data = changes.read_bytes()
    purge(place, "2029-01-01", "P-001", "--yes")
    record = (place / "evidence/purged.json").read_bytes()
    changes.write_bytes(data)  # as if the first purge had ended after the record
    assert purge(place, "2029-01-02", "P-001", "--yes").exit_code == 0
    assert not changes.exists()
    assert (place / "evidence/purged.json").read_bytes() == record
    changes.write_text("another file", encoding="utf-8")
    purge(place, "2029-01-03", "P-002", "--yes")
    first, second = json.loads((place / "evidence/purged.json").read_text(encoding="utf-8"))["purges"]
    assert [first] == json.loads(record)["purges"]
    assert (second["on"], second["by"]) == ("2029-01-03", "P-002")
    assert second["files"][0]["sha256"] == hashlib.sha256(b"another file").hexdigest()


def test_a_broken_record_is_an_issue_and_stops_a_purge(place: Path) -> None:
    (place / "evidence/purged.json").write_text("{", encoding="utf-8")
    assert "purge-record-unreadable" in {one.code for one in run(place).issues}
    assert "Nothing was deleted" in refused(purge(place, "2029-01-01", "P-001", "--yes"))


def test_the_report_says_how_long_the_evidence_is_kept_and_what_was_deleted(place: Path) -> None:
    before = run(place)
    said = "The evidence is kept until 31 December 2028: Contract, clause 7. Beyond it stay EV-002."
    assert said in build_view(before).method.limits
    purge(place, "2029-01-01", "P-001", "--yes")
    after = run(place)
    view = build_view(after)
    assert any(one.startswith("1 file was deleted when the time of keeping") for one in view.method.limits)
    (row,) = [one for one in view.evidence_register if one.id == "EV-001"]
    assert "Deleted on 2029-01-01 by Ines Falk (Contract, clause 7)." in row.remark
    data = assessment(after, view)
    assert data["engagement"]["retention"]["until"] == "2028-12-31"
    assert list(data["purged"]) == ["changes.csv"]
