"""The zip that an office file is: looked into before it is opened, and written with the same bytes every time."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from auditkit.base.issue import InputIssue
from auditkit.base.place import Place

MOST_BYTES = 64 * 1024 * 1024
_MOST_FILES = 2000
_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_HARMLESS_LINKS = ("/hyperlink", "/attachedTemplate")
_RUNS = ("vbaproject", "/activex/", "/embeddings/", "macro")
_FETCHES = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|MACROBUTTON|LINK|IMPORT|DATABASE)\b")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def template_faults(path: Path) -> tuple[InputIssue, ...]:
    """Say why a file cannot serve as a template: no Word document, too large, or something in it runs or fetches."""
    try:
        with zipfile.ZipFile(path) as package:
            infos = package.infolist()
            if len(infos) > _MOST_FILES or sum(one.file_size for one in infos) > MOST_BYTES:
                return (_unreadable(path, "The template unpacks to more than 64 MB."),)
            if _MAIN not in package.read("[Content_Types].xml"):
                return (_unreadable(path, "The template is no Word document of the kind .docx."),)
            active = tuple(dict.fromkeys(_active(package)))
    except (OSError, KeyError, zipfile.BadZipFile, etree.XMLSyntaxError, RuntimeError, NotImplementedError):
        return (_unreadable(path, "The template cannot be read as a Word document."),)
    return tuple(
        InputIssue(
            code="template-active",
            severity="error",
            place=Place(file=path.name),
            message=f"The template holds {what}; nothing in a template may run or fetch anything.",
            hint="Take it out in Word and save the template as .docx.",
        )
        for what in active
    )


def _unreadable(path: Path, message: str) -> InputIssue:
    return InputIssue(
        code="template-unreadable",
        severity="error",
        place=Place(file=path.name),
        message=message,
        hint="Save it in Word as .docx, or begin with: auditkit office template.",
    )


def _active(package: zipfile.ZipFile) -> Iterator[str]:
    for name in package.namelist():
        if any(one in f"/{name}".lower() for one in _RUNS):
            yield f"the part {name}"
        elif name.endswith(".rels"):
            for link in _tree(package, name):
                kind = link.get("Type", "")
                if link.get("TargetMode") == "External" and not kind.endswith(_HARMLESS_LINKS):
                    yield f"a link of the kind {kind.rpartition('/')[2]} to {link.get('Target')}"
        elif name.startswith("word/") and name.endswith(".xml"):
            tree = _tree(package, name)
            texts = [one.text or "" for one in tree.iter(f"{_W}instrText")]
            texts += [one.get(f"{_W}instr", "") for one in tree.iter(f"{_W}fldSimple")]
            for found in _FETCHES.findall(" ".join(texts)) + _FETCHES.findall("".join(texts)):
                yield f"a field {found}"


def _tree(package: zipfile.ZipFile, name: str) -> Any:
    return etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False, no_network=True))


def same_bytes(data: bytes, day: date) -> bytes:
    """Return the same zip with the times of all its files set to a day, so that equal content is equal bytes."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as made,
    ):
        for name in source.namelist():
            info = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            made.writestr(info, source.read(name))
    return target.getvalue()
