"""One measurement of ``evidence.py``, in a process of its own: prints wall and CPU seconds, children included, as JSON."""

import argparse
import hashlib
import json
import os
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Work = Callable[[Path], dict[str, Any]]
"""Takes the engagement folder; returns figures. ``since``: when what is measured began."""
EVIDENCE, CACHE, MANIFEST = "evidence", ".auditkit-cache", "manifest.json"


def walk(folder: Path) -> dict[str, Any]:
    """Walk the files and compare size and time with a list: the yardstick of a re-run. Writes the list if it is not there."""
    facts: dict[str, list[int]] = {}
    pending = [str(folder / EVIDENCE)]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                else:
                    said = entry.stat(follow_symlinks=False)
                    facts[entry.path] = [said.st_size, said.st_mtime_ns, said.st_ino]
    try:
        known = json.loads((folder / MANIFEST).read_bytes())
    except OSError:
        (folder / MANIFEST).write_text(json.dumps(facts))
        known = facts
    return {"files": len(facts), "changed": sum(known.get(path) != said for path, said in facts.items())}


def read(folder: Path) -> dict[str, Any]:
    """Read the evidence, or find it unchanged: the whole process, imports included."""
    from auditkit.evidence.read import list_files, read_files

    found = read_files(folder / EVIDENCE, list_files(folder / EVIDENCE), folder / CACHE)
    return {"files": len(found), "read": sum(one.status == "read" for one in found.values())}


def opened(folder: Path) -> dict[str, Any]:
    """Do the same and count the files of evidence that are opened, here or by a child."""
    seen = {"opened": 0, "children": 0}
    below = str(folder / EVIDENCE) + os.sep

    def hear(event: str, values: tuple[Any, ...]) -> None:
        if event == "open" and str(values[0]).startswith(below):
            seen["opened"] += 1
        seen["children"] += event == "subprocess.Popen"

    sys.addaudithook(hear)
    return {**read(folder), **seen}


def run(folder: Path) -> dict[str, Any]:
    """Run the engagement, without reports."""
    return _assess(folder, times=1)


def run_twice_as_many(folder: Path) -> dict[str, Any]:
    """Run it with every requirement of the catalog standing twice."""
    return _assess(folder, times=2)


def hashlib_loop(folder: Path) -> dict[str, Any]:
    """Digest every file with one ``read``, or by hashlib.file_digest where it is large: the yardstick."""
    paths = _paths(folder)
    started = _now()
    for path, size in paths:
        with path.open("rb") as stream:
            if size < 1 << 20:
                hashlib.sha256(stream.read()).hexdigest()
            else:
                hashlib.file_digest(stream, "sha256").hexdigest()
    return {"since": started, "bytes": sum(size for _, size in paths)}


def digests(folder: Path) -> dict[str, Any]:
    """Digest every file as a first run does."""
    from auditkit.base.digest import digest_files

    paths = _paths(folder)
    started = _now()
    count = sum(1 for _ in digest_files([path for path, _ in paths], [size for _, size in paths]))
    return {"since": started, "files": count}


def bare_pdf(folder: Path) -> dict[str, Any]:
    """Take the text of every page by a bare pypdfium2 loop: the yardstick."""
    import pypdfium2

    started = _now()
    pages = characters = 0
    for path, _ in _paths(folder):
        document = pypdfium2.PdfDocument(path)
        for page in document:
            characters += len(page.get_textpage().get_text_range())
            pages += 1
    return {"since": started, "pages": pages, "characters": characters}


def our_pdf(folder: Path) -> dict[str, Any]:
    """Read the same files as a first run does, processes and checks included."""
    from auditkit.evidence.read import list_files, read_files

    started = _now()
    found = read_files(folder / EVIDENCE, list_files(folder / EVIDENCE), None)
    assert all(one.status == "read" for one in found.values())
    return {
        "since": started,
        "pages": len({(file, one.place.page) for file in found for one in found[file].passages}),
    }


def our_terms(folder: Path) -> dict[str, Any]:
    """Index the texts and rank all clauses for all files."""
    from auditkit.engagement.suggest_finder import Finder

    by, texts = _asked(folder)
    started = _now()
    found = Finder(by, texts, {}).clauses()
    return {"since": started, "files": len(found)}


def naive_terms(folder: Path) -> dict[str, Any]:
    """Look for every wording of every requirement in every text."""
    from auditkit.engagement.suggest_queries import point_topics, point_words

    by, texts = _asked(folder)
    words = point_words(by, point_topics(by))
    wordings = [
        [" ".join(one) if isinstance(one, tuple) else str(one) for term in terms for one in term.wordings]
        for terms in words.values()
    ]
    lowered = ["\n".join(one.text for one in text.passages).lower() for text in texts.values()]
    started = _now()
    hits = sum(1 for some in wordings for text in lowered for one in some if one in text)
    return {"since": started, "hits": hits}


def our_names(folder: Path) -> dict[str, Any]:
    """Find the document types of every file by its name, once for all requirements."""
    from auditkit.engagement.suggest_finder import _kinds, _names

    by, texts = _asked(folder)
    started = _now()
    found = sum(len(_kinds(by.document_types, _names(text, None), None)) for text in texts.values())
    return {"since": started, "hits": found}


def naive_names(folder: Path) -> dict[str, Any]:
    """Match the patterns of every requirement's document types with every file's name."""
    from auditkit.engagement.suggest_finder import _names

    by, texts = _asked(folder)
    patterns = {kind.id: kind.names for kind in by.document_types}
    names = [_names(text, None) for text in texts.values()]
    started = _now()
    hits = sum(
        any(re.search(pattern, name, re.IGNORECASE) for pattern in patterns.get(one.type, ()))
        for point in by.catalog.points
        for one in point.procedures.documents
        for name in names
    )
    return {"since": started, "hits": hits}


WORK: dict[str, Work] = {
    work.__name__: work
    for work in (
        walk, read, opened, run, run_twice_as_many, hashlib_loop, digests, bare_pdf, our_pdf, our_terms, naive_terms,
        our_names, naive_names,
    )
}  # fmt: skip


def _assess(folder: Path, times: int) -> dict[str, Any]:
    from auditkit.engagement.layout import Layout
    from auditkit.engagement.open import open_engagement
    from auditkit.engagement.run import RunOptions, assess

    opened_ = open_engagement(Layout(folder))
    if times == 2:
        catalog = opened_.library.catalog
        clauses = tuple(
            clause.model_copy(
                update={"points": (*clause.points, *(_again(point) for point in clause.points))}
            )
            for clause in catalog.clauses
        )
        twice = catalog.model_copy(update={"clauses": clauses})
        opened_ = opened_._replace(library=opened_.library._replace(catalog=twice))
    found = assess(opened_, RunOptions())
    return {"points": len(found.run.assessment.points)}


def _again(point: Any) -> Any:
    """Return a point as one of another requirement."""
    return point.model_copy(
        update={"id": re.sub(r"-(A?)(\d+)", lambda one: f"-{one[1]}{int(one[2]) + 500}", point.id, count=1)}
    )


def _asked(folder: Path) -> tuple[Any, Any]:
    from suggest import asked

    from auditkit.engagement.suggest import rankable
    from auditkit.evidence.read import list_files, read_files

    found = read_files(folder / EVIDENCE, list_files(folder / EVIDENCE), folder / CACHE)
    texts = {file: one for file, one in found.items() if rankable(one)}
    assert all(len(one.passages) and one.passages[0] for one in texts.values())
    return asked(), texts


def _paths(folder: Path) -> list[tuple[Path, int]]:
    found = sorted(path for path in (folder / EVIDENCE).rglob("*") if path.is_file())
    return [(path, path.stat().st_size) for path in found]


def _now() -> tuple[float, float]:
    return time.perf_counter(), _cpu()


def _cpu() -> float:
    """Return the CPU seconds of this process and its children that ended."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


def main() -> None:
    """Measure one thing; without ``since`` it is the whole process, from its start."""
    parser = argparse.ArgumentParser()
    parser.add_argument("work", choices=WORK)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    begun = time.perf_counter()
    found = WORK[options.work](options.folder)
    wall, cpu = found.pop("since", (begun, 0.0))
    found |= {"wall": time.perf_counter() - wall, "cpu": _cpu() - cpu}
    found["kib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
