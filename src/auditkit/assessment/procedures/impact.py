"""The impact procedure: one check on the business impact analysis gives one result (pure).

A gap counts even where the analysis is not complete, for what is missing could only make it wider. Nothing is met
while a case cannot be decided, while part of the inputs could not be used, or while the evidence of the analysis is
not named or cannot be read.
"""

from collections.abc import Mapping

from auditkit.assessment.impactchecks import ImpactCheck
from auditkit.assessment.model import EvidenceRef, ExceptionRow, Outcome, ProcedureResult
from auditkit.base.language import say
from auditkit.base.place import Place
from auditkit.impact.analysis import Analysis
from auditkit.impact.measures import MEASURES
from auditkit.impact.tally import Gap, Seen

_REASONS = 5
_ROWS = 25
REASONS_SHOWN = _REASONS
"""Most cases that the reasons of a result tell; where there are more, the last reason says how many."""


def examine_impact(
    check: ImpactCheck,
    analysis: Analysis | None,
    places: Mapping[str, Place],
    source: str,
    references: Mapping[str, EvidenceRef],
) -> ProcedureResult:
    """Return the result of a check for its first point. ``analysis`` None: what was handed over cannot be read."""
    blank = ProcedureResult(
        point=check.points[0],
        procedure=f"impact.{check.id}",
        kind="impact",
        title=check.title,
        outcome="no_evidence",
        basis=check.basis,
        test_class=check.test_class,
        digest=check.digest,
        reasons=(say("The business impact analysis ({source}) cannot be read.", source=source),),
    )
    if analysis is None:
        return blank
    seen = MEASURES[check.measure](analysis)
    outcome = _outcome(seen, analysis)
    return blank.model_copy(
        update={
            "outcome": outcome,
            "population": seen.population,
            "examined": seen.population - len(seen.unknown),
            "exceptions": len(seen.gaps),
            "unknown": len(seen.unknown),
            "beyond_tolerance": outcome == "not_met",
            "exception_rows": tuple(_row(gap, places, source) for gap in seen.gaps[:_ROWS]),
            "evidence": tuple(references[one] for one in seen.evidence if one in references),
            "reasons": () if outcome == "met" else _reasons(seen, analysis, source),
        }
    )


def _outcome(seen: Seen, analysis: Analysis) -> Outcome:
    if not analysis.grounded:
        return "no_evidence"
    if seen.gaps:
        return "not_met"
    if seen.unknown or not seen.population or not analysis.graph.complete:
        return "no_evidence"
    return "met"


def _reasons(seen: Seen, analysis: Analysis, source: str) -> tuple[str, ...]:
    reasons = []
    if not analysis.evidence:
        reasons.append(
            say("{source} names no evidence of the analysis, so its figures are words only.", source=source)
        )
    elif not analysis.grounded:
        named = ", ".join(analysis.evidence)
        reasons.append(say("The evidence of the analysis ({evidence}) cannot all be read.", evidence=named))
    if not analysis.graph.complete:
        reasons.append(say("Part of {source} could not be used.", source=source))
    if analysis.untrusted:
        named = ", ".join(analysis.untrusted)
        reasons.append(say("Figures from {evidence} count as not known: it cannot be read.", evidence=named))
    if not seen.population:
        reasons.append(say("The analysis holds nothing that the check looks at."))
    cases = [gap.what for gap in seen.gaps]
    cases += [say("Not known: {what}", what=gap.what) for gap in seen.unknown]
    reasons += cases[:_REASONS]
    if len(cases) > _REASONS:
        reasons.append(say("And {n} more; see auditkit impact show.", n=len(cases) - _REASONS))
    return tuple(reasons)


def _row(gap: Gap, places: Mapping[str, Place], source: str) -> ExceptionRow:
    return ExceptionRow(
        evidence=", ".join(gap.evidence),
        place=places.get(gap.element, Place(file=source)),
        key=gap.element,
        values={"what": gap.what},
    )
