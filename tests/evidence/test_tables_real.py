"""A real ServiceNow event log, and hostile files: exact figures, and nothing crashes."""

import tarfile
from datetime import datetime
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from table_samples import read

from auditkit.base.digest import digest_file
from auditkit.evidence.datasets import load_datasets
from auditkit.evidence.model import EvidenceItem
from auditkit.evidence.profiles import load_profiles
from auditkit.evidence.tables import Table, read_table

CHECKLISTS = Path(__file__).resolve().parents[2] / "checklists"


@cache
def _log(folder: Path, cache_dir: Path, file: str, profile: str | None) -> Table:
    item = EvidenceItem(
        id="EV-001", title="Log", file=file, kind="record_export", dataset="incident", profile=profile
    )
    datasets = {one.id: one for one in load_datasets(CHECKLISTS / "datasets.yaml", "datasets.yaml")[0]}
    profiles = load_profiles(CHECKLISTS / "profiles", "profiles")[0]
    return read_table(
        folder, item, datasets["incident"], profiles, "UTC", cache_dir, digest_file(folder / file)
    )


@pytest.fixture(scope="module")
def log(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Table:
    folder = shared / "real/records/uci_servicenow_incidents"
    return _log(
        folder, tmp_path_factory.mktemp("cache"), "incident_event_log.csv.gz", "servicenow-incident-log"
    )


@pytest.mark.shared
def test_the_event_log_gives_its_published_figures(log: Table) -> None:
    assert log.parquet is not None
    frame = pl.read_parquet(log.parquet)
    counts = {row["priority"]: row["len"] for row in frame.group_by("priority").len().to_dicts()}
    assert (log.reading.rows_in_file, len(frame)) == (141_712, 24_918)
    assert counts == {1: 270, 2: 408, 3: 23_466, 4: 774}
    assert (int((~frame["breached"]).sum()), int(frame["breached"].sum())) == (15_803, 9_115)
    assert int((frame["reopened_count"] > 0).sum()) == 275
    assert int((frame["reassigned_count"] > 0).sum()) == 11_369
    assert frame["problem_id"].count() == 380
    assert frame["resolved_at"].null_count() == 1_556
    assert frame["opened_at"].min() == datetime(2016, 2, 29, 1, 16)  # noqa: DTZ001
    assert frame["opened_at"].max() == datetime(2017, 2, 16, 14, 17)  # noqa: DTZ001


@pytest.mark.shared
def test_nothing_of_the_event_log_is_lost_silently(log: Table) -> None:
    reading = log.reading
    assert reading.dropped == {"earlier event of the same record": 141_712 - 24_918}
    assert sum(one.unparseable for one in reading.fields) == 0
    assert reading.issues == ()


@pytest.mark.shared
def test_a_resaved_log_is_detected_and_its_repeated_numbers_reported(shared: Path, tmp_path: Path) -> None:
    folder = shared / "real/records/uci_servicenow_incidents"
    table = _log(folder, tmp_path, "excel_resaved_5998_rows.csv", None)
    assert table.reading.profile == "servicenow-incident"
    assert table.reading.rows_kept == 5_998
    assert [one.code for one in table.reading.issues] == ["table-duplicate-keys"]
    assert "opened_at" in table.columns


@pytest.mark.shared
def test_no_hostile_file_crashes_the_reader(shared: Path, tmp_path: Path) -> None:
    with tarfile.open(shared / "real/edge-cases.tar.gz") as archive:
        archive.extractall(tmp_path, [one for one in archive.getmembers() if one.isfile()], filter="data")
    files = [path for path in sorted(tmp_path.rglob("*")) if path.is_file() and "cache" not in path.parts]
    assert len(files) > 20
    for path in files:
        copy = tmp_path / "one"
        copy.mkdir(exist_ok=True)
        table = read(copy, path.read_bytes(), name="received")
        assert table.reading.readable or table.reading.issues[0].code == "table-unreadable", path
