"""The look-ups of a document: its own sections and numbers, and how it refers to what only the main report prints."""

from functools import cached_property

from auditkit.base.language import say, translated
from auditkit.reporting.documents.outputs import OWN_TITLES, Output
from auditkit.reporting.model import Run
from auditkit.reporting.sections import TITLES, Section, arrange
from auditkit.reporting.view_index import Index

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class DocumentIndex(Index):
    """A run as a document shows it: the same figures and verdicts, other sections."""

    def __init__(self, run: Run, output: Output) -> None:
        """Keep the run and what the document prints of it."""
        super().__init__(run)
        self.output = output

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Return the sections of the document in their order."""
        titles = _titles(self.run, self.output)
        body = [one for one in self.output.body if one in titles]
        annexes = [one for one in self.output.annexes if one in titles]
        numbered = [(one, str(number)) for number, one in enumerate(body, 1)]
        numbered += list(zip(annexes, _LETTERS, strict=False))
        return tuple(Section(one, number, titles[one]) for one, number in numbered)

    @cached_property
    def main(self) -> tuple[Section, ...]:
        """Return the sections of the main report of the run."""
        return arrange(self.run)

    def shows(self, section: str) -> bool:
        """Tell whether the main report has a section: what is asked and concluded is the same in every document."""
        return any(one.id == section for one in self.main)

    def place(self, section: str) -> str:
        """Return how a sentence refers to a section, here or in the main report."""
        here = next((one.place for one in self.sections if one.id == section), "")
        return here or self.place_in_main(section)

    def place_in_main(self, section: str) -> str:
        """Return how a sentence refers to a section of the main report."""
        there = next((one.place for one in self.main if one.id == section), "")
        return say("{place} of the main report", place=there) if there else super().place(section)

    @property
    def left_out(self) -> tuple[Section, ...]:
        """Return the sections of the main report that the document does not print."""
        here = {one.id for one in self.sections}
        return tuple(one for one in self.main if one.id not in here)


def _titles(run: Run, output: Output) -> dict[str, str]:
    """Return the title of each section that the document prints; what the kind leaves out or what holds nothing is not."""
    sections, kind = run.conduct.sections, run.conduct.section_titles
    wanted = [
        one for one in (*output.body, *output.annexes) if one in TITLES and one not in sections.left_out
    ]
    own = {one: translated(title) for one, title in output.titles.items()}
    conduct = run.conduct.model_copy(
        update={
            "sections": sections.model_copy(update={"body": tuple(wanted), "annexes": ()}),
            "section_titles": {**own, **kind},
        }
    )
    kept = arrange(run.model_copy(update={"conduct": conduct}))
    return {one: translated(title) for one, title in OWN_TITLES.items()} | {one.id: one.title for one in kept}
