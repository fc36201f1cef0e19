"""Fill the columns of a tracker: fields, value tables, dates, limits and guards (pure)."""

import html
import re
from datetime import date

from auditkit.base.issue import InputIssue, Severity
from auditkit.base.place import Place
from auditkit.improvement.exchange.load import PREFIX, placeholders
from auditkit.improvement.exchange.model import Column, Item, Row, Tracker

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
CUT = " …"


def fill_rows(tracker: Tracker, items: tuple[Item, ...]) -> tuple[tuple[Row, ...], tuple[InputIssue, ...]]:
    """Return a row an item, without those the tracker leaves out, and what could not be filled as it should be."""
    issues: list[InputIssue] = []
    wanted = [one for one in items if one.fields["status"] not in tracker.leaves_out]
    rows = [
        Row(one, tuple(_cell(tracker, column, one, issues) for column in tracker.columns)) for one in wanted
    ]
    return tuple(rows), tuple(issues)


def shown(text: str) -> str:
    """Return a text as every tool can hold it: line ends as ``\\n``, no control characters, no blanks around it."""
    return _UNSHOWABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\t", " ").strip()


def filled(text: str, fields: dict[str, str]) -> str:
    """Return a text with its fields; a line whose last field is empty is left out."""
    lines = []
    for line in text.splitlines():
        names = placeholders(line)
        if names and not fields[names[-1]]:
            continue
        lines.append(re.sub(r"\{(\w+)\}", lambda found: fields[found[1]], line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _cell(tracker: Tracker, column: Column, item: Item, issues: list[InputIssue]) -> str:
    account = tracker.people.get(item.fields["owner"], "")
    fields = {name: shown(value) for name, value in item.fields.items()} | {"account": account}
    if tracker.line_guard:
        fields = {name: _lines_guarded(value, tracker.line_guard) for name, value in fields.items()}
    text = filled(column.text, fields)
    if column.map and text:
        table = tracker.values[column.map]
        if text not in table:
            issues.append(
                _issue("tracker-value", item, column, tracker, f"{text!r} is not in the table {column.map}.")
            )
        text = table.get(text, "")
    if column.kind == "date" and text:
        text = date.fromisoformat(text).strftime(tracker.dates)
    if column.one_line:
        text = " ".join(text.split())
    if column.required and not text.strip():
        issues.append(
            _issue("tracker-field-missing", item, column, tracker, "it is empty, and the tool asks for it.")
        )
    if column.kind == "html":
        return _paragraphs(text, item, column, tracker, issues)
    if column.longest is not None and len(text) > column.longest:
        text = text[: column.longest - len(CUT)].rstrip() + CUT
        issues.append(_cut(item, column, tracker))
    return f"{tracker.guard}{text}" if tracker.guard and text.startswith(_FORMULA) else text


def _lines_guarded(text: str, guards: dict[str, str]) -> str:
    """Set something before each line that the tool would take for a command."""
    lines = []
    for line in text.split("\n"):
        before = next((guard for start, guard in guards.items() if line.lstrip().startswith(start)), "")
        lines.append(f"{before}{line.lstrip()}" if before else line)
    return "\n".join(lines)


def _paragraphs(text: str, item: Item, column: Column, tracker: Tracker, issues: list[InputIssue]) -> str:
    """Return the lines as paragraphs, as many whole ones as the tool takes."""
    whole = [f"<p>{html.escape(line, quote=False)}</p>" for line in text.split("\n") if line.strip()]
    kept: list[str] = []
    for one in whole:
        if column.longest is not None and sum(map(len, kept)) + len(one) > column.longest:
            issues.append(_cut(item, column, tracker))
            break
        kept.append(one)
    return "".join(kept)


def _cut(item: Item, column: Column, tracker: Tracker) -> InputIssue:
    said = f"it was cut to the {column.longest:,} characters that {tracker.title} takes."
    return _issue("tracker-text-cut", item, column, tracker, said, "note")


def _issue(
    code: str, item: Item, column: Column, tracker: Tracker, message: str, severity: Severity = "error"
) -> InputIssue:
    return InputIssue(
        code=code,
        severity=severity,
        place=Place(file=f"{PREFIX}/{tracker.id}.yaml"),
        message=f"{item.id}, {column.header}: {message}",
        hint="The whole text stays in the action."
        if severity == "note"
        else "Complete the action, or the tracker.",
    )
