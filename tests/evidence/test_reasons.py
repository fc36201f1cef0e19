"""Every reason of a reader can be told in another language, though it was kept in English."""

import ast
import re
from pathlib import Path

import pytest

from auditkit.base.language import speaking
from auditkit.evidence.child import REASONS as SKIPPED
from auditkit.evidence.read import DIED, MOVED
from auditkit.evidence.reasons import REASONS, told_reason

EVIDENCE = Path(__file__).resolve().parents[2] / "src/auditkit/evidence"
SAYING = ("readers/*.py", "child.py", "files.py", "read.py")


def said() -> set[str]:
    """Find what readers say: texts of ``Skipped``, of ``why`` and of what refuses a path, values as ``x``."""
    found = {*SKIPPED.values(), DIED, MOVED}
    for pattern in SAYING:
        for path in EVIDENCE.glob(pattern):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                found |= set(_texts(node))
    return found


def _texts(node: ast.AST) -> list[str]:
    given: list[ast.expr] = []
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Skipped", "_unread", "_skipped"):
        given = list(node.args)
    elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "why":
        given = [node.value]
    elif isinstance(node, ast.FunctionDef) and node.name == "why_not":
        given = [one.value for one in ast.walk(node) if isinstance(one, ast.Return) and one.value is not None]
    parts = [
        part for one in given for part in ([one.body, one.orelse] if isinstance(one, ast.IfExp) else [one])
    ]
    return [text for part in parts if " " in (text := _plain(part))]


def _plain(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "x" for one in node.values)
    return ""


def test_every_reason_of_a_reader_is_known() -> None:
    found = said()
    assert len(found) > 40
    with speaking("de"):
        assert [one for one in sorted(found) if told_reason(one) == one] == []


@pytest.mark.parametrize(
    ("english", "german"),
    [
        (
            "2 of 5 pages hold no text; they seem to be scans (page 1, 3)",
            "2 von 5 Seiten enthalten keinen Text; sie scheinen Scans zu sein (Seite 1, 3)",
        ),
        (
            "its part year=2026/x.parquet was not read, the link leads to nothing",
            "der Teil year=2026/x.parquet wurde nicht gelesen: der Verweis führt ins Leere",
        ),
        ("something that nobody foresaw", "something that nobody foresaw"),
        ("", ""),
    ],
)
def test_values_stay(english: str, german: str) -> None:
    assert told_reason(english) == english
    with speaking("de"):
        assert told_reason(english) == german


def test_no_reason_stands_twice_and_none_is_empty() -> None:
    assert len(set(REASONS)) == len(REASONS)
    assert all(re.search(r"\w", one) for one in REASONS)
