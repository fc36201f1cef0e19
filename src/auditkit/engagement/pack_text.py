"""The texts of an evidence pack: index, register, what was left out, a page for each clause, and README."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from auditkit.assessment.model import PointVerdict
from auditkit.evidence.model import EvidenceItem
from auditkit.reporting.model import Run

UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
"""What names of files in a pack do not hold."""
_INDEX = ("clause", "title", "requirement", "point", "statement", "verdict", "standing", "evidence", "evidence title", "file", "where", "sha256")  # fmt: skip
_REGISTER = ("evidence", "title", "kind", "type", "version", "owner", "effective", "period", "source", "received", "classification", "file", "sha256")  # fmt: skip
_LEFT_OUT = ("evidence", "title", "why", "sha256")


class Row(NamedTuple):
    """An evidence item that bears on a point."""

    verdict: PointVerdict
    item: EvidenceItem
    where: str
    """Where in the item; empty: not said."""


class Words:
    """Texts as they go into the pack: with names of persons, or with their ids."""

    def __init__(self, run: Run, redacted: bool) -> None:
        """Keep whom ids stand for; redacted: ids are written."""
        self.run = run
        self.redacted = redacted
        people = {one.name: one.id for one in run.engagement.people}
        self.people = people if redacted else {}

    def __call__(self, text: str | None) -> str:
        """Return a text as it goes into the pack."""
        shown = text or ""
        for name, identifier in self.people.items():
            shown = shown.replace(name, identifier)
        return shown

    def person(self, text: str | None) -> str:
        """Return who somebody is; redacted, only people of the engagement keep an id, all others are withheld."""
        if not self.redacted or not text:
            return text or ""
        return self.people.get(text, "withheld")


def pack_texts(
    run: Run,
    rows: Iterable[Row],
    used: Mapping[str, EvidenceItem],
    left: Mapping[str, str],
    names: Mapping[str, str],
    digests: Mapping[str, str],
    words: Words,
) -> Iterator[tuple[str, str]]:
    """Yield the texts of a pack by their names in it: index, register, what was left out, a page a clause, README."""
    statements = {point.id: point.statement for point in run.catalog.points}
    titles = {one.clause: one.title for one in run.catalog.clauses}
    index = [
        (
            row.verdict.clause,
            titles.get(row.verdict.clause, ""),
            row.verdict.requirement,
            row.verdict.point,
            statements.get(row.verdict.point, ""),
            row.verdict.value.replace("_", " "),
            row.verdict.standing,
            row.item.id,
            words(row.item.title),
            names.get(row.item.id, f"not in the pack: {left.get(row.item.id, '')}"),
            row.where,
            digests[row.item.id],
        )
        for row in rows
    ]
    yield "index.csv", _csv(_INDEX, index)
    yield (
        "register.csv",
        _csv(
            _REGISTER,
            [_registered(one, names.get(one.id, ""), digests[one.id], words) for one in used.values()],
        ),
    )
    if left:
        yield (
            "left-out.csv",
            _csv(_LEFT_OUT, [(key, words(used[key].title), why, digests[key]) for key, why in left.items()]),
        )
    by_clause: dict[str, list[tuple[str, ...]]] = {}
    for line in index:
        by_clause.setdefault(line[0], []).append(line)
    for clause, lines in by_clause.items():
        yield f"clauses/{UNSAFE.sub('-', clause)}.md", _clause_page(clause, titles.get(clause, ""), lines)
    yield "README.md", _readme(run, by_clause, titles, names, left, words)


def _readme(
    run: Run,
    clauses: Mapping[str, object],
    titles: Mapping[str, str],
    names: Mapping[str, str],
    left: Mapping[str, str],
    words: Words,
) -> str:
    engagement = run.engagement
    lines = [
        f"# Evidence pack: {words(engagement.title)}",
        "",
        f"Computed by auditkit {run.trace.tool_version}, run {run.trace.run_id}; as of {engagement.as_of}, period "
        f"{engagement.period.start} to {engagement.period.end}, {engagement.organisation.name}.",
        "",
        f"{len(names)} files in `evidence/`, each once; {len(left)} left out (`left-out.csv`)."
        if left
        else f"{len(names)} files in `evidence/`, each once.",
        "`index.csv` says which file bears on which requirement and where in it; `register.csv` where each file came from.",
        "Check the files with `sha256sum -c SHA256SUMS`.",
        *(
            ["Names of persons are withheld in the index and the register; the files are as received."]
            if words.redacted
            else []
        ),
        "",
        *(
            f"- [{clause} {titles.get(clause, '')}](clauses/{UNSAFE.sub('-', clause)}.md)"
            for clause in clauses
        ),
    ]
    return "\n".join(lines) + "\n"


def _clause_page(clause: str, title: str, lines: list[tuple[str, ...]]) -> str:
    text = [f"# {clause} {title}", ""]
    point = ""
    for line in lines:
        if line[3] != point:
            point = line[3]
            text += ["", f"## {point}: {line[5]}, {line[6]}", "", line[4], ""]
        file, where = line[9], f" ({line[10]})" if line[10] else ""
        shown = (
            f"[{line[7]} {line[8]}](../{file})"
            if file.startswith("evidence/")
            else f"{line[7]} {line[8]}, {file}"
        )
        text.append(f"- {shown}{where}")
    return "\n".join(text) + "\n"


def _registered(item: EvidenceItem, name: str, digest: str, words: Words) -> tuple[str, ...]:
    return (
        item.id,
        words(item.title),
        item.kind,
        item.document_type or item.dataset or "",
        item.version or "",
        words.person(item.owner),
        str(item.effective_at or ""),
        f"{item.period.start} to {item.period.end}" if item.period else "",
        item.source or "",
        f"{item.received_at or ''} {words.person(item.received_from)}".strip(),
        item.classification or "",
        name,
        digest,
    )


def _csv(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(
        [f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell for cell in row] for row in rows
    )
    return text.getvalue()
