"""Relations between two catalogs, and what a result on one side lets one suppose on the other (pure).

A supposition never becomes a verdict: it stands beside a requirement that nobody assessed, names what it rests
on, and never lifts a result (law 2). Maps may be n-to-n; their order does not matter.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from auditkit.base.issue import InputIssue
from auditkit.base.model import Record
from auditkit.base.place import Place
from auditkit.catalog.model import Catalog, Certainty

Relation = Literal["equal", "subset", "superset", "intersects", "none"]
Value = Literal["conforms", "nonconforming", "not_assessed", "not_applicable"]
Supposition = Literal["conforms", "nonconforming", "not_assessed"]


class ReferenceEntry(Record):
    """A clause, control, practice or process of another framework: its id and title, never its text."""

    id: str
    title: str
    parent: str | None = None


class ReferenceList(Record):
    """checklists/references/*.yaml: the ids and titles of a framework that crosswalks point to."""

    id: str
    standard: str
    edition: str = ""
    title: str
    source_note: str
    entries: tuple[ReferenceEntry, ...]


class CrosswalkMap(Record):
    """One relation: what the sources together demand relative to what the targets together demand."""

    sources: tuple[str, ...]
    """Requirements, points or clauses of the source; empty: a target without counterpart."""
    targets: tuple[str, ...] = ()
    """Entries of the target; empty with ``none``."""
    relation: Relation
    """``subset``: the sources demand less than, and only things within, the targets; ``superset`` the reverse."""
    rationale: str
    certainty: Certainty = "estimate"


class Crosswalk(Record):
    """checklists/crosswalks/*.yaml."""

    id: str
    source: str
    """Catalog id."""
    target: str
    """Id of a catalog or of a reference list."""
    title: str
    about: str = ""
    source_note: str
    maps: tuple[CrosswalkMap, ...]


class Inference(Record):
    """What a crosswalk lets one suppose about a target that nobody assessed."""

    target: str
    value: Supposition = "not_assessed"
    rests_on: tuple[str, ...] = ()
    """Sources that the supposition rests on, in the order of the alphabet."""
    says: tuple[str, ...] = ()
    """Why, and why not more, one sentence each."""


def infer(crosswalk: Crosswalk, verdicts: Mapping[str, Value]) -> tuple[Inference, ...]:
    """Return an inference for each target of a crosswalk, sorted by target.

    ``verdicts``: requirement of the source to its verdict; what is missing is not assessed.
    """
    votes: dict[str, list[Inference]] = {}
    for one in crosswalk.maps:
        for target in one.targets:
            votes.setdefault(target, []).append(_vote(one, target, verdicts))
    return tuple(_join(target, votes[target]) for target in sorted(votes))


def _vote(one: CrosswalkMap, target: str, verdicts: Mapping[str, Value]) -> Inference:
    values = {source: verdicts.get(source, "not_assessed") for source in one.sources}
    failing = tuple(sorted(source for source, value in values.items() if value == "nonconforming"))
    names = ", ".join(failing or sorted(values))
    if failing and one.relation in ("equal", "subset"):
        if len(one.targets) == 1:
            says = f"{names} failed, and the target demands that too."
            return Inference(target=target, value="nonconforming", rests_on=failing, says=(says,))
        says = f"{names} failed, so at least one of {', '.join(sorted(one.targets))} is not met."
        return Inference(target=target, rests_on=failing, says=(says,))
    covered = one.relation in ("equal", "superset") and bool(values)
    if covered and all(value == "conforms" for value in values.values()):
        says = f"{names} conform, and they demand all that the target demands."
        return Inference(target=target, value="conforms", rests_on=tuple(sorted(values)), says=(says,))
    if covered:
        return Inference(target=target, says=(f"{names}: not all of it conforms, so nothing follows.",))
    reason = {
        "subset": "demands only a part of the target",
        "intersects": "shares only a part with the target",
        "none": "has no counterpart there",
    }.get(one.relation, "says nothing yet")
    return Inference(target=target, says=(f"{names} {reason}.",))


def _join(target: str, votes: Iterable[Inference]) -> Inference:
    """Join what several maps say of one target: a failure outweighs, a silence leaves what others say."""
    found = sorted(votes, key=lambda one: (one.value, one.rests_on, one.says))
    values = {one.value for one in found}
    doubt = any(one.value == "not_assessed" and one.rests_on for one in found)
    value: Supposition = "not_assessed"
    if "nonconforming" in values:
        value = "nonconforming"
    elif "conforms" in values and not doubt:
        value = "conforms"
    rests = sorted({source for one in found for source in one.rests_on})
    says = dict.fromkeys(sentence for one in found for sentence in one.says)
    return Inference(target=target, value=value, rests_on=tuple(rests), says=tuple(says))


def lint_crosswalk(
    crosswalk: Crosswalk, source: Catalog, targets: frozenset[str], wanted: Iterable[str]
) -> tuple[InputIssue, ...]:
    """Check that both ends of every map exist, that relations fit them, and that every source is spoken of."""
    known = {clause.clause for clause in source.clauses} | {point.id for point in source.points}
    known |= {requirement.id for requirement in source.requirements}
    issues: list[InputIssue] = []
    seen: set[str] = set()
    for number, one in enumerate(crosswalk.maps, start=1):
        seen |= set(one.sources)
        strangers = [f"source {name}" for name in one.sources if name not in known]
        strangers += [f"target {name}" for name in one.targets if name not in targets]
        for name in strangers:
            issues.append(_issue(crosswalk, f"map {number}: the {name} does not exist."))
        if (one.relation == "none") == bool(one.targets and one.sources):
            issues.append(
                _issue(crosswalk, f"map {number}: the relation {one.relation} does not fit its ends.")
            )
    lineage = source.lineage()
    for requirement in wanted:
        parts = [point for point in source.points if point.requirement == requirement]
        names = {
            requirement,
            *(point.id for point in parts),
            *lineage.get(parts[0].clause if parts else "", ()),
        }
        if not names & seen:
            issues.append(_issue(crosswalk, f"{requirement} is spoken of nowhere."))
    return tuple(issues)


def _issue(crosswalk: Crosswalk, message: str) -> InputIssue:
    return InputIssue(
        code="crosswalk-dangling",
        severity="error",
        place=Place(file=f"checklists/crosswalks/{crosswalk.id}.yaml"),
        message=message,
        hint="Correct the crosswalk.",
    )
