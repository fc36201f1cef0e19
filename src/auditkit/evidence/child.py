"""The child process that reads files: one JSON request a line in, a document as two lines of JSON out.

It has a cap on memory and, renewed for each file, on CPU time, so that no file can take the parent with it. After
many files, or when it has grown, it says that this was its last answer and ends, so that no file inherits the waste
of others. Before its first line an answer has ``+``, the last one ``-``.
"""

import gc
import json
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path

from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.evidence.model import ReadDocument
from auditkit.evidence.passages import pack
from auditkit.evidence.readers import data, html, mail, opendocument, pdf, sheets, slides, text, word
from auditkit.evidence.readers.common import Extract, Skipped
from auditkit.evidence.sniff import sniff

MEMORY_LIMIT_BYTES = 1 << 30
CPU_LIMIT_SECONDS = 20
OUT_OF_MEMORY = 3
"""Exit code by which the parent knows."""
MOST_FILES = 500
OBJECTS_BETWEEN_COLLECTIONS = 100_000
"""Looking for cycles among thousands of new passages every few hundred objects takes a tenth of the reading."""
GROWN_BYTES = 384 << 20
"""A process that has held so much at once is not used again."""
READERS: dict[str, Callable[[Path, str], Extract]] = {
    "md": text.read_markdown,
    "txt": text.read_plain,
    "html": html.read_html,
    "csv": data.read_csv,
    "json": data.read_json,
    "eml": mail.read_mail,
    "docx": word.read_docx,
    "pptx": slides.read_pptx,
    "odt": opendocument.read_odt,
    "pdf": pdf.read_pdf,
    "xlsx": sheets.read_workbook,
    "xls": sheets.read_other_workbook,
    "ods": sheets.read_other_workbook,
}
REASONS = {
    "empty": "the file is empty",
    "archive": "archives are not opened; unpack it and register what is inside",
    "gzip": "it is compressed; only record exports are read in this form",
    "parquet": "it is a table; only record exports are read in this form",
    "image": "it is a picture; its text cannot be read",
    "damaged archive": "it is a damaged or cut-off zip archive, as docx, xlsx and pptx are; ask for a whole copy",
    "damaged office file": "it is an Office file without its main part; ask for a whole copy",
    "doc": "it is an old Word file; ask for docx or PDF",
    "ppt": "it is an old PowerPoint file; ask for pptx or PDF",
    "msg": "it is an Outlook message; ask for eml or PDF",
    "ole": "it is an old Office file; ask for docx, xlsx or PDF",
    "encrypted office file": "it is encrypted with a password; ask for a copy without",
    "binary": "it holds no text and is no known format",
    "program": "it is a program; it is never run",
    "rtf": "rich text is not read; ask for docx or PDF",
    "xml": "XML is not read as a document",
}


def read_one(path: Path, file: str, sha256: str) -> ReadDocument:
    """Read one file; whatever goes wrong becomes a status with a reason."""
    kind = sniff(path)
    size = path.stat().st_size
    try:
        reader = READERS.get(kind)
        if reader is None:
            raise Skipped(REASONS.get(kind, f"it is no format that can be read ({kind})"))
        extract = reader(path, file)
    except Skipped as reason:
        return _skipped(file, sha256, size, kind, str(reason))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # what is left of this process may be short of memory for the next file, too
    except RecursionError:
        return _skipped(file, sha256, size, kind, "it is nested too deeply")
    except BaseException as error:  # PyO3 libraries panic with a BaseException
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        return _skipped(file, sha256, size, kind, f"its reader failed ({type(error).__name__})")
    issues = tuple(
        InputIssue(
            code="document-note",
            severity="note",
            place=Place(file=f"evidence/{file}"),
            message=f"{note[0].upper()}{note[1:]}.",
            hint="Look at the file yourself where it matters.",
        )
        for note in extract.notes
    )
    return ReadDocument(
        file=file,
        sha256=sha256,
        size_bytes=size,
        format=kind,
        status=extract.status,
        why=extract.why,
        meta=extract.meta,
        passages=extract.passages,
        issues=issues,
    )


def main() -> None:
    """Serve requests until standard input ends. Nothing is written but the answers: no files, no core dumps."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    for number, line in enumerate(sys.stdin, start=1):
        request = json.loads(line)
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime) + CPU_LIMIT_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
        head, passages = pack(read_one(Path(request["path"]), request["file"], request["sha256"]))
        last = number >= MOST_FILES or _most_held_bytes() > GROWN_BYTES
        answers.write(b"%b%b\n%b\n" % (b"-" if last else b"+", head, passages))
        answers.flush()
        if last:
            return


def _most_held_bytes() -> int:
    """Return the most memory this process ever held."""
    kibibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kibibytes if sys.platform == "darwin" else kibibytes << 10


def _skipped(file: str, sha256: str, size: int, kind: str, why: str) -> ReadDocument:
    return ReadDocument(file=file, sha256=sha256, size_bytes=size, format=kind, status="skipped", why=why)


if __name__ == "__main__":
    main()
