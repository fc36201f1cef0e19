"""YAML is read strictly: nothing is silently something else, and every fault has its line."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from auditkit.base.model import Record
from auditkit.base.yamltext import load_model, parse


class Sample(Record):
    name: str
    day: date | None = None
    count: int = 0
    flags: tuple[bool, ...] = ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no", "no"),
        ("a: on", "on"),
        ("a: 012", "012"),
        ("a: 12:30:00", "12:30:00"),
        ("a: 2026-09-30", "2026-09-30"),
        ("a: 1e3", "1e3"),
        ("a: true", True),
        ("a: 12", 12),
        ("a: 0.5", 0.5),
        ("a: null", None),
        ("a:", None),
        ('a: !!int "12"', 12),
        ("a: !!str 12", "12"),
        ("a: {1: x, b: [true, 2]}", {1: "x", "b": [True, 2]}),
        ("a: {<<: x, =: y}", {"<<": "x", "=": "y"}),
    ],
)
def test_only_what_is_plainly_typed_gets_a_type(text: str, value: object) -> None:
    document, issues = parse(text, "x.yaml")
    assert not issues
    assert document is not None
    assert document.data == {"a": value}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "stands twice"),
        ("a: &x [1]\nb: *x\n", 1, "aliases are not allowed"),
        ("- &x one\n- two\n- {a: *x}\n", 1, "aliases are not allowed"),
        ("a: {1: x, '1': y}\n", 1, "stands twice"),
        ("a:\n  ? [b]\n  : c\n", 2, "plain text"),
        ("a: !!seq {b: c}\n", 1, "expected a sequence"),
        ("a: 1\nb: !!python/object:os.system x\n", 2, "not allowed"),
        ("a: [1\nb: 2\n", 2, ""),
    ],
)
def test_a_fault_names_its_line(text: str, line: int, what: str) -> None:
    document, issues = parse(text, "x.yaml")
    assert document is None
    assert issues[0].place.line == line
    assert what in issues[0].message.lower()


def test_a_validation_error_names_file_line_and_key(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("name: one\nday: 2026-13-01\nflags: [true, maybe]\nstrange: 1\n")
    loaded = load_model(path, "x.yaml", Sample)
    assert loaded.model is None
    assert {(issue.place.line, issue.message.split(":")[0]) for issue in loaded.issues} == {
        (2, "day"),
        (3, "flags.1"),
        (4, "strange"),
    }


def test_a_missing_or_binary_file_is_an_issue(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_bytes(b"\xff\xfe\x00")
    for name in ("a.yaml", "b.yaml"):
        loaded = load_model(tmp_path / name, name, Sample)
        assert loaded.model is None
        assert loaded.issues[0].code == "yaml-unreadable"


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(codec="utf-8", exclude_categories=["C"]))
)
DATA = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text("ab :#-1"), inner), max_leaves=20
)


@given(DATA, st.sampled_from([True, False, None]))
def test_what_was_written_is_read(data: object, flow: bool | None) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, sort_keys=False)
    document, issues = parse(text, "x.yaml")
    assert issues == ()
    assert document is not None
    assert document.data == data
    if isinstance(data, dict):
        assert list(document.data) == list(data)
