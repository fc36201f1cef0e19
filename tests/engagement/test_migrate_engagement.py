"""An audit against an older edition becomes a memory of today's: nothing is lost, nothing decides."""

from pathlib import Path

import pytest
from small import engagement, ran

from auditkit.base.errors import UsageFault
from auditkit.engagement.exchange import migrate_engagement
from auditkit.reporting.view import build_view

JUDGEMENTS = """\
judgements:
  - {id: J-001, point: 7.3-2, verdict: conforms, rationale: Each supplier has a manager by name., by: P-001, at: 2009-05-04}
  - {id: J-002, point: 4.4.3-1c, verdict: conforms, rationale: Those concerned were asked in time., by: P-001, at: 2009-05-04}
  - {id: J-003, point: "7.3", verdict: nonconforming, rationale: The reviews of the year were missed., by: P-001, at: 2009-05-04}
  - {id: J-004, point: 99.9-9, verdict: conforms, rationale: An id that never existed anywhere., by: P-001, at: 2009-05-04}
"""
FINDING = """\
finding:
  id: NC-007
  points: [9.2-8, 9.2-11]
  grade: minor
  statement: {requirement: A policy exists., failure: It was a draft., objective_evidence: Read.}
  raised_at: 2009-05-05
  raised_by: P-001
  state: closed
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return engagement(
        tmp_path / "old",
        "iso-iec-20000-1-2005",
        files={"workpapers/judgements/all.yaml": JUDGEMENTS, "workpapers/findings/NC-007.yaml": FINDING},
    ).root


def test_everything_comes_over_and_what_is_unresolved_is_listed(old: Path, tmp_path: Path) -> None:
    new = engagement(tmp_path / "new")
    done = migrate_engagement(old, new.root, dry_run=False)
    assert [(one.id, one.source, one.state) for one in done.verdicts] == [
        ("J-001", "7.3-2", "previous"),
        ("J-002", "4.4.3-1c", "unresolved"),
        ("J-003", "7.3", "unresolved"),
        ("J-004", "99.9-9", "unresolved"),
        ("NC-007", "9.2-8", "previous"),
        ("NC-007", "9.2-11", "previous"),
    ]
    run = ran(new).run
    assert len(run.previous) == 6
    assert {one.value for one in run.assessment.points} == {"not_assessed"}
    rows = build_view(run).previous
    assert rows[0].state == "unresolved"
    assert any("8.3.4.1-1" in row.leads_to for row in rows)


def test_twice_is_the_same_as_once(old: Path, tmp_path: Path) -> None:
    new = engagement(tmp_path / "new")
    migrate_engagement(old, new.root, dry_run=False)
    first = new.previous.read_bytes()
    migrate_engagement(old, new.root, dry_run=False)
    assert new.previous.read_bytes() == first


def test_a_dry_run_writes_nothing(old: Path, tmp_path: Path) -> None:
    new = engagement(tmp_path / "new")
    assert migrate_engagement(old, new.root, dry_run=True).unresolved
    assert not new.previous.exists()


def test_findings_of_2011_are_known_by_their_clause(tmp_path: Path) -> None:
    old = engagement(
        tmp_path / "mid",
        "iso-iec-20000-1-2011",
        files={"workpapers/findings/NC-007.yaml": FINDING.replace("[9.2-8, 9.2-11]", '["9.2", "8.1"]')},
    )
    done = migrate_engagement(old.root, engagement(tmp_path / "new").root, dry_run=True)
    assert {one.state for one in done.verdicts} == {"unresolved"}
    assert "8.5.1.1" in done.verdicts[0].targets
    assert "8.6.1" in done.verdicts[1].targets


def test_an_edition_without_a_map_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    old = engagement(tmp_path / "old", "iso-9001-2008")
    with pytest.raises(UsageFault, match="To iso-iec-20000-1-2018 lead"):
        migrate_engagement(old.root, engagement(tmp_path / "new").root, dry_run=True)


def test_a_damaged_memory_stops_the_run_and_says_what_to_do(tmp_path: Path) -> None:
    from auditkit.engagement.open import open_engagement

    new = engagement(tmp_path / "new", files={"workpapers/previous.json": "{"})
    assert "previous-unreadable" in {one.code for one in open_engagement(new).issues}


SHEET = "id;criterion;said;text;by;at\nF-1;7.3-2;minor;No manager;Ines;2009-05-04\nF-2;;minor;No criterion;;\nF-3;9.2-8, 4.4.3-1c;major;Draft;;May 2009\n"


def test_a_workbook_of_findings_is_carried_over_row_by_row(tmp_path: Path) -> None:
    source = tmp_path / "findings.csv"
    source.write_text(SHEET, encoding="utf-8")
    new = engagement(tmp_path / "new")
    done = migrate_engagement(source, new.root, dry_run=False, edition="iso-iec-20000-1-2005")
    assert [(one.id, one.source, one.said, one.state) for one in done.verdicts] == [
        ("F-1", "7.3-2", "minor", "previous"),
        ("F-3", "9.2-8", "major", "previous"),
        ("F-3", "4.4.3-1c", "major", "unresolved"),
    ]
    text = " ".join(str(issue) for issue in done.issues)
    assert "B3 is empty" in text
    assert "F4: 'May 2009' is no date" in text
    assert len(ran(new).run.previous) == 3


def test_the_same_sheet_as_xlsx_reads_the_same(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for line in SHEET.splitlines():
        book.active.append(line.split(";"))  # type: ignore[union-attr]
    source = tmp_path / "findings.xlsx"
    book.save(source)
    (tmp_path / "findings.csv").write_text(SHEET, encoding="utf-8")
    new = engagement(tmp_path / "new").root
    found = [
        migrate_engagement(tmp_path / name, new, dry_run=True, edition="iso-iec-20000-1-2005").verdicts
        for name in ("findings.xlsx", "findings.csv")
    ]
    assert found[0] == found[1]


def test_a_sheet_without_an_edition_or_columns_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "findings.csv"
    source.write_text("number,what\n1,2\n", encoding="utf-8")
    new = engagement(tmp_path / "new").root
    with pytest.raises(UsageFault, match="name its edition"):
        migrate_engagement(source, new, dry_run=True)
    done = migrate_engagement(source, new, dry_run=True, edition="iso-iec-20000-1-2005")
    assert "has to name the columns" in done.issues[0].message
