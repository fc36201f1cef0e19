"""Readiness as a command prints it: the forecast first, then the gates; and the list for stage 1."""

from textwrap import wrap

from auditkit.reporting.view_forecast import LACKING
from auditkit.reporting.view_parts import Forecast, GateDay, StageRow, WaitingRow
from auditkit.reporting.words import printable


def readiness_text(forecast: Forecast, width: int = 80) -> str:
    """Return the forecast and the blockers of every gate as lines of at most ``width`` characters."""
    blocks = [*(_hanging("", one, width) for one in forecast.sentences)]
    blocks += [_gate(gate, width) for gate in forecast.gates]
    return "\n\n".join(blocks)


def stage_text(rows: tuple[StageRow, ...], width: int = 80) -> str:
    """Return the list for stage 1: what the standard asks for, then what auditors want beside it."""
    states = [row.state for row in rows]
    counted = "; ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(states))
    blocks = [_hanging("", f"{len(rows)} documents and lists: {counted}.", width)]
    for asked_by, title in (
        ("standard", "What the standard asks for"),
        ("auditor", "What auditors want beside"),
    ):
        mine = [row for row in rows if row.asked_by == asked_by]
        if mine:
            blocks.append("\n".join([title, *(_stage(row, width) for row in mine)]))
    return "\n\n".join(blocks)


def _gate(gate: GateDay, width: int) -> str:
    lines = [_hanging(f"{gate.mark.symbol} ", f"{gate.title}: {gate.mark.word}, {gate.earliest}", width)]
    if not gate.blockers:
        lines = [_hanging(f"{gate.mark.symbol} ", f"{gate.title}: {gate.mark.word}", width)]
    return "\n".join([*lines, *(_blocker(one, width) for one in gate.blockers)])


def _blocker(row: WaitingRow, width: int) -> str:
    points = f" ({row.points})" if row.points else ""
    rows = [
        ("owner", f"{row.owner}; due: {row.due}"),
        ("records", f"{row.records}" if row.records == "none needed" else f"needed until: {row.records}"),
        ("earliest", f"{row.earliest}. {row.why}"),
    ]
    lines = [_hanging("  - ", f"{row.what}{points}", width)]
    return "\n".join([*lines, *(_hanging(f"      {name:<9} ", text, width) for name, text in rows)])


def _stage(row: StageRow, width: int) -> str:
    lines = [_hanging("  - ", f"{row.title} ({row.clauses}): {row.state}", width)]
    lines += [_hanging("      ", one, width) for one in row.received]
    lines += [_hanging("      lacking: ", one, width) for one in row.faults]
    if row.state in LACKING:
        lines.append(_hanging("      asked: ", f"{row.asked}; owner: {row.owner}", width))
    return "\n".join(lines)


def _hanging(label: str, text: str, width: int) -> str:
    flat = " ".join(printable(text).split())
    lines = wrap(flat, width - len(label), break_on_hyphens=False) or [""]
    return "\n".join([f"{label}{lines[0]}", *(f"{' ' * len(label)}{line}" for line in lines[1:])])
