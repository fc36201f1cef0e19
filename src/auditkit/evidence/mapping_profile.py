"""Write a proposed mapping as a profile for people to edit: what is sure stands in it, the rest beside it."""

import json
import re
from collections.abc import Iterable

from auditkit.evidence.mapping_model import FieldProposal, Proposal, ValueProposal

PIVOT_YEAR = 70
_UNPRINTABLE = re.compile(
    r"[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]"
)


def profile_text(proposal: Proposal) -> str:
    """Return the proposal as YAML text that is valid as a Profile."""
    used = [one for one in proposal.fields if one.position is not None]
    lines = [
        *_head(proposal),
        *_dates(used),
        "# Times are those of the engagement's zone, unless a zone is named here.",
        "# time_zone: Europe/Berlin",
        f"null_values: {_list(['', *proposal.table.null_values])}",
        *_booleans(proposal),
        *_event_log(proposal),
        "fields:" if used else "fields: {}",
    ]
    for one in proposal.fields:
        lines += _field(one) if one.position is not None else _unused(one)
    lines += _left_over(proposal)
    return "\n".join(lines) + "\n"


def profile_id(proposal: Proposal) -> str:
    """Return an id for the profile, from the name of the file and the dataset."""
    stem = re.sub(r"[^a-z0-9]+", "-", proposal.table.file.rsplit("/", 1)[-1].split(".")[0].lower()).strip("-")
    dataset = (proposal.dataset or "records").replace("_", "-")
    return f"{stem or 'export'}-{dataset}"


def _head(proposal: Proposal) -> list[str]:
    table = proposal.table
    where = f"{table.file}{f', sheet {table.sheet}' if table.sheet else ''}"
    lines = [
        _comment(
            f"Written by people: {proposal.dataset} records as in {where} "
            "(proposed by auditkit evidence map; check every line)"
        ),
        _comment(f"{table.rows:,} rows, {len(table.columns)} columns, header in row {table.header_row}."),
    ]
    if proposal.closest_profile:
        found = f"{proposal.closest_columns} of the columns"
        lines.append(
            _comment(f"The shipped profile {proposal.closest_profile} finds {found}; it may do as it is.")
        )
    lines += [_comment(one) for one in (*table.notes, *proposal.warnings)]
    return [
        *lines,
        f"id: {_quoted(profile_id(proposal))}",
        f"title: {_quoted(f'{proposal.dataset} records as in {where}')}",
        'tool: "unknown"',
        f"dataset: {_quoted(proposal.dataset or '')}",
    ]


def _dates(used: Iterable[FieldProposal]) -> list[str]:
    """Return the date formats: each proven one, and every rival, so that what is unproven stays refused."""
    proven: dict[str, list[str]] = {}
    rivals: dict[str, list[str]] = {}
    lines: list[str] = []
    for one in used:
        if one.dates is None or one.header is None:
            continue
        if one.dates.format is not None:
            proven.setdefault(one.dates.format, []).append(one.header)
        for layout in one.dates.rivals:
            rivals.setdefault(layout, []).append(one.header)
        if one.dates.nearest is not None:
            lines.append(
                _comment(
                    f"{one.header}: no format reads every cell; {one.dates.nearest} reads {one.dates.read:,}. To use it "
                    "all the same, put it first and set declared_date_format: true."
                )
            )
    entries = [
        f"  - {_quoted(layout)}  {_comment('every cell of ' + ', '.join(of))}"
        for layout, of in proven.items()
    ]
    for layout, of in rivals.items():
        said = f"one of several that read {', '.join(of)}: delete the wrong ones"
        if layout not in proven:
            entries.append(f"  - {_quoted(layout)}  {_comment(said)}")
        else:
            lines.append(_comment(f"{layout} is {said}"))
    if any("%y" in layout for layout in (*proven, *rivals)):
        lines += [
            _comment("Years of two digits: from this one on they belong to the 1900s."),
            f"pivot_year: {PIVOT_YEAR}",
        ]
    return [*lines, *(["date_formats:", *entries] if entries else ["date_formats: []"])]


def _booleans(proposal: Proposal) -> list[str]:
    lines = []
    if proposal.true_values:
        lines.append(f"true_values: {_list(['true', 'yes', '1', 'y', *proposal.true_values])}")
    if proposal.false_values:
        lines.append(f"false_values: {_list(['false', 'no', '0', 'n', *proposal.false_values])}")
    return lines


def _event_log(proposal: Proposal) -> list[str]:
    key = next((one for one in proposal.fields if one.field == proposal.key), None)
    if key is None or not any("collapse_to_last_by" in one for one in key.warnings):
        return []
    return [_comment(f"collapse_to_last_by: {key.field}")]


def _field(one: FieldProposal) -> list[str]:
    lines = [f"  {_comment(text)}" for text in (f"{one.sure}: {'; '.join(one.reasons)}", *one.warnings)]
    mapped = [value for value in one.values if len(value.meanings) == 1]
    settings = [
        f"{name}: {json.dumps(value, ensure_ascii=True)}" for name, value in sorted(one.settings.items())
    ]
    head = [f"headers: {_list([one.header or ''])}", *settings]
    if not one.values:
        return [*lines, f"  {one.field}: {{{', '.join(head)}}}"]
    lines += [f"  {one.field}:", *(f"    {entry}" for entry in head)]
    lines.append("    values:" if mapped else "    values: {}")
    return lines + [f"      {_value(value)}" for value in one.values]


def _value(value: ValueProposal) -> str:
    cells = f"{value.cells:,} cell{'s' if value.cells != 1 else ''}"
    if len(value.meanings) == 1:
        return f"{_quoted(value.value)}: {_quoted(value.meanings[0])}  {_comment(cells)}"
    if value.meanings:
        return _comment(f"{_quoted(value.value)}: {' or '.join(value.meanings)}?  {cells}")
    return _comment(f"{_quoted(value.value)}: ?  {cells}")


def _unused(one: FieldProposal) -> list[str]:
    if one.sure == "tie":
        return [f"  {_comment(f'{one.field}: {one.reasons[0]}')}"]
    if one.sure == "possible":
        reasons = "; ".join(one.reasons)
        return [
            f"  {_comment(f'possible, not used: {reasons}')}",
            f"  {_comment(f'{one.field}: {{headers: {_list([one.header or str()])}}}')}",
        ]
    return [f"  {_comment(f'{one.field}: {reason}')}" for reason in one.reasons]


def _left_over(proposal: Proposal) -> list[str]:
    lacking = [one.field for one in proposal.fields if one.sure == "none"]
    lines = [_comment(f"No column was found for: {', '.join(lacking)}.")] if lacking else []
    if proposal.unmapped:
        lines.append(_comment(f"Columns that no field uses: {', '.join(map(_quoted, proposal.unmapped))}."))
    return lines


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"


def _quoted(text: str) -> str:
    """Return a text as a double-quoted scalar; what YAML does not take as it is is escaped."""
    return _UNPRINTABLE.sub(lambda found: json.dumps(found[0])[1:-1], json.dumps(text, ensure_ascii=False))


def _comment(text: str) -> str:
    """Return a comment on one line."""
    return f"# {_UNPRINTABLE.sub(' ', text)}"
