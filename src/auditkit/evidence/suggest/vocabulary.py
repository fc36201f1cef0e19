"""Load the curated vocabulary of a catalog."""

from collections.abc import Collection
from pathlib import Path

from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.base.yamltext import load_model
from auditkit.evidence.suggest.model import Vocabulary


def load_vocabulary(
    path: Path, file: str, catalog: str, clauses: Collection[str]
) -> tuple[Vocabulary | None, tuple[InputIssue, ...]]:
    """Load ``<catalog>.yaml``; clauses the catalog does not have are an issue. None: there is none that can be used."""
    if not path.exists():
        message = (
            f"There is no curated vocabulary for {catalog}; only the words of its statements are looked for."
        )
        return None, (_issue("vocabulary-missing", "note", Place(file=file), message),)
    loaded = load_model(path, file, Vocabulary)
    if loaded.model is None or loaded.document is None:
        return None, loaded.issues
    if loaded.model.catalog != catalog:
        message = f"The vocabulary is for {loaded.model.catalog}, not for {catalog}; it was not used."
        place = loaded.document.place(("catalog",))
        return None, (_issue("vocabulary-other-catalog", "warning", place, message),)
    issues = tuple(
        _issue(
            "vocabulary-unknown-clause",
            "warning",
            loaded.document.place(("clauses", index)),
            f"{catalog} has no clause {one.clause}; its words are not looked for.",
        )
        for index, one in enumerate(loaded.model.clauses)
        if one.clause not in clauses
    )
    return loaded.model, issues


def _issue(code: str, severity: str, place: Place, message: str) -> InputIssue:
    return InputIssue.model_validate(
        {
            "code": code,
            "severity": severity,
            "place": place,
            "message": message,
            "hint": "See checklists/vocabulary/iso-iec-20000-1-2018.yaml for the form.",
        }
    )
