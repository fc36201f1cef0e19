"""What readers share: the extract they return, its caps, safe XML and guarded zip archives."""

import zipfile
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from auditkit.base.place import Place
from auditkit.evidence.model import DocumentMeta, Passage, ReadStatus

PASSAGE_LIMIT = 20_000
CHARACTER_LIMIT = 4_000_000
UNPACKED_LIMIT_BYTES = 100 << 20
UNPACKED_RATIO_LIMIT = 200


class Skipped(Exception):
    """The file cannot be read; the message says why."""


class Extract(NamedTuple):
    """What a reader found."""

    passages: tuple[Passage, ...]
    meta: DocumentMeta = DocumentMeta()
    status: ReadStatus = "read"
    why: str = ""
    notes: tuple[str, ...] = ()


class Collector:
    """Collects passages up to the caps, and remembers that it stopped."""

    def __init__(self, file: str) -> None:
        """Start empty for one file."""
        self.file = f"evidence/{file}"
        self.passages: list[Passage] = []
        self.characters = 0
        self.full = False

    def add(
        self,
        text: str,
        *,
        line: int | None = None,
        page: int | None = None,
        sheet: str | None = None,
        row: int | None = None,
        under: str | None = None,
        paragraph: int | None = None,
        heading: bool = False,
    ) -> None:
        """Add one passage unless it is blank or the caps are reached."""
        text = " ".join(text.split())
        if not text or self.full:
            return
        if len(self.passages) >= PASSAGE_LIMIT or self.characters + len(text) > CHARACTER_LIMIT:
            self.full = True
            return
        self.characters += len(text)
        place = Place(
            file=self.file, line=line, page=page, sheet=sheet, row=row, heading=under, paragraph=paragraph
        )
        self.passages.append(Passage(place=place, text=text, heading=heading))

    def extract(self, meta: DocumentMeta | None = None, notes: tuple[str, ...] = ()) -> Extract:
        """Return what was collected; nothing at all is a reason to skip."""
        if not self.passages:
            raise Skipped("it holds no text")
        if self.full:
            why = f"only the first {len(self.passages)} passages were read"
            return Extract(tuple(self.passages), meta or DocumentMeta(), "partly_read", why, notes)
        return Extract(tuple(self.passages), meta or DocumentMeta(), "read", "", notes)


def parse_xml(data: bytes) -> etree._Element:
    """Parse XML without entities, network or huge trees; Skipped when it is not well-formed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Skipped(f"its XML is broken ({error.msg})") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Skipped("its XML carries a document type definition, which is refused")
    return root


def open_zip(path: Path) -> zipfile.ZipFile:
    """Open a zip archive after a look at its directory; Skipped for bombs, encryption and damage."""
    try:
        archive = zipfile.ZipFile(path)
        entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Skipped(f"the archive is damaged ({error})") from error
    total = sum(entry.file_size for entry in entries)
    packed = max(sum(entry.compress_size for entry in entries), 1)
    if total > UNPACKED_LIMIT_BYTES or (total > (10 << 20) and total / packed > UNPACKED_RATIO_LIMIT):
        archive.close()
        raise Skipped(f"it would unpack to {total >> 20} MiB, which is refused")
    if any(entry.flag_bits & 1 for entry in entries):
        archive.close()
        raise Skipped("the archive is encrypted")
    return archive


def member(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """Return a member's bytes up to what the directory declared; None when it is not there."""
    try:
        entry = archive.getinfo(name)
    except KeyError:
        return None
    try:
        with archive.open(entry) as stream:
            data = stream.read(entry.file_size + 1)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Skipped(f"{name} in the archive is damaged ({error})") from error
    if len(data) > entry.file_size:
        raise Skipped(f"{name} is larger than the archive declares, which is refused")
    return data


def decode(data: bytes) -> tuple[str, str]:
    """Decode text: UTF-8, UTF-16 with a mark, else Windows-1252. Returns text and encoding."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace"), "utf-16"
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "cp1252"
