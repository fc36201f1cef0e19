"""Write documents of their own from a finished run: chosen by name and face; a PDF that did not change is left alone."""

from collections.abc import Sequence
from pathlib import Path

from auditkit.base.atomic import write_whole
from auditkit.base.digest import digest_file
from auditkit.base.errors import UsageFault
from auditkit.base.language import spoken
from auditkit.engagement.interchange import EVERY_DOCUMENT, Interchanged, target_folder
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.redact import Redacted
from auditkit.engagement.run import RunOutcome
from auditkit.reporting.documents.build import Document, build_document
from auditkit.reporting.documents.faces import FACES, Face, content_digest
from auditkit.reporting.documents.outputs import OUTPUTS, Output


def is_document(name: str) -> bool:
    """Tell whether a name is that of a document, or of all of them."""
    return name == EVERY_DOCUMENT or any(one.id == name for one in OUTPUTS)


def chosen_documents(opened: OpenEngagement, names: Sequence[str]) -> tuple[Output, ...]:
    """Return the documents of these names; UsageFault for one that the kind of the engagement does not have."""
    left_out = opened.conduct.sections.left_out
    for one in OUTPUTS:
        if one.id in names and one.needs in left_out:
            raise UsageFault(
                f"{one.id}: an engagement of the kind {opened.engagement.kind} has no section {one.needs}, so it has no such document."
            )
    wanted = [one for one in OUTPUTS if EVERY_DOCUMENT in names or one.id in names]
    return tuple(one for one in wanted if one.needs not in left_out)


def write_documents(
    outcome: RunOutcome,
    outputs: Sequence[Output],
    faces: Sequence[str],
    folder: Path | None = None,
    redacted: Redacted | None = None,
) -> Interchanged:
    """Write documents of a run to a folder; without one to a folder of their own among the reports."""
    layout, shown = outcome.layout, redacted.outcome if redacted else outcome
    target = target_folder(layout, folder, layout.documents(redacted=redacted is not None))
    files, status = [], ""
    for output in outputs:
        document = build_document(shown.run, output)
        status = document.view.cover.status
        for face in FACES:
            if face.id in faces:
                path = target / f"{output.id}.{face.id}"
                _write(layout, document, face, path, redacted=redacted is not None)
                files.append(path)
    return Interchanged(tuple(files), shown.run.trace.run_id, status)


def _write(layout: Layout, document: Document, face: Face, path: Path, *, redacted: bool) -> None:
    """Write one file; what takes its time is not made again when it lies there, made from the same content."""
    if not face.rendered:
        face.write(document, path)
        return
    kind = "redacted-" if redacted else ""
    marker = layout.cache / f"{kind}{spoken()}-{path.name}.digest"
    wanted = content_digest(document)
    if path.is_file() and marker.is_file() and marker.read_text() == f"{wanted} {digest_file(path)}":
        return
    face.write(document, path)
    write_whole(marker, f"{wanted} {digest_file(path)}")
