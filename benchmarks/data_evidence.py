"""A seeded evidence folder: thousands of documents in the formats auditees hand over, each a few kilobytes.

The same seed and number give the same bytes. PDFs are written by hand, with text as a word processor leaves it.
"""

import random
import zipfile
from collections.abc import Callable
from pathlib import Path

SEED = 20_000
FORMATS = ("md", "md", "md", "txt", "html", "docx", "docx", "csv", "eml", "pdf")
"""One file in ten of each that stands once."""
_SUBJECTS = (
    "the change manager", "the service desk", "top management", "the process owner", "the supplier manager",
    "the configuration librarian", "each team lead", "the continuity coordinator", "the auditor", "the customer",
)  # fmt: skip
_VERBS = (
    "approves",
    "reviews",
    "records",
    "reports",
    "checks",
    "plans",
    "tests",
    "closes",
    "escalates",
    "signs",
)
_OBJECTS = (
    "every normal change", "the service report", "each major incident", "the capacity plan", "the risk register",
    "the continuity plan", "the service catalogue", "the supplier contract", "the corrective action", "the budget",
)  # fmt: skip
_TAILS = (
    "before it is put into effect", "once a month", "within five working days", "after each release",
    "together with the customer", "as the policy demands", "and keeps the result on record", "at planned intervals",
)  # fmt: skip
_KINDS = (
    "incident management procedure", "change policy", "capacity plan", "continuity plan", "service report",
    "internal audit report", "management review minutes", "supplier contract", "risk register", "meeting notes",
)  # fmt: skip
DAY_NS = 86_400_000_000_000


def write_folder(folder: Path, count: int, seed: int = SEED) -> tuple[str, ...]:
    """Write ``count`` files in folders of 200; return their paths below ``folder``, sorted."""
    writers: dict[str, Callable[[Path, list[list[str]]], None]] = {
        "docx": write_docx, "pdf": write_pdf, "csv": _write_csv, "html": _write_html, "eml": _write_mail
    }  # fmt: skip
    files: list[str] = []
    for number in range(count):
        chance = random.Random(f"{seed}:{number}")
        ending = FORMATS[number % len(FORMATS)]
        kind = _KINDS[chance.randrange(len(_KINDS))].replace(" ", "-")
        file = f"{number // 200:03d}/{number:06d}-{kind}.{ending}"
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        pages = text_pages(chance, 1 + chance.randrange(4), 30)
        writers.get(ending, _write_text)(path, pages)
        files.append(file)
    return tuple(sorted(files))


def text_pages(chance: random.Random, pages: int, lines: int) -> list[list[str]]:
    """Return pages of lines, each a sentence."""
    return [[sentence(chance) for _ in range(lines)] for _ in range(pages)]


def sentence(chance: random.Random) -> str:
    """Return one sentence of about twelve words."""
    parts = (chance.choice(one) for one in (_SUBJECTS, _VERBS, _OBJECTS, _TAILS))
    text = " ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def write_pdf(path: Path, pages: list[list[str]]) -> None:
    """Write a PDF of one font, a page a list of lines."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(len(pages))), len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, lines in enumerate(pages):
        shown = b"".join(b"(%b) Tj T*\n" % line.encode("cp1252", "replace") for line in lines)
        stream = b"BT /F1 10 Tf 14 TL 60 780 Td\n%bET" % shown
        bodies.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * at)
        )
        bodies.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream))
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    path.write_bytes(out)


def write_docx(path: Path, pages: list[list[str]]) -> None:
    """Write the least that is a Word document."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for page in pages for line in page)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (
            ("[Content_Types].xml", "<Types/>"),
            ("word/document.xml", f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>'),
        ):
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            archive.writestr(entry, text, zipfile.ZIP_DEFLATED)


def _write_text(path: Path, pages: list[list[str]]) -> None:
    head = f"# {path.stem[7:].replace('-', ' ')}\n\nVersion: 1.0\n\nOwner: Anna Berg\n\n"
    path.write_text(head + "\n\n".join(line for page in pages for line in page) + "\n", encoding="utf-8")


def _write_html(path: Path, pages: list[list[str]]) -> None:
    body = "".join(f"<p>{line}</p>" for page in pages for line in page)
    path.write_text(f"<!doctype html><html><body>{body}</body></html>", encoding="utf-8")


def _write_csv(path: Path, pages: list[list[str]]) -> None:
    rows = [f"{at},{line}" for at, line in enumerate(line for page in pages for line in page)]
    path.write_text("number,what\n" + "\n".join(rows) + "\n", encoding="utf-8")


def _write_mail(path: Path, pages: list[list[str]]) -> None:
    head = "From: anna@example.org\nTo: jan@example.org\nSubject: Minutes\nDate: Mon, 05 Jan 2026 10:00:00 +0100\n\n"
    path.write_text(head + "\n".join(line for page in pages for line in page) + "\n", encoding="utf-8")
