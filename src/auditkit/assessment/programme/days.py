"""How many auditor-days an audit takes: a sum of terms, a share, adjustments; every step is shown (pure).

The formula and all its numbers are rules of the house (checklists/programme). It is no substitute for the table of audit
time in ISO/IEC 20000-6, which binds certification bodies and is not repeated here.
"""

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from auditkit.assessment.engagement import Engagement
from auditkit.assessment.programme.model import EffortFacts
from auditkit.assessment.programme.plan import AuditPlan, TeamRole
from auditkit.assessment.programme.rules import Amount, EffortRules, EffortShare, EffortTerm
from auditkit.assessment.sampling.multisite import sites_to_visit
from auditkit.base.language import message, say, translated, written
from auditkit.base.model import Record

_HUNDREDTH = Decimal("0.01")
NOTICE = message(
    "A formula of our own, not the table of ISO/IEC 20000-6; the numbers stand in checklists/programme."
)
_AMOUNTS: dict[Amount, str] = {
    "one": message("once"),
    "persons": message("{number} persons"),
    "processes": message("{number} processes"),
    "services": message("{number} services"),
    "sites": message("{number} sites"),
}


class EffortLine(Record):
    """One step of the estimate."""

    id: str
    amount: str
    """What it goes by: ``120 persons, square root 10.95``."""
    days: Decimal
    says: str
    source: str


class Estimate(Record):
    """Auditor-days with all that they follow from."""

    lines: tuple[EffortLine, ...]
    whole_days: Decimal
    """The sum of the lines."""
    share: EffortShare
    share_days: Decimal
    adjustments: tuple[EffortLine, ...]
    """``amount`` is the reason given here."""
    limited: str = ""
    """Says so when reductions were cut to the limit."""
    days: Decimal
    """The result, rounded up."""
    session_days: Decimal
    """How many of them are sessions."""
    session_says: str
    planned_days: Decimal | None = None
    """Auditor-days of the sessions of the plan; None: there is no plan."""
    notice: str = NOTICE


def estimate(
    facts: EffortFacts, rules: EffortRules, engagement: Engagement, processes: int, plan: AuditPlan | None
) -> Estimate:
    """Estimate the days of this engagement; ValueError for a kind, site or adjustment the rules do not know."""
    share = _share(rules, engagement)
    amounts = _amounts(facts, engagement, share, processes)
    lines = tuple(_line(term, amounts[term.of]) for term in rules.terms)
    whole = sum((one.days for one in lines), Decimal(0))
    share_days = _round(whole * share.percent / 100)
    adjusted, percent, limited = _adjust(facts, rules, share_days)
    days = _up(share_days * (100 + percent) / 100, rules.rounding_days.value)
    return Estimate(
        lines=lines,
        whole_days=whole,
        share=share,
        share_days=share_days,
        adjustments=adjusted,
        limited=limited,
        days=days,
        session_days=_round(days * rules.session_percent.value / 100),
        session_says=rules.session_percent.says,
        planned_days=planned_days(plan, rules) if plan else None,
    )


def planned_days(plan: AuditPlan, rules: EffortRules) -> Decimal:
    """Return the auditor-days of the sessions; observers, trainees, interpreters and guides are not counted."""
    counted: tuple[TeamRole, ...] = ("lead", "auditor", "technical_expert")
    working = {one.person for one in plan.team if one.role in counted}
    minutes = sum(one.minutes * len(working & {*one.auditors, *one.with_them}) for one in plan.sessions)
    return _round(Decimal(minutes) / 60 / rules.hours_per_day.value)


def _share(rules: EffortRules, engagement: Engagement) -> EffortShare:
    of_kind = [one for one in rules.shares if one.kind == engagement.kind]
    found = [one for one in of_kind if one.stage == engagement.stage] or [
        one for one in of_kind if one.stage == "-"
    ]
    if not found:
        raise ValueError(f"the rules have no share for {engagement.kind}; add one under effort.shares")
    return found[0]


def _amounts(
    facts: EffortFacts, engagement: Engagement, share: EffortShare, processes: int
) -> dict[Amount, int]:
    if facts.central_site not in engagement.sites:
        known = ", ".join(engagement.sites) or "none"
        raise ValueError(
            f"the central site {facts.central_site} is none of engagement.yaml; there are: {known}"
        )
    others = len(engagement.sites) - 1
    return {
        "one": 1,
        "persons": facts.persons,
        "processes": processes,
        "services": len(engagement.services),
        "sites": 1 + sites_to_visit(others, share.sites, sampled=facts.sampled),
    }


def _line(term: EffortTerm, amount: int) -> EffortLine:
    if term.form == "root":
        root = _round(Decimal(amount).sqrt())
        days = term.days * root
        shown = say("{amount}, square root {root}", amount=_counted(term.of, amount), root=written(root))
    else:
        days, shown = term.days * amount, _counted(term.of, amount)
    return EffortLine(
        id=term.id,
        amount=shown,
        days=_round(days),
        says=term.says,
        source=term.source,
    )


def _counted(what: Amount, amount: int) -> str:
    return translated(_AMOUNTS[what]).format(number=amount)


def _adjust(
    facts: EffortFacts, rules: EffortRules, base: Decimal
) -> tuple[tuple[EffortLine, ...], Decimal, str]:
    """Return the adjustments in days, their sum in per cent, and whether reductions met the limit."""
    known = {one.id: one for one in rules.adjustments}
    lines: list[EffortLine] = []
    less, more = Decimal(0), Decimal(0)
    for one in facts.adjustments:
        if one.id not in known:
            raise ValueError(f"the rules have no adjustment {one.id}; there are: {', '.join(known)}")
        if one.id in [line.id for line in lines]:
            raise ValueError(f"the adjustment {one.id} stands twice")
        rule = known[one.id]
        days = _round(base * rule.percent / 100)
        lines.append(EffortLine(id=one.id, amount=one.because, days=days, says=rule.says, source=rule.source))
        less, more = less + min(rule.percent, Decimal(0)), more + max(rule.percent, Decimal(0))
    most = -rules.most_reduction_percent.value
    limited = _limited(less, most, rules) if less < most else ""
    return tuple(lines), max(less, most) + more, limited


def _limited(less: Decimal, most: Decimal, rules: EffortRules) -> str:
    cut = say("Reductions of {asked} % were cut to {most} %.", asked=written(-less), most=written(-most))
    return f"{cut} {translated(rules.most_reduction_percent.says)}"


def _round(value: Decimal) -> Decimal:
    return value.quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)


def _up(value: Decimal, step: Decimal) -> Decimal:
    if not step:
        return _round(value)
    return (value / step).to_integral_value(rounding=ROUND_CEILING) * step
