"""The rows a sample is drawn from, as they are now, and what became of them since: pure types and digests."""

import hashlib
import json
from typing import NamedTuple

from auditkit.assessment.model import EvidenceRef
from auditkit.base.model import Record


class PopulationRow(NamedTuple):
    """One row that can be drawn."""

    key: str
    """Value of the dataset's key field; rows without one, or sharing one, are told apart by file and row."""
    evidence: str
    file: str
    sheet: str | None
    row: int
    by: str | None = None
    """What the draw goes by, as text; None: empty or not understood."""


class Population(NamedTuple):
    """The rows the predicate holds for."""

    rows: tuple[PopulationRow, ...] = ()
    unknown: int = 0
    """Rows of which it is unknown whether they belong."""
    told_apart: int = 0
    """Rows named by file and row because their key is empty or not theirs alone."""
    numeric: bool = False
    """The field that the draw goes by is a number."""
    evidence: tuple[EvidenceRef, ...] = ()
    limits: tuple[str, ...] = ()
    """What keeps a result below ``met``, such as an export that cannot be read."""
    why: tuple[str, ...] = ()
    """Not empty: there is nothing to draw from, and this is why."""


class PopulationState(Record):
    """What the population of a sample looks like now, beside what the sample says."""

    count: int = 0
    unknown: int = 0
    digest: str | None = None
    """None: it cannot be told; see ``why``."""
    drawing: str | None = None
    """Digest of what the design draws from it now."""
    changed: tuple[str, ...] = ()
    """Keys of drawn items whose cells are not what they were."""
    limits: tuple[str, ...] = ()
    why: tuple[str, ...] = ()


def population_digest(population: Population) -> str:
    """Return the digest of the keys and what the draw goes by; the order of the rows does not matter."""
    digest = hashlib.sha256()
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for line in sorted(encode([one.key, one.by]) for one in population.rows):
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()
