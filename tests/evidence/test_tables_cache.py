"""A table is read once and found again by digest, without polars."""

import subprocess
import sys
from pathlib import Path

from table_samples import read, values

from auditkit.evidence import tables_convert

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
