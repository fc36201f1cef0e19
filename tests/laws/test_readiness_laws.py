"""Less evidence never helps a forecast: what is taken away never gives a day, and never an earlier one."""

import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "findings"))
from readiness_samples import AS_OF, clock, facts, finding, gate, reading

from auditkit.assessment.model import Gate, GateBlocker
from auditkit.assessment.records_planned import Planned
from auditkit.evidence.model import TableReading
from auditkit.findings.gates import _operation
from auditkit.findings.model import Finding
from auditkit.findings.readiness import Facts, forecast
from auditkit.findings.readiness_days import Commitment
from auditkit.findings.readiness_model import Readiness

LATEST = date.max
DATASETS = {"change": "Changes", "incident": "Incidents"}
POINTS = ("9.2.1-1a", "9.2.1-1b")

days = st.sampled_from([AS_OF + timedelta(days=number) for number in (-200, -60, -1, 0, 1, 25, 50, 90, 200)])
maybe = st.none() | days
exports = st.builds(
    lambda first, dataset, readable: reading(first, dataset, readable=readable),
    maybe.map(lambda day: min(day, AS_OF) if day else None),
    st.sampled_from([*DATASETS]),
    st.booleans(),
)
states = st.sampled_from(["raised", "answered", "plan_accepted", "implemented", "reopened"])


@st.composite
def raised(draw: st.DrawFn, identifier: str) -> Finding:
    state = draw(states)
    done = draw(st.dates(min_value=date(2026, 1, 1), max_value=AS_OF)) if state == "implemented" else None
    grade = draw(st.sampled_from(["major", "minor"]))
    points = tuple(draw(st.sets(st.sampled_from(POINTS), min_size=1)))
    return finding(identifier, state, draw(maybe), grade=grade, done=done, points=points)


@st.composite
def situations(draw: st.DrawFn) -> Facts:
    findings = (draw(raised("NC-001")), draw(raised("NC-002")))
    actions = {
        "NC-001": tuple(
            Commitment(f"CA-{number:03d}", "Jan Otte", draw(maybe), draw(st.booleans()))
            for number in range(draw(st.integers(0, 2)))
        )
    }
    planned = Planned("9.2", "audit", tuple(sorted(draw(st.sets(days, min_size=1, max_size=4)))))
    return facts(
        *findings,
        readings=tuple(draw(st.lists(exports, max_size=4))),
        planned=(planned,),
        with_clock=clock(*draw(st.sets(st.sampled_from(["NC-001"]))), actions=actions),
    )


def gates(given: Facts, gone: frozenset[str] = frozenset()) -> tuple[Gate, ...]:
    """Decide the operation gate by its rule; findings and the audit block theirs.

    ``gone``: datasets of which an accepted export has left the register.
    """
    majors = [
        GateBlocker(
            what=f"{one.id} open",
            kind="major_open" if one.grade == "major" else "minor_without_plan",
            subject=one.id,
            points=one.points,
        )
        for one in given.findings.values()
    ]
    audit = GateBlocker(what="audit", kind="clause_not_conforming", subject="9.2", points=POINTS)
    unfound = audit.model_copy(update={"points": ("9.2.2-1d",)})
    policy = GateBlocker(what="policy", kind="document_not_shown", subject="policy", points=POINTS)
    return (
        _operation(given.readings, DATASETS, given.months, AS_OF, gone),
        gate(audit, identifier="governance"),
        gate(*majors, identifier="nonconformities"),
        gate(policy, identifier="documentation"),
        gate(unfound, identifier="confirmation"),
    )


def known(found: Readiness) -> tuple[date, ...]:
    """Return the day of the whole and of every gate; without a day it is later than all."""
    return (found.day or LATEST, *(one.day or LATEST for one in found.gates))


def less(given: Facts, what: str, draw: st.DataObject) -> Facts:
    """Take one thing away; where there is none of it, nothing."""
    if what in ("export", "dates", "readable") and given.readings:
        number = draw.draw(st.integers(0, len(given.readings) - 1))
        changed: tuple[TableReading, ...] = {
            "export": (),
            "dates": (given.readings[number].model_copy(update={"first_at": None}),),
            "readable": (given.readings[number].model_copy(update={"readable": False}),),
        }[what]
        return given._replace(readings=(*given.readings[:number], *changed, *given.readings[number + 1 :]))
    if what == "planned" and given.planned[0].days:
        number = draw.draw(st.integers(0, len(given.planned[0].days) - 1))
        kept = tuple(day for at, day in enumerate(given.planned[0].days) if at != number)
        return given._replace(planned=(given.planned[0]._replace(days=kept),))
    if what == "due":
        one = given.findings["NC-001"]
        answer = one.answer.model_copy(update={"due": None, "implemented_at": None})
        findings = {**given.findings, "NC-001": one.model_copy(update={"answer": answer})}
        return given._replace(findings=findings)
    if what == "action" and given.clock.commitments["NC-001"]:
        first, *rest = given.clock.commitments["NC-001"]
        if not first.done:
            actions = {"NC-001": (first._replace(due=None), *rest)}
            return given._replace(clock=given.clock._replace(commitments=actions))
    if what == "all":
        return given._replace(planned=(), readings=())
    return given


@pytest.mark.parametrize("what", ["export", "dates", "readable", "planned", "due", "action", "all"])
@settings(max_examples=100, deadline=None)
@given(given=situations(), data=st.data())
def test_less_evidence_and_fewer_dates_never_make_a_forecast_earlier(
    what: str, given: Facts, data: st.DataObject
) -> None:
    poorer = less(given, what, data)
    gone = frozenset(one.dataset for one in given.readings if one not in poorer.readings)
    struck_out = gone if what in ("export", "all") else frozenset()
    before, after = forecast(gates(given), given), forecast(gates(poorer, struck_out), poorer)
    for full, reduced in zip(known(before), known(after), strict=True):
        assert reduced >= full
    operation = [one for one in (before, after) if one.gates[0].blockers]
    if len(operation) == 2:  # exports that are not shown count from the as-of date, so this bound only grows
        assert after.gates[0].not_before >= before.gates[0].not_before


@settings(max_examples=100, deadline=None)
@given(situations())
def test_nothing_is_ever_forecast_for_the_past(given: Facts) -> None:
    found = forecast(gates(given), given)
    days = [found.not_before, *(one.not_before for one in found.gates)]
    days += [blocker.not_before for one in found.gates for blocker in one.blockers]
    assert min(days) >= AS_OF
    assert found.not_before == max(days)


@settings(max_examples=100, deadline=None)
@given(st.dates(min_value=date(2025, 1, 1), max_value=AS_OF))
def test_the_operation_gate_opens_on_the_day_that_was_forecast(first: date) -> None:
    given = facts(readings=(reading(first),))
    before = _operation(given.readings, {"change": "Changes"}, 3, AS_OF)
    day = forecast((before,), given).day
    assert day is not None
    assert _operation(given.readings, {"change": "Changes"}, 3, day).passed
    if not before.passed:
        assert not _operation(given.readings, {"change": "Changes"}, 3, day - timedelta(days=1)).passed


def test_striking_out_an_export_that_cannot_be_read_opens_no_gate() -> None:
    old, broken = reading(AS_OF - timedelta(days=400), "change"), reading(None, "change", readable=False)
    both = _operation((old, broken), {"change": "Changes"}, 3, AS_OF)
    assert [one.what for one in both.blockers] == ["Changes: an export could not be read"]
    struck_out = _operation((old,), {"change": "Changes"}, 3, AS_OF, frozenset({"change"}))
    assert [one.what for one in struck_out.blockers] == [
        "Changes: an export that was accepted is no longer there"
    ]
