"""Load OSCAL files with compliance-trestle, a reader that is not ours: ``make trestle`` runs it in an environment of its own."""

import json
import sys
from pathlib import Path

from trestle.oscal import assessment_plan, assessment_results, catalog, mapping, poam

MODELS = {
    "assessment-plan": assessment_plan.AssessmentPlan,
    "assessment-results": assessment_results.AssessmentResults,
    "plan-of-action-and-milestones": poam.PlanOfActionAndMilestones,
    "catalog": catalog.Catalog,
    "mapping-collection": mapping.MappingCollection,
}


def main(names: list[str]) -> int:
    """Load each file; exit 1 when one is not taken, or when there is none."""
    faults = 0
    for name in names:
        path = Path(name)
        kind = next(iter(json.loads(path.read_text(encoding="utf-8"))))
        try:
            MODELS[kind].oscal_read(path)
        except Exception as error:  # noqa: BLE001  # whatever a foreign reader says is what we want to show
            faults += 1
            print(f"refused  {path.name}: {error}")
        else:
            print(f"loaded   {path.name} ({kind})")
    return 1 if faults or not names else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
