"""A small world for tests of programmes: two clauses with three headings, two processes, two sites, four people."""

from datetime import date

from auditkit.assessment.engagement import Engagement, Organisation, Person
from auditkit.assessment.programme.areas import Known, known_areas
from auditkit.assessment.programme.coverage import CoverageRow, Seen, coverage
from auditkit.assessment.programme.model import Programme
from auditkit.assessment.programme.rules import ProgrammeRules
from auditkit.base.period import Period
from auditkit.base.yamltext import parse, validate
from auditkit.catalog.model import Catalog, CatalogHead, Clause, Lens, LensGroup, Point, Procedures
from auditkit.engagement.layout import checklists_folder

AS_OF = date(2026, 10, 15)
PEOPLE = (
    Person(id="P-001", name="Ines", role="Lead", side="auditor", competence=("cat",), languages=("German",)),
    Person(
        id="P-002", name="Olaf", role="Auditor", side="auditor", competence=("8.5",), languages=("German",)
    ),
    Person(id="P-010", name="Jan", role="Manager", side="auditee", areas=("change",)),
    Person(id="P-011", name="Ute", role="Manager", side="auditee"),
)


def _point(identifier: str) -> Point:
    return Point(
        id=identifier,
        statement="Something is done, and shown.",
        kind="activity",
        certainty="estimate",
        procedures=Procedures(),
    )


def clause(number: str, *points: str) -> Clause:
    return Clause(
        clause=number, title=f"Title {number}", summary="s", points=tuple(_point(one) for one in points)
    )


CATALOG = Catalog(
    head=CatalogHead(
        id="cat", standard="S", edition="1", title="t", allows_exclusions=False, source_note="n", files=()
    ),
    clauses=(
        clause("5", "5-1"),
        clause("8"),
        clause("8.1", "8.1-1"),
        clause("8.10", "8.10-1"),
        clause("8.5"),
        clause("8.5.1", "8.5.1-1", "8.5.1-2"),
    ),
)
LENS = Lens(
    id="process",
    title="t",
    about="a",
    source="s",
    groups=(
        LensGroup(id="change", title="Change", clauses=("8.5",)),
        LensGroup(id="control", title="Control", clauses=("8.1", "8.10")),
    ),
)
KNOWN: Known = known_areas(CATALOG, LENS, PEOPLE, ("Kiel", "Ulm"))


def engagement(**more: object) -> Engagement:
    given: dict[str, object] = {
        "id": "own", "title": "Audit; 2026, \\ first", "kind": "internal-audit", "organisation": Organisation(name="Klein"),
        "objectives": ("o",), "scope": "all", "services": ("A", "B", "C", "D"), "sites": ("Kiel", "Ulm"),
        "period": Period(start=date(2025, 10, 1), end=date(2026, 9, 30)), "as_of": AS_OF, "time_zone": "Europe/Berlin",
        "people": PEOPLE, "lead_auditor": "P-001",
    }  # fmt: skip
    return Engagement.model_validate(given | more)


def read(text: str, model: type) -> object:
    """Read a model from YAML, as a loader would."""
    document, issues = parse(text, "test.yaml")
    assert document is not None, issues
    value, issues = validate(document, (), model)
    assert value is not None, "\n".join(map(str, issues))
    return value


def rules() -> ProgrammeRules:
    """Return the shipped house rules."""
    text = (checklists_folder() / "programme/house.yaml").read_text(encoding="utf-8")
    return read(text, ProgrammeRules)  # type: ignore[return-value]


HEAD = "title: Programme\nmanaged_by: P-001\nobjectives: [See all.]\ncycle_start: 2025-01-01\n"


def programme(body: str) -> Programme:
    return read(HEAD + body, Programme)  # type: ignore[return-value]


def covered(
    body: str, seen: Seen | None = None, as_of: date = AS_OF, **changed: object
) -> dict[str, CoverageRow]:
    """Return the rows of a programme by id."""
    used = rules().model_copy(update=changed)
    return {row.id: row for row in coverage(programme(body), used, KNOWN, seen, "own", as_of)}
