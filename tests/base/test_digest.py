"""Digests of files of every size, one by one and many together."""

import hashlib
from pathlib import Path

import pytest

from auditkit.base.digest import digest_file, digest_files

MEBIBYTE = 1 << 20


@pytest.mark.parametrize("size", [0, 1, MEBIBYTE - 1, MEBIBYTE, MEBIBYTE + 1, 3 * MEBIBYTE + 7])
def test_a_file_of_any_size_is_digested_to_its_last_byte(tmp_path: Path, size: int) -> None:
    data = bytes(at % 251 for at in range(1000)) * (size // 1000 + 1)
    (tmp_path / "a").write_bytes(data[:size])
    assert digest_file(tmp_path / "a") == hashlib.sha256(data[:size]).hexdigest()


def test_many_files_are_digested_in_their_order_and_a_missing_one_is_an_error(tmp_path: Path) -> None:
    sizes = [5, 2 * MEBIBYTE, 7, 3 * MEBIBYTE, 0]
    paths = [tmp_path / f"{number}" for number in range(len(sizes))]
    for number, (path, size) in enumerate(zip(paths, sizes, strict=True)):
        path.write_bytes(bytes([number]) * size)
    paths.insert(2, tmp_path / "nowhere")
    found = list(digest_files(paths, [*sizes[:2], 0, *sizes[2:]]))
    assert isinstance(found[2], FileNotFoundError)
    expected = [hashlib.sha256(bytes([number]) * size).hexdigest() for number, size in enumerate(sizes)]
    assert [one for one in found if isinstance(one, str)] == expected
