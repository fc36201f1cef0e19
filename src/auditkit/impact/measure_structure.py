"""Measures of how things hang together (pure): single points, rings, the catalogue, and what is not known."""

from auditkit.base.language import message, say, say_count, translated
from auditkit.impact.analysis import Analysis
from auditkit.impact.needs import NeedOf
from auditkit.impact.tally import Seen, Tally

_FIGURES = {
    "mtpd": message("{element} has no tolerable period"),
    "rto": message("{element} has no recovery time"),
    "rpo": message("{element} has no recovery point"),
}


def single_point_stands_as_risk(analysis: Analysis) -> Seen:
    """Every component, resource and supplier that alone takes a critical service down stands as a risk."""
    tally = Tally(analysis.evidence)
    critical = {one.service: one.critical for one in analysis.ranking}
    for node in analysis.graph.nodes.values():
        if node.kind in ("activity", "service"):
            continue
        down = analysis.needs[node.id].services
        hit = [one for one in down if critical[one]]
        unsure = [one for one in down if critical[one] is None]
        fails: bool | None = False
        if not node.risk:
            fails = True if hit else None if unsure or not analysis.graph.complete else False
        said = say(
            "{element} alone takes down {services}, and no risk is named for it.",
            element=node.label,
            services=", ".join(hit or unsure) or say("services"),
        )
        tally.case(node.id, fails, said)
    return tally.seen()


def no_rings(analysis: Analysis) -> Seen:
    """No element leans on itself by way of others, so that there is an order in which to restart."""
    tally = Tally(analysis.evidence)
    rings = {ring[0]: ring for ring in analysis.graph.rings}
    for identifier in analysis.graph.nodes:
        ring = rings.get(identifier)
        fails = True if ring else (False if analysis.graph.complete else None)
        said = say("Not all dependencies could be read.")
        if ring:
            said = say("No order of restart: {ring}.", ring=" -> ".join(ring))
        tally.case(identifier, fails, said)
    return tally.seen()


def service_is_catalogued(analysis: Analysis) -> Seen:
    """Every service of the analysis stands in the service catalogue."""
    tally = Tally((*analysis.evidence, *analysis.catalogue_evidence))
    for node in analysis.graph.nodes.values():
        if node.kind != "service":
            continue
        listed = None if analysis.catalogue is None else bool({node.id, node.name} & analysis.catalogue)
        unread = say("no service catalogue could be read.")
        said = _not_listed(analysis.needs[node.id].activities) if listed is False else unread
        fails = None if listed is None else not listed
        tally.case(node.id, fails, f"{node.label}: {said}", analysis.catalogue_evidence)
    return tally.seen()


def _not_listed(used: tuple[str, ...]) -> str:
    if not used:
        return say("it is not in the service catalogue.")
    return say_count(
        "it is not in the service catalogue; {activities} depends on it.",
        "it is not in the service catalogue; {activities} depend on it.",
        len(used),
        activities=", ".join(used),
    )


def service_criticality_known(analysis: Analysis) -> Seen:
    """For every service it is known for how long its loss can be borne."""
    return _known(analysis, ("mtpd",))


def service_requirements_known(analysis: Analysis) -> Seen:
    """For every service it is known how soon it must be back and how much data may be lost."""
    return _known(analysis, ("mtpd", "rto", "rpo"))


def _known(analysis: Analysis, figures: tuple[str, ...]) -> Seen:
    tally = Tally(analysis.evidence)
    for one in analysis.ranking:
        need = analysis.needs[one.service]
        known = all(getattr(need, figure).sure for figure in figures)
        said = f"{analysis.graph.nodes[one.service].label}: {missing(analysis, need, figures)}"
        tally.case(one.service, False if known else None, said)
    return tally.seen()


def missing(analysis: Analysis, need: NeedOf, figures: tuple[str, ...]) -> str:
    """Say what keeps the need of an element from being sure."""
    if not need.activities:
        return say("no activity that depends on it is known.")
    lacking = [
        translated(_FIGURES[figure]).format(element=one)
        for one in sorted({*need.members, *need.activities, *need.services})
        for figure in figures
        if analysis.graph.nodes[one].kind in ("activity", "service")
        and getattr(analysis.graph.nodes[one], figure) is None
    ]
    if lacking:
        return f"{'; '.join(lacking)}."
    if any(one in analysis.graph.knot for one in need.effect.restart):
        return say("a ring of dependencies leaves no order of restart.")
    if not all(link.lag_known for link in need.effect.broken):
        return say("a lag on the way is not known.")
    return say("not all of the inputs could be read.")
