"""Word a point and an item of guidance for the book (pure)."""

from collections.abc import Mapping

from auditkit.assessment.recordtests.model import RecordTest
from auditkit.catalog.model import DocumentType, GuidanceItem, Point
from auditkit.catalog.overlay import OverlayPoint
from auditkit.reporting.site.model import AdviceView, DocumentView, PointView, TestView

BASES = {
    "standard": "the standard",
    "own_rule": "the organisation's own rule",
    "good_practice": "good practice",
}


def point_view(
    point: Point,
    original: Point,
    types: Mapping[str, DocumentType],
    tests: Mapping[str, RecordTest],
    overlay: OverlayPoint | None,
) -> PointView:
    """Word a point; ``original`` is the same point in the catalog's own language."""
    procedures = point.procedures
    return PointView(
        id=point.id,
        statement=point.statement,
        original=original.statement if original.statement != point.statement else "",
        marks=_marks(point),
        documents=tuple(
            DocumentView(
                title=types[one.type].title,
                topics=tuple(topic.name for topic in types[one.type].topics if topic.id in one.topics),
                basis=BASES[types[one.type].basis],
            )
            for one in procedures.documents
        ),
        tests=tuple(_test(tests[name]) for name in procedures.records),
        questions=procedures.interview,
        sights=procedures.observe,
        suffices=tuple(
            _sentence(" and ".join(_named(name, types) for name in one)) for one in point.suffices
        ),
        evidence=point.usual_evidence,
        trap=point.usual_trap,
        official=overlay.official_text if overlay else "",
    )


def advice(item: GuidanceItem) -> AdviceView:
    """Word an item of guidance."""
    return AdviceView(
        id=item.id,
        advice=item.advice,
        why=item.why,
        other=item.other,
        evidence=item.usual_evidence,
        roles=item.usual_roles,
        levels=item.good_looks_like,
        questions=item.procedures.interview,
        sights=item.procedures.observe,
    )


def _marks(point: Point) -> tuple[str, ...]:
    marks: list[str] = [point.kind]
    marks += ["documented information"] if point.documented else []
    marks += ["at planned intervals"] if point.planned_intervals else []
    marks += [point.amendment] if point.amendment else []
    return (*marks, f"certainty: {point.certainty}")


def _test(test: RecordTest) -> TestView:
    return TestView(
        id=test.id,
        title=test.title,
        basis=BASES[test.basis],
        test_class=test.test_class,
        dataset=test.dataset,
        population=test.population,
        exception=test.exception,
        why=test.why,
        remedy=test.remedy,
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _named(name: str, types: Mapping[str, DocumentType]) -> str:
    kind, _, identifier = name.partition(".")
    if kind == "document":
        return f"the document «{types[identifier].title}»"
    if kind == "record":
        return f"the record test {identifier}"
    return {"interview": "an interview", "observe": "an observation"}[kind]
