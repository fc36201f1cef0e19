"""The pages of the workbook and their columns, in one table."""

from auditkit.reporting.workbook.model import METHOD, Column

POINTS, EVIDENCE = "Points", "Evidence"
SHA = "SHA-256"
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
    _text("Item", 12), _number("Priority"), _text("Title", 40), _text("Findings"), _text("Points", 20),
    _text("Processes", 24), _text("Route"), _text("Phase", 10), _text("Blocks certification", 12), _text("Baseline", 24),
    _date("Baseline of"), _text("Target", 30), _text("Owner", 18), _date("Due"), _text("Effort in days", 12),
    _number("Months of records"), _text("Status", 12),
)  # fmt: skip

COLUMNS: dict[str, tuple[Column, ...]] = {
    METHOD: (_text("About", 24), _text("Text", 110)),
    "Requirements": (
        _text("Requirement", 14), _text("Catalog", 22), _text("Clause", 10), _text("Title", 36), _text("Verdict"),
        _text("Standing", 12), _number("Points"), _number("Conform"), _number("Nonconforming"), _number("Not assessed"),
        _number("Not applicable"), _number("Confirmed"),
    ),
    POINTS: (
        _text("Point", 14), _text("Catalog", 22), _text("Clause", 10), _text("Statement", 50), _text("Verdict"),
        _text("Standing", 12), _text("Why", 50), _text("Strength", 16), _text("Evidence", 20), _text("Judgement", 12),
        _text("Judged by", 18), _date("Judged on"), _text("Rationale", 40), _text("State", 30), _text("Findings"),
        Column(header="Your verdict", width=16, fills="verdict", choices=VERDICTS),
        Column(header="Your rationale", width=50, fills="because"),
        Column(header="Rests on", width=20, fills="on"),
        Column(header="By", width=10, fills="by"),
        Column(header="Day", kind="date", width=12, fills="at"),
        Column(header="Basis", width=16, fills="basis", choices=BASES),
        Column(header="How checked", width=30, fills="how_checked"),
        Column(header="Safeguard", width=30, fills="safeguard"),
    ),
    "Findings": (
        _text("Finding", 12), _text("Grade"), _text("State", 20), _text("Open", 8), _text("Points", 20), _text("Area"),
        _text("Requirement", 40), _text("Failure", 40), _text("Objective evidence", 40), _number("Exceptions"),
        _number("Examined"), _date("Raised"), _text("Raised by", 18), _text("Repeat of", 12), _text("Correction", 30),
        _text("Cause", 30), _text("Corrective action", 30), _text("Owner", 18), _date("Due"), _date("Plan accepted"),
        _date("Implemented"), _date("Verified"), _text("Effectiveness", 30),
    ),
    "Candidates": (
        _text("Candidate", 14), _text("Grade proposed"), _text("Points", 20), _text("Area"), _text("Rule", 40),
        _text("Requirement", 40), _text("Failure", 40), _text("Objective evidence", 40), _number("Exceptions"),
        _number("Examined"),
    ),
    "Actions": _ACTIONS,
    "Candidate actions": _ACTIONS,
    EVIDENCE: (
        _text("Evidence", 12), _text("Title", 36), _text("File", 36), _text("Kind"), _text("Type or dataset", 24),
        _text("Owner", 18), _text("Version", 10), _text("Status", 12), _date("Effective"), _date("From"), _date("To"),
        _date("Received"), _number("Control total"), _text(SHA, 66), _text("Reading", 14), _text("Remark", 40),
    ),
    "Record tests": (
        _text("Test", 40), _text("Reference", 12), _text("Claim", 50), _text("Points", 24), _text("Outcome"), _text("Class", 10),
        _text("Basis", 14), _number("Population"), _number("Examined"), _number("Exceptions"), _number("Unknown"),
        _text("Evidence", 16), _text("Why", 50),
    ),
    "Exceptions": (
        _text("Test", 40), _text("Evidence", 12), _text("File", 30), _text("Sheet"), _number("Row"), _text("Record", 18),
        _text("Shows", 80),
    ),
}  # fmt: skip
"""By page, in the order of the pages."""
