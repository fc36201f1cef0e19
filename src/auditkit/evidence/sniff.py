"""What a file is, from its first bytes and, for zip archives, the names inside; never from its own name alone."""

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
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"{\\rtf", "rtf"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
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
            return "xls" if kind == "ole" and path.suffix.lower() in (".xls", ".xlt") else kind
    return _text_kind(head, PurePath(path).suffix.lower())


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
    return "archive"


def _text_kind(head: bytes, suffix: str) -> str:
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    if b"\x00" in head and not wide and suffix != ".csv":
        return "binary"
    text = head.decode("utf-16" if wide else "utf-8", "replace").lstrip("\ufeff \r\n\t")
    lower = text[:1000].lower()
    if lower.startswith(("<!doctype html", "<html")) or "<html" in lower or suffix in (".html", ".htm"):
        return "html"
    if suffix == ".eml" or lower.startswith(
        ("from: ", "return-path:", "received:", "delivered-to:", "mime-version:")
    ):
        return "eml"
    if suffix in (".csv", ".tsv") or lower.startswith("sep="):
        return "csv"
    if suffix == ".json" or (text[:1] in "{[" and suffix not in (".md", ".txt")):
        return "json"
    if suffix in (".xml", ".svg") or lower.startswith("<?xml"):
        return "xml"
    return "md" if suffix in (".md", ".markdown") else "txt"
