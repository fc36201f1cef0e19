"""The parts of an OSCAL control or group, sorted by what they are for: statement, guidance, objectives, evidence."""

from collections.abc import Mapping
from typing import NamedTuple

from auditkit.catalog.exchange.fields import Entry, Fields, Raw
from auditkit.catalog.exchange.model import ForeignItem
from auditkit.catalog.exchange.oscal_markup import fill
from auditkit.catalog.exchange.source import DataPath

OBJECTIVES = ("assessment-objective", "objective")
METHODS = ("assessment-method", "assessment")
GUIDANCE = ("guidance", "example", "overview", "instruction", "information", "usage")
"""Parts of a control that explain; ``overview`` introduces a group."""


class Parts(NamedTuple):
    """What the parts of a node say."""

    prose: str
    items: tuple[ForeignItem, ...]
    guidance: str
    objectives: tuple[str, ...]
    evidence: tuple[str, ...]


def prop(fields: Fields, raw: Raw, path: DataPath, name: str) -> str:
    """Return the value of a property, one without class before the others; empty when there is none."""
    plain, classed = "", ""
    for one, where in fields.records(raw, "props", path):
        if one.get("name") == name:
            value = fields.text(one, "value", where)
            if "class" in one:
                classed = classed or value
            else:
                plain = plain or value
    return plain or classed


def read_parts(fields: Fields, raw: Raw, path: DataPath, kind: str, shown: Mapping[str, str]) -> Parts:
    """Return the texts of a node; of a control without a statement, the text of its other parts."""
    reader = _PartReader(fields, shown)
    sorted_parts: dict[str, list[Entry]] = {"statement": [], "guidance": [], "other": []}
    for part, where in fields.records(raw, "parts", path):
        name = str(part.get("name"))
        reader.collect(part, where, name)
        if name == "statement" or (kind == "group" and name == "overview"):
            sorted_parts["statement"].append((part, where))
        elif name in GUIDANCE:
            sorted_parts["guidance"].append((part, where))
        elif name not in OBJECTIVES + METHODS and "ns" not in part:
            sorted_parts["other"].append((part, where))
    statements = sorted_parts["statement"] or sorted_parts["other"]
    guidance = [*sorted_parts["guidance"], *(sorted_parts["other"] if sorted_parts["statement"] else [])]
    items: tuple[ForeignItem, ...] = ()
    if kind == "group":
        prose = reader.whole(statements)
    else:
        prose, items = reader.statement(statements)
    return Parts(
        prose, items, reader.whole(guidance), tuple(reader.objectives), tuple(dict.fromkeys(reader.evidence))
    )


class _PartReader:
    """Reads parts with their parameters filled in, and gathers objectives and evidence on the way."""

    def __init__(self, fields: Fields, shown: Mapping[str, str]) -> None:
        self.fields = fields
        self.shown = shown
        self.objectives: list[str] = []
        self.evidence: list[str] = []

    def prose(self, part: Raw, path: DataPath) -> str:
        text, missing = fill(self.fields.text(part, "prose", path), self.shown)
        for name in missing:
            self.fields.note("import-parameter", path, f"the parameter {name} is declared nowhere.")
        return text.strip()

    def statement(self, statements: list[Entry]) -> tuple[str, tuple[ForeignItem, ...]]:
        """Return the prose and items of the statement; several statements count as items."""
        if not statements:
            return "", ()
        if len(statements) > 1:
            return "", tuple(self.item(part, where) for part, where in statements)
        whole = self.item(*statements[0])
        return whole.prose, whole.items

    def item(self, part: Raw, path: DataPath) -> ForeignItem:
        below: list[ForeignItem] = []
        for child, where in self.fields.records(part, "parts", path):
            if str(child.get("name")) not in OBJECTIVES + METHODS + GUIDANCE and "ns" not in child:
                found = self.item(child, where)
                if found.prose or found.items:
                    below.append(found)
        return ForeignItem(
            id=self.fields.text(part, "id", path),
            label=prop(self.fields, part, path, "label"),
            prose=self.prose(part, path),
            items=tuple(below),
        )

    def whole(self, parts: list[Entry]) -> str:
        """Return the prose of parts and of all parts within them, a blank line between."""
        texts: list[str] = []
        pending = list(reversed(parts))
        while pending:
            part, path = pending.pop()
            texts.append(self.prose(part, path))
            pending.extend(reversed(self.fields.records(part, "parts", path)))
        return "\n\n".join(text for text in texts if text)

    def collect(self, part: Raw, path: DataPath, name: str) -> None:
        """Gather the objectives and the evidence of an examination from a part and all parts within it."""
        pending: list[tuple[Entry, bool]] = [((part, path), False)]
        while pending:
            (one, where), examined = pending.pop()
            name = str(one.get("name"))
            if name in OBJECTIVES:
                text = self.prose(one, where)
                self.objectives += [text] if text else []
            elif name in METHODS:
                examined = prop(self.fields, one, where, "method").upper() == "EXAMINE"
            elif examined and name in ("assessment-objects", "objects"):
                lines = self.prose(one, where).split("\n")
                self.evidence += [line.strip(" -*") for line in lines if line.strip(" -*")]
            below = reversed(self.fields.records(one, "parts", where))
            pending.extend((child, examined) for child in below)
