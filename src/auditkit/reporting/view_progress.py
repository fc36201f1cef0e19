"""Progress worded: the plan on a time line, the age of actions, proof of improvement, and the course of measures."""

from datetime import date
from fractions import Fraction

from auditkit.base.language import message, say, say_count, short_day, translated
from auditkit.improvement.control_chart import RULES, ControlChart, MonthPoint, NoChart
from auditkit.improvement.model import PlanItem
from auditkit.improvement.proof_model import Proof
from auditkit.reporting.numbers import (
    extent_text,
    how_many,
    listing,
    long_date,
    month_text,
    rounded,
    share_text,
    shortest,
    whole,
    written,
)
from auditkit.reporting.view_index import Index
from auditkit.reporting.view_progress_model import (
    Ageing,
    AgeRow,
    Bar,
    BarState,
    ControlView,
    Progress,
    ProofRow,
    TimeLine,
)
from auditkit.reporting.view_standing import build_growth, build_heat, build_radar
from auditkit.reporting.words import SOURCES, Mark, Table, lifted

VERDICTS = {
    "improved": Mark(key="conforms", symbol="●", said=message("improved")),
    "not_improved": Mark(key="minor", symbol="▲", said=message("not improved")),
    "worse": Mark(key="major", symbol="■", said=message("worse")),
    "not_enough_records": Mark(key="open", symbol="○", said=message("not enough records")),
}
AGES = (
    (message("up to 30 days"), 30),
    (message("31 to 90 days"), 90),
    (message("91 to 180 days"), 180),
    (message("181 to 365 days"), 365),
    (message("more than 365 days"), None),
)
UNKNOWN_AGE = message("age not known")
_STATES = Table({"done": message("done"), "under_way": message("under way"), "planned": message("planned")})
"""How far an action is, on the time line."""
_OPEN = ("proposed", "agreed", "started")


def build_progress(index: Index) -> Progress:
    """Word everything that shows progress."""
    proofs = [one for one in index.run.proofs if not index.rests_on_candidates((one.finding,))]
    controls, without = _controls(index, proofs)
    return Progress(
        time_line=_time_line(index),
        ageing=_ageing(index),
        proofs=tuple(word_proof(one) for one in proofs),
        proof_rules=_rules(index),
        controls=controls,
        without_chart=without,
        growth=build_growth(index),
        radar=build_radar(index),
        heat=build_heat(index),
    )


def _time_line(index: Index) -> TimeLine:
    as_of = index.run.engagement.as_of
    started = {one.id: one.started_at for one in index.run.actions}
    items = [
        one
        for one in index.run.plan
        if one.status != "cancelled"
        and not one.id.startswith("O-")
        and not index.rests_on_candidates(one.findings)
    ]
    bars = [_bar(index, one, started.get(one.id), one.due, as_of) for one in items if one.due is not None]
    bars.sort(key=lambda one: (one.start or one.end, one.end, one.id))
    return TimeLine(
        bars=tuple(bars),
        as_of=as_of,
        undated=tuple(one.id for one in items if one.due is None),
        spoken=" ".join(_spoken_bar(one) for one in bars),
    )


def _bar(index: Index, item: PlanItem, start: date | None, end: date, as_of: date) -> Bar:
    state: BarState = "planned"
    if item.status == "done":
        state = "done"
    elif item.status == "started" or start is not None:
        state = "under_way"
    return Bar(
        id=item.id,
        title=item.title,
        owner=index.person(item.owner) if item.owner else say("no owner"),
        start=start if start is not None and start <= end else None,
        end=end,
        state=state,
        overdue=state != "done" and end < as_of,
    )


def _spoken_bar(bar: Bar) -> str:
    values = {"action": bar.id, "end": short_day(bar.end), "state": _STATES[bar.state]}
    if bar.start:
        said = say("{action}: from {start} to {end}, {state}", start=short_day(bar.start), **values)
    else:
        said = say("{action}: to {end}, {state}", **values)
    return say("{bar}, overdue.", bar=said) if bar.overdue else f"{said}."


def _ageing(index: Index) -> Ageing:
    as_of = index.run.engagement.as_of
    raised = {one.id: one.raised_at for one in index.run.findings}
    counts = {name: [0, 0, 0] for name, _ in (*AGES, (UNKNOWN_AGE, None))}
    total = 0
    for action in index.run.actions:
        if action.status not in _OPEN or index.rests_on_candidates((action.finding,)):
            continue
        total += 1
        place = 2 if action.due is None else int(action.due >= as_of)
        counts[_age_class(raised.get(action.finding), as_of)][place] += 1
    rows = tuple(
        AgeRow(name=translated(name), overdue=one[0], in_time=one[1], undated=one[2])
        for name, one in counts.items()
        if name != UNKNOWN_AGE or any(one)
    )
    return Ageing(rows=rows, total=total, spoken=" ".join(_spoken_age(one) for one in rows))


def _age_class(since: date | None, as_of: date) -> str:
    if since is None:
        return UNKNOWN_AGE
    days = (as_of - since).days
    return next(name for name, most in AGES if most is None or days <= most)


def _spoken_age(row: AgeRow) -> str:
    number = row.overdue + row.in_time + row.undated
    parts = [say("{number} overdue", number=row.overdue)] * bool(row.overdue)
    parts += [say("{number} without a day", number=row.undated)] * bool(row.undated)
    return f"{lifted(row.name)}: {number}{f' ({listing(parts)})' if parts else ''}."


def word_proof(proof: Proof) -> ProofRow:
    """Word what the records say of an action."""
    before, after = proof.before, proof.after
    said = extent_text(before.exceptions, before.examined)
    if proof.bounds is not None:
        said = say(
            "{extent}, sample of {total}; bounds {low} % and {high} %",
            extent=said,
            total=whole(before.sampled_from or 0),
            low=rounded(proof.bounds[0] * 100, 1),
            high=rounded(proof.bounds[1] * 100, 1),
        )
    now, months = say("not counted"), ""
    if after is not None and after.months:
        now = extent_text(after.exceptions, after.examined)
        if after.unknown:
            now = f"{now}, {_unknown(after.unknown)}"
        first, last = month_text(after.months[0]), month_text(after.months[-1])
        months = say("{start} to {end}", start=first, end=last)
    return ProofRow(
        id=proof.action,
        title=proof.title,
        finding=proof.finding,
        claim=translated(proof.claim),
        mark=VERDICTS[proof.verdict],
        before=f"{said}, {long_date(before.at)}",
        after=now,
        months=months,
        target=say("at most {number} %", number=shortest(proof.target_share * 100)),
        reached=_reached(proof),
        why=" ".join(proof.reasons),
    )


def _reached(proof: Proof) -> str:
    if proof.reached:
        return say("target reached")
    if proof.verdict == "not_enough_records":
        return say("target not shown")
    return say("target not reached")


def _unknown(rows: int) -> str:
    return say_count("{number} unknown row", "{number} unknown rows", rows, number=how_many(rows))


def _rules(index: Index) -> str:
    named = ("proof_records", "proof_months", "proof_change_share", "chart_month_records")
    return "; ".join(
        f"{name} = {written(str(one.value))} ({SOURCES[one.source]})"
        for name in named
        if (one := index.run.parameters.get(name)) is not None
    )


def _controls(index: Index, proofs: list[Proof]) -> tuple[tuple[ControlView, ...], tuple[str, ...]]:
    """Word the charts of what actions are proven by and confirmed findings speak of."""
    wanted = {one.measure for one in proofs} | {one.procedure for one in index.confirmed if one.procedure}
    drawn, without = [], []
    for one in index.run.charts:
        if one.measure not in wanted:
            continue
        if isinstance(one, NoChart):
            without.append(f"{translated(one.claim)} {one.why}")
        else:
            said = one.model_copy(update={"claim": translated(one.claim)})
            drawn.append(ControlView(chart=said, sentence=_sentence(one), spoken=_spoken_chart(one)))
    return tuple(drawn), tuple(without)


def _sentence(chart: ControlChart) -> str:
    found = {rule: [month_text(one.month) for one in chart.points if rule in one.signals] for rule in RULES}
    said = [f"{translated(RULES[rule])} ({listing(months)})" for rule, months in found.items() if months]
    parts = [
        say(
            "Mean {mean}, natural limits {lower} and {upper}, limit of the moving range {limit}.",
            mean=share_text(chart.mean),
            lower=share_text(chart.lower),
            upper=share_text(chart.upper),
            limit=share_text(min(chart.range_limit, Fraction(1))),
        )
    ]
    if said:
        parts.append(say("Signals: {signals}.", signals="; ".join(said)))
    else:
        parts.append(say("No signal by these rules."))
    unsure = sum(one.unknown for one in chart.points)
    if unsure:
        parts.append(say("{rows} not in it.", rows=_unknown(unsure)))
    return " ".join(parts)


def _spoken_chart(chart: ControlChart) -> str:
    return f"{'; '.join(_spoken_month(one) for one in chart.points)}."


def _spoken_month(point: MonthPoint) -> str:
    month = month_text(point.month)
    if point.rate is None:
        return say("{month} no point, {number} examined", month=month, number=whole(point.examined))
    return f"{month} {extent_text(point.exceptions, point.examined)}"
