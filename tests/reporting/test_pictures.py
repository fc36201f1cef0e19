"""Pictures of progress: golden drawings, words beside them, nothing drawn from nothing, every text escaped.

``UPDATE_GOLDEN=1 pytest tests/reporting/test_pictures.py`` rewrites the drawings; look at them before committing.
"""

import os
import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from lxml import etree
from markupsafe import Markup
from sample_run import sample_run

from auditkit.assessment.recordtests.months import MonthCount
from auditkit.base.period import Period
from auditkit.catalog.model import Lens, LensGroup
from auditkit.improvement.control_chart import ControlChart, NoChart, chart_of
from auditkit.improvement.earlier import EarlierRun, Share
from auditkit.improvement.model import ActionFile, PlanItem
from auditkit.improvement.proof_model import After, Before, Proof
from auditkit.reporting.charts_control import control_chart
from auditkit.reporting.charts_progress import ageing, time_line
from auditkit.reporting.charts_standing import growth, heat, radar
from auditkit.reporting.html import render_html
from auditkit.reporting.model import Run
from auditkit.reporting.view import build_view
from auditkit.reporting.view_progress_model import (
    Ageing,
    AgeRow,
    Axis,
    Bar,
    Growth,
    GrowthStep,
    Heat,
    HeatCell,
    Progress,
    Radar,
    TimeLine,
)

PICTURES = Path(__file__).parent / "pictures"
YEAR = Period(start=date(2025, 10, 1), end=date(2026, 9, 30))
HOSTILE = '<script>alert("x")</script> & \x00'


def bar(name: str, start: date | None, end: date, state: str, overdue: bool = False) -> Bar:
    return Bar.model_validate(
        {"id": name, "title": f"Do {name}", "owner": "Jan", "start": start, "end": end, "state": state, "overdue": overdue}
    )  # fmt: skip


def course() -> ControlChart:
    """Twelve months with a gap, and one month that stands out."""
    counts = (10, 11, 10, 11, None, 20, 21, 20, 21, 60, 20, 21)
    months = tuple(
        MonthCount(month=month, population=100, unknown=0, exceptions=one)
        for month, one in zip(YEAR.months(), counts, strict=True)
        if one is not None
    )
    chart = chart_of("record.a", "Changes have a way back.", months, YEAR, 10)
    assert isinstance(chart, ControlChart)
    return chart


LINE = TimeLine(
    bars=(
        bar("CA-001", date(2026, 1, 12), date(2026, 5, 30), "done"),
        bar("CA-002", date(2026, 6, 1), date(2026, 9, 30), "under_way", overdue=True),
        bar("CA-003", date(2026, 11, 2), date(2027, 1, 15), "planned"),
        bar("CA-004", None, date(2026, 12, 1), "planned"),
    ),
    as_of=date(2026, 10, 15),
    undated=("CA-005",),
    spoken="Four actions.",
)
AGES = Ageing(
    rows=(
        AgeRow(name="up to 30 days", overdue=0, in_time=3, undated=1),
        AgeRow(name="31 to 90 days", overdue=2, in_time=1, undated=0),
    ),
    total=7,
    spoken="Seven actions.",
)
GROWTH = Growth(
    steps=(
        GrowthStep(name="year-2025", at=date(2025, 10, 15), conforming=120, not_assessed=40, total=215),
        GrowthStep(name="year-2026", at=date(2026, 10, 15), conforming=170, not_assessed=10, total=215),
    ),
    spoken="Two engagements.",
)
RADAR = Radar(
    axes=tuple(
        Axis(clause=str(number), title=f"Clause {number}", now=Fraction(number, 10), high=Fraction(1), before=Fraction(1, 2))
        for number in range(4, 9)
    ),
    before="year-2025",
    spoken="Five clauses.",
)  # fmt: skip
HEAT = Heat(
    columns=("Valuable", "Compliant"),
    rows=(
        ("Change management", (HeatCell(conforming=5, nonconforming=0, total=6), HeatCell(conforming=0, nonconforming=0, total=0))),
        ("Incident management", (HeatCell(conforming=1, nonconforming=3, total=4), HeatCell(conforming=2, nonconforming=1, total=9))),
    ),
    spoken="Two processes.",
)  # fmt: skip
DRAWN: dict[str, Callable[[], Markup]] = {
    "time-line": lambda: time_line(LINE),
    "ageing": lambda: ageing(AGES),
    "control-chart": lambda: control_chart(course(), "Twelve months."),
    "growth": lambda: growth(GROWTH),
    "radar": lambda: radar(RADAR),
    "heat": lambda: heat(HEAT),
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_is_the_golden_one(name: str) -> None:
    path = PICTURES / f"{name}.svg"
    drawn = f"{DRAWN[name]()}\n"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(drawn, encoding="utf-8")
    assert drawn == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_has_a_title_and_says_in_words_what_it_shows(name: str) -> None:
    root = etree.fromstring(str(DRAWN[name]()).encode())
    title, description = root[0], root[1]
    assert title.tag.endswith("title")
    assert title.text
    assert description.tag.endswith("desc")
    assert description.text


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_is_one_hue_and_stays_inside_its_frame(name: str) -> None:
    drawn = str(DRAWN[name]())
    assert set(re.findall(r"#[0-9a-f]{6}", drawn)) <= {
        "#1d4b5c", "#1c1f22", "#5b6166", "#b9bfc4", "#ffffff",
        "#e8eef0", "#cfdde2", "#a9c3cc", "#7fa6b3",
    }  # fmt: skip
    height = float(re.search(r'viewBox="0 0 660 ([\d.]+)"', drawn)[1])  # type: ignore[index]
    for x, y in re.findall(r'<(?:text|rect|circle) (?:c?x)="([-\d.]+)" c?y="([-\d.]+)"', drawn):
        assert 0 <= float(x) <= 660
        assert 0 <= float(y) <= height


def test_nothing_is_drawn_from_nothing() -> None:
    assert time_line(LINE.model_copy(update={"bars": ()})) == ""
    assert ageing(AGES.model_copy(update={"total": 0})) == ""
    assert growth(Growth(steps=(), spoken="")) == ""
    assert radar(Radar(axes=(), before="", spoken="")) == ""
    assert heat(Heat(columns=(), rows=(), spoken="")) == ""


def test_a_gap_is_no_point_and_a_signal_is_a_square_not_a_circle() -> None:
    chart = course()
    drawn = str(control_chart(chart, "x"))
    rates = sum(one.rate is not None for one in chart.points)
    ranges = sum(one.moving_range is not None for one in chart.points)
    squares = drawn.count('width="8.8" height="8.8"')
    signals = sum(bool({"outside", "run"} & {*one.signals}) for one in chart.points)
    signals += sum("range" in one.signals for one in chart.points)
    assert signals >= 2
    assert (squares, drawn.count("<circle")) == (signals, rates + ranges - signals)
    assert drawn.count(">gap<") == 1


def test_hostile_texts_are_drawn_and_not_obeyed() -> None:
    bars = (LINE.bars[0].model_copy(update={"title": HOSTILE, "owner": HOSTILE}),)
    steps = tuple(one.model_copy(update={"name": HOSTILE}) for one in GROWTH.steps)
    axes = tuple(one.model_copy(update={"title": HOSTILE}) for one in RADAR.axes)
    for drawn in (
        time_line(LINE.model_copy(update={"bars": bars, "spoken": HOSTILE})),
        growth(GROWTH.model_copy(update={"steps": steps, "spoken": HOSTILE})),
        radar(RADAR.model_copy(update={"axes": axes, "before": HOSTILE, "spoken": HOSTILE})),
        heat(HEAT.model_copy(update={"rows": ((HOSTILE, HEAT.rows[0][1]),), "columns": (HOSTILE, "b")})),
        control_chart(course().model_copy(update={"claim": HOSTILE}), HOSTILE),
    ):
        assert "<script" not in drawn
        assert "\x00" not in drawn
        etree.fromstring(str(drawn).encode())


def item(identifier: str, due: date | None, status: str, finding: str = "NC-001") -> PlanItem:
    return PlanItem.model_validate(
        {"id": identifier, "title": f"Do {identifier}", "findings": (finding,), "points": (), "processes": (),
         "route": "process_owner", "route_reason": "One process.", "phase": "do", "blocks_certification": False,
         "baseline": None, "target": "", "owner": "Jan", "due": due, "effort_days": None,
         "needs_record_months": 0, "status": status, "priority": 1}
    )  # fmt: skip


def action(identifier: str, due: date | None, status: str, finding: str = "NC-001") -> ActionFile:
    return ActionFile.model_validate(
        {"id": identifier, "finding": finding, "title": "Do it", "owner": "Jan", "due": due, "status": status,
         "started_at": date(2026, 9, 1) if status == "started" else None}
    )  # fmt: skip


def progress(**more: object) -> Progress:
    return build_view(sample_run(**more)).progress  # type: ignore[arg-type]


def test_the_time_line_holds_what_has_a_day_and_names_what_has_none() -> None:
    run = sample_run()
    finding = next(one.id for one in run.findings if one.standing == "confirmed")
    as_of = run.engagement.as_of
    late, later = date(as_of.year, as_of.month - 1, 1), date(as_of.year + 1, 1, 31)
    plan = (
        item("CA-001", late, "started", finding), item("CA-002", later, "agreed", finding),
        item("CA-003", None, "proposed", finding), item("CA-004", late, "done", finding),
        item("CA-005", late, "cancelled", finding), item("O-1", later, "proposed", finding),
    )  # fmt: skip
    line = progress(plan=plan, actions=(action("CA-001", late, "started", finding),)).time_line
    assert [(one.id, one.state, one.overdue) for one in line.bars] == [
        ("CA-001", "under_way", True), ("CA-004", "done", False), ("CA-002", "planned", False),
    ]  # fmt: skip
    assert line.undated == ("CA-003",)
    assert "CA-001" in line.spoken
    assert "overdue" in line.spoken


def test_ages_count_open_actions_only_and_mark_what_is_overdue() -> None:
    run = sample_run()
    finding = next(one for one in run.findings if one.standing == "confirmed" and one.raised_at)
    as_of = run.engagement.as_of
    actions = (
        action("CA-001", date(2020, 1, 1), "agreed", finding.id), action("CA-002", as_of, "started", finding.id),
        action("CA-003", None, "proposed", finding.id), action("CA-004", None, "done", finding.id),
        action("CA-005", None, "cancelled", finding.id), action("CA-006", as_of, "agreed", "NC-999"),
    )  # fmt: skip
    ages = progress(actions=actions).ageing
    assert ages.total == 4
    assert sum(one.overdue for one in ages.rows) == 1
    assert sum(one.in_time for one in ages.rows) == 2
    assert sum(one.undated for one in ages.rows) == 1
    assert ages.rows[-1].name == "age not known"


def earlier(conforming: int) -> EarlierRun:
    share = Share(conforming=conforming, not_assessed=0, total=4)
    return EarlierRun(
        engagement="year-before", period=YEAR, as_of=date(2024, 10, 15), run_id="a" * 12, catalog="x",
        requirements=share, clauses={"4": share}, measures={},
    )  # fmt: skip


def test_growth_needs_an_engagement_before_this_one() -> None:
    assert progress().growth.steps == ()
    steps = progress(earlier=(earlier(1),)).growth.steps
    assert [one.name for one in steps] == ["year-before", sample_run().engagement.id]
    assert (steps[0].conforming, steps[0].total) == (1, 4)


def test_the_heat_counts_the_points_that_a_process_and_an_attribute_share() -> None:
    points = [one.id for one in sample_run().catalog.points]
    lenses = tuple(
        Lens(id=name, title=name, about="About it.", source="Ours.", groups=groups)
        for name, groups in {
            "process": (LensGroup(id="a", title="First", about="x", points=tuple(points[:3])),
                        LensGroup(id="b", title="Nothing", about="x", points=())),
            "service-attributes": (LensGroup(id="c", title="Valuable", about="x", points=tuple(points[1:])),
                                   LensGroup(id="d", title="Compliant", about="x", points=())),
        }.items()
    )  # fmt: skip
    found = progress(lenses=lenses).heat
    assert found.columns == ("Valuable", "Compliant")
    ((title, cells),) = found.rows
    assert (title, cells[0].total, cells[1].total) == ("First", 2, 0)
    assert progress(lenses=lenses[:1]).heat.rows == ()


def proof(**more: object) -> Proof:
    values: dict[str, object] = {
        "action": "CA-001", "title": "Do it", "finding": "NC-001", "measure": "record.a", "claim": "A claim.",
        "verdict": "improved", "reached": True, "target_share": 0.025, "implemented_at": date(2026, 3, 2),
        "before": Before(exceptions=31, examined=1612, at=date(2025, 9, 30)), "bounds": None,
        "after": After(exceptions=2, examined=900, unknown=0, months=("2026-04", "2026-05")), "reasons": ("It fell.",),
    }  # fmt: skip
    return Proof.model_validate({**values, **more})


def page(run: Run) -> str:
    return render_html(build_view(run))


def test_a_proof_stands_in_the_report_with_both_figures_and_what_they_rest_on() -> None:
    text = page(sample_run(proofs=(proof(),)))
    for said in (
        "31 of 1,612 (1.9\u00a0%)",
        "2 of 900 (0.2\u00a0%)",
        "at most 2.5\u00a0%: target reached",
        "2026-04 to 2026-05",
        "It fell.",
    ):
        assert said in text
    sampled = Before(exceptions=20, examined=100, at=date(2025, 9, 30), sampled_from=900)
    text = page(
        sample_run(
            proofs=(
                proof(
                    before=sampled,
                    bounds=(0.137, 0.277),
                    after=None,
                    verdict="not_enough_records",
                    reached=False,
                ),
            )
        )
    )
    for said in (
        "sample of 900; bounds 13.7\u00a0% and 27.7\u00a0%",
        "not counted",
        "not enough records",
        "target not shown",
    ):
        assert said in text


def test_charts_of_confirmed_matters_alone_stand_in_the_plan() -> None:
    chart = course()
    other = chart.model_copy(update={"measure": "record.unconfirmed", "claim": "Nobody confirmed this."})
    none = NoChart(measure="record.a", claim="A claim.", why="3 months are too few.")
    found = build_view(sample_run(proofs=(proof(),), charts=(chart, other, none))).progress
    assert [one.chart.measure for one in found.controls] == ["record.a"]
    assert found.without_chart == ("A claim. 3 months are too few.",)
    assert "Signals:" in found.controls[0].sentence
    assert "2026-02 no point, 0 examined" in found.controls[0].spoken


def test_where_there_is_nothing_to_draw_a_sentence_says_so() -> None:
    text = page(sample_run(plan=(item("CA-003", None, "proposed", "NC-001"),)))
    for said in (
        "No item of the plan has a day yet, so there is nothing to draw.",
        "No action is open.",
        "No action names a record test as its measure.",
        "No measure has eight months with enough records, so no control chart is drawn.",
        "No earlier engagement is named, so there is no growth to show.",
    ):
        assert said in text
