"""A proposed profile is written, read again and gives the same fields; nothing unsure stands in it as if it were sure."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mapping_samples import column, field, proposed, shipped, table, used

from auditkit.base.digest import digest_file
from auditkit.base.yamltext import parse, validate
from auditkit.engagement.mapping import map_export
from auditkit.evidence.mapping_model import DateFacts, Proposal
from auditkit.evidence.mapping_profile import profile_text
from auditkit.evidence.model import EvidenceItem, Profile
from auditkit.evidence.profiles import check_profiles, load_profiles, map_headers
from auditkit.evidence.tables import Table, read_table

ROWS = """Vorgangsnr.;Zustand;Prio;Gemeldet am;Behoben am;Melder;SLA eingehalten;Major
STO-1;Geschlossen;2 - Hoch;13.01.2025 08:15;13.01.2025 11:00;Meier;Ja;nein
STO-2;Geparkt;3 - Mittel;14.01.2025 09:00;;Huber;Nein;nein
STO-3;Neu;3 - Mittel;25.01.2025 09:00;-;Huber;Ja;ja
"""


def read_profile(text: str) -> Profile:
    """Return the profile a text is."""
    document, issues = parse(text, "profile.yaml")
    assert document is not None, issues
    profile, issues = validate(document, (), Profile)
    assert profile is not None, "\n".join(map(str, issues))
    return profile


def as_written(proposal: Proposal) -> Profile:
    """Return the proposal as the profile that is written for it."""
    return read_profile(profile_text(proposal))


def reread(folder: Path, content: bytes) -> tuple[Proposal, Table]:
    """Propose a mapping for a file, write the profile, and read the file with it."""
    (folder / "tickets.csv").write_bytes(content)
    proposal = map_export(folder / "tickets.csv", "incident")
    (folder / "profiles").mkdir()
    (folder / "profiles" / "own.yaml").write_text(profile_text(proposal), encoding="utf-8")
    profiles, issues = load_profiles(folder / "profiles", "profiles")
    assert issues == ()
    item = EvidenceItem(
        id="EV-001",
        title="T",
        file="tickets.csv",
        kind="record_export",
        dataset="incident",
        profile=profiles[0].id,
    )
    dataset = next(one for one in shipped()[0] if one.id == "incident")
    sha256 = digest_file(folder / "tickets.csv")
    return proposal, read_table(folder, item, dataset, profiles, "Europe/Berlin", folder / "cache", sha256)


def test_a_written_profile_reads_the_file_it_was_proposed_for(tmp_path: Path) -> None:
    proposal, read = reread(tmp_path, ROWS.encode("cp1252"))
    assert {one.field: one.header for one in read.reading.fields if one.header} == used(proposal)
    unread = {one.field: one.unparseable for one in read.reading.fields if one.unparseable}
    assert unread == {"status": 1}  # Geparkt, which nobody knows yet
    assert read.reading.rows_kept == 3


def test_the_first_line_says_who_writes_it_and_what_to_do() -> None:
    first = profile_text(proposed(table("Number", "State"), "incident")).splitlines()[0]
    assert first.startswith("# Written by people: ")
    assert first.endswith("(proposed by auditkit evidence map; check every line)")


def test_what_is_not_sure_stands_beside_the_profile_not_in_it() -> None:
    proposal = proposed(table("Number", "Melder", "Antragsteller", "Kontaktart", "resolved_by"), "incident")
    text = profile_text(proposal)
    profile = read_profile(text)
    assert "requester" not in profile.fields
    assert "# requester: 'Antragsteller' and 'Melder' fit alike" in text
    assert '# Columns that no field uses: "Melder", "Antragsteller", "Kontaktart"' in text
    possible = [one.field for one in proposal.fields if one.sure == "possible"]
    assert possible
    assert all(f"# {name}: {{headers:" in text and name not in profile.fields for name in possible)


def test_values_are_mapped_where_known_and_listed_where_not(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(ROWS, encoding="utf-8")
    text = profile_text(map_export(tmp_path / "t.csv", "incident"))
    profile = read_profile(text)
    assert profile.fields["status"].values == {"Geschlossen": "closed", "Neu": "new"}
    assert '# "Geparkt": ?  1 cell' in text
    assert profile.true_values == ("true", "yes", "1", "y", "ja")
    assert profile.false_values == ("false", "no", "0", "n", "nein")
    assert profile.null_values == ("", "-")
    assert profile.fields["breached"].invert
    assert profile.fields["priority"].leading_digits
    assert profile.date_formats == ("%d.%m.%Y %H:%M",)
    assert check_profiles([profile], shipped()[0]) == ()


def test_dates_that_read_two_ways_stay_refused_until_a_line_is_deleted(tmp_path: Path) -> None:
    text = "Number,Opened,Resolved\nINC1,13/01/2025,01/02/2025\nINC2,14/01/2025,03/04/2025\n"
    proposal, read = reread(tmp_path, text.encode())
    assert set(as_written(proposal).date_formats) == {"%d/%m/%Y", "%m/%d/%Y"}
    assert "opened_at" in read.columns
    assert "resolved_at" not in read.columns
    assert "table-date-ambiguous" in [one.code for one in read.reading.issues]


def test_a_format_that_reads_only_most_cells_is_named_and_not_used() -> None:
    dates = DateFacts(nearest="%d.%m.%Y", read=9)
    cells = [f"0{day}.01.2025" for day in range(1, 10)] + ["unknown"]
    proposal = proposed(table("Number", column("Opened", cells, dates)), "incident")
    assert field(proposal, "opened_at").dates == dates
    text = profile_text(proposal)
    assert read_profile(text).date_formats == ()
    assert "%d.%m.%Y reads 9" in text


def test_two_digit_years_come_with_a_pivot_to_check() -> None:
    dates = DateFacts(format="%d.%m.%y", read=1)
    profile = as_written(proposed(table("Number", column("Opened", ["13.01.25"], dates)), "incident"))
    assert (profile.date_formats, profile.pivot_year) == (("%d.%m.%y",), 70)


def test_settings_of_a_known_header_are_carried_over() -> None:
    headers = ["Number", "business_duration", "task", "has_breached"]
    profile = as_written(proposed(table(*headers), "sla_clock"))
    assert profile.fields["elapsed_minutes"].unit == "seconds"


def test_a_date_that_counts_from_another_needs_that_one() -> None:
    alone = proposed(table("Id", "First reply time in minutes"), "incident")
    assert field(alone, "responded_at").position is None
    assert "counts from opened_at" in field(alone, "responded_at").reasons[-1]
    both = as_written(proposed(table("Id", "First reply time in minutes", "Created at"), "incident"))
    assert (both.fields["responded_at"].after, both.fields["responded_at"].unit) == ("opened_at", "minutes")


def test_a_proposal_without_fields_is_still_a_profile() -> None:
    assert as_written(proposed(table("Farbe", "Form"), "incident")).fields == {}


SHIPPED_HEADERS = sorted(
    {
        header
        for one in shipped()[1]
        if one.dataset == "incident"
        for e in one.fields.values()
        for header in e.headers
    }
)
strange = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20)


@settings(max_examples=60, deadline=None)
@given(headers=st.lists(st.one_of(st.sampled_from(SHIPPED_HEADERS), strange), min_size=1, max_size=12))
def test_a_written_profile_finds_the_fields_that_were_proposed(headers: list[str]) -> None:
    proposal = proposed(table(*headers), "incident")
    profile = as_written(proposal)
    positions = {one.field: one.position for one in proposal.fields if one.position is not None}
    mapping = map_headers(headers, profile)
    assert mapping.columns == positions
    assert mapping.doubled == {}
    assert check_profiles([profile], shipped()[0]) == ()


@settings(max_examples=60, deadline=None)
@given(values=st.lists(strange, min_size=1, max_size=8, unique=True), name=strange)
def test_whatever_cells_and_names_hold_the_profile_is_valid(values: list[str], name: str) -> None:
    facts = table("Number", column("State", values)).model_copy(update={"file": name, "notes": (name,)})
    text = profile_text(proposed(facts, "incident"))
    assert read_profile(text).dataset == "incident"
    assert len(text.splitlines()) == text.count("\n")


@pytest.mark.shared
def test_a_real_event_log_is_mapped_as_its_profile_maps_it(shared: Path) -> None:
    log = shared / "real/records/uci_servicenow_incidents/incident_event_log.csv.gz"
    proposal = map_export(log)
    assert (proposal.dataset, proposal.table.rows) == ("incident", 141_712)
    own = next(one for one in shipped()[1] if one.id == "servicenow-incident-log")
    headers = [one.header for one in proposal.table.columns]
    truth = {name: headers[at] for name, at in map_headers(headers, own).columns.items()}
    found = used(proposal)
    assert found == truth
    assert as_written(proposal).date_formats == ("%d/%m/%Y %H:%M",)
    assert "# collapse_to_last_by: id" in profile_text(proposal)
