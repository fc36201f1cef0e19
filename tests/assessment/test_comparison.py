"""What became of each point between two assessments: written as pairs; laws of comparing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verdict_samples import result

from auditkit.assessment.comparison import KINDS, Comparison, compare
from auditkit.assessment.measures import measure
from auditkit.assessment.model import Assessment, EvidenceRef, PointVerdict, ProcedureResult, VerdictValue


def verdict(
    value: VerdictValue | None, *results: ProcedureResult, point: str = "8.6.1-1", confirmed: bool = False
) -> PointVerdict:
    return PointVerdict(
        point=point,
        requirement=point,
        clause="8.6.1",
        value=value or "not_assessed",
        standing="confirmed" if confirmed else "candidate",
        results=results,
    )


def assessment(*points: PointVerdict) -> Assessment:
    return Assessment(points=points, requirements=(), clauses=(), measures=measure(points, ()))


def one(before: PointVerdict | None, after: PointVerdict | None) -> str:
    found = compare(assessment(*([before] if before else [])), assessment(*([after] if after else [])))
    (point,) = found.points
    assert found.counts[point.kind] == 1
    return point.kind


def breach(exceptions: int, examined: int = 100, **more: object) -> ProcedureResult:
    values = {
        "outcome": "not_met",
        "exceptions": exceptions,
        "examined": examined,
        "population": examined,
        "beyond_tolerance": True,
    }
    return result(**{**values, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (verdict("conforms"), verdict("nonconforming"), "new"),
        (verdict("not_assessed"), verdict("nonconforming"), "new"),
        (verdict("nonconforming"), verdict("conforms"), "fixed"),
        (verdict("nonconforming"), verdict("not_assessed"), "unchanged"),  # nobody looked again: not fixed
        (verdict("conforms"), verdict("not_assessed"), "lost"),
        (verdict("not_assessed"), verdict("conforms"), "gained"),
        (verdict("conforms"), verdict("conforms"), "unchanged"),
        (verdict("nonconforming", breach(10)), verdict("nonconforming", breach(11)), "worse"),
        (verdict("nonconforming", breach(10)), verdict("nonconforming", breach(9)), "better"),
        (verdict("nonconforming", breach(10)), verdict("nonconforming", breach(10)), "unchanged"),
        (verdict("nonconforming", breach(10)), verdict("nonconforming", breach(15, 150)), "unchanged"),  # the same share
        (verdict("nonconforming", breach(10)), verdict("nonconforming", breach(90, title="Another claim.")), "unchanged"),
        (None, verdict("conforms"), "other_scope"),
        (verdict("conforms"), None, "other_scope"),
    ],
)  # fmt: skip
def test_what_became_of_a_point(before: PointVerdict | None, after: PointVerdict | None, kind: str) -> None:
    assert one(before, after) == kind


def test_a_conformity_confirmed_on_new_evidence_is_verified_again() -> None:
    old, new = (
        verdict(
            "conforms", result(evidence=(EvidenceRef(id="EV-1", file="a", sha256=digest),)), confirmed=True
        )
        for digest in ("a" * 64, "b" * 64)
    )
    assert (one(old, new), one(old, old)) == ("verified_again", "unchanged")


def test_a_figure_that_was_computed_otherwise_is_marked_and_makes_nothing_worse_or_better() -> None:
    before = verdict("nonconforming", breach(10, parameters={"days": "5 (own rule)", "as_of": "2025-10-15"}))
    later = verdict("nonconforming", breach(90, parameters={"days": "5 (own rule)", "as_of": "2026-10-15"}))
    other = verdict("nonconforming", breach(90, parameters={"days": "9 (own rule)", "as_of": "2026-10-15"}))
    assert (one(before, later), one(before, other)) == ("worse", "unchanged")
    (point,) = compare(assessment(before), assessment(other)).points
    assert point.method_changed
    assert [(each.before, each.after, each.method_changed) for each in point.extents] == [
        ("10 of 100 (10.0 %)", "90 of 100 (90.0 %)", True)
    ]
    (point,) = compare(assessment(before), assessment(later)).points
    assert not point.method_changed


VALUES = st.sampled_from(["conforms", "nonconforming", "not_assessed"])
SIDES = st.dictionaries(st.sampled_from([f"8.6.1-{n}" for n in range(1, 8)]), VALUES)


@given(SIDES, SIDES)
def test_every_point_of_either_side_is_counted_once(
    before: dict[str, VerdictValue], after: dict[str, VerdictValue]
) -> None:
    found: Comparison = compare(
        assessment(*(verdict(value, point=key) for key, value in before.items())),
        assessment(*(verdict(value, point=key) for key, value in after.items())),
    )
    assert sorted(each.point for each in found.points) == sorted({*before, *after})
    assert sum(found.counts.values()) == len(found.points)
    assert set(found.counts) == set(KINDS)


@given(SIDES)
def test_nothing_changed_against_itself(side: dict[str, VerdictValue]) -> None:
    whole = assessment(*(verdict(value, point=key) for key, value in side.items()))
    assert all(each.kind == "unchanged" and not each.method_changed for each in compare(whole, whole).points)
