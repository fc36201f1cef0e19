"""Bytes of an export: what states or proves its encoding is believed, what does not is said aloud."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_samples import codes, doubts, read, values

from auditkit.evidence.tables_encoding import find_encoding
from auditkit.evidence.tables_text import shape

TEXT = "id;note\r\nT1;Größe in Köln\r\nT2;Łódź, 5 €\r\n"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_recognised_and_said(codec: str, tmp_path: Path) -> None:
    table = read(tmp_path, TEXT.encode(codec))
    assert values(table, "note") == ["Größe in Köln", "Łódź, 5 €"]
    (issue,) = table.reading.issues
    assert (issue.code, issue.severity) == ("table-encoding", "note")
    assert codec in issue.message


def test_utf_32_is_not_taken_for_utf_16(tmp_path: Path) -> None:
    table = read(tmp_path, codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"))
    assert values(table, "note") == ["Größe in Köln", "Łódź, 5 €"]
    assert codes(table) == []


def test_a_file_of_utf_16_cut_in_a_character_loses_no_row_before_it(tmp_path: Path) -> None:
    table = read(tmp_path, codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")[:-5])
    assert values(table, "id") == ["T1", "T2"]


def test_windows_1252_is_assumed_aloud(tmp_path: Path) -> None:
    table = read(tmp_path, b"id;note\r\nT1;Gr\xf6\xdfe, 5 \x80\r\n")
    assert values(table, "note") == ["Größe, 5 €"]
    assert codes(table) == ["table-encoding"]


def test_a_byte_that_windows_1252_lacks_is_counted(tmp_path: Path) -> None:
    table = read(tmp_path, b"id;note\r\nT1;K\x94ln\r\nT2;M\x81nchen\r\n")
    assert codes(table) == ["table-encoding", "table-broken-text"]
    assert "1 byte cannot be read as Windows-1252" in table.reading.issues[1].message


def test_utf_8_with_a_broken_byte_stays_utf_8(tmp_path: Path) -> None:
    table = read(tmp_path, "id;note\nT1;Köln\nT2;Größe\nT3;abc".encode() + b"\xff\n")
    assert values(table, "note") == ["Köln", "Größe", "abc\ufffd"]
    (issue,) = table.reading.issues
    assert (issue.code, issue.severity) == ("table-broken-text", "warning")


def test_a_mark_in_the_middle_of_pasted_exports_belongs_to_no_value(tmp_path: Path) -> None:
    one = codecs.BOM_UTF8 + b"id,note\nT1,a\n"
    table = read(tmp_path, one + codecs.BOM_UTF8 + b"id,note\nT2,b\n")
    assert values(table, "id") == ["T1", "T2"]
    assert table.reading.dropped == {"repeated header row": 1}


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;"])
def test_a_separator_line_may_be_quoted_or_padded(line: str, tmp_path: Path) -> None:
    table = read(tmp_path, f"{line}\r\nid;note\r\nT1;a, b\r\n")
    assert values(table, "note") == ["a, b"]


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig", "cp1252"])
def test_a_separator_line_is_seen_in_every_encoding(codec: str, tmp_path: Path) -> None:
    table = read(tmp_path, "sep=|\r\nid|note\r\nT1|ö; ß, é\r\n".encode(codec))
    assert values(table, "note") == ["ö; ß, é"]


def test_the_delimiter_under_which_the_header_fits_is_taken(tmp_path: Path) -> None:
    """Decimal commas split every row of this file alike, so that the comma fits as well as the semicolon."""
    table = read(tmp_path, "id;hours,x\nT1;1,5\nT2;2,5\n")
    assert not table.reading.readable
    table = read(tmp_path, "a,b,c\nid;hours;note\nT1;1,5;1,5\nT2;2,5;2,5\nT3;2,5;2,5\n")
    assert values(table, "hours") == [1.5, 2.5, 2.5]


def test_a_long_title_above_the_header_does_not_hide_it(tmp_path: Path) -> None:
    title = "".join(f"Filter {number}: x = y, z\n" for number in range(20))
    table = read(tmp_path, f"{title}id;note\nT1;a\n")
    assert values(table, "_row") == [22]
    assert codes(table) == ["table-preamble"]


@given(text=st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=200))
def test_valid_utf_8_is_never_taken_for_anything_else(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("text") / "t.csv"
    path.write_bytes(text.encode())
    found = find_encoding(path)
    assert found.codec in ("utf-8", "utf-8-sig")
    assert (found.assumed, found.broken) == (False, 0)


def test_what_the_bytes_hide_is_in_doubt_not_guessed(tmp_path: Path) -> None:
    table = read(tmp_path, "id;priority\nT1;1\nT2;ü".encode()[:-1] + b"\n")
    assert values(table, "priority") == [1, None]
    assert doubts(table) == {"priority": 1}


def test_a_stated_delimiter_has_no_rivals(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("sep=;\na,b;c\n1,2;3\n", encoding="utf-8")
    found = shape(tmp_path / "t.csv")
    assert (found.delimiter, found.rivals) == (";", ())
