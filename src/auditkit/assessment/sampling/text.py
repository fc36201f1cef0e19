"""The text of workpapers/samples/SA-*.yaml: a human file, one line an item, the same bytes for the same sample."""

import re
from collections.abc import Iterable

from auditkit.assessment.sampling.model import Sample, SampleAttribute, SampleItem, plain
from auditkit.base.yamltext import quoted

HEAD = """\
# Written by people: a sample drawn by auditkit sample draw, and what was found in it. Answers: yes, no, not_determinable.
# Fill in the answers here or in the sheet beside it; a design, count or item changed by hand makes the sample suspect.
"""
_IN_QUOTES = re.compile(r"""\"(?:[^"\\]|\\.)*\"|'[^']*'""")
_UNPRINTED = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def sample_text(sample: Sample) -> str:
    """Return the file of a sample."""
    lines = [
        f"id: {sample.id}",
        f"title: {_quoted(sample.title)}",
        f"dataset: {_quoted(sample.dataset)}",
        f"where: {_quoted(sample.where)}",
        "attributes:",
        *(f"  - {_attribute(one)}" for one in sample.attributes),
        f"drawn_by: {_quoted(sample.drawn_by)}",
        f"drawn_at: {sample.drawn_at}",
        f"design: {_design(sample)}",
        "population:",
        *_population(sample),
        f"acceptable: {sample.acceptable}",
        f"examined_by: {_text(sample.examined_by)}",
        f"examined_at: {sample.examined_at or 'null'}",
        "items:",
        *(f"  - {_item(one)}" for one in sample.items),
    ]
    return HEAD + "\n".join(lines) + "\n"


def foreign_comment(text: str) -> int | None:
    """Return the line of the first comment somebody added, which writing the file anew would lose."""
    own = HEAD.splitlines()
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if line not in own and "#" in _IN_QUOTES.sub("", line):
            return number
    return None


def _attribute(one: SampleAttribute) -> str:
    fields = [
        f"id: {one.id}",
        f"text: {_quoted(one.text)}",
        f"point: {_quoted(one.point)}",
        f"basis: {one.basis}",
    ]
    if one.evidence is not None:
        fields.append(f"evidence: {_quoted(one.evidence)}")
    if one.place:
        fields.append(f"place: {_quoted(one.place)}")
    return _map(fields)


def _design(sample: Sample) -> str:
    one = sample.design
    fields = [
        f"method: {one.method}",
        f"seed: {_quoted(one.seed)}",
        f"confidence_percent: {plain(one.confidence_percent)}",
        f"tolerable_percent: {plain(one.tolerable_percent)}",
        f"expected_percent: {plain(one.expected_percent)}",
    ]
    if one.by is not None:
        fields.append(f"by: {_quoted(one.by)}")
    if one.weights:
        weights = (f"{_quoted(value)}: {plain(weight)}" for value, weight in one.weights.items())
        fields.append(f"weights: {_map(weights)}")
    if one.size is not None:
        fields.append(f"size: {one.size}")
    if one.per_stratum is not None:
        fields.append(f"per_stratum: {one.per_stratum}")
    return _map(fields)


def _population(sample: Sample) -> list[str]:
    one = sample.population
    lines = [f"  count: {one.count}", f"  unknown: {one.unknown}", f"  digest: {_quoted(one.digest)}"]
    if one.weight is not None:
        lines.append(f"  weight: {plain(one.weight)}")
    lines.append("  evidence:")
    for ref in one.evidence:
        fields = (f"id: {ref.id}", f"file: {_quoted(ref.file)}", f"sha256: {_quoted(ref.sha256)}")
        lines.append(f"    - {_map(fields)}")
    if one.strata:
        lines.append("  strata:")
    for stratum in one.strata:
        fields = (
            f"value: {_text(stratum.value)}",
            f"population: {stratum.population}",
            f"drawn: {stratum.drawn}",
        )
        lines.append(f"    - {_map(fields)}")
    return lines


def _item(one: SampleItem) -> str:
    fields = [f"key: {_quoted(one.key)}", f"evidence: {one.evidence}", f"file: {_quoted(one.file)}"]
    if one.sheet is not None:
        fields.append(f"sheet: {_quoted(one.sheet)}")
    fields.append(f"row: {one.row}")
    if one.stratum is not None:
        fields.append(f"stratum: {_quoted(one.stratum)}")
    if one.weight is not None:
        fields.append(f"weight: {plain(one.weight)}")
    if one.whole:
        fields.append("whole: true")
    fields.append(f"cells: {_quoted(one.cells)}")
    results = (
        f"{key}: {{answer: {found.answer or 'null'}, note: {_quoted(found.note)}}}"
        for key, found in one.results.items()
    )
    return _map([*fields, f"results: {_map(results)}"])


def _map(fields: Iterable[str]) -> str:
    return "{" + ", ".join(fields) + "}"


def _text(value: str | None) -> str:
    return "null" if value is None else _quoted(value)


def _quoted(text: str) -> str:
    """Return a text on one line; what YAML does not print, or takes for the end of a line, is escaped."""
    return _UNPRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted(text))
