"""How measures count (pure): cases, gaps, what cannot be decided; and comparisons with three values."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from auditkit.impact.graph import Node
from auditkit.impact.model import Recovery
from auditkit.impact.needs import Deadline


class Gap(NamedTuple):
    """One case that contradicts a claim, or that cannot be decided."""

    element: str
    what: str
    """One sentence or two: the figures, and the path they come by."""
    evidence: tuple[str, ...] = ()
    """Evidence ids of the figures."""


class Seen(NamedTuple):
    """What a measure saw."""

    population: int
    gaps: tuple[Gap, ...]
    unknown: tuple[Gap, ...]
    evidence: tuple[str, ...]
    """Evidence ids of all figures that were looked at."""


class Tally:
    """The cases of one measure as they come in."""

    def __init__(self, evidence: Iterable[str] = ()) -> None:
        """Start with the evidence that every case rests on."""
        self._population = 0
        self._gaps: list[Gap] = []
        self._unknown: list[Gap] = []
        self._evidence = set(evidence)

    def case(self, element: str, fails: bool | None, what: str, evidence: Iterable[str] = ()) -> None:
        """Count a case; ``fails`` None: it cannot be decided."""
        named = tuple(sorted(set(evidence)))
        self._population += 1
        self._evidence |= set(named)
        if fails is not False:
            (self._gaps if fails else self._unknown).append(Gap(element, what.strip(), named))

    def seen(self) -> Seen:
        """Return what was counted."""
        return Seen(self._population, tuple(self._gaps), tuple(self._unknown), tuple(sorted(self._evidence)))


def worse(value: Decimal | None, deadline: Deadline) -> bool | None:
    """Tell whether a value is beyond a deadline; None when it cannot be told, as a smaller one may exist."""
    if value is None or deadline.hours is None:
        return None
    return True if value > deadline.hours else False if deadline.sure else None


def group_worse(times: Sequence[Decimal | None], required: int, deadline: Deadline) -> bool | None:
    """Tell whether fewer than ``required`` of the members are back in time; None when it cannot be told."""
    if deadline.hours is None:
        return None
    known = [one for one in times if one is not None]
    late = sum(one > deadline.hours for one in known)
    if late > len(times) - required:
        return True
    return False if deadline.sure and len(known) - late >= required else None


def either(*parts: bool | None) -> bool | None:
    """Return the three-valued or."""
    if any(parts):
        return True
    return None if None in parts else False


def latest(node: Node) -> Recovery | None:
    """Return the latest recovery; of several on one day the worst, where not known is worse than any figure."""
    return max(
        node.recoveries,
        key=lambda one: (
            one.at,
            one.recovered_hours is None or one.data_loss_hours is None,
            one.recovered_hours or Decimal(0),
            one.data_loss_hours or Decimal(0),
            one.id,
        ),
        default=None,
    )
