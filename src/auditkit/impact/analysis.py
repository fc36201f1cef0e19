"""The whole analysis in one value (pure): graph, needs, groups and ranking."""

from collections.abc import Set
from decimal import Decimal
from typing import NamedTuple

from auditkit.impact.graph import Graph, Link, build_graph
from auditkit.impact.model import Element, ImpactFile, Part
from auditkit.impact.needs import NeedOf, group_needs, needs_of
from auditkit.impact.ranking import Ranked, rank_services


class Analysis(NamedTuple):
    """Everything computed from one set of impact data."""

    graph: Graph
    needs: dict[str, NeedOf]
    groups: dict[Link, NeedOf]
    ranking: tuple[Ranked, ...]
    horizons: tuple[Decimal, ...]
    critical_within: Decimal
    evidence: tuple[str, ...]
    """Evidence ids of the analysis the figures come from."""
    grounded: bool
    """The analysis names evidence, and all of it can be read; otherwise the figures are words only."""
    catalogue: frozenset[str] | None
    """Names and ids in the service catalogue; None: not known."""
    catalogue_evidence: tuple[str, ...]
    untrusted: tuple[str, ...]
    """Evidence ids that figures name and that cannot be read; those figures count as not known."""

    def in_group(self, identifier: str) -> bool:
        """Tell whether an element is a member of a redundancy group."""
        return any(identifier in link.of for link in self.groups)


class Catalogue(NamedTuple):
    """The services of the service catalogue, by id and name, and where they are from."""

    names: frozenset[str]
    evidence: tuple[str, ...]


def analyse(
    file: ImpactFile,
    *,
    complete: bool = True,
    readable: Set[str] | None = None,
    catalogue: Catalogue | None = None,
) -> Analysis:
    """Compute everything. ``readable``: evidence ids that can be read now; None: all that are named."""
    named = evidence_named(file)
    trusted = named if readable is None else named & readable
    graph = build_graph(_trusted(file, trusted), complete)
    needs = needs_of(graph)
    return Analysis(
        graph=graph,
        needs=needs,
        groups=group_needs(graph),
        ranking=rank_services(graph, needs, file.horizons_hours, file.critical_within_hours),
        horizons=file.horizons_hours,
        critical_within=file.critical_within_hours,
        evidence=tuple(sorted(set(file.evidence))),
        grounded=bool(file.evidence) and trusted.issuperset(file.evidence),
        catalogue=catalogue.names if catalogue else None,
        catalogue_evidence=catalogue.evidence if catalogue else (),
        untrusted=tuple(sorted(named - trusted)),
    )


def evidence_named(file: ImpactFile) -> frozenset[str]:
    """Return every evidence id that the analysis or one of its figures cites."""
    parts = [element for _, element in file.elements() if isinstance(element, Part)]
    cited = {one.evidence for part in parts for one in part.recoveries}
    cited |= {one.evidence for part in parts for one in part.promises}
    return frozenset({*file.evidence, *cited})


def _trusted(file: ImpactFile, trusted: frozenset[str]) -> ImpactFile:
    """Return the file with every figure not known whose evidence cannot be read: it still stands, and decides nothing."""

    def part(one: Part) -> Part:
        recoveries = tuple(
            each
            if each.evidence in trusted
            else each.model_copy(update={"recovered_hours": None, "data_loss_hours": None})
            for each in one.recoveries
        )
        promises = tuple(
            each if each.evidence in trusted else each.model_copy(update={"value": None})
            for each in one.promises
        )
        return one.model_copy(update={"recoveries": recoveries, "promises": promises})

    kinds = ("services", "components", "resources", "suppliers")
    return file.model_copy(update={kind: tuple(part(one) for one in getattr(file, kind)) for kind in kinds})


def find_element(file: ImpactFile, name: str) -> Element | None:
    """Return the element of that id, or of that name in any case; None when there is none."""
    elements = [element for _, element in file.elements()]
    by_id = next((one for one in elements if one.id == name), None)
    return by_id or next((one for one in elements if one.name.casefold() == name.casefold()), None)
