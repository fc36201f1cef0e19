"""Nobody assesses own work without a safeguard on record."""

import pytest
from verdict_samples import catalog, one_point

from auditkit.assessment.engagement import Person
from auditkit.assessment.independence import Independence, own_areas, processes_by_point
from auditkit.catalog.model import Lens, LensGroup

LENS = Lens(
    id="process",
    title="Processes",
    about="a",
    source="b",
    groups=(
        LensGroup(
            id="change-management",
            title="Change management",
            clauses=("8.5.1",),
            secondary_clauses=("8.6.1",),
        ),
        LensGroup(id="release-management", title="Releases", clauses=("8.5.10",), points=("8.6.1-1",)),
    ),
)
CATALOG = catalog(one_point("8.5.1.3-1"), one_point("8.6.1-1"), one_point("8.6.1-2"))
PROCESSES = processes_by_point(CATALOG, LENS)


def test_points_belong_to_processes_by_clause_and_by_point_and_never_by_likeness_of_numbers() -> None:
    found = {point: [group.id for group in groups] for point, groups in PROCESSES.items()}
    assert found == {"8.5.1.3-1": ["change-management"], "8.6.1-1": ["release-management"], "8.6.1-2": []}
    assert processes_by_point(CATALOG, None) == {"8.5.1.3-1": (), "8.6.1-1": (), "8.6.1-2": ()}


@pytest.mark.parametrize(
    ("areas", "points"),
    [
        (("change-management",), ["8.5.1.3-1"]),
        (("Change Management",), ["8.5.1.3-1"]),
        (("releases", "change_management"), ["8.5.1.3-1", "8.6.1-1"]),
        (("Unit Kiel",), []),
        ((), []),
        (("change",), []),
    ],
)
def test_an_area_is_a_process_by_id_or_title(areas: tuple[str, ...], points: list[str]) -> None:
    assert [one.point for one in own_areas(areas, PROCESSES, PROCESSES)] == points


def test_own_work_needs_a_safeguard_in_a_sentence() -> None:
    person = Person(
        id="P-002", name="Ole Brandt", role="Auditor", side="auditor", areas=("Change management",)
    )
    independence = Independence({"P-002": person}, PROCESSES)
    assert independence.fault("P-002", ["8.6.1-1"], "") is None
    fault = independence.fault("P-002", ["8.5.1.3-1", "8.6.1-1"], " ok ")
    assert fault == "Ole Brandt works in Change management and would assess own work (8.5.1.3-1)"
    assert independence.fault("P-002", ["8.5.1.3-1"], "The lead auditor examined the same records.") is None
    assert independence.fault("P-404", ["8.5.1.3-1"], "") is None
