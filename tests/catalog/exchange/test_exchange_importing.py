"""A file is recognised by what is in it; what cannot be imported says why, and nothing raises."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditkit.catalog.exchange import source
from auditkit.catalog.exchange.importing import read_foreign, read_mappings, recognise
from auditkit.catalog.exchange.issues import CODES, MOST_OF_A_CODE, Notes

CATALOG = '{"catalog": {"metadata": {"title": "t", "version": "1", "oscal-version": "1.1.2"}, "controls": [{"id": "a", "title": "A"}]}}'
YAML = "catalog:\n  metadata: {title: t, version: '1', oscal-version: 1.1.2}\n  controls:\n    - {id: a, title: A}\n"


def write(tmp_path: Path, content: str | bytes, name: str = "file.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (CATALOG, "oscal-catalog"),
        (b"\xef\xbb\xbf \n" + CATALOG.encode(), "oscal-catalog"),
        (CATALOG.encode("utf-16"), "oscal-catalog"),
        (YAML, "oscal-catalog"),
        ("# a comment\n---\n" + YAML, "oscal-catalog"),
        ("<?xml version='1.0'?><catalog xmlns='x'><metadata/></catalog>", "oscal-catalog"),
        ('{"metadata": {}, "groups": []}', "oscal-catalog"),
        ("mapping-collection: {mappings: []}\n", "oscal-mapping"),
        ("urn: u\nobjects: {framework: {requirement_nodes: []}}\n", "ciso-library"),
        ('{"objects": {"frameworks": [{"requirement_nodes": []}]}}', "ciso-library"),
        ("requirement_nodes: []\n", "ciso-library"),
        ("Parent;ID;Text\n", "csv"),
        (b"PK\x03\x04", "workbook"),
    ],
)
def test_a_file_is_recognised_by_its_content(tmp_path: Path, content: str | bytes, kind: str) -> None:
    for name in ("file.txt", "file.json", "file.yaml"):
        assert recognise(write(tmp_path, content, name), name) == (kind, ())


@pytest.mark.parametrize("content", [CATALOG, YAML, CATALOG.encode("utf-16")])
def test_a_catalog_reads_the_same_whatever_it_is_written_in(tmp_path: Path, content: str | bytes) -> None:
    found, issues = read_foreign(write(tmp_path, content), "file.txt")
    assert found is not None
    assert issues == ()
    assert [(node.id, node.title) for node in found.nodes] == [("a", "A")]


def test_places_of_yaml_have_lines(tmp_path: Path) -> None:
    found, _ = read_foreign(write(tmp_path, YAML), "file.txt")
    assert found is not None
    assert str(found.nodes[0].place) == "file.txt:4:7"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "import-empty"),
        (" \n", "import-empty"),
        ("just words\n", "import-format"),
        ("[1, 2]", "import-format"),
        ('{"a": 1}', "import-format"),
        ('{"profile": {}}', "import-format"),
        ('{"catalog": 3}', "import-format"),
        ("objects: {threats: []}\n", "import-empty"),
        ('{"catalog": {"metadata": {}', "import-syntax"),
        ("a: &x 1\nb: *x\n", "import-syntax"),
        ("a: !!python/object:os.system {}\n", "import-syntax"),
        ("a: 1\na: 2\n", "import-syntax"),
        (b"\xff\xfe\x00", "import-syntax"),
        (b"caf\xe9: 1\n", "import-syntax"),
        (b"\xd0\xcf\x11\xe0old", "import-format"),
        ("<html><body>", "import-syntax"),
        ("<html><body/></html>", "import-format"),
        ("[" * 100_000, "import-too-deep"),
        ("a:\n  " + "- " * 5000 + "x\n", "import-too-deep"),
        ('{"catalog": ' + "9" * 5000 + "}", "import-syntax"),
    ],
)
def test_what_cannot_be_imported_says_why(tmp_path: Path, content: str | bytes, code: str) -> None:
    found, issues = read_foreign(write(tmp_path, content), "file.txt")
    assert found is None
    assert [issue.code for issue in issues] == [code]
    assert read_mappings(tmp_path / "file.txt", "file.txt")[0] == ()


def test_a_file_that_is_not_there_or_too_large_is_an_issue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [issue.code for issue in read_foreign(tmp_path / "none", "none")[1]] == ["import-unreadable"]
    assert [issue.code for issue in read_foreign(tmp_path, "folder")[1]] == ["import-unreadable"]
    monkeypatch.setattr(source, "LARGEST_BYTES", 10)
    assert [issue.code for issue in read_foreign(write(tmp_path, CATALOG), "file.txt")[1]] == [
        "import-too-large"
    ]


def test_keys_that_stand_twice_are_reported(tmp_path: Path) -> None:
    found, issues = read_foreign(
        write(tmp_path, CATALOG.replace('"title": "A"', '"title": "B", "title": "A"')), "file.txt"
    )
    assert found is not None
    assert (found.nodes[0].title, [issue.code for issue in issues]) == ("A", ["import-shape"])


def test_text_that_no_file_may_hold_is_replaced(tmp_path: Path) -> None:
    found, _ = read_foreign(write(tmp_path, CATALOG.replace('"A"', '"A\\ud800\\u0000\\r\\nb"')), "file.txt")
    assert found is not None
    assert found.nodes[0].title == "A\ufffd\ufffd b"


def test_many_issues_of_one_kind_are_counted() -> None:
    notes = Notes("file.txt")
    for number in range(MOST_OF_A_CODE + 5):
        notes.add("import-no-id", f"entry {number} has no id.")
        notes.add("import-no-id", f"entry {number} has no id.")
    issues = notes.close()
    assert len(issues) == MOST_OF_A_CODE + 1
    assert issues[-1].message == "5 more of this kind (import-no-id)."


def test_every_code_that_is_noted_is_in_the_table_and_back() -> None:
    folder = Path(source.__file__).parent
    named = {
        code
        for path in folder.glob("*.py")
        if path.name != "issues.py"
        for code in re.findall(r'"(import-[a-z-]+)"', path.read_text(encoding="utf-8"))
    }
    assert named == set(CODES)


@given(
    st.binary(max_size=60)
    | st.text(st.sampled_from('{}[]":,<>/!&\n -?catlogiduren1'), max_size=60).map(str.encode)
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_raise(tmp_path: Path, content: bytes) -> None:
    path = write(tmp_path, content)
    recognise(path, "file.txt")
    found, issues = read_foreign(path, "file.txt")
    assert found is not None or issues
    read_mappings(path, "file.txt")
