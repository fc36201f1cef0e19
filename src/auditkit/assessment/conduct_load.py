"""Load kinds of engagement and audit methods, each a file that bears its id."""

from pathlib import Path
from typing import TypeVar

from auditkit.assessment.conduct import AuditMethod, Kind
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.base.yamltext import load_model

Issues = tuple[InputIssue, ...]
One = TypeVar("One", Kind, AuditMethod)


def load_kind(path: Path, file: str) -> tuple[Kind | None, Issues]:
    """Load a kind of engagement."""
    loaded = load_model(path, file, Kind)
    return _named(loaded.model, path, file, loaded.issues)


def load_method(path: Path, file: str) -> tuple[AuditMethod | None, Issues]:
    """Load an audit method."""
    loaded = load_model(path, file, AuditMethod)
    return _named(loaded.model, path, file, loaded.issues)


def _named(one: One | None, path: Path, file: str, issues: Issues) -> tuple[One | None, Issues]:
    """Refuse a file whose id is not its name: it could not be chosen by either."""
    if one is None or one.id == path.stem:
        return one, issues
    issue = InputIssue(
        code="conduct-invalid",
        severity="error",
        place=Place(file=file, line=1),
        message=f"The id {one.id} is not the name of the file.",
        hint="Give the file the name of its id.",
    )
    return None, (*issues, issue)
