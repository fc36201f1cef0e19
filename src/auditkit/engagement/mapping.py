"""Propose a mapping for an export whose tool has no profile: look at it, say what was found, write a profile."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from auditkit.base.errors import InputsUnreadable, UsageFault
from auditkit.base.issue import InputIssue
from auditkit.engagement.layout import checklists_folder
from auditkit.evidence.datasets import load_datasets
from auditkit.evidence.mapping import learn, propose
from auditkit.evidence.mapping_model import FieldProposal, Proposal, ValueProposal
from auditkit.evidence.mapping_profile import profile_text
from auditkit.evidence.mapping_words import MappingWords, load_mapping_words
from auditkit.evidence.model import Dataset, Profile
from auditkit.evidence.profiles import load_profiles, normal_header, template_profile

_WIDEST_CHARACTERS = 34
_MOST_VALUES = 12


def map_export(path: Path, dataset: str | None = None, sheet: str | None = None) -> Proposal:
    """Propose how an export maps to a dataset, or to the one that fits best.

    UsageFault for an unknown dataset; InputsUnreadable when the file is no table.
    """
    from auditkit.evidence.tables_columns import look_at_columns
    from auditkit.evidence.tables_text import TableFault

    datasets, profiles, words = _known()
    if dataset is not None and dataset not in {one.id for one in datasets}:
        known = ", ".join(sorted(one.id for one in datasets))
        raise UsageFault(f"{dataset}: there is no such dataset. Known: {known}.")
    headers = {normal_header(header) for one in profiles for e in one.fields.values() for header in e.headers}
    meanings = frozenset(words.concept_of.values())
    headers |= {normal_header(field.name) for one in datasets for field in one.fields}

    def knows(header: str) -> bool:
        ideas = words.ideas(header)
        return normal_header(header) in headers or (bool(ideas) and ideas <= meanings)

    nulls = {word for one in (*profiles, template_profile(datasets[0])) for word in one.null_values}
    try:
        table = look_at_columns(
            path, path.name, sheet, knows, sorted(word for word in nulls if not word.isdigit()), profiles
        )
    except TableFault as fault:
        raise InputsUnreadable(
            f"{path}: no mapping can be proposed: {fault}. Ask for the export as CSV or XLSX."
        ) from fault
    return propose(table, learn(datasets, profiles, words), words, dataset)


def write_profile(proposal: Proposal, target: Path) -> None:
    """Write the proposed profile; UsageFault when no dataset was chosen or the file exists."""
    if proposal.dataset is None:
        why = "Several kinds of record fit alike" if proposal.tied else "No kind of record fits"
        raise UsageFault(f"{why}, so no profile was written. Name one with --dataset.")
    if target.suffix not in (".yaml", ".yml"):
        raise UsageFault(f"{target}: a profile is a .yaml file.")
    if target.exists():
        raise UsageFault(f"{target}: the file exists already and was not touched. Name another with --to.")
    target.write_text(profile_text(proposal), encoding="utf-8")


def proposal_text(proposal: Proposal) -> str:
    """Return the proposal in words, for a person at a terminal."""
    table = proposal.table
    where = f"{table.file}, sheet {table.sheet}" if table.sheet else table.file
    size = f"{table.rows:,} row{'s' if table.rows != 1 else ''}, {len(table.columns)} columns"
    lines = [f"{where}: {size}, header in row {table.header_row}."]
    lines += [f"  {note}" for note in table.notes]
    lines += _kinds(proposal)
    if proposal.dataset is None:
        return _printable([*lines, "", "Name one with --dataset to see its fields."])
    if proposal.closest_profile:
        lines.append(
            f"The shipped profile {proposal.closest_profile} finds {proposal.closest_columns} of the columns; "
            "it may do as it is."
        )
    lines += ["", *_table(one for one in proposal.fields if one.sure != "none")]
    lines += _section("Dates", _dates(proposal.fields))
    lines += _section("Values that need a value map", _values(proposal.fields))
    lines += _section("To check", _warnings(proposal))
    lacking = [one.field for one in proposal.fields if one.sure == "none"]
    lines += _section("Fields without a column", [", ".join(lacking)] if lacking else [])
    lines += _section("Columns without a field", [", ".join(proposal.unmapped)] if proposal.unmapped else [])
    return _printable(lines)


def _known() -> tuple[tuple[Dataset, ...], tuple[Profile, ...], MappingWords]:
    folder = checklists_folder()
    datasets, issues = load_datasets(folder / "datasets.yaml", "checklists/datasets.yaml")
    profiles, more = load_profiles(folder / "profiles", "checklists/profiles")
    words, still = load_mapping_words(folder / "mapping-words.yaml", "checklists/mapping-words.yaml")
    faults: list[InputIssue] = [one for one in (*issues, *more, *still) if one.severity == "error"]
    if faults:
        raise InputsUnreadable("\n".join(map(str, faults)))
    return datasets, profiles, words


def _kinds(proposal: Proposal) -> list[str]:
    if not proposal.ranking:
        return []
    if proposal.dataset is None and not proposal.tied:
        return ["Kind of record: none fits; fewer than two fields were found."]
    if proposal.tied:
        alike = [f"  {one.dataset} ({one.title}): {one.fields} fields" for one in proposal.ranking]
        return ["Kind of record: several fit alike, so none was chosen.", *alike]
    best, *others = proposal.ranking
    why = f"; {'; '.join(best.why)}" if best.why else ""
    lines = [f"Kind of record: {best.dataset} ({best.title}), {best.fields} fields found{why}."]
    if others:
        lines.append(f"  Next: {', '.join(f'{one.dataset} ({one.fields})' for one in others)}.")
    return lines


def _table(fields: Iterable[FieldProposal]) -> Iterator[str]:
    rows = [("field", "column", "how sure", "why")]
    for one in fields:
        column = one.header if one.header is not None else " | ".join(one.rivals)
        rows.append((one.field, _short(column), one.sure, "; ".join(one.reasons)))
    widths = [max(len(row[at]) for row in rows) for at in range(3)]
    for row in rows:
        yield "  ".join(
            [*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]]
        ).rstrip()


def _dates(fields: Iterable[FieldProposal]) -> list[str]:
    lines = []
    for one in fields:
        dates = one.dates
        if dates is None or one.header is None:
            continue
        if dates.format is not None:
            said = f"{dates.format} alone reads every cell"
        elif dates.rivals:
            said = f"refused, because the cells read in several ways: {', '.join(dates.rivals)}"
        elif dates.serial:
            said = "refused, because the cells are day numbers of a spreadsheet"
        elif dates.nearest is not None:
            said = f"refused, because no format reads every cell; {dates.nearest} reads {dates.read:,}"
        else:
            said = "the column is empty"
        lines.append(f"{one.header}: {said}")
    return lines


def _values(fields: Iterable[FieldProposal]) -> list[str]:
    return [
        f"{one.field} ({one.header}): {', '.join(map(_value, one.values[:_MOST_VALUES]))}"
        + (f" and {len(one.values) - _MOST_VALUES} more" if len(one.values) > _MOST_VALUES else "")
        for one in fields
        if one.values and one.position is not None
    ]


def _value(one: ValueProposal) -> str:
    if len(one.meanings) == 1:
        return f"{one.value} = {one.meanings[0]}"
    return f"{one.value} = {' or '.join(one.meanings)}?" if one.meanings else f"{one.value} = ?"


def _warnings(proposal: Proposal) -> list[str]:
    found = [warning for one in proposal.fields if one.position is not None for warning in one.warnings]
    found += [
        f"{one.field}: {reason}" for one in proposal.fields if one.sure == "none" for reason in one.reasons
    ]
    return [*proposal.warnings, *found]


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", f"{title}:", *(f"  {line}" for line in lines)] if lines else []


def _short(text: str) -> str:
    return text if len(text) <= _WIDEST_CHARACTERS else f"{text[: _WIDEST_CHARACTERS - 1]}…"


def _printable(lines: Iterable[str]) -> str:
    """Return lines without control characters, which a header of a hostile file could send to the terminal."""
    return "\n".join("".join(one if one.isprintable() else "?" for one in line) for line in lines)
