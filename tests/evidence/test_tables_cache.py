"""A table is read once and found again by digest, without polars."""

import subprocess
import sys
from pathlib import Path

from table_samples import read, values

from auditkit.evidence import tables_convert
from auditkit.evidence.model import Profile, ProfileField

SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, {samples!r})
from auditkit.evidence.model import EvidenceItem
from auditkit.evidence.tables import read_table
from auditkit.base.digest import digest_file
from auditkit.evidence.model import Dataset
folder = Path({folder!r})
dataset = Dataset.model_validate_json((folder / "dataset.json").read_text())
item = EvidenceItem(id="EV-001", title="Tickets", file="tickets.csv", kind="record_export", dataset="ticket")
table = read_table(folder, item, dataset, (), "Europe/Berlin", folder / "cache", digest_file(folder / item.file))
assert table.reading.rows_kept == 2, table
assert "polars" not in sys.modules, "polars was imported"
"""


def test_a_second_run_imports_no_polars(tmp_path: Path) -> None:
    from table_samples import TICKET

    read(tmp_path, "id,note\nT1,a\nT2,b\n")
    (tmp_path / "dataset.json").write_text(TICKET.model_dump_json(), encoding="utf-8")
    script = SCRIPT.format(samples=str(Path(__file__).parent), folder=str(tmp_path))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_another_content_profile_or_zone_is_another_table(tmp_path: Path) -> None:
    first = read(tmp_path, "id,opened_at\nT1,2025-10-26 02:30\n")
    second = read(tmp_path, None, zone="UTC")
    third = read(tmp_path, "id,opened_at\nT1,2025-10-27 02:30\n")
    assert len({first.parquet, second.parquet, third.parquet}) == 3
    assert values(first, "opened_at") == [None]
    assert values(second, "opened_at") != [None]


def test_a_changed_profile_is_another_table(tmp_path: Path) -> None:
    fields = {"id": ProfileField(headers=("Nr",)), "opened_at": ProfileField(headers=("Opened",))}
    day_first, month_first = (
        Profile(
            id="own", title="", tool="", dataset="ticket", date_formats=(layout,), declared_date_format=True, fields=fields
        )
        for layout in ("%d/%m/%Y", "%m/%d/%Y")
    )  # fmt: skip
    first = read(tmp_path, "Nr,Opened\nT1,03/04/2026\n", profiles=(day_first,), profile="own")
    second = read(tmp_path, None, profiles=(month_first,), profile="own")
    assert [values(one, "opened_at")[0].month for one in (first, second)] == [4, 3]
    assert read(tmp_path, None, profiles=(day_first,), profile="own") == first


def test_two_processes_that_read_one_export_at_once_leave_one_whole_table(tmp_path: Path) -> None:
    from table_samples import TICKET

    rows = "".join(f"T{number},note {number}\n" for number in range(50_000))
    (tmp_path / "tickets.csv").write_text(f"id,note\n{rows}")
    (tmp_path / "dataset.json").write_text(TICKET.model_dump_json(), encoding="utf-8")
    script = SCRIPT.format(samples=str(Path(__file__).parent), folder=str(tmp_path))
    script = script.replace("== 2, table", "== 50_000, table").partition('assert "polars"')[0]
    both = [
        subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    said = [one.communicate()[1] for one in both]
    assert [one.returncode for one in both] == [0, 0, 0], said
    assert sorted(path.suffix for path in (tmp_path / "cache/tables").iterdir()) == [".json", ".parquet"]


def test_a_damaged_cache_is_read_anew(tmp_path: Path) -> None:
    first = read(tmp_path, "id,note\nT1,a\n")
    for saved in (tmp_path / "cache" / "tables").glob("*.json"):
        saved.write_text("{", encoding="utf-8")
    assert read(tmp_path, None) == first


def test_the_engagement_folder_is_not_written(tmp_path: Path) -> None:
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    read(evidence, "id,note\nT1,a\n")
    assert sorted(path.name for path in evidence.iterdir()) == ["cache", "tickets.csv"]


def test_a_reader_that_panics_is_an_unreadable_file(tmp_path: Path, monkeypatch: object) -> None:
    class PanicException(BaseException):
        pass

    def panic(*_: object) -> None:
        raise PanicException

    import pytest

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables_convert, "open_source", panic)
        table = read(tmp_path, "id,note\nT1,a\n")
    assert not table.reading.readable
