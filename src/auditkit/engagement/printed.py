"""The PDF files of a run: what each is made from, and which need not be rendered again."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from auditkit.base.atomic import write_whole
from auditkit.base.digest import digest_file, digest_value
from auditkit.engagement.layout import Layout
from auditkit.reporting.model import Run
from auditkit.reporting.pdf_variants import VARIANTS, Attached, Variant
from auditkit.reporting.templating import templates_digest
from auditkit.reporting.view_model import Options, View


@dataclass(frozen=True)
class Printing:
    """A run on its way to paper, in one folder of reports."""

    layout: Layout
    folder: Path
    run: Run
    view: View
    options: Options

    def target(self, variant: Variant) -> Path:
        """Return the file of a variant."""
        return self.folder / VARIANTS[variant].file

    def is_there(self, variant: Variant) -> bool:
        """Say whether the file that lies there was made from the same content by the same version."""
        target, marker = self.target(variant), self._marker(variant)
        if not target.is_file() or not marker.is_file():
            return False
        return marker.read_text() == self._mark(variant)

    def write(self, variants: Collection[Variant]) -> list[Path]:
        """Write what is not there yet and return the files of all ``variants``; EnvironmentFault as `render_pdf`."""
        missing = [one for one in VARIANTS if one in variants and not self.is_there(one)]
        if missing:
            from auditkit.reporting.pdf import render_pdfs

            attached = self._attached if "archive" in missing else ()
            render_pdfs(self.view, {one: self.target(one) for one in missing}, self.options, attached)
            for one in missing:
                write_whole(self._marker(one), self._mark(one))
        return [self.target(one) for one in VARIANTS if one in variants]

    @cached_property
    def _attached(self) -> tuple[Attached, ...]:
        from auditkit.reporting.interchange.attached import attached
        from auditkit.reporting.interchange.material import Material

        return attached(Material(run=self.run, view=self.view, evidence_folder=self.layout.evidence.name))

    def _marker(self, variant: Variant) -> Path:
        kind = "" if self.folder == self.layout.reports else f"{self.folder.name}-"
        return self.layout.cache / f"{kind}{VARIANTS[variant].file}.digest"

    def _mark(self, variant: Variant) -> str:
        """Return what the marker of a variant says when its file is of this content."""
        more = [list(one) for one in self._attached] if variant == "archive" else []
        return f"{digest_value([self._pages, variant, more])} {digest_file(self.target(variant))}"

    @cached_property
    def _pages(self) -> str:
        shown = [self.view.model_dump(mode="json"), self.options.model_dump(mode="json")]
        return digest_value([*shown, templates_digest()])
