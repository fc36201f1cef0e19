"""Passages that are loaded late, and documents as two lines of JSON in which the name of their file is left out."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import overload

from pydantic import TypeAdapter

from auditkit.base.issue import InputIssue
from auditkit.evidence.model import Passage, ReadDocument

_PASSAGES = TypeAdapter(tuple[Passage, ...])
_NAMELESS = {"__all__": {"place": {"file"}}}
_OWN = {"file", "sha256", "passages", "issues"}
Load = Callable[[str, str], tuple[Passage, ...]]
"""Returns the passages of a file by name and digest."""


class Passages(Sequence[Passage]):
    """The passages of a document, loaded when someone looks at them; their number is known before."""

    __slots__ = ("_count", "_file", "_found", "_load", "_sha256")

    def __init__(self, count: int, load: Load, file: str, sha256: str) -> None:
        """``load`` is called once at most."""
        self._count, self._load, self._file, self._sha256 = count, load, file, sha256
        self._found: tuple[Passage, ...] | None = None

    def whole(self) -> tuple[Passage, ...]:
        """Return all passages."""
        if self._found is None:
            self._found = self._load(self._file, self._sha256)
        return self._found

    def __len__(self) -> int:
        """Return their number, without loading them."""
        return self._count

    def __iter__(self) -> Iterator[Passage]:
        """Iterate over all of them."""
        return iter(self.whole())

    @overload
    def __getitem__(self, at: int) -> Passage: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Passage, ...]: ...

    def __getitem__(self, at: int | slice) -> Passage | tuple[Passage, ...]:
        """Return one of them, or some."""
        return self.whole()[at]

    def __eq__(self, other: object) -> bool:
        """Compare as the tuple they stand for."""
        return self.whole() == (other.whole() if isinstance(other, Passages) else other)

    def __hash__(self) -> int:
        """Hash as the tuple they stand for."""
        return hash(self.whole())

    def __repr__(self) -> str:
        """Show the tuple they stand for."""
        return repr(self.whole())


def pack(document: ReadDocument) -> tuple[bytes, bytes]:
    """Return a document as two JSON texts of one line each: what it is, and its passages. Digest and name are left out."""
    issues = [issue.model_dump(mode="json", exclude={"place": {"file"}}) for issue in document.issues]
    head = document.model_dump(mode="json", exclude=_OWN, exclude_defaults=True)
    passages = _PASSAGES.dump_json(tuple(document.passages), exclude_defaults=True, exclude=_NAMELESS)
    return json.dumps({**head, "issues": issues}).encode(), passages


def unpack(file: str, sha256: str, head: bytes, passages: bytes) -> ReadDocument | None:
    """Return the document of a file from what ``pack`` gave, or None for anything else."""
    place = f"evidence/{file}"
    name = b'{"place":{"file":%b' % json.dumps(place).encode()
    # quotes inside a text are escaped, so that no text can look like this
    named = passages.replace(b'{"place":{"', name + b',"').replace(b'{"place":{}', name + b"}")
    try:
        said = json.loads(head)
        issues = [
            InputIssue.model_validate({**one, "place": {**one["place"], "file": place}})
            for one in said["issues"]
        ]
        return ReadDocument.model_validate(
            {
                **said,
                "file": file,
                "sha256": sha256,
                "issues": issues,
                "passages": _PASSAGES.validate_json(named),
            }
        )
    except (ValueError, TypeError, KeyError):
        return None
