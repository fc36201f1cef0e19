"""Write a finished run in the formats of other tools: chosen by name, made from one view, written whole."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from auditkit.base.atomic import write_whole
from auditkit.base.errors import UsageFault
from auditkit.engagement.layout import Layout
from auditkit.engagement.redact import Redacted
from auditkit.engagement.run import RunOutcome
from auditkit.reporting.interchange.formats import FORMATS, Format
from auditkit.reporting.interchange.material import Material
from auditkit.reporting.view import build_view

EVERY = "all"


class Interchanged(NamedTuple):
    """What was written."""

    files: tuple[Path, ...]
    run_id: str
    status: str

    def text(self) -> str:
        """Return what was written, for people."""
        count = len(self.files)
        head = (
            f"{count} file{'' if count == 1 else 's'} of run {self.run_id} in {_shown(self.files[0].parent)}:"
        )
        return "\n".join((head, *(f"  {path.name}" for path in self.files), self.status))


def chosen(names: Sequence[str]) -> tuple[Format, ...]:
    """Return the formats of these names in the order in which they are made; UsageFault for a name that is none."""
    known = {one.id: one for one in FORMATS}
    for name in names:
        if name not in known and name != EVERY:
            raise UsageFault(
                f"{name}: there is no such format. Choose from {', '.join(known)}, or {EVERY} for all of them."
            )
    wanted = [one for one in FORMATS if EVERY in names or one.id in names]
    return tuple(sorted(wanted, key=lambda one: one.seals))


def write_formats(
    outcome: RunOutcome,
    formats: Sequence[Format],
    folder: Path | None = None,
    redacted: Redacted | None = None,
) -> Interchanged:
    """Write formats of a run to a folder; without one to a folder of their own among the reports.

    Redacted ones go to another, so that they are never mixed with the others.
    """
    layout = outcome.layout
    target = _target(layout, folder, redacted=redacted is not None)
    run = (redacted.outcome if redacted else outcome).run
    material = Material(run=run, view=build_view(run), evidence_folder=layout.evidence.name)
    files = []
    for one in formats:
        path = target / one.file
        write_whole(path, one.make(material))
        files.append(path)
    return Interchanged(tuple(files), run.trace.run_id, material.view.cover.status)


def _target(layout: Layout, folder: Path | None, *, redacted: bool) -> Path:
    """Return the folder to write to; UsageFault where people and the auditee keep their files."""
    if folder is None:
        return layout.interchange(redacted=redacted)
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
