"""Write a finished run in the formats of other tools: chosen by name, made from one view, written whole."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from auditkit.base.atomic import write_whole
from auditkit.base.digest import digest_file
from auditkit.base.errors import UsageFault
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.redact import Redacted
from auditkit.engagement.reports import reports_of
from auditkit.engagement.run import RunOutcome
from auditkit.engagement.signatures import refuse_key, sign_text
from auditkit.reporting.documents.outputs import OUTPUTS
from auditkit.reporting.interchange.formats import FORMATS, MANIFEST, Format
from auditkit.reporting.interchange.material import Material
from auditkit.reporting.view import build_view
from auditkit.reporting.view_model import View

EVERY = "all"
EVERY_DOCUMENT = "documents"


class Signing(NamedTuple):
    """Who signs the manifest of evidence, and with which private key."""

    by: str
    key_file: Path


class Interchanged(NamedTuple):
    """What was written."""

    files: tuple[Path, ...]
    run_id: str
    status: str
    notes: tuple[str, ...] = ()

    def text(self) -> str:
        """Return what was written, for people, folder by folder."""
        lines = []
        for folder in dict.fromkeys(path.parent for path in self.files):
            names = [path.name for path in self.files if path.parent == folder]
            plural = "" if len(names) == 1 else "s"
            lines.append(f"{len(names)} file{plural} of run {self.run_id} in {_shown(folder)}:")
            lines += [f"  {name}" for name in names]
        return "\n".join((*lines, self.status))


def chosen(names: Sequence[str]) -> tuple[Format, ...]:
    """Return the formats of these names in the order in which they are made; UsageFault for a name that is none."""
    known = {one.id: one for one in FORMATS}
    for name in names:
        if name not in known and name != EVERY:
            raise UsageFault(
                f"{name}: there is no such format. Choose from {', '.join(known)}, or {EVERY} for all of them; or of the "
                f"documents {', '.join(one.id for one in OUTPUTS)}, or {EVERY_DOCUMENT} for all of them."
            )
    wanted = [one for one in FORMATS if EVERY in names or one.id in names]
    return tuple(sorted(wanted, key=lambda one: one.seals))


def write_formats(
    opened: OpenEngagement,
    outcome: RunOutcome,
    formats: Sequence[Format],
    folder: Path | None = None,
    redacted: Redacted | None = None,
    signing: Signing | None = None,
    before: Sequence[Path] = (),
) -> Interchanged:
    """Write formats of a run to a folder; without one to a folder of their own among the reports.

    ``before``: documents of the same run that were written before, for what carries digests.

    Redacted ones go to another, so that they are never mixed with the others. What carries the digests of reports
    is made last, from those that are of this run.
    """
    layout = outcome.layout
    target = target_folder(layout, folder, layout.interchange(redacted=redacted is not None))
    shown = redacted.outcome if redacted else outcome
    view = build_view(shown.run)
    material = Material(run=shown.run, view=view, evidence_folder=layout.evidence.name)
    files: list[Path] = []
    notes: tuple[str, ...] = ()
    for one in formats:
        if one.seals:
            reports, notes = _digests(shown, view, [*before, *files], redacted=redacted is not None)
            material = material.model_copy(update={"reports": reports})
        path, text = target / one.file, one.make(material)
        if one.id == MANIFEST:
            files += _write_manifest(opened, path, text, signing)
        else:
            write_whole(path, text)
            files.append(path)
    return Interchanged(tuple(files), shown.run.trace.run_id, view.cover.status, notes)


def signing_of(opened: OpenEngagement, formats: Sequence[Format], by: str | None, key_file: Path) -> Signing:
    """Return who signs with which key; UsageFault, before anything is run, when that cannot work."""
    if MANIFEST not in {one.id for one in formats}:
        raise UsageFault(f"--sign signs the manifest of evidence. Add {MANIFEST} to the formats.")
    signer = by or opened.engagement.lead_auditor
    refuse_key(opened, (signer,), key_file)
    return Signing(signer, key_file)


def _write_manifest(opened: OpenEngagement, path: Path, text: str, signing: Signing | None) -> list[Path]:
    """Write the manifest; a signature of another text, which would no longer hold, goes."""
    signature = path.with_name(f"{path.name}.sig")
    if signing is not None:
        said = sign_text(opened, path.name, signing.by, text.encode(), signing.key_file)
        write_whole(path, text)
        write_whole(signature, said)
        return [path, signature]
    if path.is_file() and path.read_bytes() != text.encode():
        signature.unlink(missing_ok=True)
    write_whole(path, text)
    return [path]


def _digests(
    outcome: RunOutcome, view: View, files: Sequence[Path], *, redacted: bool
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the digests of what is of this run, and a note on each report that is of another."""
    reports, other = reports_of(outcome, view, redacted=redacted)
    notes = tuple(
        f"{name} cannot be traced to this run, so the in-toto statement leaves it out. Run auditkit run first."
        for name in other
    )
    return reports | {path.name: digest_file(path) for path in files}, notes


def target_folder(layout: Layout, folder: Path | None, usual: Path) -> Path:
    """Return the folder to write to; UsageFault where people and the auditee keep their files."""
    if folder is None:
        return usual
    real = folder.resolve()
    if real.exists() and not real.is_dir():
        raise UsageFault(f"{folder} is a file. Name a folder with --to.")
    for kept in (layout.evidence, layout.workpapers, layout.overlays, layout.checklists):
        if real.is_relative_to(kept.resolve()):
            raise UsageFault(
                f"{folder} lies in {kept.name}, where nothing computed belongs. Name another folder with --to."
            )
    return real


def _shown(path: Path) -> str:
    """Show a path relative to where the command runs, when it lies below."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
