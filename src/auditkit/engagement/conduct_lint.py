"""Lint kinds of engagement, audit methods and grading schemes, in both directions: what is named exists and is used."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from auditkit.assessment.conduct import SHORT_WORDS, WORD_KEYS, AuditMethod, Kind
from auditkit.assessment.conduct_load import load_kind, load_method
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.engagement.conduct_files import GRADING, KINDS, METHODS, Shelves, find_file, known_ids
from auditkit.findings.load import load_grading
from auditkit.reporting.elements import FACTS
from auditkit.reporting.sections import TITLES, section_faults

Issues = tuple[InputIssue, ...]
One = TypeVar("One")


def lint_conducts(shelves: Shelves) -> tuple[Issues, str]:
    """Return every fault of kinds, methods and grading schemes, and how many of each there are."""
    kinds, issues = _load(KINDS, shelves, load_kind)
    methods, more = _load(METHODS, shelves, load_method)
    schemes, most = _load(GRADING, shelves, load_grading)
    issues = (*issues, *more, *most)
    for kind in kinds:
        issues = (*issues, *kind_issues(kind), *language_issues(kind), *_links(kind, shelves))
    for method in methods:
        issues = (*issues, *method_issues(method))
    shown = {one.shows for method in methods for one in method.elements}
    unused = sorted(set(FACTS) - shown)
    if methods and unused:
        said = f"No element shows {', '.join(unused)}."
        issues = (*issues, _issue(f"checklists/{METHODS}", said, "Let an element of a method show it."))
    counts = (
        f"{len(kinds)} kinds of engagement, {len(methods)} audit methods, {len(schemes)} grading schemes."
    )
    return issues, counts


def kind_issues(kind: Kind) -> Issues:
    """Say why a kind cannot be used."""
    file = f"checklists/{KINDS}/{kind.id}.yaml"
    faults = [*section_faults(kind.sections), *_word_faults(kind)]
    for language, titles in kind.section_titles.items():
        faults += [
            f"A title in {language} is for {one}, which is no section." for one in titles if one not in TITLES
        ]
    for name, stage in kind.stages.items():
        faults += [
            f"The stage {name} adds {one}, which the kind does not leave out."
            for one in stage.added
            if one not in kind.sections.left_out
        ]
        shown = (*kind.sections.body, *kind.sections.annexes, *stage.added)
        faults += [
            f"The stage {name} makes {one} compulsory, which it does not show."
            for one in stage.compulsory
            if one not in shown
        ]
    if not kind.stages:
        faults.append('It has no stage; write at least "-", an engagement without one.')
    return tuple(
        _issue(file, one, "Correct the kind; docs/formats.md lists sections and words.") for one in faults
    )


def language_issues(kind: Kind) -> Issues:
    """Say which words stand in one language and not in another; a kind can be used without, in English."""
    file = f"checklists/{KINDS}/{kind.id}.yaml"
    hint = "Word it in every language of the kind, or in none."
    return tuple(_issue(file, one, hint) for one in _language_faults(kind))


def method_issues(method: AuditMethod) -> Issues:
    """Say why an audit method cannot be used."""
    file = f"checklists/{METHODS}/{method.id}.yaml"
    names = [one.id for one in method.elements]
    faults = [f"The element {one} stands twice." for one in dict.fromkeys(names) if names.count(one) > 1]
    faults += [
        f"The element {one.id} shows {one.shows}, which no engagement states."
        for one in method.elements
        if one.shows and one.shows not in FACTS
    ]
    hint = f"An element shows one of {', '.join(FACTS)}, or nothing."
    return tuple(_issue(file, one, hint) for one in faults)


def _word_faults(kind: Kind) -> Iterator[str]:
    """Yield what is wrong with the words: English says everything, and nobody words what no report says."""
    english = kind.words.get("en", {})
    yield from (f"The word {one} has no wording in English." for one in WORD_KEYS if not english.get(one))
    for where, languages in _worded(kind):
        for language, said in languages.items():
            yield from (
                f"The key {one} of {where} in {language} is no word of a report."
                for one in said
                if one not in (*WORD_KEYS, *SHORT_WORDS)
            )


def _language_faults(kind: Kind) -> Iterator[str]:
    """Yield what one language says and another does not: a report would mix them."""
    for where, languages in (*_worded(kind), ("the titles of sections", kind.section_titles)):
        spoken = {*kind.words, *languages}
        keys = dict.fromkeys(one for said in languages.values() for one in said)
        for one in keys:
            has = [language for language in sorted(spoken) if one in languages.get(language, {})]
            lacks = sorted(spoken - set(has))
            if lacks:
                yield f"The key {one} of {where} stands in {', '.join(has)} and not in {', '.join(lacks)}."


def _worded(kind: Kind) -> list[tuple[str, dict[str, dict[str, str]]]]:
    """Return the words of the kind and of its stages, each by language, with where they stand."""
    return [
        ("the kind", kind.words),
        *((f"stage {name}", stage.words) for name, stage in kind.stages.items()),
    ]


def _links(kind: Kind, shelves: Shelves) -> Issues:
    """Say which methods and schemes a kind names that are not there."""
    named = [(METHODS, kind.method), (GRADING, kind.grading)]
    for stage in kind.stages.values():
        named += [(METHODS, stage.method or kind.method), (GRADING, stage.grading or kind.grading)]
    return tuple(
        _issue(
            f"checklists/{KINDS}/{kind.id}.yaml",
            f"It names {one}, and there is no checklists/{folder}/{one}.yaml.",
            f"Known are {', '.join(known_ids(folder, shelves))}.",
        )
        for folder, one in dict.fromkeys(named)
        if find_file(folder, one, shelves) is None
    )


def _load(
    folder: str, shelves: Shelves, load: Callable[[Path, str], tuple[One | None, Issues]]
) -> tuple[list[One], Issues]:
    found: list[One] = []
    issues: Issues = ()
    for identifier in known_ids(folder, shelves):
        place = find_file(folder, identifier, shelves)
        model, more = load(*place) if place is not None else (None, ())
        issues = (*issues, *more)
        found += [model] if model is not None else []
    return found, issues


def _issue(file: str, message: str, hint: str) -> InputIssue:
    return InputIssue(
        code="conduct-invalid", severity="error", place=Place(file=file), message=message, hint=hint
    )
