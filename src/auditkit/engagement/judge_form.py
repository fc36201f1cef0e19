"""Forms to judge many points at once: written as CSV or XLSX, filled in by people, taken back row by row."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

from auditkit.assessment.model import JudgementBasis, VerdictValue
from auditkit.base.errors import InputsUnreadable, UsageFault
from auditkit.catalog.exchange.workbook import WorkbookFault, read_sheets
from auditkit.engagement.judge import Given

COLUMNS = (
    "point", "statement", "computed", "why", "evidence", "verdict", "because", "on", "by", "at", "basis", "how_checked",
    "safeguard",
)  # fmt: skip
_FILLED = frozenset(COLUMNS[5:])
_WIDTHS = (12, 60, 14, 50, 16, 16, 60, 16, 8, 12, 14, 30, 30)
_DAY_ZERO = date(1899, 12, 30)


def write_form(rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Write the form as CSV or XLSX, by the ending of its name; a file that is there is not touched."""
    if path.exists():
        raise UsageFault(f"{path}: the file exists already and was not touched.")
    if path.suffix.lower() == ".xlsx":
        _write_workbook(rows, path)
    elif path.suffix.lower() == ".csv":
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({key: _harmless(str(value)) for key, value in row.items()} for row in rows)
        path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    else:
        raise UsageFault(f"{path}: a form ends in .csv or .xlsx.")


def read_form(path: Path) -> tuple[Given, ...]:
    """Read a filled form; rows whose verdict is empty are left out. UsageFault names every row that is wrong."""
    rows = _rows(path)
    faults: list[str] = []
    found: list[Given] = []
    for number, row in rows:
        if not any(row.get(name) for name in _FILLED):
            continue
        why = _fault(row)
        if why is not None:
            faults.append(f"{path.name}, row {number}: {why}")
            continue
        found.append(_given(row, f"{path.name}, row {number}: "))
    if faults:
        raise UsageFault("\n".join(faults))
    if not found:
        raise UsageFault(
            f"{path.name}: no row has a verdict. Fill in verdict, because, by, and what it rests on."
        )
    return tuple(found)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    if not path.is_file():
        raise UsageFault(f"{path}: there is no such file.")
    try:
        if path.suffix.lower() == ".xlsx":
            pages = read_sheets(path)
            table = _cells(pages[0].rows if pages else [])
        else:
            text = path.read_text(encoding="utf-8-sig")
            comma = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
            table = list(enumerate(csv.reader(io.StringIO(text), delimiter=comma, strict=True), 1))
    except (OSError, UnicodeError, csv.Error, WorkbookFault) as error:
        raise InputsUnreadable(
            f"{path.name}: the form cannot be read ({error}). Save it as .csv or .xlsx."
        ) from error
    if not table:
        raise UsageFault(f"{path.name}: it is empty.")
    header = [name.strip().lower() for name in table[0][1]]
    lacking = [name for name in ("point", "verdict", "because", "by") if name not in header]
    if lacking:
        raise UsageFault(f"{path.name}: there is no column {', '.join(lacking)}.")
    return [
        (number, {name: cell.strip() for name, cell in zip(header, cells, strict=False)})
        for number, cells in table[1:]
    ]


def _cells(rows: Sequence[tuple[int, Mapping[int, str]]]) -> list[tuple[int, list[str]]]:
    width = max((at for _, cells in rows for at in cells), default=-1) + 1
    return [(number, [cells.get(at, "") for at in range(width)]) for number, cells in rows]


def _fault(row: Mapping[str, str]) -> str | None:
    verdict = row.get("verdict", "").replace(" ", "_")
    if verdict not in get_args(VerdictValue) or verdict == "not_assessed":
        return f"the verdict {row.get('verdict', '')!r} is none of conforms, nonconforming, not_applicable."
    if row.get("basis") and row["basis"] not in get_args(JudgementBasis):
        return f"the basis {row['basis']!r} is none of {', '.join(get_args(JudgementBasis))}."
    if row.get("at") and _day(row["at"]) is None:
        return f"{row['at']!r} is no day such as 2026-10-15."
    return None


def _given(row: Mapping[str, str], where: str) -> Given:
    return Given(
        point=row.get("point", ""),
        verdict=row["verdict"].replace(" ", "_"),  # type: ignore[arg-type]  # checked before
        because=row.get("because", "").removeprefix("'"),
        by=row.get("by", ""),
        on=tuple(row.get("on", "").replace(",", " ").replace(";", " ").split()),
        at=_day(row["at"]) if row.get("at") else None,
        basis=row.get("basis") or "evidence",  # type: ignore[arg-type]  # checked before
        how_checked=row.get("how_checked", "").removeprefix("'"),
        safeguard=row.get("safeguard", "").removeprefix("'"),
        where=where,
    )


def _day(text: str) -> date | None:
    """Read a day as people write it in ISO form, or as a workbook counts it."""
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        pass
    try:
        number = float(text)
    except ValueError:
        return None
    return _DAY_ZERO + timedelta(days=int(number)) if 1 <= number < 100_000 else None


def _harmless(text: str) -> str:
    """Keep a cell from being taken for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _write_workbook(rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(
        str(path), {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    ) as book:
        book.set_properties({"title": "Judgements", "created": datetime(2000, 1, 1)})  # noqa: DTZ001
        bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        open_ = book.add_format(
            {"text_wrap": True, "valign": "top", "bg_color": "#FFF8E1", "num_format": "@", "border": 4}
        )
        page = book.add_worksheet("Judgements")
        for column, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
            page.write_string(0, column, name, bold)
            page.set_column(column, column, width)
        for number, row in enumerate(rows, 1):
            for column, name in enumerate(COLUMNS):
                page.write_string(number, column, str(row[name]), open_ if name in _FILLED else plain)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, max(1, len(rows)), len(COLUMNS) - 1)
        choices = {"validate": "list", "source": ["conforms", "nonconforming", "not_applicable"]}
        page.data_validation(
            1, COLUMNS.index("verdict"), max(1, len(rows)), COLUMNS.index("verdict"), choices
        )
