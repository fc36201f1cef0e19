"""Which open findings touch an element of the business impact analysis, and why (pure)."""

from collections.abc import Iterable
from typing import NamedTuple

from auditkit.base.ids import clause_of
from auditkit.base.language import say, translated
from auditkit.catalog.lens import Lens
from auditkit.evidence.model import EvidenceItem
from auditkit.findings.lifecycle import DONE
from auditkit.findings.model import Finding
from auditkit.impact.graph import Node
from auditkit.impact.outage import Outage

_PROCESSES = {
    "supplier": ("supplier-management", "service-continuity-management"),
    "service": ("service-continuity-management", "service-availability-management"),
    "component": ("configuration-management", "service-continuity-management"),
    "resource": ("service-continuity-management",),
    "activity": ("service-continuity-management",),
}
"""Kind of element to the processes of the lens *process* that keep it up and bring it back."""


class Touching(NamedTuple):
    """One open finding and why it touches the element."""

    finding: Finding
    why: str


def touching(
    outage: Outage, findings: Iterable[Finding], items: Iterable[EvidenceItem], process: Lens | None
) -> tuple[Touching, ...]:
    """Return the open findings that name the element or what goes down with it, then those on its processes."""
    nodes = (outage.node, *(one.node for one in outage.sufferers if one.node.kind == "service"))
    services = {item.id: frozenset(item.services) for item in items}
    wanted = _PROCESSES[outage.node.kind]
    groups = [group for group in (process.groups if process else ()) if group.id in wanted]
    found = []
    for finding in findings:
        if finding.grade not in ("major", "minor") or finding.state in DONE:
            continue
        named = next((node for node in nodes if _names(finding, node, services)), None)
        held = [
            translated(group.title)
            for group in groups
            if any(clause_of(point) in group.clauses or point in group.points for point in finding.points)
        ]
        if named is not None:
            found.append((0, Touching(finding, say("it names {element}", element=named.label))))
        elif held:
            both = say("and")
            processes = f" {both} ".join(held)
            found.append((1, Touching(finding, say("it lies in {processes}", processes=processes))))
    found.sort(key=lambda one: (one[0], one[1].finding.grade != "major", one[1].finding.id))
    return tuple(one for _, one in found)


def _names(finding: Finding, node: Node, services: dict[str, frozenset[str]]) -> bool:
    names = {node.id, node.name} - {""}
    if finding.area in names:
        return True
    if any(row.key == node.id or names & {*row.values.values()} for row in finding.exception_rows):
        return True
    return any(services.get(one.id, frozenset()) == {node.name} for one in finding.evidence)
