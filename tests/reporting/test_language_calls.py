"""Every message that code says is one that the catalogs can know: a literal, and found by the tool that collects them."""

import ast
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/auditkit"
FIRST = {"say": (0,), "message": (0,), "say_count": (0, 1), "say_as": (0, 1)}
"""By function: which arguments have to be literals."""


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FIRST:
            yield node.func.id, node


def texts(function: str, call: ast.Call) -> list[str | None]:
    wanted = [call.args[at] if at < len(call.args) else None for at in FIRST[function]]
    return [
        one.value if isinstance(one, ast.Constant) and isinstance(one.value, str) else None for one in wanted
    ]


def said(path: Path) -> Iterator[tuple[str, int, list[str | None]]]:
    for function, call in calls(ast.parse(path.read_text(encoding="utf-8"))):
        yield function, call.lineno, texts(function, call)


@pytest.fixture(scope="module")
def known() -> set[str]:
    spec = importlib.util.spec_from_file_location("messages_tool", ROOT / "tools/messages.py")
    assert spec is not None
    assert spec.loader is not None
    tool: ModuleType = importlib.util.module_from_spec(spec)
    sys.modules["messages_tool"] = tool
    spec.loader.exec_module(tool)
    found: set[str] = set()
    for catalog in tool.messages().values():
        for one in catalog:
            found.update(one.id if isinstance(one.id, tuple) else (one.id,))
    return found


def test_every_message_in_the_code_is_a_literal_that_the_tool_finds(known: set[str]) -> None:
    faults = []
    for path in sorted(SOURCE.rglob("*.py")):
        if path.name == "language.py":
            continue
        for function, line, parts in said(path):
            texts_said = parts[1:] if function == "say_as" else parts
            if None in parts or any(text not in known for text in texts_said):
                faults.append(f"{path.relative_to(SOURCE)}:{line} {function}({parts})")
    assert faults == []


def test_a_message_inside_a_formatted_text_would_be_told() -> None:
    tree = ast.parse("""x = f"{say('hidden')} and more"; y = say(f"{x}")""")
    found = [texts(function, call) for function, call in calls(tree)]
    assert sorted(found, key=str) == [["hidden"], [None]]
