"""The sheets of a business impact analysis: their columns, and an empty template of them."""

import csv
import datetime
from pathlib import Path
from typing import Any, NamedTuple

from auditkit.impact.model import KINDS


class Column(NamedTuple):
    """One column of a sheet."""

    name: str
    about: str
    compulsory: bool = False


_TIMES = (
    Column(
        "mtpd_hours",
        "Longest disruption that can be borne, hours; for an activity it may follow from impacts",
    ),
    Column("rto_hours", "Recovery time objective, hours"),
    Column(
        "rpo_hours", "Recovery point objective: age of the data that may be lost, hours; 0 where none may be"
    ),
    Column("mbco_percent", "Level of work that is acceptable in a disruption, per cent"),
)
SHEETS: dict[str, tuple[Column, ...]] = {
    "settings": (
        Column("setting", "evidence (ids of the register), critical_within_hours, horizons_hours", True),
        Column("value", "Several are separated by semicolons", True),
    ),
    "scale": (
        Column("level", "Level of impact, from harmless to worst", True),
        Column("intolerable", "yes beside the first level that cannot be borne"),
    ),
    "elements": (
        Column("id", "Id, such as the one of the service catalogue or configuration item", True),
        Column("kind", f"One of {', '.join(KINDS)}", True),
        Column("name", "Name"),
        Column("owner", "Person responsible"),
        *_TIMES,
        Column("weight", "For an activity: how much it counts in the ranking; empty: 1"),
        Column("risk", "Risk under which it stands as a single point of failure"),
    ),
    "impacts": (
        Column("activity", "Id of the activity", True),
        Column("type", "Kind of impact, such as financial, reputation, legal, safety", True),
        Column("after_hours", "Hours of standstill after which the level is reached", True),
        Column("level", "Level of the scale", True),
    ),
    "needs": (
        Column("consumer", "Id of what leans on something", True),
        Column("provider", "Id of what it leans on; one row a provider", True),
        Column("group", "Any word; rows of one consumer with the same word are a redundancy group"),
        Column("at_least", "How many of the group must work; empty: all"),
        Column("lag_hours", "Hours to be back after the provider is back; 0: at once; empty: not known"),
        Column("buffer_hours", "Hours it carries on without the provider"),
        Column("share", "Share of its work that depends on it, above 0 to 1; empty: 1"),
    ),
    "recoveries": (
        Column("element", "Id of what was recovered", True),
        Column("id", "Id of the test or incident", True),
        Column("at", "Day, such as 2026-03-31", True),
        Column("recovered_hours", "Hours until it worked again; empty: not known, or it did not"),
        Column("data_loss_hours", "Age of the data that came back, hours; 0: nothing was lost"),
        Column("evidence", "Evidence id of the report or record", True),
        Column("action", "Action raised for what fell short"),
    ),
    "promises": (
        Column("element", "Id of the service that promises it to customers, or of the supplier", True),
        Column("id", "Id of the agreement or contract", True),
        Column("metric", "restore_hours or availability_percent", True),
        Column("value", "Hours or per cent; empty: not known"),
        Column("evidence", "Evidence id of the agreement, contract or list of targets", True),
        Column("risk", "Accepted risk, where a supplier promises less than what it carries"),
    ),
}
_LISTS = {
    ("elements", "kind"): list(KINDS),
    ("promises", "metric"): ["restore_hours", "availability_percent"],
}
_ROWS_WITH_LISTS = 5_000


def write_template(path: Path) -> tuple[Path, ...]:
    """Write the empty sheets: one workbook for a name that ends in .xlsx, else a folder with a CSV for each."""
    if path.suffix.lower() == ".xlsx":
        _write_workbook(path)
        return (path,)
    path.mkdir(parents=True, exist_ok=True)
    written = []
    for name, columns in SHEETS.items():
        written.append(path / f"{name}.csv")
        with written[-1].open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerow([column.name for column in columns])
    return tuple(written)


def _write_workbook(path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"title": "Business impact", "created": datetime.datetime(2000, 1, 1)})  # noqa: DTZ001
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        for name, columns in SHEETS.items():
            page = book.add_worksheet(name)
            page.freeze_panes(1, 1)
            for at, column in enumerate(columns):
                page.write_string(0, at, column.name, bold)
                page.set_column(at, at, max(12, len(column.name) + 2), _format(book, column))
                if (name, column.name) in _LISTS:
                    rule = {"validate": "list", "source": _LISTS[name, column.name], "ignore_blank": True}
                    page.data_validation(1, at, _ROWS_WITH_LISTS, at, rule)
        _write_about(book, bold)


def _write_about(book: Any, bold: Any) -> None:
    page, wrap = book.add_worksheet("About"), book.add_format({"text_wrap": True, "valign": "top"})
    page.write_string(
        0, 0, "Business impact: what the business does, what it leans on, how long it can do without."
    )
    page.write_string(1, 0, "An empty cell means not known, and what is not known is never taken for good.")
    page.write_row(3, 0, ["Sheet", "Column", "Compulsory", "Meaning"], bold)
    rows = [(name, column) for name, columns in SHEETS.items() for column in columns]
    for at, (name, column) in enumerate(rows, 4):
        page.write_row(at, 0, [name, column.name, "yes" if column.compulsory else "no", column.about], wrap)
    page.set_column(0, 2, 18)
    page.set_column(3, 3, 80)


def _format(book: Any, column: Column) -> Any:
    return book.add_format({"num_format": "yyyy-mm-dd" if column.name == "at" else "@"}) if column.name in (
        "at", "id", "element", "activity", "consumer", "provider", "evidence",
    ) else None  # fmt: skip
