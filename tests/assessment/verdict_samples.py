"""Small catalogs and results that verdict tests are written in."""

from fractions import Fraction

from auditkit.assessment.model import Judgement, PointVerdict, ProcedureResult
from auditkit.assessment.verdicts import Decided, conclude_points
from auditkit.catalog.model import Catalog, CatalogHead, Clause, DocumentExpectation, Point, Procedures

__all__ = ["Fraction", "catalog", "judged", "one_point", "result", "verdict"]


def one_point(identifier: str = "8.5.1.3-1", **changes: object) -> Point:
    """A point with a document, a record test and an interview; the record test suffices."""
    values: dict[str, object] = {
        "id": identifier,
        "statement": "A change is approved by the people concerned before it is put into effect.",
        "kind": "activity",
        "certainty": "estimate",
        "procedures": Procedures(
            documents=(DocumentExpectation(type="change_management_policy"),),
            records=("approved",),
            interview=("Take the last change that was refused. What decided it?",),
        ),
        "suffices": (("record.approved",),),
    }
    return Point(**(values | changes))  # type: ignore[arg-type]


def catalog(*points: Point, allows_exclusions: bool = False) -> Catalog:
    """A catalog of the given points, one clause each for the clauses they name."""
    clauses: dict[str, list[Point]] = {}
    for point in points:
        clauses.setdefault(point.clause, []).append(point)
    head = CatalogHead(
        id="sample",
        standard="Sample",
        edition="1",
        title="Sample",
        allows_exclusions=allows_exclusions,
        source_note="own words",
        files=(),
        organisation_wide=("4", "5", "6", "7"),
        phases={"plan": ("4", "5", "6", "7"), "do": ("8",), "check": ("9",), "act": ("10",)},
        governance={"9.2": "Internal audit", "9.3": "Management review", "10.1": "Corrective action"},
        operation=("8",),
    )
    return Catalog(
        head=head,
        clauses=tuple(
            Clause(clause=name, title=name, points=tuple(found)) for name, found in clauses.items()
        ),
    )


def result(procedure: str = "record.approved", **changes: object) -> ProcedureResult:
    """A hard record test on 100 records, met unless changed."""
    kind = procedure.partition(".")[0]
    values: dict[str, object] = {
        "point": "8.5.1.3-1",
        "procedure": procedure,
        "kind": kind,
        "title": "Normal changes were approved before they were implemented.",
        "outcome": "met",
        "basis": "standard",
        "test_class": "hard" if kind == "record" else None,
        "population": 100,
        "examined": 100,
    }
    return ProcedureResult(**(values | changes))  # type: ignore[arg-type]


def judged(verdict: str = "conforms", point: str = "8.5.1.3-1", **changes: object) -> Judgement:
    """A judgement by P-001."""
    values: dict[str, object] = {
        "id": "J-001",
        "point": point,
        "verdict": verdict,
        "rationale": "Ten changes were read with the change manager.",
        "by": "P-001",
        "at": "2026-10-01",
    }
    return Judgement.model_validate(values | changes)


def verdict(point: Point, *results: ProcedureResult) -> PointVerdict:
    """The candidate verdict on one point."""
    return conclude_points(catalog(point), {point.id: results}, Decided({}, {}), {})[0]
