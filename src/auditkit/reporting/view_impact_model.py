"""The nouns of the section on business impact, worded already."""

from typing import Literal

from auditkit.base.model import Record
from auditkit.reporting.words import Mark


class ImpactServiceRow(Record):
    """A service in the order of criticality."""

    rank: int
    service: str
    critical: str
    tolerable: str
    back_within: str
    data: str
    minimum: str
    impacts: str
    takes_down: str


class ImpactNeedRow(Record):
    """What a component, resource, supplier or redundancy group must achieve."""

    element: str
    back_within: str
    asked_by: str
    shown: str
    data: str


class ImpactCheckRow(Record):
    """One check with its cases."""

    title: str
    basis: str
    points: str
    mark: Mark
    counts: str
    gaps: tuple[str, ...]
    reasons: tuple[str, ...]


class GraphNode(Record):
    """A box of the picture."""

    id: str
    kind: Literal["activity", "service", "component", "resource", "supplier"]
    critical: bool
    gap: bool


class GraphEdge(Record):
    """A line of the picture, from what leans to what it leans on."""

    consumer: str
    provider: str
    group: bool
    ring: bool


class ImpactGraph(Record):
    """The picture: what is drawn, and what was left out of it."""

    nodes: tuple[GraphNode, ...] = ()
    edges: tuple[GraphEdge, ...] = ()
    note: str = ""


class ImpactView(Record):
    """Section 13."""

    source: str = ""
    fault: str = ""
    """Why there is nothing more to show; empty: there is."""
    method: str = ""
    horizons: str = ""
    services: tuple[ImpactServiceRow, ...] = ()
    needs: tuple[ImpactNeedRow, ...] = ()
    checks: tuple[ImpactCheckRow, ...] = ()
    graph: ImpactGraph = ImpactGraph()
