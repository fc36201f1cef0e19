"""The forecast in the report: owners by name, candidates counted in one line, days that are not known said as such."""

from datetime import date

import pytest
from sample_run import CANDIDATE_ID, gates, sample_run

from auditkit.assessment.model import Gate
from auditkit.findings.readiness_model import (
    BlockerForecast,
    DateStep,
    GateForecast,
    Readiness,
    Received,
    StageDocument,
)
from auditkit.reporting.html import render_html
from auditkit.reporting.model import Run
from auditkit.reporting.stage_list import stage_csv, stage_markdown
from auditkit.reporting.terminal_readiness import readiness_text, stage_text
from auditkit.reporting.view import build_view
from auditkit.reporting.view_parts import Forecast

AS_OF, DAY = date(2026, 10, 15), date(2026, 12, 29)


def blocker(what: str, **changes: object) -> BlockerForecast:
    values: dict[str, object] = {
        "what": what,
        "kind": "major_open",
        "subject": "NC-001",
        "points": ("8.5.1.3-1",),
        "owner": "P-101",
        "owner_by": "answer of NC-001",
        "due": date(2026, 11, 29),
        "needs_records": True,
        "needs_records_until": DAY,
        "not_before": DAY,
        "without_date": "",
        "chain": (
            DateStep(what="answer of NC-001 due", at=date(2026, 11, 29)),
            DateStep(what="30 days", at=DAY),
        ),
    }
    return BlockerForecast(**(values | changes))  # type: ignore[arg-type]


CANDIDATE = blocker(
    f"{CANDIDATE_ID}: candidate major nonconformity, to be confirmed or rejected",
    kind="candidate",
    subject=CANDIDATE_ID,
    owner="P-001",
    due=None,
    needs_records=False,
    needs_records_until=None,
    not_before=AS_OF,
    without_date="nobody has decided on the candidate",
    chain=(),
)


def run(*blockers: BlockerForecast, documents: tuple[StageDocument, ...] = ()) -> Run:
    """The sample run with a forecast of its two gates."""
    without = sum(bool(one.without_date) for one in blockers)
    not_before = max((AS_OF, *(one.not_before for one in blockers)))
    first = next((one.what for one in blockers if one.not_before == not_before > AS_OF), "")
    found = [
        GateForecast(
            gate=gate.id,
            title=gate.title,
            rule=gate.rule,
            passed=not mine,
            day=None if mine and without else not_before if mine else AS_OF,
            not_before=not_before if mine else AS_OF,
            without_date=without if mine else 0,
            decided_by=first if mine else "",
            blockers=mine,
        )
        for gate, mine in zip(gates(), ((), blockers), strict=True)
    ]
    return sample_run(
        readiness=Readiness(
            as_of=AS_OF,
            gates=tuple(found),
            day=None if without else not_before,
            not_before=not_before,
            without_date=without,
            decided_by=f"Nonconformities: {first}" if first else "",
            stage_1=documents,
        )
    )


def forecast(given: Run) -> Forecast:
    found = build_view(given).conclusion.forecast
    assert found is not None
    return found


MAJOR = blocker("NC-001: major nonconformity open")


def test_a_day_that_is_known_is_said_with_what_decides_it() -> None:
    assert forecast(run(MAJOR)).sentences == (
        "By what was shown and the dates given, every gate can be open on 29 December 2026.",
        "That day is decided by Nonconformities: NC-001: major nonconformity open. "
        "Answer of NC-001 due: 2026-11-29; 30 days: 2026-12-29.",
    )


def test_a_blocker_without_a_date_leaves_a_bound() -> None:
    assert forecast(run(MAJOR, CANDIDATE)).sentences[0] == (
        "By what was shown and the dates given, not before 29 December 2026; 1 blocker has no date."
    )
    assert forecast(run(CANDIDATE, CANDIDATE)).sentences == (
        "By what was shown and the dates given, not before 15 October 2026; 2 blockers have no date.",
    )


def test_open_gates_are_open() -> None:
    assert forecast(run()).sentences == ("Every gate is open on 15 October 2026.",)


def test_a_row_names_owner_date_and_waiting() -> None:
    row = forecast(run(MAJOR)).gates[1].blockers[0]
    assert (row.owner, row.due, row.records, row.earliest) == (
        "Ewa Nowak",
        "2026-11-29",
        "2026-12-29",
        "2026-12-29",
    )
    unknown = blocker("NC-001", owner=None, due=None, needs_records_until=None, without_date="why")
    row = forecast(run(unknown)).gates[1].blockers[0]
    assert (row.owner, row.due, row.records, row.earliest) == (
        "no owner",
        "no date",
        "not known",
        "no date",
    )


def test_candidates_are_counted_and_never_named() -> None:
    given = run(MAJOR, CANDIDATE, CANDIDATE)
    rows = [row.what for row in forecast(given).gates[1].blockers]
    assert rows == [MAJOR.what, "2 candidate findings of Annex A to be confirmed or rejected"]
    assert CANDIDATE_ID not in readiness_text(forecast(given))


def test_the_page_shows_the_table_in_place_of_the_plain_one() -> None:
    page = render_html(build_view(run(MAJOR, CANDIDATE)))
    assert "from which day they can open" in page
    assert "Readiness gates and what blocks them" not in page
    assert "Needs records until" in page
    assert "not before 29 December 2026; 1 blocker has no date." in page
    assert "Readiness gates and what blocks them" in render_html(build_view(sample_run()))


@pytest.mark.parametrize("width", [50, 80])
def test_lines_fit(width: int) -> None:
    given = forecast(run(MAJOR, CANDIDATE, documents=(PLAN,)))
    for text in (readiness_text(given, width), stage_text(given.stage_1, width)):
        assert max(map(len, text.splitlines())) <= width


PLAN = StageDocument(
    id="plan",
    title="Service | plan <b>",
    asked_by="standard",
    clauses=("6.3",),
    why="",
    asked=("RQ-001, 2026-09-15, of P-101: received",),
    received=(Received(evidence="EV-001", title="Plan", version="2", approved="=SUM(A1)", in_date=False, next_review_at=AS_OF),),
    state="defects",
    faults=("=cmd|x", "EV-001 shows no approval."),
    owner="P-101",
)  # fmt: skip


def test_the_list_names_people_and_what_is_lacking() -> None:
    row = forecast(run(documents=(PLAN,))).stage_1[0]
    assert row.asked == "RQ-001, 2026-09-15, of Ewa Nowak: received"
    assert row.received == ("EV-001, version 2, approved by =SUM(A1), review was due 2026-10-15",)
    assert row.owner == "Ewa Nowak"


def test_cells_are_neither_formulas_nor_tables_nor_tags() -> None:
    rows = forecast(run(documents=(PLAN,))).stage_1
    assert "'=cmd|x" in stage_csv(rows)
    page = stage_markdown(rows, "List")
    assert "Service \\| plan &lt;b>" in page
    assert all(line.replace("\\|", "").count("|") == 9 for line in page.splitlines()[2:])


def test_gates_alone_are_no_forecast() -> None:
    assert isinstance(gates()[0], Gate)
    assert build_view(sample_run()).conclusion.forecast is None
