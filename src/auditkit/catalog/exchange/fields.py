"""Reading plain data that anybody may have written: what has the wrong shape becomes an issue, never an exception."""

from collections.abc import Iterable, Mapping
from typing import Any

from auditkit.catalog.exchange.issues import Notes
from auditkit.catalog.exchange.source import DataPath, Source, clean, json_path

Raw = Mapping[str, Any]
Entry = tuple[Raw, DataPath]
"""An object and its path in the file."""


class Fields:
    """Typed access to the values of a source."""

    def __init__(self, source: Source, notes: Notes) -> None:
        """Keep the source and where to note issues."""
        self.source = source
        self.notes = notes

    def note(self, code: str, path: DataPath, message: str) -> None:
        """Note an issue at a path; the path stands before the message, since JSON has no lines."""
        self.notes.add(code, f"{json_path(path) or 'the document'}: {message}", self.source.place(path))

    def text(self, raw: Raw, key: str, path: DataPath) -> str:
        """Return a text or number as clean text; empty when it is missing, or of another shape (an issue)."""
        value = raw.get(key)
        if isinstance(value, str):
            return clean(value)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        if value is not None:
            self._shape((*path, key), "text", value)
        return ""

    def record(self, raw: Raw, key: str, path: DataPath) -> Raw:
        """Return an object; an empty one when it is missing, or of another shape (an issue)."""
        value = raw.get(key)
        if isinstance(value, dict):
            return value
        if value is not None:
            self._shape((*path, key), "an object", value)
        return {}

    def records(self, raw: Raw, key: str, path: DataPath) -> tuple[Entry, ...]:
        """Return a list of objects with their paths; one object alone counts as a list of one."""
        value = raw.get(key)
        if value is None:
            return ()
        if isinstance(value, dict):
            return ((value, (*path, key)),)
        if not isinstance(value, list):
            self._shape((*path, key), "a list", value)
            return ()
        found: list[Entry] = []
        for index, one in enumerate(value):
            if isinstance(one, dict):
                found.append((one, (*path, key, index)))
            else:
                self._shape((*path, key, index), "an object", one)
        return tuple(found)

    def texts(self, raw: Raw, key: str, path: DataPath) -> tuple[str, ...]:
        """Return a list of texts; one text alone counts as a list of one."""
        value = raw.get(key)
        if value is None:
            return ()
        listed = value if isinstance(value, list) else [value]
        named = {str(index): one for index, one in enumerate(listed)}
        found = (self.text(named, name, (*path, key)) for name in named)
        return tuple(text for text in found if text)

    def unknown(self, raw: Raw, known: Iterable[str], path: DataPath, seen: set[str]) -> dict[str, Any]:
        """Return the fields that are not known; each name is noted once a file."""
        extra = {str(key): value for key, value in raw.items() if key not in known}
        for key in extra:
            if key not in seen:
                seen.add(key)
                self.note("import-unknown-field", path, f"the field {key!r} is not known.")
        return extra

    def _shape(self, path: DataPath, wanted: str, value: object) -> None:
        self.note("import-shape", path, f"{wanted} was expected, not {type(value).__name__}.")
