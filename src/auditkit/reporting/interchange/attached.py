"""What the archived report carries: the run for programs, in our form and in OSCAL, and the evidence by digest (pure)."""

from auditkit.reporting.interchange.formats import FORMATS
from auditkit.reporting.interchange.material import Material
from auditkit.reporting.jsonout import assessment_json
from auditkit.reporting.pdf_variants import Attached

_SUPPLEMENTS = ("oscal-assessment-plan", "oscal-assessment-results", "oscal-poam", "manifest")


def attached(material: Material) -> tuple[Attached, ...]:
    """Return the attachments of a run. A redacted run gives redacted ones."""
    data = assessment_json(material.run, material.view)
    supplements = (
        Attached(one.file, one.make(material), one.about, "Supplement")
        for one in FORMATS
        if one.id in _SUPPLEMENTS
    )
    return (Attached("assessment.json", data, "The whole assessment for programs", "Data"), *supplements)
