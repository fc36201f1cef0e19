"""Readiness as a command prints it: the forecast first, then the gates; and the list for stage 1."""

from auditkit.reporting.hanging import hanging
from auditkit.reporting.view_parts import Forecast, GateDay, StageRow, WaitingRow


def readiness_text(forecast: Forecast, width: int = 80) -> str:
    """Return the forecast and the blockers of every gate as lines of at most ``width`` characters."""
    blocks = [*(hanging("", one, width) for one in forecast.sentences)]
    blocks += [_gate(gate, width) for gate in forecast.gates]
    return "\n\n".join(blocks)


def stage_text(rows: tuple[StageRow, ...], width: int = 80) -> str:
    """Return the list for stage 1: what the standard asks for, then what auditors want beside it."""
    states = [row.state for row in rows]
    counted = "; ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(states))
    blocks = [hanging("", f"{len(rows)} documents and lists: {counted}.", width)]
    for asked_by, title in (
        ("standard", "What the standard asks for"),
        ("auditor", "What auditors want beside"),
    ):
        mine = [row for row in rows if row.asked_by == asked_by]
        if mine:
            blocks.append("\n".join([title, *(_stage(row, width) for row in mine)]))
    return "\n\n".join(blocks)


def _gate(gate: GateDay, width: int) -> str:
    lines = [hanging(f"{gate.mark.symbol} ", f"{gate.title}: {gate.mark.word}, {gate.earliest}", width)]
    if not gate.blockers:
        lines = [hanging(f"{gate.mark.symbol} ", f"{gate.title}: {gate.mark.word}", width)]
    return "\n".join([*lines, *(_blocker(one, width) for one in gate.blockers)])


def _blocker(row: WaitingRow, width: int) -> str:
    points = f" ({row.points})" if row.points else ""
    rows = [
        ("owner", f"{row.owner}; due: {row.due}"),
        ("records", f"needed until: {row.records}" if row.needs_records else row.records),
        ("earliest", f"{row.earliest}. {row.why}"),
    ]
    lines = [hanging("  - ", f"{row.what}{points}", width)]
    return "\n".join([*lines, *(hanging(f"      {name:<9} ", text, width) for name, text in rows)])


def _stage(row: StageRow, width: int) -> str:
    lines = [hanging("  - ", f"{row.title} ({row.clauses}): {row.state}", width)]
    lines += [hanging("      ", one, width) for one in row.received]
    lines += [hanging("      lacking: ", one, width) for one in row.faults]
    if row.lacking:
        lines.append(hanging("      asked: ", f"{row.asked}; owner: {row.owner}", width))
    return "\n".join(lines)
