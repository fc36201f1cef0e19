"""Where things are: the only module that knows the names of folders and files."""

from pathlib import Path
from typing import NamedTuple

from auditkit.base.errors import InputsUnreadable

ENGAGEMENT_FILE = "engagement.yaml"


class Layout(NamedTuple):
    """The places of one engagement folder."""

    root: Path

    @property
    def engagement(self) -> Path:
        """Return engagement.yaml."""
        return self.root / ENGAGEMENT_FILE

    @property
    def evidence(self) -> Path:
        """Return the folder of received files."""
        return self.root / "evidence"

    @property
    def register(self) -> Path:
        """Return the register, written by people."""
        return self.evidence / "register.yaml"

    @property
    def requests(self) -> Path:
        """Return the list of requests, written by people."""
        return self.evidence / "requests.yaml"

    @property
    def lock(self) -> Path:
        """Return the digests, written only by ``evidence accept``."""
        return self.evidence / "register.lock.json"

    @property
    def imports(self) -> Path:
        """Return what imported files were made from, written only by ``evidence import``."""
        return self.evidence / "imports.lock.json"

    @property
    def persons(self) -> Path:
        """Return the sealed table of persons, written only by ``evidence import``."""
        return self.evidence / "persons.sealed.json"

    @property
    def purged(self) -> Path:
        """Return what was deleted when the time of keeping was over, written only by ``privacy purge``."""
        return self.evidence / "purged.json"

    @property
    def workpapers(self) -> Path:
        """Return the folder of judgements, findings, actions and interviews."""
        return self.root / "workpapers"

    @property
    def overlays(self) -> Path:
        """Return what the user adds to our catalogs: official text, weights, own criteria, translations, checks."""
        return self.root / "overlays"

    @property
    def checklists(self) -> Path:
        """Return the engagement's own catalogs, imported ones among them."""
        return self.root / "checklists"

    @property
    def impact(self) -> tuple[Path, Path, Path]:
        """Return the places of the business impact analysis: a file, a workbook, or a folder of sheets."""
        return self.root / "impact.yaml", self.root / "impact.xlsx", self.root / "impact"

    @property
    def previous(self) -> Path:
        """Return what an earlier engagement concluded, carried over by ``catalog migrate``, computed."""
        return self.workpapers / "previous.json"

    @property
    def bindings(self) -> Path:
        """Return what judgements were bound to, written only by ``judgements bind``."""
        return self.workpapers / "judgements.lock.json"

    @property
    def signatures(self) -> Path:
        """Return the folder of signatures by key, computed."""
        return self.workpapers / "signatures"

    @property
    def interviews(self) -> Path:
        """Return the folder of notes of interviews and observations."""
        return self.workpapers / "interviews"

    @property
    def reports(self) -> Path:
        """Return the folder of computed reports."""
        return self.root / "reports"

    @property
    def redacted_reports(self) -> Path:
        """Return the folder of computed reports without names of persons."""
        return self.reports / "redacted"

    def interchange(self, *, redacted: bool) -> Path:
        """Return the folder of computed reports in the formats of other tools."""
        return (self.redacted_reports if redacted else self.reports) / "interchange"

    def documents(self, *, redacted: bool) -> Path:
        """Return the folder of computed documents of their own."""
        return (self.redacted_reports if redacted else self.reports) / "documents"

    @property
    def cache(self) -> Path:
        """Return the cache, which can be deleted at any time."""
        return self.root / ".auditkit-cache"

    @property
    def cached_exceptions(self) -> Path:
        """Return where the full lists of exceptions of the last run lie until reports are written."""
        return self.cache / "exceptions"


def find_engagement(start: Path) -> Layout:
    """Return the engagement at a folder or above it; InputsUnreadable when there is none."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / ENGAGEMENT_FILE).is_file():
            return Layout(folder)
    raise InputsUnreadable(
        f"{start}: there is no {ENGAGEMENT_FILE} here or above. Make one with: auditkit init my-audit"
    )


def engagement_above(path: Path) -> Path | None:
    """Return the engagement folder that a path lies in, or None."""
    real = path.resolve()
    return next((folder for folder in (real, *real.parents) if (folder / ENGAGEMENT_FILE).is_file()), None)


def checklists_folder() -> Path:
    """Return the shipped checklists: inside the installed package, or at the root of a checkout."""
    package = Path(__file__).resolve().parents[1]
    for candidate in (package / "checklists", package.parents[1] / "checklists"):
        if (candidate / "datasets.yaml").is_file():
            return candidate
    raise InputsUnreadable(f"{package}: the checklists are missing. Install auditkit again.")
