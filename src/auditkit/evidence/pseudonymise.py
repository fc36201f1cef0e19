"""Copy an export with pseudonyms in place of persons: which columns hold them, and which cells stay as they are.

Only the cells of persons change. A CSV keeps its delimiter, its rows and their order; a workbook is written anew with
the one sheet that holds the records, because the rest of it (other sheets, comments, properties) may name persons.
"""

import csv
import gzip
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from auditkit.evidence import tables_text as text_of
from auditkit.evidence.model import Dataset, Profile, ProfileField
from auditkit.evidence.persons import PSEUDONYM, Persons
from auditkit.evidence.persons_text import NameFinder
from auditkit.evidence.profiles import Mapping, choose_profile, map_headers, normal_header
from auditkit.evidence.tables_header import Header, find_header
from auditkit.evidence.tables_rows import Sieve
from auditkit.evidence.tables_sheet import ERROR_VALUES, Sheet, read_sheets
from auditkit.evidence.tables_source import find_shape
from auditkit.evidence.tables_text import TableFault


class Wanted(NamedTuple):
    """What to copy, and as what to read it."""

    dataset: Dataset
    profiles: tuple[Profile, ...]
    """Those of the dataset."""
    profile: str | None = None
    """Id of the profile; None: the one that fits best."""
    sheet: str | None = None
    persons_in: tuple[str, ...] = ()
    """Headers of further columns that hold persons."""
    emptied: tuple[str, ...] = ()
    """Headers of columns whose cells are left out."""
    keep: tuple[str, ...] = ()
    """Cells that name no person, such as CAB."""
    packed: bool = False
    """Write a text packed with gzip."""


class Copied(NamedTuple):
    """What became of an export."""

    profile: str
    rows: int
    """Rows below the header."""
    columns: tuple[str, ...]
    """Headers of the columns with persons."""
    persons: int
    """Different pseudonyms in this file."""
    cells: int
    """Cells that were replaced."""
    emptied: tuple[str, ...]
    unused: tuple[str, ...]
    """Headers of columns that no field uses; they were copied as they are."""
    naming: dict[str, int]
    """Header to the number of other cells in which a known name occurs; ``""``: above the header."""
    encoding: str = ""
    """For text that was not UTF-8: what it was read as; the copy is UTF-8."""
    other_sheets: tuple[str, ...] = ()
    """Sheets that were left out of the copy."""
    spellings: int = 0
    """Persons of the engagement who are written in more than one way; tests see each of them as one."""


class _Column(NamedTuple):
    """A column of persons: the cells in it that name nobody, and the columns it is joined with."""

    stays: frozenset[str]
    patterns: tuple[re.Pattern[str], ...] = ()
    joined: tuple[int, ...] = ()
    join: str = ""


def copy_export(source: Path, target: Path, wanted: Wanted, persons: Persons) -> Copied:
    """Write the copy to ``target``, which must not exist; TableFault says why an export cannot be read."""
    with TemporaryDirectory(prefix="auditkit-") as scratch:
        kind = text_of.signature(source)
        if kind == "zip":
            return _workbook(source, target, wanted, persons)
        if kind == "gzip":
            unpacked = Path(scratch) / "unpacked"
            text_of.unpack(source, unpacked)
            source = unpacked
            text_of.signature(source)
        return _text(source, target, wanted, persons)


class _Copy:
    """One table on its way: rows in, rows out, with the counts."""

    def __init__(
        self, header: Header, above: Sequence[Sequence[str]], wanted: Wanted, persons: Persons
    ) -> None:
        self.names, self._persons = header.names, persons
        self.profile = header.mapping.profile.id
        key = header.mapping.columns.get(wanted.dataset.key)
        self._sieve = Sieve(header.names, above, key)
        self.columns = _columns(header, wanted)
        self.emptied = _positions(header.names, wanted.emptied, "--leave-out")
        used = header.mapping.positions | self.columns.keys() | set(self.emptied)
        self.unused = tuple(one for at, one in enumerate(header.names) if one and at not in used)
        self.rows = self.cells = 0
        self.seen: set[str] = set()

    def row(self, number: int, cells: Sequence[str]) -> list[str]:
        """Return a row below the header as it is copied; what is no record, such as a total, stays."""
        self.rows += 1
        copied = ["" if at in self.emptied else cell for at, cell in enumerate(cells)]
        if self._sieve.reason(number, cells) is not None:
            return copied
        for at, column in self.columns.items():
            if at < len(cells) and at not in self.emptied:
                self._replace(copied, cells, at, column)
        return copied

    def _replace(self, copied: list[str], cells: Sequence[str], at: int, column: _Column) -> None:
        if column.joined:
            parts = [(one, cells[one].strip()) for one in column.joined if one < len(cells)]
            filled = [one for one, part in parts if not _names_nobody(part, column)]
            if not filled or at != filled[0]:
                copied[at] = "" if at in filled else copied[at]
                return
            text = column.join.join(part for one, part in parts if one in filled)
        else:
            text = cells[at]
            if _names_nobody(text.strip(), column):
                return
        copied[at] = self._persons.cell(text)
        self.cells += 1
        self.seen.add(copied[at])


def _names_nobody(cell: str, column: _Column) -> bool:
    return cell.lower() in column.stays or any(one.fullmatch(cell) for one in column.patterns)


def _columns(header: Header, wanted: Wanted) -> dict[int, _Column]:
    """Return the columns that hold persons by position: by the profile, by other profiles, and as the caller says."""
    mapping = header.mapping
    nobody = frozenset(one.lower() for one in (*mapping.profile.null_values, *ERROR_VALUES, *wanted.keep, ""))
    fields = {field.name for field in wanted.dataset.fields if field.person}
    found: dict[int, _Column] = {}
    of_persons = {at for name, at in mapping.columns.items() if name in fields}
    taken = {at for name, at in mapping.columns.items() if name not in fields} - of_persons
    entries = [(mapping.profile.fields[name], name) for name in fields & mapping.profile.fields.keys()]
    for entry, name in entries:
        many = mapping.joined.get(name, ())
        column = _column(entry, nobody)
        if len(many) > 1:
            found |= {at: column._replace(joined=many, join=entry.join or " ") for at in many}
    spoken = {normal_header(one) for one in fields}
    for profile in wanted.profiles:
        spoken |= {
            normal_header(one)
            for name in fields & profile.fields.keys()
            for one in profile.fields[name].headers
        }
    of_header = {normal_header(one): _column(entry, nobody) for entry, _ in entries for one in entry.headers}
    for at, name in enumerate(header.names):
        plain = normal_header(name)
        if plain in spoken and at not in taken and at not in found:
            found[at] = of_header.get(plain, _Column(nobody))
    for at in _positions(header.names, wanted.persons_in, "--persons-in"):
        found.setdefault(at, _Column(nobody))
    return dict(sorted(found.items()))


def _column(entry: ProfileField, nobody: frozenset[str]) -> _Column:
    """Return what of a column stays: words for nothing, and cells to which the profile gives a value of its own."""
    stays = nobody | {one.lower() for one in entry.values}
    return _Column(stays, tuple(re.compile(one, re.IGNORECASE) for one in entry.patterns))


def _positions(names: Sequence[str], headers: Iterable[str], option: str) -> tuple[int, ...]:
    found = []
    for one in headers:
        same = [at for at, name in enumerate(names) if normal_header(name) == normal_header(one)]
        if not same:
            raise TableFault(f"{option} names {one!r}, but the columns are: {', '.join(filter(None, names))}")
        found += same
    return tuple(found)


def _choose(wanted: Wanted, header: list[str]) -> Mapping | None:
    if wanted.profile is None:
        return choose_profile(header, wanted.dataset, wanted.profiles)
    named = next((one for one in wanted.profiles if one.id == wanted.profile), None)
    if named is None:
        known = ", ".join(sorted(one.id for one in wanted.profiles)) or "none"
        raise TableFault(
            f"there is no profile {wanted.profile!r} for {wanted.dataset.id}; there are: {known}"
        )
    mapping = map_headers(header, named)
    fits = {*mapping.columns, *mapping.doubled}
    return mapping if wanted.dataset.key in fits else None


def _text(source: Path, target: Path, wanted: Wanted, persons: Persons) -> Copied:
    shape, header = find_shape(text_of.shape(source), partial(_choose, wanted))
    copy = _Copy(header, shape.sample[: header.row - 1], wanted, persons)
    stream = io.StringIO(newline="")
    if shape.separator_line:
        stream.write(f"sep={shape.delimiter}\r\n")
    writer = csv.writer(stream, delimiter=shape.delimiter)
    for number, row in enumerate(text_of.rows(shape), 1):
        writer.writerow(row if number <= header.row else copy.row(number, row))
    data = stream.getvalue().encode("utf-8-sig")
    target.write_bytes(gzip.compress(data, mtime=0) if wanted.packed else data)
    stream.seek(0)
    lines = (line for line in stream)
    if shape.separator_line:
        next(lines)
    again = csv.reader(lines, delimiter=shape.delimiter)
    plain = shape.encoding.lower().startswith("utf-8")
    return _told(copy, again, header, persons)._replace(encoding="" if plain else shape.encoding)


def _workbook(source: Path, target: Path, wanted: Wanted, persons: Persons) -> Copied:
    from auditkit.evidence.pseudonymise_sheet import write_sheet

    found: tuple[Sheet, Header] | None = None
    others: list[str] = []
    for sheet in read_sheets(source, wanted.sheet):
        others += [one for one in sheet.hidden if one not in others and one != sheet.name]
        try:
            header = find_header(sheet.rows, partial(_choose, wanted), sheet.merged)
        except TableFault:
            others.append(sheet.name)
            continue
        if found is None:
            found = sheet, header
        else:
            others.append(sheet.name)
    if found is None:
        raise TableFault("no sheet has a header row that fits the dataset")
    sheet, header = found
    copy = _Copy(header, sheet.rows[: header.row - 1], wanted, persons)
    rows = write_sheet(sheet, header, target, copy.row)
    return _told(copy, rows, header, persons)._replace(other_sheets=tuple(others))


def _told(copy: _Copy, rows: Iterable[Sequence[str]], header: Header, persons: Persons) -> Copied:
    """Count the cells outside the columns of persons in which a known name occurs."""
    finder = NameFinder({name: "" for spellings in persons.written.values() for name in spellings})
    naming: dict[str, int] = {}
    for number, row in enumerate(rows if copy.columns else (), 1):
        for at, cell in enumerate(row):
            if (number <= header.row or at not in copy.columns) and cell and finder.finds(cell):
                name = copy.names[at] if number > header.row and at < len(copy.names) else ""
                naming[name] = naming.get(name, 0) + 1
    return Copied(
        profile=copy.profile,
        rows=copy.rows,
        columns=tuple(copy.names[at] for at in copy.columns),
        persons=len({one for cell in copy.seen for one in _pseudonyms(cell)}),
        cells=copy.cells,
        emptied=tuple(copy.names[at] for at in copy.emptied),
        unused=copy.unused,
        naming=naming,
        spellings=sum(len(names) > 1 for names in persons.written.values()),
    )


def _pseudonyms(cell: str) -> Iterator[str]:
    yield from (match[0] for match in PSEUDONYM.finditer(cell))
