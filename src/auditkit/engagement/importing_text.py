"""What an import says for people: what was replaced, and what was not and may still name somebody."""

from collections.abc import Iterator

from auditkit.evidence.pseudonymise import Copied


def import_lines(name: str, copied: Copied) -> Iterator[str]:
    """Yield the lines about one pseudonymised file; no line holds a name."""
    columns = ", ".join(copied.columns)
    yield (
        f"{name}: {_count(copied.rows, 'row')} read by profile {copied.profile}; {_count(copied.cells, 'cell')} "
        f"replaced by {_count(copied.persons, 'pseudonym')}, in {columns}."
    )
    if copied.emptied:
        yield f"  Left out: {', '.join(copied.emptied)}."
    if copied.spellings:
        yield (
            f"  {_count(copied.spellings, 'person')} of the engagement {_is(copied.spellings)} written in more than one "
            "way; tests that compare persons take each for one."
        )
    for header, number in copied.naming.items():
        where = f"column {header!r}" if header else "the rows above, or cells outside the columns"
        yield f"  Not touched: {_count(number, 'cell')} in {where} {'holds' if number == 1 else 'hold'} a known name."
    if copied.unused:
        yield (
            f"  Not looked at, because no field uses them: {', '.join(copied.unused)}. If one holds persons, name it with "
            "--persons-in or --leave-out, and import anew."
        )
    if copied.other_sheets:
        yield f"  Not copied: sheets {', '.join(copied.other_sheets)}."
    if copied.encoding:
        yield f"  It was read as {copied.encoding}; the copy is UTF-8."


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
