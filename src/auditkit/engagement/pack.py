"""The evidence pack: what an assessment rests on, as a folder or a zip by clause, with index, register and digests."""

import csv
import io
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from auditkit.assessment.model import PointVerdict
from auditkit.base.errors import UsageFault
from auditkit.base.ids import is_within
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.run import RunOptions, assess
from auditkit.evidence.lock import digest_item
from auditkit.evidence.model import EvidenceItem
from auditkit.reporting.model import Run

PERSONAL_DATASETS = frozenset({"person", "role", "competence"})
_WITHHELD = re.compile(r"\b(personal|secret|strictly|restricted)\b", re.IGNORECASE)
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_INDEX = ("clause", "title", "requirement", "point", "statement", "verdict", "standing", "evidence", "evidence title", "file", "where", "sha256")  # fmt: skip
_REGISTER = ("evidence", "title", "kind", "type", "version", "owner", "effective", "period", "source", "received", "classification", "file", "sha256")  # fmt: skip
_LEFT_OUT = ("evidence", "title", "why", "sha256")


class PackOptions(NamedTuple):
    """What to pack."""

    target: Path
    """A folder that does not exist yet, or a name that ends in .zip."""
    clause: str | None = None
    redacted: bool = False
    """Leave personal records and restricted files out, and write ids instead of names of persons."""
    without: tuple[str, ...] = ()
    """Evidence ids to leave out."""


class Packed(NamedTuple):
    """What was packed."""

    files: int
    clauses: int
    left_out: tuple[tuple[str, str], ...]
    """Evidence id and why, for what belongs into the pack and is not in it."""


class _Row(NamedTuple):
    verdict: PointVerdict
    item: EvidenceItem
    where: str


def build_pack(opened: OpenEngagement, options: PackOptions) -> Packed:
    """Write the pack; UsageFault when the target is there already, or nothing would be in it."""
    if options.target.exists():
        raise UsageFault(f"{options.target}: it exists already and was not touched. Name another target.")
    run = assess(opened, RunOptions()).run
    items = {item.id: item for item in run.items}
    strangers = sorted(set(options.without) - items.keys())
    if strangers:
        raise UsageFault(f"{', '.join(strangers)} is not in the evidence register.")
    rows = list(_rows(run, items, options.clause))
    if not rows:
        raise UsageFault("No evidence bears on what was asked for, so there is nothing to pack.")
    used = {row.item.id: row.item for row in rows}
    left = {one.id: why for one in used.values() if (why := _why_left_out(opened, one, options)) is not None}
    names = {one.id: _name(one) for one in used.values() if one.id not in left}
    digests = {one.id: _digest(opened, one) for one in used.values()}
    words = _Words(run, options.redacted)
    texts = dict(_texts(run, rows, used, left, names, digests, words))
    sources = {names[key]: opened.layout.evidence / used[key].file for key in names}
    sums = {**{name: digests[key] for key, name in names.items()}}
    texts["SHA256SUMS"] = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    write = _write_zip if options.target.suffix.lower() == ".zip" else _write_folder
    write(options.target, texts, sources)
    clauses = {row.verdict.clause for row in rows}
    return Packed(len(sources), len(clauses), tuple(left.items()))


class _Words:
    """Texts as they go into the pack: with names of persons, or with their ids."""

    def __init__(self, run: Run, redacted: bool) -> None:
        self.run = run
        self.redacted = redacted
        people = {one.name: one.id for one in run.engagement.people}
        self.people = people if redacted else {}

    def __call__(self, text: str | None) -> str:
        shown = text or ""
        for name, identifier in self.people.items():
            shown = shown.replace(name, identifier)
        return shown

    def person(self, text: str | None) -> str:
        """Return who somebody is; redacted, only people of the engagement keep an id, all others are withheld."""
        if not self.redacted or not text:
            return text or ""
        return self.people.get(text, "withheld")


def _rows(run: Run, items: Mapping[str, EvidenceItem], clause: str | None) -> Iterator[_Row]:
    for verdict in run.assessment.points:
        if (
            clause is not None
            and clause not in (verdict.point, verdict.requirement)
            and not is_within(verdict.clause, clause)
        ):
            continue
        places: dict[str, list[str]] = {}
        for result in verdict.results:
            for ref in result.evidence:
                places.setdefault(ref.id, [])
            for quote in result.quotes:
                file = quote.place.file.removeprefix("evidence/")
                owner = next((one.id for one in items.values() if one.file == file), None)
                if owner is not None:
                    places.setdefault(owner, []).append(
                        str(quote.place).removeprefix(f"evidence/{file}").strip(" :,")
                    )
        for identifier in verdict.judgement.on if verdict.judgement and not verdict.suspect else ():
            places.setdefault(identifier, [])
        for identifier in sorted(places.keys() & items.keys()):
            where = "; ".join(dict.fromkeys(one for one in places[identifier] if one))
            yield _Row(verdict, items[identifier], where)


def _why_left_out(opened: OpenEngagement, item: EvidenceItem, options: PackOptions) -> str | None:
    path = opened.layout.evidence / item.file
    if item.kind == "record_export" and path.is_dir():
        return "a folder of Parquet files, not copied"
    if not path.is_file() or not path.resolve().is_relative_to(opened.layout.evidence.resolve()):
        return "the file is not there"
    if item.id in options.without:
        return "left out on request"
    if options.redacted and item.dataset in PERSONAL_DATASETS:
        return "records of persons"
    if options.redacted and _WITHHELD.search(item.classification or ""):
        return f"classified {item.classification}"
    return None


def _texts(
    run: Run,
    rows: Iterable[_Row],
    used: Mapping[str, EvidenceItem],
    left: Mapping[str, str],
    names: Mapping[str, str],
    digests: Mapping[str, str],
    words: _Words,
) -> Iterator[tuple[str, str]]:
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
        yield f"clauses/{_UNSAFE.sub('-', clause)}.md", _clause_page(clause, titles.get(clause, ""), lines)
    yield "README.md", _readme(run, by_clause, titles, names, left, words)


def _readme(
    run: Run,
    clauses: Mapping[str, object],
    titles: Mapping[str, str],
    names: Mapping[str, str],
    left: Mapping[str, str],
    words: _Words,
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
            f"- [{clause} {titles.get(clause, '')}](clauses/{_UNSAFE.sub('-', clause)}.md)"
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


def _registered(item: EvidenceItem, name: str, digest: str, words: _Words) -> tuple[str, ...]:
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


def _name(item: EvidenceItem) -> str:
    stem = _UNSAFE.sub("-", PurePosixPath(item.file).name).strip("-.") or "file"
    return f"evidence/{item.id}-{stem}"


def _digest(opened: OpenEngagement, item: EvidenceItem) -> str:
    return digest_item(opened.layout.evidence, item)


def _csv(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(
        [f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell for cell in row] for row in rows
    )
    return text.getvalue()


def _write_folder(target: Path, texts: Mapping[str, str], sources: Mapping[str, Path]) -> None:
    unfinished = target.with_name(f".{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    for name, text in texts.items():
        path = unfinished / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    for name, source in sources.items():
        (unfinished / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, unfinished / name)
    unfinished.replace(target)


def _write_zip(target: Path, texts: Mapping[str, str], sources: Mapping[str, Path]) -> None:
    unfinished = target.with_name(f".{target.name}.unfinished")
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted((*texts, *sources)):
            entry = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            data = texts[name].encode() if name in texts else sources[name].read_bytes()
            archive.writestr(entry, data)
    unfinished.replace(target)
