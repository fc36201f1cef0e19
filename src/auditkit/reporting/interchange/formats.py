"""The formats of a finished run in one table; a further format is a further row."""

from collections.abc import Callable
from typing import NamedTuple

from auditkit.reporting.interchange.junit import junit
from auditkit.reporting.interchange.markdown import markdown
from auditkit.reporting.interchange.material import Material
from auditkit.reporting.interchange.oscal_parts import ACTIONS, PLAN, RESULTS
from auditkit.reporting.interchange.oscal_plan import assessment_plan
from auditkit.reporting.interchange.oscal_poam import poam
from auditkit.reporting.interchange.oscal_results import assessment_results
from auditkit.reporting.interchange.sarif import sarif
from auditkit.reporting.interchange.sealed import in_toto, manifest

MANIFEST = "manifest"


class Format(NamedTuple):
    """One format a run can be written in."""

    id: str
    file: str
    """Name of the file that holds it."""
    about: str
    make: Callable[[Material], str]
    seals: bool = False
    """It carries the digests of the other reports, so it is made after them."""


FORMATS: tuple[Format, ...] = (
    Format(
        "sarif", "findings.sarif", "SARIF 2.1.0: findings, candidates and what is open, for pipelines", sarif
    ),
    Format(
        "junit", "requirements.junit.xml", "JUnit XML: a suite a clause, a test case a requirement", junit
    ),
    Format("markdown", "audit-report.md", "Markdown: the whole report", markdown),
    Format(
        "oscal-assessment-plan", PLAN, "OSCAL 1.2.1: scope, criteria, activities, timetable", assessment_plan
    ),
    Format(
        "oscal-assessment-results", RESULTS, "OSCAL 1.2.1: observations, findings, risks", assessment_results
    ),
    Format("oscal-poam", ACTIONS, "OSCAL 1.2.1: plan of action and milestones", poam),
    Format(
        MANIFEST, "evidence-manifest.json", "Manifest of evidence with digests; --sign signs it", manifest
    ),
    Format(
        "in-toto",
        "assessment.intoto.json",
        "in-toto Statement v1: reports and evidence by digest",
        in_toto,
        seals=True,
    ),
)
