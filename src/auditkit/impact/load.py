"""Load the business impact analysis of an engagement: from impact.yaml, or from sheets."""

from pathlib import Path
from typing import NamedTuple

from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.base.yamltext import YamlDocument, load_model
from auditkit.impact.model import ImpactFile
from auditkit.impact.sheets_read import read_impact_sheets


class LoadedImpact(NamedTuple):
    """The analysis as written, or None, and what is wrong with it."""

    given: bool
    """Something was handed over, readable or not."""
    file: ImpactFile | None
    places: dict[str, Place]
    """Element to where it stands."""
    source: str
    """Name of the file, workbook or folder."""
    issues: tuple[InputIssue, ...]

    @property
    def complete(self) -> bool:
        """Tell whether all of it could be used."""
        return not any(issue.severity == "error" for issue in self.issues)


NOT_GIVEN = LoadedImpact(False, None, {}, "", ())


def load_impact(file: Path, workbook: Path, folder: Path) -> LoadedImpact:
    """Load the one of the three that is there; with two of them neither is used."""
    there = [path for path in (file, workbook, folder) if path.exists()]
    if not there:
        return NOT_GIVEN
    name = there[0].name
    if len(there) > 1:
        message = f"{' and '.join(path.name for path in there)} both hold the business impact analysis; none was used."
        issue = _issue("impact-two-sources", Place(file=name), message, "Keep one of them.")
        return LoadedImpact(True, None, {}, name, (issue,))
    if there[0] != file:
        read = read_impact_sheets(there[0], name)
        issues = (*read.issues, *_dangling(read.file, read.places, name))
        return LoadedImpact(True, read.file, read.places, name, issues)
    loaded = load_model(file, name, ImpactFile)
    if loaded.model is None or loaded.document is None:
        return LoadedImpact(True, None, {}, name, loaded.issues)
    places, issues = _places(loaded.model, loaded.document)
    return LoadedImpact(True, loaded.model, places, name, (*issues, *_dangling(loaded.model, places, name)))


def _places(file: ImpactFile, document: YamlDocument) -> tuple[dict[str, Place], tuple[InputIssue, ...]]:
    places: dict[str, Place] = {}
    issues: list[InputIssue] = []
    for section in ("activities", "services", "components", "resources", "suppliers"):
        for number, element in enumerate(getattr(file, section)):
            place = document.place((section, number))
            if element.id in places:
                message = f"{element.id} stands twice; the first is used."
                issues.append(
                    _issue("impact-duplicate", place, message, "Give each element an id of its own.")
                )
            places.setdefault(element.id, place)
    return places, tuple(issues)


def _dangling(file: ImpactFile | None, places: dict[str, Place], name: str) -> tuple[InputIssue, ...]:
    if file is None:
        return ()
    return tuple(
        _issue(
            "impact-dangling",
            places.get(element.id, Place(file=name)),
            f"{element.id} leans on {provider}, which is no element.",
            "Add it, or correct the id.",
        )
        for _, element in file.elements()
        for provider in sorted({one for need in element.needs for one in need.of} - places.keys())
    )


def _issue(code: str, place: Place, message: str, hint: str) -> InputIssue:
    return InputIssue(code=code, severity="error", place=place, message=message, hint=hint)
