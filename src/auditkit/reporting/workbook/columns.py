"""The pages of the workbook and their columns, in one table."""

from auditkit.base.language import message
from auditkit.reporting.workbook.model import METHOD, Column

POINTS, EVIDENCE, EXCEPTIONS = message("Points"), message("Evidence"), message("Exceptions")
SHA = message("SHA-256")
"""Header of the column with the digest of a file."""
VERDICTS = ("conforms", "nonconforming", "not_applicable")
BASES = ("evidence", "no_occurrence")


def _text(header: str, width: int = 16) -> Column:
    return Column(header=header, width=width)


def _number(header: str) -> Column:
    return Column(header=header, kind="number", width=12)


def _date(header: str) -> Column:
    return Column(header=header, kind="date", width=12)


_ACTIONS = (
    _text(message("Item"), 12), _number(message("Priority")), _text(message("Title"), 40), _text(message("Findings")), _text(message("Points"), 20),
    _text(message("Processes"), 24), _text(message("Route")), _text(message("Phase"), 10), _text(message("Blocks certification"), 12), _text(message("Baseline"), 24),
    _date(message("Baseline of")), _text(message("Target"), 30), _text(message("Owner"), 18), _date(message("Due")), _text(message("Effort in days"), 12),
    _number(message("Months of records")), _text(message("Status"), 12),
)  # fmt: skip

COLUMNS: dict[str, tuple[Column, ...]] = {
    METHOD: (_text(message("About"), 24), _text(message("Text"), 110)),
    message("Requirements"): (
        _text(message("Requirement"), 14), _text(message("Catalog"), 22), _text(message("Clause"), 10), _text(message("Title"), 36), _text(message("Verdict")),
        _text(message("Standing"), 12), _number(message("Points")), _number(message("Conform")), _number(message("Nonconforming")), _number(message("Not assessed")),
        _number(message("Not applicable")), _number(message("Confirmed")),
    ),
    POINTS: (
        _text(message("Point"), 14), _text(message("Catalog"), 22), _text(message("Clause"), 10), _text(message("Statement"), 50), _text(message("Verdict")),
        _text(message("Standing"), 12), _text(message("Why"), 50), _text(message("Strength"), 16), _text(message("Evidence"), 20), _text(message("Judgement"), 12),
        _text(message("Judged by"), 18), _date(message("Judged on")), _text(message("Rationale"), 40), _text(message("State"), 30), _text(message("Findings")),
        Column(header=message("Your verdict"), width=16, fills="verdict", choices=VERDICTS),
        Column(header=message("Your rationale"), width=50, fills="because"),
        Column(header=message("Rests on"), width=20, fills="on"),
        Column(header=message("By"), width=10, fills="by"),
        Column(header=message("Day"), kind="date", width=12, fills="at"),
        Column(header=message("Basis"), width=16, fills="basis", choices=BASES),
        Column(header=message("How checked"), width=30, fills="how_checked"),
        Column(header=message("Safeguard"), width=30, fills="safeguard"),
    ),
    message("Findings"): (
        _text(message("Finding"), 12), _text(message("Grade")), _text(message("State"), 20), _text(message("Open"), 8), _text(message("Points"), 20), _text(message("Area")),
        _text(message("Requirement"), 40), _text(message("Failure"), 40), _text(message("Objective evidence"), 40), _number(message("Exceptions")),
        _number(message("Examined")), _date(message("Raised")), _text(message("Raised by"), 18), _text(message("Repeat of"), 12), _text(message("Correction"), 30),
        _text(message("Cause"), 30), _text(message("Corrective action"), 30), _text(message("Owner"), 18), _date(message("Due")), _date(message("Plan accepted")),
        _date(message("Implemented")), _date(message("Verified")), _text(message("Effectiveness"), 30),
    ),
    message("Candidates"): (
        _text(message("Candidate"), 14), _text(message("Grade proposed")), _text(message("Points"), 20), _text(message("Area")), _text(message("Rule"), 40),
        _text(message("Requirement"), 40), _text(message("Failure"), 40), _text(message("Objective evidence"), 40), _number(message("Exceptions")),
        _number(message("Examined")),
    ),
    message("Actions"): _ACTIONS,
    message("Candidate actions"): _ACTIONS,
    EVIDENCE: (
        _text(message("Evidence"), 12), _text(message("Title"), 36), _text(message("File"), 36), _text(message("Kind")), _text(message("Type or dataset"), 24),
        _text(message("Owner"), 18), _text(message("Version"), 10), _text(message("Status"), 12), _date(message("Effective")), _date(message("From")), _date(message("To")),
        _date(message("Received")), _number(message("Control total")), _text(SHA, 66), _text(message("Reading"), 14), _text(message("Remark"), 40),
    ),
    message("Record tests"): (
        _text(message("Test"), 40), _text(message("Reference"), 12), _text(message("Claim"), 50), _text(message("Points"), 24), _text(message("Outcome")), _text(message("Class"), 10),
        _text(message("Basis"), 14), _number(message("Population")), _number(message("Examined")), _number(message("Exceptions")), _number(message("Unknown")),
        _text(message("Evidence"), 16), _text(message("Why"), 50),
    ),
    message("Exceptions"): (
        _text(message("Test"), 40), _text(message("Evidence"), 12), _text(message("File"), 30), _text(message("Sheet")), _number(message("Row")), _text(message("Record"), 18),
        _text(message("Shows"), 80),
    ),
}  # fmt: skip
"""By page, in the order of the pages; names and headers in English, as everything but the sheets themselves has them."""
