"""What is not assessed, grouped by the kind of reason, with every requirement listed."""

from collections.abc import Callable
from typing import NamedTuple

from auditkit.assessment.model import PointVerdict
from auditkit.base.language import message, say, say_count, translated
from auditkit.reporting.numbers import whole
from auditkit.reporting.view_index import Index
from auditkit.reporting.view_records import NotAssessed, OpenGroup, OpenRow
from auditkit.reporting.words import sentence

_REASONS_SHOWN = 3


class _Kind(NamedTuple):
    title: str
    about: str
    applies: Callable[[PointVerdict], bool]


def _outcomes(verdict: PointVerdict) -> set[str]:
    return {one.outcome for one in verdict.results if one.kind in ("document", "record", "impact")}


def _unknown_rows(verdict: PointVerdict) -> bool:
    return any(one.unknown and one.outcome != "met" for one in verdict.results if one.kind == "record")


def _talked(verdict: PointVerdict) -> bool:
    return any(one.kind in ("interview", "observe") for one in verdict.results)


_KINDS = (
    _Kind(
        message("Not in this visit"),
        message(
            "The visit looked at a sample of clauses, and these were not among them; another visit of the cycle will."
        ),
        lambda one: one.outside_visit,
    ),
    _Kind(
        message("A signed judgement became suspect"),
        message(
            "Something the judgement rested on changed after it was signed; its author has to look again."
        ),
        lambda one: bool(one.suspect),
    ),
    _Kind(
        message("An examination failed"),
        message("The procedure itself broke off. That says nothing about the organisation."),
        lambda one: "error" in _outcomes(one),
    ),
    _Kind(
        message("A result is left to an auditor's judgement"),
        message(
            "An exception was seen that does not decide by itself: isolated, or against good practice only."
        ),
        lambda one: "not_met" in _outcomes(one),
    ),
    _Kind(
        message("What was handed over cannot be tested"),
        message("A field is missing or a file could not be read."),
        lambda one: "not_testable" in _outcomes(one),
    ),
    _Kind(
        message("Some records could not be decided"),
        message(
            "Fields that the test compares are empty or unreadable in some rows; those rows are neither right nor wrong."
        ),
        _unknown_rows,
    ),
    _Kind(
        message("No evidence was received"),
        message("Nothing of the kind was handed over, or what came shows nothing about the point."),
        lambda one: "no_evidence" in _outcomes(one),
    ),
    _Kind(
        message("An interview or observation is outstanding"),
        message("What was examined so far does not suffice without talking to people or looking on site."),
        _talked,
    ),
    _Kind(
        message("Only a person can judge it"),
        message("No computed result decides the point, and nobody has signed a judgement yet."),
        lambda one: one.value == "not_assessed",
    ),
)


def build_not_assessed(index: Index) -> NotAssessed:
    """Word the section. Every point without a verdict stands in exactly one group."""
    unassessed = [one for one in index.verdicts.values() if one.value == "not_assessed"]
    grouped: dict[str, list[PointVerdict]] = {}
    for verdict in unassessed:
        kind = next(one for one in _KINDS if one.applies(verdict))
        grouped.setdefault(kind.title, []).append(verdict)
    requirements = {one.requirement for one in unassessed}
    if unassessed:
        text = _sentence(len(unassessed), len(index.verdicts), len(requirements))
    else:
        text = say("Every point of the catalog has a verdict.")
    return NotAssessed(
        sentence=text,
        groups=tuple(
            OpenGroup(
                title=translated(kind.title),
                about=translated(kind.about),
                rows=_rows(index, grouped[kind.title]),
                points=len(grouped[kind.title]),
            )
            for kind in _KINDS
            if kind.title in grouped
        ),
    )


def _sentence(points: int, total: int, requirements: int) -> str:
    where = say_count(
        "{number} requirement", "{number} requirements", requirements, number=whole(requirements)
    )
    return say_count(
        "{number} point of {total}, in {requirements}, has no verdict. They count neither for nor against conformity.",
        "{number} points of {total}, in {requirements}, have no verdict. They count neither for nor against conformity.",
        points,
        number=whole(points),
        total=whole(total),
        requirements=where,
    )


def _rows(index: Index, verdicts: list[PointVerdict]) -> tuple[OpenRow, ...]:
    by_requirement: dict[str, list[PointVerdict]] = {}
    for one in verdicts:
        by_requirement.setdefault(one.requirement, []).append(one)
    return tuple(
        OpenRow(
            requirement=requirement,
            clause_title=index.clauses[parts[0].clause].title,
            points=", ".join(one.point for one in parts),
            why=_why(parts),
        )
        for requirement, parts in by_requirement.items()
    )


def _why(parts: list[PointVerdict]) -> tuple[str, ...]:
    reasons = list(
        dict.fromkeys(sentence(reason) for one in parts for reason in one.reasons if reason.strip())
    )
    shown = reasons[:_REASONS_SHOWN]
    if len(reasons) > len(shown):
        rest = len(reasons) - len(shown)
        shown.append(
            say_count(
                "And {number} further reason; assessment.json lists all.",
                "And {number} further reasons; assessment.json lists all.",
                rest,
                number=whole(rest),
            )
        )
    return tuple(shown) or (say("No reason was given."),)
