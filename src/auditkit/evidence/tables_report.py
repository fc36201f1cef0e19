"""What is said about an export that was read in part, in doubt or not at all."""

from auditkit.base.issue import InputIssue, Severity
from auditkit.base.place import Place
from auditkit.evidence.model import Dataset, EvidenceItem, FieldQuality, Profile, TableReading
from auditkit.evidence.tables_dates import DateChoice
from auditkit.evidence.tables_source import Source


def unreadable(item: EvidenceItem, dataset: Dataset, reason: str) -> TableReading:
    """Return the reading of an export that could not be read."""
    message = f"The export cannot be used: {reason}."
    hint = "Ask for it again as CSV or XLSX; until then no test on this dataset can be met."
    return TableReading(
        evidence=item.id,
        dataset=dataset.id,
        profile=item.profile or "",
        rows_in_file=0,
        rows_kept=0,
        fields=tuple(
            FieldQuality(field=one.name, header=None, nulls=0, unparseable=0) for one in dataset.fields
        ),
        issues=(_issue("table-unreadable", "error", item, message, hint),),
        readable=False,
    )


def refused_dates(item: EvidenceItem, header: str, choice: DateChoice) -> InputIssue:
    """Report a date column that reads in no way or in more than one."""
    if choice.code == "table-date-ambiguous":
        message = (
            f"The dates of column {header!r} read in {len(choice.rivals)} ways: {', '.join(choice.rivals)}."
        )
    else:
        best = f"; {choice.rivals[0]} reads some of them" if choice.rivals else ""
        message = f"The dates of column {header!r} read in no one way{best}."
    hint = "Declare the format in a profile and name it in the register; until then the column is not used."
    return _issue(choice.code, "error", item, message, hint)


def bad_format(item: EvidenceItem, header: str, profile: Profile, reason: str) -> InputIssue:
    """Report a date column that cannot be read because the profile's formats cannot be used."""
    message = f"The dates of column {header!r} are not read: in profile {profile.id}, {reason}."
    return _issue("profile-date-format", "error", item, message, "Correct date_formats of the profile.")


def about_source(item: EvidenceItem, source: Source) -> tuple[InputIssue, ...]:
    """Report what was odd about the file itself."""
    issues: list[InputIssue] = []

    def add(code: str, severity: Severity, message: str, hint: str, row: int | None = None) -> None:
        issues.append(_issue(code, severity, item, message, hint, source.sheet, row))

    if source.assumed_encoding:
        message = "The file is not UTF-8; it was read as Windows-1252."
        add("table-encoding", "warning", message, "Check names with accents, or ask for a UTF-8 export.")
    if source.nul_bytes:
        message = f"{source.nul_bytes} NUL bytes were taken out."
        add("table-nul-bytes", "warning", message, "Check that the file was not damaged on its way.")
    ragged = source.short_rows + source.long_rows
    if ragged:
        message = (
            f"{ragged} rows do not have the {len(source.header)} cells of the header "
            f"({source.short_rows} fewer, {source.long_rows} more); what they hold is counted as unknown."
        )
        add("table-ragged", "warning", message, "Ask for an export with quoted cells.", source.first_ragged)
    for field, header in source.mapping.doubled.items():
        message = f"The column {header!r} stands more than once, so {field} is not read."
        add("table-duplicate-header", "error", message, "Leave one of them in the export.", source.header_row)
    if source.header_row > 1:
        message = f"The header stands in row {source.header_row}; the rows above it are not records."
        add("table-preamble", "note", message, "Nothing to do if these are a title.", source.header_row)
    if source.other_sheets:
        message = f"Sheets not read: {', '.join(source.other_sheets)}."
        add(
            "table-other-sheets",
            "note",
            message,
            "Register a sheet that holds records as an item of its own.",
        )
    for one in source.oddities:
        add(one.code, one.severity, one.message, one.hint, one.row)
    return tuple(issues)


def about_reading(item: EvidenceItem, dataset: Dataset, reading: TableReading) -> tuple[InputIssue, ...]:
    """Report cells that could not be understood and keys that stand more than once."""
    issues: list[InputIssue] = []
    for one in reading.fields:
        if one.unparseable and one.header is not None:
            message = f"{one.unparseable} cells of column {one.header!r} are not understood as {one.field}."
            hint = "Correct the values or map them in a profile; the rows count as unknown."
            issues.append(_issue("table-unparseable", "warning", item, message, hint))
    if reading.duplicates:
        message = f"{reading.duplicates} rows repeat a {dataset.key} of an earlier row."
        hint = "If this is a log of events, name a profile that keeps the last row of each record."
        issues.append(_issue("table-duplicate-keys", "warning", item, message, hint))
    if not reading.rows_kept:
        message = "The export has a header and no rows."
        issues.append(_issue("table-empty", "warning", item, message, "Check the filter of the export."))
    return tuple(issues)


def _issue(
    code: str,
    severity: Severity,
    item: EvidenceItem,
    message: str,
    hint: str,
    sheet: str | None = None,
    row: int | None = None,
) -> InputIssue:
    place = Place(file=f"evidence/{item.file}", sheet=sheet, row=row)
    return InputIssue(code=code, severity=severity, place=place, message=message, hint=hint)
