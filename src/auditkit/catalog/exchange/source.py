"""A structured file as plain data, whatever it was written in: JSON, YAML or XML; read within limits."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from auditkit.base.place import Place
from auditkit.base.yamltext import parse
from auditkit.catalog.exchange.issues import Notes
from auditkit.catalog.exchange.oscal_xml import parse_xml

LARGEST_BYTES = 50_000_000
DEEPEST_NODE = 200
DEEPEST_DATA = 2 * DEEPEST_NODE + 100
"""Levels of lists and objects: two for each node, and some for parts."""

_TITLE_LIMIT_CHARACTERS = 80

DataPath = tuple[str | int, ...]
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class Source(NamedTuple):
    """Plain data, and where each value of it stands."""

    file: str
    data: Any
    place: Callable[[DataPath], Place]


def read_bytes(path: Path, notes: Notes) -> bytes | None:
    """Return the bytes of a file of at most 50 MB; None with an issue otherwise."""
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            notes.add("import-too-large", f"The file has {size / 1e6:.0f} MB; the limit is 50 MB.")
            return None
        return path.read_bytes()
    except OSError as error:
        notes.add("import-unreadable", f"The file cannot be read ({error.strerror}).")
        return None


def read_structured(data: bytes, notes: Notes) -> Source | None:
    """Parse JSON, XML or YAML, told apart by the first character; None with an issue when it cannot be done."""
    start = data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")[:1]
    if start == b"<":
        return _xml(data, notes)
    text = decode(data, notes)
    if text is None:
        return None
    source = _json(text, notes) if start in (b"{", b"[") else _yaml(text, notes)
    if source is not None and _is_too_deep(source.data):
        notes.add("import-too-deep", f"Lists and objects stand more than {DEEPEST_DATA} deep in one another.")
        return None
    return source


def decode(data: bytes, notes: Notes) -> str | None:
    """Decode UTF-8, or UTF-16 with a mark; None with an issue for anything else."""
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return data.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        notes.add("import-syntax", "The file is not UTF-8 text.")
        return None


def clean(text: str) -> str:
    """Return the text without what no file may hold: control characters and halves of surrogate pairs."""
    return _UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def one_line(text: str) -> str:
    """Return the text on one line."""
    return " ".join(text.split())


def shortened(text: str) -> str:
    """Return the text on one line, cut where it is too long to be a title."""
    line = one_line(text)
    return line if len(line) <= _TITLE_LIMIT_CHARACTERS else f"{line[:_TITLE_LIMIT_CHARACTERS].rstrip()} …"


def json_path(path: Iterable[str | int]) -> str:
    """Return ``catalog.groups[3].title`` for a path of keys and indexes."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def _json(text: str, notes: Notes) -> Source | None:
    repeated: list[str] = []

    def keep(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            counts = Counter(name for name, _ in pairs)
            repeated.extend(name for name, count in counts.items() if count > 1)
        return found

    try:
        data = json.loads(text, object_pairs_hook=keep)
    except json.JSONDecodeError as error:
        place = Place(file=notes.file, line=error.lineno, column=error.colno)
        notes.add("import-syntax", f"This is not JSON ({error.msg}).", place)
        return None
    except RecursionError:
        notes.add("import-too-deep", "Lists and objects stand too deep in one another.")
        return None
    except ValueError as error:
        notes.add("import-syntax", f"This is not JSON that can be read ({error}).")
        return None
    for name in repeated:
        notes.add("import-shape", f"The key {name!r} stands twice in one object; the last one was used.")
    return Source(notes.file, data, lambda _path: Place(file=notes.file))


def _yaml(text: str, notes: Notes) -> Source | None:
    document, issues = parse(text, notes.file)
    for issue in issues:
        deep = "nesting depth" in issue.message
        notes.add("import-too-deep" if deep else "import-syntax", issue.message, issue.place)
    return None if document is None else Source(notes.file, document.data, document.place)


def _xml(data: bytes, notes: Notes) -> Source | None:
    found = parse_xml(data, notes)
    if found is None:
        return None
    value, lines = found

    def place(path: DataPath) -> Place:
        steps = path
        while steps and steps not in lines:
            steps = steps[:-1]
        return Place(file=notes.file, line=lines.get(steps))

    return Source(notes.file, value, place)


def _is_too_deep(data: Any) -> bool:
    level = [data]
    for _ in range(DEEPEST_DATA):
        level = [
            child
            for value in level
            if isinstance(value, (dict, list))
            for child in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return False
    return True
