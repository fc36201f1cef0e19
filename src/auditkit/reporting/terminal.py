"""The summary that a command prints: the verdict first, then gates, counts and leading findings."""

from textwrap import wrap

from auditkit.reporting.view_model import View
from auditkit.reporting.view_parts import Brief, GateView
from auditkit.reporting.words import printable

_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_NARROWEST = 40


def summary_text(view: View, width: int = 80, colour: bool = False, scores: bool = True) -> str:
    """Return the summary as lines of at most ``width`` characters; ``colour`` adds weight, never meaning.

    ``scores``: False leaves the shares of conformity out.
    """
    width = max(width, _NARROWEST)
    summary = view.summary
    blocks = [
        _strong(_wrapped(summary.headline.text, width), colour),
        "\n".join(_wrapped(text, width) for text in summary.headline.because),
        _facts(view, width, scores),
        "\n".join(["Gates", *(_gate(gate, width) for gate in summary.gates)]) if summary.gates else "",
        "\n".join(["Leading findings", *(_finding(one, width) for one in summary.top)])
        if summary.top
        else "",
        _wrapped(summary.unconfirmed, width),
        _faint(
            _wrapped(f"{view.cover.status}. Run {view.cover.run_id}, as of {view.cover.as_of}.", width),
            colour,
        ),
    ]
    return "\n\n".join(block for block in blocks if block)


def _facts(view: View, width: int, scores: bool) -> str:
    summary = view.summary
    counts = summary.requirements
    grades = "; ".join(
        f"{one.open} {one.name} open" if one.counts_open else f"{one.total} {one.name}"
        for one in summary.grades
    )
    rows = [
        ("Findings", grades),
        (
            "Requirements",
            f"{counts.conforming} conform, {counts.nonconforming} nonconforming, {counts.not_assessed} not assessed, "
            f"of {counts.total}; {counts.confirmed} confirmed",
        ),
        ("Coverage", summary.coverage),
    ]
    if scores:
        rows += [
            ("Conformity", f"{summary.measures[0].figure} by requirement, candidates included"),
            ("Confirmed", f"{summary.measures[1].figure} by requirement"),
        ]
    return "\n".join(_hanging(f"{label:<14}", text, width) for label, text in rows)


def _gate(gate: GateView, width: int) -> str:
    number = len(gate.blockers)
    state = (
        gate.mark.word if gate.passed else f"{gate.mark.word}, {number} blocker{'s' if number != 1 else ''}"
    )
    lines = [_hanging(f"  {gate.mark.symbol} ", f"{gate.title}: {state}", width)]
    lines += [_hanging("      ", blocker.what, width) for blocker in gate.blockers[:3]]
    if number > 3:
        lines.append(f"      and {number - 3} more")
    return "\n".join(lines)


def _finding(one: Brief, width: int) -> str:
    extent = f" {one.extent}." if one.extent else ""
    return _hanging(f"  {one.mark.symbol} {one.id}  ", f"{one.what}{extent}", width)


def _hanging(label: str, text: str, width: int) -> str:
    lines = wrap(" ".join(printable(text).split()), width - len(label)) or [""]
    return "\n".join([f"{label}{lines[0]}", *(f"{' ' * len(label)}{line}" for line in lines[1:])])


def _wrapped(text: str, width: int) -> str:
    return "\n".join(wrap(" ".join(printable(text).split()), width))


def _strong(text: str, colour: bool) -> str:
    return f"{_BOLD}{text}{_PLAIN}" if colour else text


def _faint(text: str, colour: bool) -> str:
    return f"{_DIM}{text}{_PLAIN}" if colour else text
