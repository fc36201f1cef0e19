"""Bring received files into evidence/, on request with pseudonyms in place of persons. Nothing is overwritten."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

from pydantic import ValidationError

from auditkit.base.atomic import write_whole
from auditkit.base.digest import digest_file
from auditkit.base.errors import InputsUnreadable, UsageFault
from auditkit.base.model import Record
from auditkit.engagement.importing_text import import_lines
from auditkit.engagement.layout import Layout, engagement_above
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.privacy import read_key
from auditkit.evidence.files import OWN_FILES
from auditkit.evidence.persons import Persons
from auditkit.evidence.persons_vault import Key, check_cipher, load_persons, store_persons
from auditkit.evidence.pseudonymise import Copied, Wanted, copy_export
from auditkit.evidence.tables_text import TableFault


class ImportOptions(NamedTuple):
    """How to import."""

    dataset: str | None = None
    """Kind of record the files hold; needed for pseudonyms."""
    profile: str | None = None
    sheet: str | None = None
    name: str | None = None
    """Path below evidence/ to give the copy; None: the name of the file."""
    pseudonymise: bool = False
    key: Path | None = None
    same: Path | None = None
    """Text file outside the engagement: one line a person, spellings separated by semicolons."""
    persons_in: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()


class ImportedFile(Record):
    """What one file in evidence/ was made from."""

    sha256: str
    """Digest of the copy as it was written."""
    original_sha256: str
    original_name: str
    """Name of the file it was copied from, which stayed where it was."""
    dataset: str | None = None
    profile: str | None = None
    pseudonymised: tuple[str, ...] = ()
    """Headers of the columns in which persons were replaced; none: the copy is the original byte by byte."""
    left_out: tuple[str, ...] = ()
    """Headers of the columns whose cells were emptied."""
    key_id: str | None = None


class Imports(Record):
    """evidence/imports.lock.json."""

    computed: Literal["written by auditkit evidence import; do not edit"] = (
        "written by auditkit evidence import; do not edit"
    )
    files: dict[str, ImportedFile] = {}
    """By path below evidence/."""


class Imported(NamedTuple):
    """What became of one file, as lines for a person and data for a program."""

    file: str
    record: ImportedFile
    lines: tuple[str, ...]


def import_files(
    opened: OpenEngagement, files: Sequence[Path], options: ImportOptions
) -> tuple[Imported, ...]:
    """Copy the files; UsageFault, before anything is written, when one of them cannot be taken as asked."""
    layout = opened.layout
    _check(opened, files, options)
    imports = load_imports(layout)
    targets = [_target(layout, file, options) for file in files]
    doubled = {one for one in targets if targets.count(one) > 1}
    if doubled:
        raise UsageFault(f"Two files would both be {min(doubled)}. Import them one by one with --as.")
    with TemporaryDirectory(prefix="auditkit-") as scratch:
        copier = _Copier(opened, options)
        made = [
            copier.copy(file, Path(scratch) / f"{number}-{PurePosixPath(name).name}", name)
            for number, (file, name) in enumerate(zip(files, targets, strict=True))
        ]
        copier.seal()
        for number, one in enumerate(made):
            _place(Path(scratch) / f"{number}-{PurePosixPath(one.file).name}", layout.evidence / one.file)
    recorded = imports.model_copy(
        update={"files": dict(sorted((imports.files | {one.file: one.record for one in made}).items()))}
    )
    text = json.dumps(recorded.model_dump(mode="json", exclude_none=True), indent=1, ensure_ascii=False)
    write_whole(layout.imports, text + "\n")
    return tuple(made)


def load_imports(layout: Layout) -> Imports:
    """Load what was imported; InputsUnreadable when the record of it is broken."""
    if not layout.imports.exists():
        return Imports()
    try:
        return Imports.model_validate_json(layout.imports.read_bytes())
    except (OSError, ValidationError) as error:
        raise InputsUnreadable(
            f"evidence/{layout.imports.name}: it cannot be read ({type(error).__name__}). Restore it from a copy."
        ) from error


def _check(opened: OpenEngagement, files: Sequence[Path], options: ImportOptions) -> None:
    known = opened.library.datasets
    if options.name is not None and len(files) > 1:
        raise UsageFault("--as names one copy; import several files one by one.")
    if options.dataset is not None and options.dataset not in known:
        raise UsageFault(f"{options.dataset}: there is no such dataset. Known: {', '.join(sorted(known))}.")
    if options.pseudonymise and options.dataset is None:
        raise UsageFault("--pseudonymise needs --dataset: it says which columns hold persons.")
    asked = options.same or options.persons_in or options.leave_out or options.keep
    if asked and not options.pseudonymise:
        raise UsageFault("--same, --persons-in, --leave-out and --keep need --pseudonymise.")
    for file in files:
        if file.resolve().is_relative_to(opened.layout.evidence.resolve()):
            raise UsageFault(f"{file}: it lies in evidence/ already. Import the original from outside.")


def _target(layout: Layout, file: Path, options: ImportOptions) -> str:
    """Return the path of the copy below evidence/; UsageFault when it is taken or leads out."""
    name = options.name or file.name
    path = PurePosixPath(name)
    real = (layout.evidence / name).resolve()
    if path.is_absolute() or ".." in path.parts or not real.is_relative_to(layout.evidence.resolve()):
        raise UsageFault(f"{name}: the name must stay below evidence/.")
    if name in OWN_FILES:
        raise UsageFault(
            f"{name}: auditkit keeps a file of its own under this name. Name the copy with --as."
        )
    if (layout.evidence / name).exists() or (layout.evidence / name).is_symlink():
        raise UsageFault(f"evidence/{name}: it exists already and was not touched. Name the copy with --as.")
    return path.as_posix()


def _place(made: Path, target: Path) -> None:
    """Put a finished copy where it belongs; a file that appeared there meanwhile is not touched."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        stream = target.open("xb")
    except FileExistsError as error:
        raise UsageFault(f"evidence/{target.name}: it exists already and was not touched.") from error
    try:
        with stream, made.open("rb") as source:
            shutil.copyfileobj(source, stream)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


class _Copier:
    """Makes copies, byte by byte or with pseudonyms, and seals the table of persons in the end."""

    def __init__(self, opened: OpenEngagement, options: ImportOptions) -> None:
        """Open the sealed table where pseudonyms are wanted; a wrong key ends it here."""
        self._opened, self._options = opened, options
        self._persons: Persons | None = None
        self._key: Key | None = None
        if options.pseudonymise:
            check_cipher()
            self._key = read_key(options.key)
            self._persons = Persons(self._key.pseudonyms, load_persons(opened.layout.persons, self._key))
            for spellings in _declared(options.same):
                self._persons.declare_same(spellings)

    def copy(self, file: Path, target: Path, name: str) -> Imported:
        """Make one copy at ``target``; UsageFault when the file cannot be read as a table."""
        original = digest_file(file)
        record = ImportedFile(
            sha256=original, original_sha256=original, original_name=file.name, dataset=self._options.dataset
        )
        if self._persons is None or self._key is None:
            shutil.copyfile(file, target)
            return Imported(name, record, (f"{name}: copied as it is.",))
        found = self._replaced(file, target, name, self._persons)
        record = record.model_copy(
            update={
                "sha256": digest_file(target),
                "profile": found.profile,
                "pseudonymised": found.columns,
                "left_out": found.emptied,
                "key_id": self._key.id,
            }
        )
        return Imported(name, record, tuple(import_lines(name, found)))

    def _replaced(self, file: Path, target: Path, name: str, persons: Persons) -> Copied:
        options, library = self._options, self._opened.library
        dataset = library.datasets[options.dataset or ""]
        wanted = Wanted(
            dataset=dataset,
            profiles=tuple(one for one in library.profiles if one.dataset == dataset.id),
            profile=options.profile,
            sheet=options.sheet,
            persons_in=options.persons_in,
            emptied=options.leave_out,
            keep=options.keep,
            packed=name.lower().endswith(".gz"),
        )
        try:
            found = copy_export(file, target, wanted, persons)
        except (TableFault, UnicodeError) as fault:
            raise UsageFault(
                f"{file}: it cannot be pseudonymised: {fault}. Ask for the export as CSV or XLSX; documents such as "
                "PDF and Word files are never pseudonymised."
            ) from fault
        if not found.columns:
            raise UsageFault(
                f"{file}: no column of it is known to hold persons. Name them with --persons-in, or import it without "
                "--pseudonymise."
            )
        return found

    def seal(self) -> None:
        """Write the sealed table, before any copy stands in evidence/."""
        if self._persons is not None and self._key is not None:
            store_persons(self._opened.layout.persons, self._key, self._persons.written)


def _declared(file: Path | None) -> list[list[str]]:
    """Read who is declared to be one person: a line each, spellings separated by semicolons."""
    if file is None:
        return []
    inside = engagement_above(file.parent)
    if inside is not None:
        raise UsageFault(f"{file}: this list of names lies inside the engagement {inside.name}. Move it out.")
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageFault(f"{file}: it cannot be read as text ({type(error).__name__}).") from error
    return [line.split(";") for line in lines if line.strip() and not line.startswith("#")]
