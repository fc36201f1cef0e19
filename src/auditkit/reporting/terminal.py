"""The summary that a command prints: the verdict first, then gates, counts and leading findings."""

from collections.abc import Iterable
from textwrap import wrap

from auditkit.base.language import say, say_as, say_count
from auditkit.reporting.view_model import View
from auditkit.reporting.view_parts import Brief, GateView
from auditkit.reporting.words import printable

_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_NARROWEST = 40
_LABEL = 14
"""Columns of a label at least."""


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
        "\n".join([say("Gates"), *(_gate(gate, width) for gate in summary.gates)]) if summary.gates else "",
        "\n".join([say("Leading findings"), *(_finding(one, width) for one in summary.top)])
        if summary.top
        else "",
        _wrapped(summary.unconfirmed, width),
        _faint(
            _wrapped(
                say(
                    "{status}. Run {run}, as of {day}.",
                    status=view.cover.status,
                    run=view.cover.run_id,
                    day=view.cover.as_of,
                ),
                width,
            ),
            colour,
        ),
    ]
    return "\n\n".join(block for block in blocks if block)


def reports_text(paths: Iterable[str], issues: int, method: str) -> str:
    """Return what stands below the summary: the input issues, where there are any, and the paths of the reports."""
    listed = say_count(
        "{number} input issue, listed in {place}.",
        "{number} input issues, listed in {place}.",
        issues,
        number=issues,
        place=method,
    )
    lines = "\n".join([say("Reports:"), *(f"  {path}" for path in paths)])
    return f"{listed}\n\n{lines}" if issues else lines


def _facts(view: View, width: int, scores: bool) -> str:
    summary = view.summary
    counts = summary.requirements
    grades = "; ".join(
        say("{number} {grades} open", number=one.open, grades=one.name)
        if one.counts_open
        else f"{one.total} {one.name}"
        for one in summary.grades
    )
    rows = [
        (say("Findings"), grades),
        (
            say("Requirements"),
            say(
                "{conforming} conform, {nonconforming} nonconforming, {open} not assessed, of {total}; {confirmed} "
                "confirmed",
                conforming=counts.conforming,
                nonconforming=counts.nonconforming,
                open=counts.not_assessed,
                total=counts.total,
                confirmed=counts.confirmed,
            ),
        ),
        (say("Coverage"), summary.coverage),
    ]
    if scores:
        every, sure = summary.measures[0].figure, summary.measures[1].figure
        rows += [
            (say("Conformity"), say("{share} by requirement, candidates included", share=every)),
            (say_as("conformity", "Confirmed"), say("{share} by requirement", share=sure)),
        ]
    wide = max(_LABEL, *(len(label) + 2 for label, _ in rows))
    return "\n".join(_hanging(f"{label:<{wide}}", text, width) for label, text in rows)


def _gate(gate: GateView, width: int) -> str:
    number = len(gate.blockers)
    blocked = say_count(
        "{state}, {number} blocker", "{state}, {number} blockers", number, state=gate.mark.word, number=number
    )
    state = gate.mark.word if gate.passed else blocked
    lines = [_hanging(f"  {gate.mark.symbol} ", f"{gate.title}: {state}", width)]
    lines += [_hanging("      ", blocker.what, width) for blocker in gate.blockers[:3]]
    if number > 3:
        lines.append("      " + say("and {number} more", number=number - 3))
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
