"""Load the register and the requests, entry by entry: a bad entry is an issue with its line, the rest is used."""

from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from pydantic import BaseModel

from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.base.yamltext import Loaded, YamlDocument, load, validate
from auditkit.evidence.model import EvidenceItem, EvidenceRequest, Register, RequestList

Entry = TypeVar("Entry", EvidenceItem, EvidenceRequest)
Model = TypeVar("Model", bound=BaseModel)


def load_register(path: Path, file: str) -> Loaded[Register]:
    """Load evidence/register.yaml. Duplicate ids and files, and paths out of evidence/, are issues."""
    return _load(path, file, Register, EvidenceItem, "items", "register")


def load_requests(path: Path, file: str) -> Loaded[RequestList]:
    """Load evidence/requests.yaml; a missing file is an empty list without an issue."""
    if not path.exists():
        return Loaded(RequestList(), (), None)
    return _load(path, file, RequestList, EvidenceRequest, "requests", "requests")


def _load(
    path: Path, file: str, model: type[Model], entry: type[Entry], key: str, what: str
) -> Loaded[Model]:
    if not path.exists():
        message = f"There is no {what}, so no evidence is known."
        return Loaded(
            model(),
            (_issue("register-missing", Place(file=file), message, "Make one: auditkit evidence scan."),),
            None,
        )
    document, issues = load(path, file)
    if document is None:
        return Loaded(model(), issues, None)
    if not isinstance(document.data, dict) or not isinstance(document.data.get(key) or [], list):
        message = f"The file must be a mapping with a list {key!r}."
        return Loaded(
            model(),
            (_issue("register-invalid", document.place(), message, "See docs/formats.md."),),
            document,
        )
    found = _entries(document, entry, key)
    more: tuple[InputIssue, ...] = found[1]
    head: dict[str, Any] = {name: value for name, value in document.data.items() if name != key}
    shell = YamlDocument(file, head, None)
    whole, head_issues = validate(shell, (), model)
    placed: tuple[InputIssue, ...] = tuple(
        issue.model_copy(update={"place": document.place()}) for issue in head_issues
    )
    return Loaded((whole or model()).model_copy(update={key: found[0]}), (*more, *placed), document)


def _entries(
    document: YamlDocument, entry: type[Entry], key: str
) -> tuple[tuple[Entry, ...], tuple[InputIssue, ...]]:
    found: list[Entry] = []
    issues: list[InputIssue] = []
    seen: dict[str, str] = {}
    for index in range(len(document.data.get(key) or [])):
        value, faults = validate(document, (key, index), entry)
        issues.extend(faults)
        if value is None:
            continue
        place = document.place((key, index))
        fault = _fault(value, seen)
        if fault is not None:
            issues.append(_issue("register-invalid", place, fault, "The entry was not used; correct it."))
            continue
        seen[value.id] = value.id
        if isinstance(value, EvidenceItem):
            seen[f"file {value.file}"] = value.id
        found.append(value)
    return tuple(found), tuple(issues)


def _fault(value: Any, seen: dict[str, str]) -> str | None:
    if value.id in seen:
        return f"{value.id} stands twice; the first entry is used."
    if not isinstance(value, EvidenceItem):
        return None
    parts = PurePosixPath(value.file)
    if parts.is_absolute() or ".." in parts.parts or "\\" in value.file or not value.file.strip():
        return f"{value.id}: {value.file!r} is not a path below evidence/."
    if f"file {value.file}" in seen:
        return f"{value.id}: the file {value.file} is registered already as {seen[f'file {value.file}']}."
    return None


def _issue(code: str, place: Place, message: str, hint: str) -> InputIssue:
    return InputIssue(
        code=code,
        severity="warning" if code == "register-missing" else "error",
        place=place,
        message=message,
        hint=hint,
    )
