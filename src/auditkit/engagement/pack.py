"""The evidence pack: what an assessment rests on, as a folder or a zip by clause, with index, register and digests."""

import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from auditkit.base.errors import UsageFault
from auditkit.base.ids import is_within
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.pack_text import UNSAFE, Row, Words, pack_texts
from auditkit.engagement.run import RunOptions, assess
from auditkit.evidence.lock import digest_item
from auditkit.evidence.model import EvidenceItem
from auditkit.reporting.model import Run

PERSONAL_DATASETS = frozenset({"person", "role", "competence"})
_WITHHELD = re.compile(r"\b(personal|secret|strictly|restricted)\b", re.IGNORECASE)


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
    words = Words(run, options.redacted)
    texts = dict(pack_texts(run, rows, used, left, names, digests, words))
    sources = {names[key]: opened.layout.evidence / used[key].file for key in names}
    sums = {**{name: digests[key] for key, name in names.items()}}
    texts["SHA256SUMS"] = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    write = _write_zip if options.target.suffix.lower() == ".zip" else _write_folder
    write(options.target, texts, sources)
    clauses = {row.verdict.clause for row in rows}
    return Packed(len(sources), len(clauses), tuple(left.items()))


def _rows(run: Run, items: Mapping[str, EvidenceItem], clause: str | None) -> Iterator[Row]:
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
            yield Row(verdict, items[identifier], where)


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


def _name(item: EvidenceItem) -> str:
    stem = UNSAFE.sub("-", PurePosixPath(item.file).name).strip("-.") or "file"
    return f"evidence/{item.id}-{stem}"


def _digest(opened: OpenEngagement, item: EvidenceItem) -> str:
    return digest_item(opened.layout.evidence, item)


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
