"""What is said about a file that is written oddly: each thing once, with the first row it stands in."""

from collections.abc import Sequence
from typing import NamedTuple

from auditkit.base.issue import Severity
from auditkit.evidence.tables_encoding import Encoding
from auditkit.evidence.tables_header import Header
from auditkit.evidence.tables_rows import BLANK, Sieve
from auditkit.evidence.tables_sheet import Merged, Sheet
from auditkit.evidence.tables_workbook import SheetFacts


class Oddity(NamedTuple):
    """One thing worth saying about a file; an InputIssue once its place is known."""

    code: str
    severity: Severity
    message: str
    hint: str
    row: int | None = None


def about_text(found: Encoding) -> tuple[Oddity, ...]:
    """Report an encoding that nothing states, and what it could not read."""
    told: list[Oddity] = []
    if found.unmarked:
        message = f"No mark states the encoding; every second byte is NUL, so it was read as {found.codec}."
        told.append(Oddity("table-encoding", "note", message, "Check names with accents."))
    if found.broken:
        codec = "Windows-1252" if found.assumed else "UTF-8"
        message = f"{_count(found.broken, 'byte')} cannot be read as {codec} and show as \ufffd."
        hint = "Ask for the export again; cells with this sign do not say what the source says."
        told.append(Oddity("table-broken-text", "warning", message, hint))
    return tuple(told)


def about_header(header: Header) -> tuple[Oddity, ...]:
    """Report a header that two rows make."""
    if header.rows == 1:
        return ()
    message = f"The header stands in rows {header.row - 1} and {header.row}; their names were put together."
    return (
        Oddity("table-two-row-header", "note", message, "Check that columns are named rightly.", header.row),
    )


def about_dropped(sieve: Sieve) -> tuple[Oddity, ...]:
    """Report rows that are no records; blank ones are only counted."""
    counts = {reason: count for reason, count in sieve.dropped.items() if reason != BLANK}
    if not counts:
        return ()
    first = min(sieve.first[reason] for reason in counts)
    parts = [
        f"{_count(count, reason)} (first: row {sieve.first[reason]})" for reason, count in counts.items()
    ]
    message = f"Left out, because they are no records: {', '.join(parts)}."
    hint = "Look at the rows; if one is a record, give it its number in the source and export again."
    return (Oddity("table-not-records", "note", message, hint, first),)


def about_hidden_sheets(hidden: Sequence[str], used: str | None) -> tuple[Oddity, ...]:
    """Report sheets that the workbook does not show."""
    told: list[Oddity] = []
    others = [name for name in hidden if name != used]
    if used in hidden:
        message = f"The sheet {used!r} is hidden in the workbook; it was read because the register names it."
        told.append(Oddity("table-hidden-sheets", "note", message, "Ask why it is hidden."))
    if others:
        message = f"Hidden sheets not read: {', '.join(others)}."
        hint = "Look at them; register one that holds records as an item of its own."
        told.append(Oddity("table-hidden-sheets", "warning", message, hint))
    return tuple(told)


def about_sheet(sheet: Sheet, header: Header, used: Sequence[int]) -> tuple[Oddity, ...]:
    """Report hidden rows and columns, formulas and merged cells of the sheet that was read.

    ``used`` are the positions of the columns that fields come from.
    """
    facts = sheet.facts or SheetFacts()
    told = [*_about_merged_cells(sheet.merged, header), *_about_merged_names(sheet.merged, header)]
    rows = [row for row in facts.hidden_rows if header.row < row <= len(sheet.rows)]
    if rows:
        message = f"Hidden rows were read like the others: {len(rows):,}."
        hint = "Nothing to do: what a sheet hides belongs to the population all the same."
        told.append(Oddity("table-hidden-rows", "note", message, hint, rows[0]))
    unseen = [at for at in used if any(low <= at + 1 <= high for low, high in facts.hidden_columns)]
    if unseen:
        message = f"Hidden columns were read like the others: {', '.join(header.names[at] for at in unseen)}."
        told.append(Oddity("table-hidden-columns", "note", message, "Nothing to do."))
    computed = facts.formulas - len(facts.uncomputed)
    if computed:
        message = f"{_count(computed, 'formula')}: what the spreadsheet last computed was read."
        told.append(Oddity("table-formulas", "note", message, "Ask for the export as the tool wrote it."))
    if facts.uncomputed:
        message = f"{_count(len(facts.uncomputed), 'formula')} without a result, which was never saved."
        hint = "The cells count as unknown; open and save the workbook in a spreadsheet, then register that file."
        told.append(Oddity("table-formulas-uncomputed", "warning", message, hint, min(facts.uncomputed)[0]))
    return tuple(told)


def _about_merged_cells(merged: Sequence[Merged], header: Header) -> list[Oddity]:
    """Report merged cells among the records; a sheet counts its rows from 1, a merged range from 0."""
    told: list[Oddity] = []
    hint = "Check one of them, or ask for an export without merged cells."
    tall = [one for one in merged if one[2] > one[0] and one[2] >= header.row]
    if tall:
        message = (
            f"{_count(len(tall), 'cell')} merged over several rows: each of the rows was given the value."
        )
        told.append(Oddity("table-merged-cells", "warning", message, hint, tall[0][0] + 1))
    wide = [one for one in merged if one[3] > one[1] and one[0] >= header.row]
    if wide:
        message = (
            f"{_count(len(wide), 'cell')} merged over several columns: only the first column has the value."
        )
        told.append(Oddity("table-merged-cells", "warning", message, hint, wide[0][0] + 1))
    return told


def _about_merged_names(merged: Sequence[Merged], header: Header) -> list[Oddity]:
    """Report names that stand over several columns and leave some of them without a name."""
    short = [
        left
        for top, left, bottom, right in merged
        if top <= header.row - 1 <= bottom
        and not all(at < len(header.names) and header.names[at] for at in range(left, right + 1))
    ]
    names = [header.names[at] for at in short if at < len(header.names)]
    if not names:
        return []
    message = f"Names that stand over several columns ({', '.join(names)}): only the first column is read."
    hint = "Give each column a name of its own."
    return [Oddity("table-merged-header", "warning", message, hint, header.row)]


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
