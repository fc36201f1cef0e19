"""The estimate of auditor-days as lines for a terminal, step by step (pure)."""

from decimal import Decimal

from auditkit.assessment.programme.days import Estimate
from auditkit.base.language import say, translated
from auditkit.reporting.numbers import written
from auditkit.reporting.programme_words import cited, wrapped


def estimate_lines(found: Estimate) -> list[str]:
    """Return the estimate, step by step."""
    lines: list[str] = []
    for one in found.lines:
        lines += [
            _figure(one.days, f"{one.id}, {one.amount}"),
            *wrapped(f"{translated(one.says)} {cited(one.source)}", " " * 10, " " * 10),
        ]
    lines.append(_figure(found.whole_days, say("together")))
    lines += _share_lines(found)
    for one in found.adjustments:
        lines.append(f"{written(f'{one.days:+}'):>6}  {one.id}")
        lines += wrapped(f"{one.amount} {translated(one.says)} {cited(one.source)}", " " * 10, " " * 10)
    lines += wrapped(found.limited, " " * 8, " " * 8) if found.limited else []
    lines.append(_figure(found.days, say("auditor-days, rounded up")))
    lines.append(_figure(found.session_days, say("of them in sessions")))
    lines += wrapped(translated(found.session_says), " " * 10, " " * 10)
    if found.planned_days is not None:
        short = found.session_days - found.planned_days
        said = say("in the sessions of the plan: as many as estimated, or more")
        if short > 0:
            said = say("in the sessions of the plan: {number} fewer than estimated", number=written(short))
        lines.append(_figure(found.planned_days, said))
    return [*lines, *wrapped(translated(found.notice))]


def _figure(days: Decimal, said: str) -> str:
    return f"{written(days):>6}  {said}"


def _share_lines(found: Estimate) -> list[str]:
    share = found.share
    said = say("{percent} % for {kind}", percent=written(share.percent), kind=share.kind)
    if share.stage != "-":
        said = say(
            "{percent} % for {kind}, stage {stage}",
            percent=written(share.percent),
            kind=share.kind,
            stage=share.stage,
        )
    about = f"{translated(share.says)} {cited(share.source)}"
    return [_figure(found.share_days, said), *wrapped(about, " " * 10, " " * 10)]
