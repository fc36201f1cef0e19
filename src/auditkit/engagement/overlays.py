"""Put overlays on the library: checked statements, own criteria, weights, translations."""

from auditkit.assessment.model import Assessment
from auditkit.base.issue import InputIssue
from auditkit.catalog.load_links import load_overlays
from auditkit.catalog.model import Catalog, GuidanceItem
from auditkit.catalog.overlay import (
    OverlayPoint,
    attest,
    overlay_points,
    own_criteria,
    qualified,
    translate,
    translate_guidance,
)
from auditkit.engagement.layout import Layout
from auditkit.engagement.library import Library


def apply_overlays(
    layout: Layout, library: Library, organisation: str
) -> tuple[Library, dict[str, OverlayPoint], tuple[InputIssue, ...]]:
    """Return the library with what ``overlays/`` adds, the additions by point, and what is wrong with them."""
    overlays, issues = load_overlays(layout.overlays, "overlays")
    catalog, attest_issues = attest(library.catalog, overlays.attestations)
    found, point_issues = overlay_points(catalog, overlays.files)
    own = own_criteria(overlays.files, organisation)
    translations = tuple(one for one in overlays.translations if one.catalog == catalog.head.id)
    library = library._replace(
        catalog=catalog,
        further=(*library.further, *((qualified(own),) if own else ())),
        translations=(*translations, *library.translations),
    )
    return library, found, (*issues, *attest_issues, *point_issues)


def in_language(library: Library, language: str) -> tuple[Catalog, tuple[GuidanceItem, ...]]:
    """Return the catalog and its guidance in a language, as far as a translation goes."""
    for one in library.translations:
        if one.language == language:
            return translate(library.catalog, one), translate_guidance(library.guidance, one)
    return library.catalog, library.guidance


def as_told(whole: Catalog, shown: Catalog) -> Catalog:
    """Return all catalogs of an engagement with the titles and statements that its report prints."""
    known = {clause.clause: clause for clause in shown.clauses}
    clauses = tuple(known.get(clause.clause, clause) for clause in whole.clauses)
    return Catalog(head=whole.head, clauses=clauses)


def retitled(assessment: Assessment, shown: Catalog) -> Assessment:
    """Return an assessment with the titles of clauses that its report prints."""
    titles = {clause.clause: clause.title for clause in shown.clauses}
    clauses = tuple(one.model_copy(update={"title": titles[one.clause]}) for one in assessment.clauses)
    return assessment.model_copy(update={"clauses": clauses})
