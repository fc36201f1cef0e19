"""`auditkit evidence map`: what a person sees, what is written, and what is refused."""

import json
import tarfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from auditkit.base.errors import InputsUnreadable, UsageFault
from auditkit.base.yamltext import load_model
from auditkit.cli.evidence_map import map_
from auditkit.engagement.mapping import map_export, proposal_text, write_profile
from auditkit.evidence.model import Profile

TICKETS = """Auswertung Störungen

Vorgangsnr.;Kurzbeschreibung;Zustand;Gemeldet am;Behoben am;Melder;Antragsteller;Kostenstelle
STO-1;Drucker;Geschlossen;13.01.2025 08:15;01.02.2025;Meier;Meier;4711
STO-2;Mail;Geparkt;14.01.2025 09:00;soon;Huber;Weber;4712
"""
AMBIGUOUS = "Number,State,Opened\nINC1,New,01/02/2025\nINC2,New,03/04/2025\n"


@pytest.fixture
def tickets(tmp_path: Path) -> Path:
    """An export of an unknown German tool."""
    path = tmp_path / "tickets.csv"
    path.write_text(TICKETS, encoding="utf-8")
    return path


def test_the_text_names_columns_reasons_ties_and_what_is_left(tickets: Path) -> None:
    lines = proposal_text(map_export(tickets)).splitlines()
    assert lines[0] == "tickets.csv: 2 rows, 8 columns, header in row 3."
    assert any(line.startswith("Kind of record: incident (Incidents), 5 fields found") for line in lines)
    row = next(line for line in lines if line.startswith("opened_at"))
    assert row.split("  ")[0] == "opened_at"
    assert "Gemeldet am" in row
    assert "likely" in row
    assert "every cell reads as a date, %d.%m.%Y %H:%M" in row
    tie = next(line for line in lines if line.startswith("requester"))
    assert "tie" in tie
    assert "Antragsteller | Melder" in tie
    assert lines[lines.index("Columns without a field:") + 1] == "  Melder, Antragsteller, Kostenstelle"
    assert "urgency" in lines[lines.index("Fields without a column:") + 1]


def test_dates_and_values_have_sections_of_their_own(tickets: Path, tmp_path: Path) -> None:
    text = proposal_text(map_export(tickets))
    assert "Gemeldet am: %d.%m.%Y %H:%M alone reads every cell" in text
    assert "status (Zustand): Geparkt = ?, Geschlossen = closed" in text
    assert "Behoben am: refused, because no format reads every cell; %d.%m.%Y reads 1" in text
    (tmp_path / "a.csv").write_text(AMBIGUOUS, encoding="utf-8")
    refused = proposal_text(map_export(tmp_path / "a.csv"))
    assert "Opened: refused, because the cells read in several ways: %d/%m/%Y, %m/%d/%Y" in refused


def test_the_profile_is_written_once_and_is_valid(tickets: Path, tmp_path: Path) -> None:
    target = tmp_path / "own.yaml"
    done = CliRunner().invoke(map_, [str(tickets), "--to", str(target)])
    assert done.exit_code == 0, done.output
    assert f"Wrote {target}." in done.output
    loaded = load_model(target, "own.yaml", Profile)
    assert loaded.issues == ()
    assert loaded.model is not None
    assert loaded.model.dataset == "incident"
    before = target.read_bytes()
    with pytest.raises(UsageFault, match="exists already"):
        write_profile(map_export(tickets), target)
    assert target.read_bytes() == before


def test_without_to_nothing_is_written(tickets: Path) -> None:
    before = sorted(tickets.parent.iterdir())
    assert CliRunner().invoke(map_, [str(tickets)]).exit_code == 0
    assert sorted(tickets.parent.iterdir()) == before


def test_json_holds_the_proposal_for_programs(tickets: Path) -> None:
    done = CliRunner().invoke(map_, [str(tickets), "--json"])
    data = json.loads(done.output)
    assert data["dataset"] == "incident"
    fields = {one["field"]: one for one in data["fields"]}
    assert fields["requester"]["sure"] == "tie"
    assert fields["opened_at"]["dates"]["format"] == "%d.%m.%Y %H:%M"


def test_a_named_dataset_is_used_and_an_unknown_one_refused(tickets: Path) -> None:
    assert map_export(tickets, "problem").dataset == "problem"
    with pytest.raises(UsageFault, match="Known: "):
        map_export(tickets, "nonsense")


def test_a_sheet_can_be_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Number", "Opened", "Priority", "Assignment group"])
    other = book.create_sheet("Changes")
    other.append(["Change ID", "Planned start", "Backout plan", "Type"])
    other.append(["CHG1", "2025-01-01", "restore", "normal"])
    book.save(tmp_path / "t.xlsx")
    book.close()
    assert map_export(tmp_path / "t.xlsx", sheet="Changes").dataset == "change"
    with pytest.raises(InputsUnreadable, match="no sheet 'Gone'"):
        map_export(tmp_path / "t.xlsx", sheet="Gone")


def test_a_file_that_is_no_table_is_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"%PDF-1.7")
    with pytest.raises(InputsUnreadable, match="the file is a PDF"):
        map_export(tmp_path / "t.csv")


def test_where_nothing_fits_no_profile_is_written(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Farbe,Form\nrot,rund\n", encoding="utf-8")
    proposal = map_export(tmp_path / "t.csv")
    assert "none fits" in proposal_text(proposal)
    with pytest.raises(UsageFault, match="--dataset"):
        write_profile(proposal, tmp_path / "p.yaml")
    assert not (tmp_path / "p.yaml").exists()


def test_a_header_cannot_send_commands_to_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Number,State,\x1b[2JEvil\nINC1,New,x\n", encoding="utf-8")
    text = proposal_text(map_export(tmp_path / "t.csv"))
    assert "\x1b" not in text
    assert "?[2JEvil" in text


@pytest.mark.shared
def test_no_hostile_file_crashes_the_proposal(shared: Path, tmp_path: Path) -> None:
    with tarfile.open(shared / "real/edge-cases.tar.gz") as archive:
        archive.extractall(tmp_path, [one for one in archive.getmembers() if one.isfile()], filter="data")
    files = [path for path in sorted(tmp_path.rglob("*")) if path.is_file()]
    assert len(files) > 20
    said: list[str] = []
    for path in files:
        try:
            said.append(proposal_text(map_export(path)))
        except InputsUnreadable as fault:
            said.append(str(fault))
    assert all("Kind of record" in one or "no mapping can be proposed" in one for one in said)
    assert sum("Kind of record" in one for one in said) >= 8


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "dataset", "fields"),
    [
        ("govuk_developer_docs_releases.csv", "release", {"id", "title", "deployed_at"}),
        (
            "nodejs_build_infra_changes.csv",
            "change",
            {"id", "title", "type", "requester", "implementer", "opened_at", "actual_end"},
        ),
    ],
)
def test_real_changes_and_releases_are_recognised(
    file: str, dataset: str, fields: set[str], shared: Path
) -> None:
    proposal = map_export(shared / "real/records/change_release_from_git" / file)
    assert proposal.dataset == dataset
    assert {one.field for one in proposal.fields if one.position is not None} == fields
