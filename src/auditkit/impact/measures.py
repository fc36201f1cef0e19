"""The measures by name: what ``checklists/impact-checks.yaml`` may ask for."""

from collections.abc import Callable

from auditkit.impact.analysis import Analysis
from auditkit.impact.measure_recovery import (
    part_recovered_within_need,
    service_recovered_within_need,
    shortfall_has_action,
)
from auditkit.impact.measure_structure import (
    no_rings,
    service_criticality_known,
    service_is_catalogued,
    service_requirements_known,
    single_point_stands_as_risk,
)
from auditkit.impact.measure_targets import (
    part_target_serves_the_services,
    service_target_serves_the_business,
    supplier_carries_agreements,
    target_within_tolerable,
)
from auditkit.impact.tally import Seen

MEASURES: dict[str, Callable[[Analysis], Seen]] = {
    "service_criticality_known": service_criticality_known,
    "service_is_catalogued": service_is_catalogued,
    "no_rings": no_rings,
    "supplier_carries_agreements": supplier_carries_agreements,
    "single_point_stands_as_risk": single_point_stands_as_risk,
    "service_requirements_known": service_requirements_known,
    "target_within_tolerable": target_within_tolerable,
    "service_target_serves_the_business": service_target_serves_the_business,
    "part_target_serves_the_services": part_target_serves_the_services,
    "service_recovered_within_need": service_recovered_within_need,
    "part_recovered_within_need": part_recovered_within_need,
    "shortfall_has_action": shortfall_has_action,
}
