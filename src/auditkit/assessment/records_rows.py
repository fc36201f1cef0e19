"""The rows a record test names: a few in the result, all of them in a file a spreadsheet can open safely."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from auditkit.assessment.model import ExceptionRow
from auditkit.assessment.records_plan import Plan
from auditkit.base.place import Place

ROWS_IN_RESULT = 25
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_PARTS = {"e": "exception", "u": "unknown"}
_LARGEST_WHOLE = 1e15
"""Whole numbers up to here are written without a fraction."""


class NamedRows:
    """Collects the rows that tests name, slab by slab, without holding them."""

    def __init__(self, plans: Sequence[Plan], key: str, parts: Path | None) -> None:
        """``parts``: folder for the lists while they grow; None: no lists are wanted."""
        self._plans, self._key, self._parts = plans, key, parts
        self.first: list[list[ExceptionRow]] = [[] for _ in plans]
        """For each plan the first rows that contradict it."""

    def take(self, rows: pl.DataFrame, counts: Mapping[str, int]) -> None:
        """Take the rows of a slab, with the columns ``_e0``, ``_u0``, ``_e1`` ... that say which test names them.

        ``counts`` says how many that are: ``e0``, ``u0``, ``e1`` ...
        """
        for number, plan in enumerate(self._plans):
            for part in _PARTS:
                if not counts[f"{part}{number}"]:
                    continue
                found = rows.filter(pl.col(f"_{part}{number}"))
                if part == "e":
                    wanted = ROWS_IN_RESULT - len(self.first[number])
                    self.first[number] += _exception_rows(plan, found.head(wanted), self._key)
                if self._parts is not None:
                    self._append(number, part, found)

    def _append(self, number: int, part: str, rows: pl.DataFrame) -> None:
        assert self._parts is not None  # noqa: S101 - the caller looked
        listed = rows.select(pl.lit(_PARTS[part]), *_listed(self._plans[number], self._key, rows.schema))
        with (self._parts / f"{number}{part}").open("ab") as stream:
            listed.write_csv(stream, include_header=False, line_terminator="\r\n")


@contextmanager
def named_rows(plans: Sequence[Plan], key: str, folder: Path | None) -> Iterator[NamedRows]:
    """Collect rows; in the end every exception and unknown row of a test stands in ``<test id>.csv`` in ``folder``.

    A test without such rows leaves no file. When something is raised, the folder stays as it was.
    """
    if folder is None:
        yield NamedRows(plans, key, None)
        return
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".rows-") as scratch:
        parts = Path(scratch)
        yield NamedRows(plans, key, parts)
        for number, plan in enumerate(plans):
            target = folder / f"{plan.test.id}.csv"
            found = [path for part in _PARTS if (path := parts / f"{number}{part}").exists()]
            if not found:
                target.unlink(missing_ok=True)
                continue
            whole = parts / f"{number}"
            with whole.open("wb") as sink:
                head = ["computed", "evidence", "file", "sheet", "row", key, *_fields(plan, key)]
                sink.write(("\ufeff" + ",".join(head) + "\r\n").encode())
                for path in found:
                    with path.open("rb") as stream:
                        shutil.copyfileobj(stream, sink, 1 << 20)
            whole.replace(target)


def safe_cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _exception_rows(plan: Plan, rows: pl.DataFrame, key: str) -> Iterator[ExceptionRow]:
    for row in rows.iter_rows(named=True):
        yield ExceptionRow(
            evidence=row["_evidence"],
            place=Place(file=row["_file"], sheet=row["_sheet"], row=row["_row"]),
            key=_text(row.get(key)) or "",
            values={field: _text(row[field]) for field in plan.fields},
        )


def _fields(plan: Plan, key: str) -> list[str]:
    return [field for field in plan.fields if field != key]


def _listed(plan: Plan, key: str, schema: Mapping[str, pl.DataType]) -> list[pl.Expr]:
    """Return the cells of the list of a test's rows, as text, in the order of its head."""
    fields = [key, *_fields(plan, key)]
    return [
        pl.col("_evidence"),
        _safe("_file"),
        _safe("_sheet"),
        pl.col("_row").cast(pl.String),
        *(_cell(one, schema[one]) if one in schema else pl.lit(None, pl.String).alias(one) for one in fields),
    ]


def _cell(name: str, kind: pl.DataType) -> pl.Expr:
    value = pl.col(name)
    if kind == pl.String:
        return _safe(name)
    if kind == pl.Datetime:
        whole = value.dt.strftime("%Y-%m-%d %H:%M:%S")
        finer = value.dt.strftime("%Y-%m-%d %H:%M:%S%.6f")
        return pl.when(value.dt.microsecond() == 0).then(whole).otherwise(finer).alias(name)
    if kind.is_float():
        round_ = (value == value.floor()) & (value.abs() < _LARGEST_WHOLE)
        number = value.cast(pl.Int64, strict=False).cast(pl.String)
        return pl.when(round_).then(number).otherwise(value.cast(pl.String)).alias(name)
    return value.cast(pl.String)


def _safe(name: str) -> pl.Expr:
    """Return text cells that no spreadsheet takes for a formula; an empty text is an empty cell."""
    text = pl.col(name)
    starts = text.str.contains(r"^[=+\-@\t\r]")
    guarded = pl.when(starts).then(pl.concat_str(pl.lit("'"), text)).otherwise(text)
    return pl.when(text != "").then(guarded).alias(name)


def _text(value: object) -> str | None:
    """Return a value as text: booleans in lower case, times without needless seconds' fractions."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _LARGEST_WHOLE else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return str(value)
