"""Choose kind, stage, audit method and grading scheme of an engagement; what does not exist or fit is refused."""

from pathlib import Path
from typing import NamedTuple, TypeVar

from auditkit.assessment.conduct import NO_STAGE, AuditMethod, Conduct, Kind, conduct_of
from auditkit.assessment.conduct_load import load_kind, load_method
from auditkit.assessment.engagement import Engagement
from auditkit.base.errors import InputsUnreadable
from auditkit.base.issue import InputIssue
from auditkit.base.language import ENGLISH
from auditkit.base.yamltext import YamlDocument
from auditkit.engagement.conduct_files import GRADING, KINDS, METHODS, Shelves, find_file, known_ids
from auditkit.engagement.conduct_lint import kind_issues, method_issues

One = TypeVar("One", Kind, AuditMethod)


class Chosen(NamedTuple):
    """What an engagement follows."""

    conduct: Conduct
    """Its words in the language spoken."""
    english: Conduct
    """The same in English, so that digests do not depend on the language."""
    grading: str
    """Id of the grading scheme."""


def choose_conduct(
    engagement: Engagement, document: YamlDocument, shipped: Path, own: Path | None, language: str = ENGLISH
) -> Chosen:
    """Return what the engagement follows, in a language; InputsUnreadable says what to do.

    ``own``: the engagement's own checklists, which come before the shipped ones.
    """
    shelves = tuple(one for one in (own, shipped) if one is not None)
    kind = _read(load_kind(*_kind(shelves, document, engagement.kind)))
    _stop(kind_issues(kind))
    stage = kind.stages.get(engagement.stage)
    if stage is None:
        raise _refused(document, "stage", "stage-unfit", *_unfit(engagement, kind, shelves))
    wanted = engagement.audit_method or stage.method or kind.method
    method = _read(load_method(*_method(shelves, document, wanted)))
    _stop(method_issues(method))
    grading = engagement.grading or stage.grading or kind.grading
    _grading(shelves, document, grading)
    chosen = engagement.audit_method is not None
    said, plain = (
        conduct_of(kind, engagement.stage, method, chosen=chosen, language=one) for one in (language, ENGLISH)
    )
    return Chosen(said, plain, grading)


def stages_text(kind: Kind) -> str:
    """Name the stages of a kind."""
    named = [f'"{one}"' for one in kind.stages if one != NO_STAGE]
    return ", ".join(('"-" (none)', *named))


def _kind(shelves: Shelves, document: YamlDocument, identifier: str) -> tuple[Path, str]:
    found = find_file(KINDS, identifier, shelves)
    if found is None:
        text = _unknown("kind of engagement", KINDS, identifier, shelves)
        raise _refused(document, "kind", "kind-unknown", *text)
    return found


def _method(shelves: Shelves, document: YamlDocument, identifier: str) -> tuple[Path, str]:
    found = find_file(METHODS, identifier, shelves)
    if found is None:
        text = _unknown("audit method", METHODS, identifier, shelves)
        raise _refused(document, "audit_method", "method-unknown", *text)
    return found


def _grading(shelves: Shelves, document: YamlDocument, identifier: str) -> None:
    if find_file(GRADING, identifier, shelves) is None:
        text = _unknown("grading scheme", GRADING, identifier, shelves)
        raise _refused(document, "grading", "grading-unknown", *text)


def _unknown(what: str, folder: str, identifier: str, shelves: Shelves) -> tuple[str, str]:
    known = ", ".join(known_ids(folder, shelves))
    return (
        f"There is no {what} {identifier}.",
        f"Known are {known}; write one of them, or add checklists/{folder}/{identifier}.yaml to the engagement.",
    )


def _unfit(engagement: Engagement, kind: Kind, shelves: Shelves) -> tuple[str, str]:
    fits = []
    for one in known_ids(KINDS, shelves):
        found = find_file(KINDS, one, shelves)
        other = load_kind(*found)[0] if found is not None else None
        if other is not None and engagement.stage in other.stages:
            fits.append(one)
    message = f"The kind {kind.id} has no stage {engagement.stage}; its stages are {stages_text(kind)}."
    elsewhere = f", or take a kind that has this stage: {', '.join(fits)}" if fits else ""
    return message, f"Write one of its stages{elsewhere}."


def _read(loaded: tuple[One | None, tuple[InputIssue, ...]]) -> One:
    model, issues = loaded
    if model is None:
        raise InputsUnreadable("\n".join(str(issue) for issue in issues))
    return model


def _stop(issues: tuple[InputIssue, ...]) -> None:
    if issues:
        raise InputsUnreadable("\n".join(str(issue) for issue in issues))


def _refused(document: YamlDocument, field: str, code: str, message: str, hint: str) -> InputsUnreadable:
    issue = InputIssue(
        code=code, severity="error", place=document.place((field,)), message=message, hint=hint
    )
    return InputsUnreadable(str(issue))
