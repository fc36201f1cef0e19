"""The estimate of auditor-days as lines for a terminal, step by step (pure)."""

from auditkit.assessment.programme.days import Estimate
from auditkit.base.language import say, translated
from auditkit.reporting.numbers import written
from auditkit.reporting.programme_words import cited, wrapped


def estimate_lines(found: Estimate) -> list[str]:
    """Return the estimate, step by step."""
    lines: list[str] = []
    for one in found.lines:
        lines += [
            f"{written(one.days):>6}  {one.id}, {one.amount}",
            *wrapped(f"{translated(one.says)} {cited(one.source)}", " " * 10, " " * 10),
        ]
    lines.append(f"{written(found.whole_days):>6}  {say('together')}")
    lines += _share_lines(found)
    for one in found.adjustments:
        lines.append(f"{written(f'{one.days:+}'):>6}  {one.id}")
        lines += wrapped(f"{one.amount} {translated(one.says)} {cited(one.source)}", " " * 10, " " * 10)
    lines += wrapped(found.limited, " " * 8, " " * 8) if found.limited else []
    lines.append(f"{written(found.days):>6}  {say('auditor-days, rounded up')}")
    lines.append(f"{written(found.session_days):>6}  {say('of them in sessions')}")
    lines += wrapped(translated(found.session_says), " " * 10, " " * 10)
    if found.planned_days is not None:
        short = found.session_days - found.planned_days
        said = say("in the sessions of the plan: as many as estimated, or more")
        if short > 0:
            said = say("in the sessions of the plan: {number} fewer than estimated", number=written(short))
        lines.append(f"{written(found.planned_days):>6}  {said}")
    return [*lines, *wrapped(translated(found.notice))]


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
    return [f"{written(found.share_days):>6}  {said}", *wrapped(about, " " * 10, " " * 10)]
