"""Conclude: give every point, requirement and clause of every catalog its verdict, by results and judgements."""

from typing import NamedTuple

from auditkit.assessment.conduct_rules import keep_to_visit
from auditkit.assessment.evidence_links import rate_evidence
from auditkit.assessment.guidance import GuidanceAlignment, align
from auditkit.assessment.measures import measure
from auditkit.assessment.model import Assessment, PointVerdict
from auditkit.assessment.verdicts import Decided, conclude_clauses, conclude_points, conclude_requirements
from auditkit.catalog.crosswalk import infer
from auditkit.catalog.model import Catalog, GuidanceItem
from auditkit.engagement.conduct_check import barred_judgements
from auditkit.engagement.examine import Examined
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.overlays import as_told, in_language, retitled
from auditkit.reporting.model import FurtherResult


class Concluded(NamedTuple):
    """The verdicts of a run, with the catalogs as its reports tell them."""

    assessment: Assessment
    """Of the catalog."""
    further: tuple[FurtherResult, ...]
    alignment: GuidanceAlignment
    shown: Catalog
    """The catalog in the language of statements."""
    advice: tuple[GuidanceItem, ...]
    """The guidance in the same."""
    told: Catalog
    """All catalogs as one, in the same."""

    @property
    def assessments(self) -> tuple[Assessment, ...]:
        """Return the assessment of each catalog."""
        return (self.assessment, *(one.assessment for one in self.further))

    @property
    def points(self) -> tuple[PointVerdict, ...]:
        """Return the verdicts on the points of all catalogs."""
        return tuple(point for one in self.assessments for point in one.points)


def conclude(opened: OpenEngagement, examined: Examined) -> Concluded:
    """Conclude about every catalog of an engagement and about the guidance."""
    library = opened.library
    assessment = _conclude_catalog(opened, examined, library.catalog)
    further = tuple(_further(opened, examined, assessment, catalog) for catalog in library.further)
    shown, advice = in_language(library, opened.statements_in)
    judgements = {one.item: one for one in opened.workpapers.guidance}
    return Concluded(
        assessment=retitled(assessment, shown),
        further=further,
        alignment=align(library.guidance, examined.results, judgements),
        shown=shown,
        advice=advice,
        told=as_told(library.whole, shown),
    )


def _conclude_catalog(opened: OpenEngagement, examined: Examined, catalog: Catalog) -> Assessment:
    """Give every point, requirement and clause of a catalog its verdict, and compute the measures."""
    items = {item.id: item for item in opened.register.items}
    decided = Decided(
        judgements={one.point: one for one in opened.workpapers.judgements},
        bindings=opened.workpapers.bindings,
        purged={one.id: opened.purged[one.file] for one in items.values() if one.file in opened.purged},
        barred=barred_judgements(opened.independence, opened.workpapers),
        distrusted=opened.distrust_told,
    )
    reached = conclude_points(catalog, examined.results, decided, examined.evidence_of)
    unverified = frozenset(one.evidence for one in examined.quality if not one.verified)
    points = tuple(
        rate_evidence(
            verdict,
            examined.evidence_of.get(verdict.point, {}),
            items,
            opened.engagement.period,
            unverified,
        )
        for verdict in keep_to_visit(reached, catalog, opened.engagement)
    )
    requirements = conclude_requirements(catalog, points)
    weights = {point: one.weight for point, one in opened.overlay.items() if one.weight != 1}
    return Assessment(
        points=points,
        requirements=requirements,
        clauses=conclude_clauses(catalog, requirements),
        measures=measure(points, requirements, weights if catalog == opened.library.catalog else None),
    )


def _further(
    opened: OpenEngagement, examined: Examined, first: Assessment, catalog: Catalog
) -> FurtherResult:
    """Conclude about a further catalog, and say what the crosswalk from the first one lets one suppose."""
    crosswalk = next((one for one in opened.library.crosswalks if one.target == catalog.head.id), None)
    verdicts = {one.requirement: one.value for one in first.requirements}
    verdicts |= {one.point: one.value for one in first.points}
    return FurtherResult(
        catalog=catalog,
        assessment=_conclude_catalog(opened, examined, catalog),
        inferences=infer(crosswalk, verdicts) if crosswalk else (),
        crosswalk=crosswalk.title if crosswalk else "",
    )
