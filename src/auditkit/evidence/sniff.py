"""What a file is, from its first bytes and, for zip archives, the names inside; never from its own name alone."""

import re
import zipfile
from pathlib import Path, PurePath

_HEAD_BYTES = 4096
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "parquet"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"{\\rtf", "rtf"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
)
_OLE_LOOK_BYTES = 64 << 20
_OLE_STREAMS = (
    ("EncryptedPackage", "encrypted office file"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
    ("Workbook", "xls"),
)
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\v\x1b\x00")
_MAIL_HEADER = re.compile(
    r"(?:from|to|subject|date|return-path|received|delivered-to|mime-version|message-id|content-type|x-[\w-]+): ",
    re.IGNORECASE,
)
_ODF = {"text": "odt", "presentation": "odt", "spreadsheet": "ods"}


def sniff(path: Path) -> str:
    """Return the format: md, txt, html, docx, pptx, xlsx, xls, ods, odt, pdf, csv, json, eml, or what else it is."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    if not head:
        return "empty"
    if head.startswith(b"PK"):
        return _zip_kind(path)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return _ole_kind(path) if kind == "ole" else kind
    if b"%PDF-" in head[:1024] and b"\x00" not in head[: head.index(b"%PDF-")]:
        return "pdf"
    return _text_kind(head, PurePath(path).suffix.lower())


def _ole_kind(path: Path) -> str:
    """Tell old Office files apart by the streams they name; an encrypted Office file is such a file too."""
    with path.open("rb") as stream:
        data = stream.read(_OLE_LOOK_BYTES)
    for name, kind in _OLE_STREAMS:
        if name.encode("utf-16-le") in data:
            return kind
    return "ole"


def _zip_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return "docx"
            if "ppt/presentation.xml" in names:
                return "pptx"
            if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
                return "xlsx"
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype").decode("ascii", "replace").rpartition(".")[2]
                return _ODF.get(kind, "archive")
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return "damaged archive"
    if "[Content_Types].xml" in names:
        return "damaged office file"
    return "archive"


def _text_kind(head: bytes, suffix: str) -> str:
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not wide and ((b"\x00" in head and suffix != ".csv") or _control_share(head) > 0.02):
        return "binary"
    text = head.decode("utf-16" if wide else "utf-8", "replace").lstrip("\ufeff \r\n\t")
    lower = text[:1000].lower()
    if suffix == ".eml" or _is_mail(text):
        return "eml"
    if lower.startswith(("<!doctype html", "<html")) or "<html" in lower or suffix in (".html", ".htm"):
        return "html"
    if suffix in (".csv", ".tsv") or lower.startswith("sep="):
        return "csv"
    if suffix == ".json" or (text[:1] in "{[" and suffix not in (".md", ".txt")):
        return "json"
    if suffix in (".xml", ".svg") or lower.startswith("<?xml"):
        return "xml"
    return "md" if suffix in (".md", ".markdown") else "txt"


def _is_mail(text: str) -> bool:
    """Tell whether a text begins with the headers of a mail: three of them, folded lines not counted."""
    lines = [line for line in text.split("\n", 12)[:12] if line[:1] not in (" ", "\t")]
    found = 0
    for line in lines:
        if not re.match(r"[\w-]+:", line):
            break
        found += _MAIL_HEADER.match(line) is not None
    return found >= 3


def _control_share(head: bytes) -> float:
    """Return the share of bytes that no text holds."""
    return sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in head) / len(head)
