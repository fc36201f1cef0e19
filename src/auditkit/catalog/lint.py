"""Lint a catalog: ids, order, completeness, length, certainty, and links that lead somewhere, both ways."""

import re
from collections.abc import Iterable, Mapping

from auditkit.base.ids import CLAUSE_PATTERN, clause_key, is_clause_id, is_point_id, is_within
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.catalog.lens import Lens
from auditkit.catalog.model import STATEMENT_LIMIT_CHARACTERS, Catalog, DocumentType, GuidanceItem, Point


def lint_catalog(
    catalog: Catalog,
    places: Mapping[str, Place],
    inventory: tuple[dict[str, str], ...],
    types: Iterable[DocumentType],
    test_points: Mapping[str, tuple[str, ...]],
    check_points: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[InputIssue, ...]:
    """Return every fault found. ``test_points``: record test id to the points it is mapped to; so ``check_points``."""
    topics = {one.id: {topic.id for topic in one.topics} for one in types}
    issues = [*_order(catalog, places), *_completeness(catalog, places, inventory)]
    for point in catalog.points:
        place = places.get(point.id, Place(file=catalog.head.id))
        if not catalog.head.origin:  # the text of an imported catalog is its owner's
            issues += _statement(point, place)
        issues += _links(point, place, topics, test_points)
    issues += _tests_back(catalog, places, test_points)
    return (*issues, *_impact_checks(catalog, places, check_points or {}))


def lint_document_types(types: Iterable[DocumentType], catalog: Catalog) -> tuple[InputIssue, ...]:
    """Check that patterns compile, clauses exist and every type is asked for by some point."""
    clauses = {clause.clause for clause in catalog.clauses}
    used = {one.type for point in catalog.points for one in point.procedures.documents}
    issues: list[InputIssue] = []
    place = Place(file="checklists/document-types.yaml")
    for one in types:
        for pattern in (*one.names, *(cue for topic in one.topics for cue in topic.cues)):
            try:
                re.compile(pattern, re.IGNORECASE)
            except re.error as error:
                issues.append(
                    _issue("catalog-bad-pattern", place, f"{one.id}: {pattern!r} is no pattern ({error}).")
                )
        for clause in one.clauses:
            if clause not in clauses:
                issues.append(
                    _issue("catalog-dangling", place, f"{one.id} names clause {clause}, which is not there.")
                )
        if one.id not in used:
            issues.append(_issue("catalog-dangling", place, f"No point asks for the document type {one.id}."))
    return tuple(issues)


def lint_lens(lens: Lens, catalog: Catalog) -> tuple[InputIssue, ...]:
    """Check that every clause and point a lens names exists."""
    known = {clause.clause for clause in catalog.clauses}
    points = {point.id for point in catalog.points}
    place = Place(file=f"checklists/lenses/{lens.id}.yaml")
    issues: list[InputIssue] = []
    for group in lens.groups:
        for clause in (*group.clauses, *group.secondary_clauses):
            if clause not in known:
                issues.append(
                    _issue(
                        "catalog-dangling", place, f"{group.id} names clause {clause}, not in the catalog."
                    )
                )
        for point in group.points:
            if point not in points:
                issues.append(
                    _issue("catalog-dangling", place, f"{group.id} names point {point}, not in the catalog.")
                )
    return tuple(issues)


def lint_guidance(
    items: Iterable[GuidanceItem],
    catalog: Catalog,
    types: Iterable[DocumentType],
    tests: Iterable[str],
    folder: str,
) -> tuple[InputIssue, ...]:
    """Check that every item hangs on a clause of Part 1, that its links lead somewhere, and that none is missing."""
    topics = {one.id: {topic.id for topic in one.topics} for one in types}
    known, lineage, found = set(tests), catalog.lineage(), tuple(items)
    place = Place(file=f"checklists/{folder}")
    messages: list[str] = []
    for item in found:
        if item.clause not in lineage:
            messages.append(f"{item.id} hangs on clause {item.clause}, which is not there.")
        if item.id.partition(":")[2].partition("/")[0] != item.clause:
            messages.append(f"{item.id} is not keyed by its clause {item.clause}.")
        messages += [
            f"{item.id} names the record test {test}, which does not exist."
            for test in item.procedures.records
            if test not in known
        ]
        for one in item.procedures.documents:
            missing = {one.type} if one.type not in topics else set(one.topics) - topics[one.type]
            messages += [
                f"{item.id} names the document type or topic {name}, which does not exist."
                for name in sorted(missing)
            ]
    ids = [item.id for item in found]
    messages += [f"{one} stands twice." for one in sorted({name for name in ids if ids.count(name) > 1})]
    advised = {item.clause for item in found}
    advised |= {clause for clause, line in lineage.items() if advised & set(line)}
    messages += [
        f"No guidance stands for clause {clause.clause}."
        for clause in catalog.clauses
        if clause.points and clause.clause not in advised
    ]
    return tuple(_issue("guidance-fault", place, message) for message in messages)


def _order(catalog: Catalog, places: Mapping[str, Place]) -> list[InputIssue]:
    issues: list[InputIssue] = []
    previous: tuple[int, ...] = ()
    known = {clause.clause for clause in catalog.clauses}
    for clause in catalog.clauses:
        if not is_clause_id(clause.clause):
            message = f"{clause.clause!r} is no number or token that can name a clause."
            issues.append(_issue("catalog-bad-id", places[clause.clause], message))
        if CLAUSE_PATTERN.fullmatch(clause.clause):
            key = clause_key(clause.clause)
            if key <= previous:
                message = f"Clause {clause.clause} does not follow the one before it."
                issues.append(_issue("catalog-order", places[clause.clause], message))
            previous = key
        parent = clause.above
        if parent is not None and parent not in known:
            message = f"The heading {parent} above {clause.clause} is missing."
            issues.append(_issue("catalog-order", places[clause.clause], message))
    return issues


def _completeness(
    catalog: Catalog, places: Mapping[str, Place], inventory: tuple[dict[str, str], ...]
) -> list[InputIssue]:
    issues: list[InputIssue] = []
    present = {point.id: point for point in catalog.points}
    listed = [row["point"] for row in inventory]
    place = Place(file=f"checklists/{catalog.head.id}/inventory.csv")
    for row in inventory:
        point = present.get(row["point"])
        if point is None:
            issues.append(
                _issue("catalog-incomplete", place, f"The point {row['point']} is missing in the catalog.")
            )
            continue
        marks = (point.kind, _mark(point.documented), _mark(point.planned_intervals), point.certainty)
        wanted = (row["kind"], row["documented"], row["planned_intervals"], row["certainty"])
        if marks != wanted and point.certainty != "licensed-checked":
            message = f"{point.id} is marked {marks}, the inventory says {wanted}."
            issues.append(_issue("catalog-mark", places[point.id], message))
    if inventory:
        for identifier in present.keys() - set(listed):
            message = f"The point {identifier} is not in the inventory."
            issues.append(_issue("catalog-incomplete", places[identifier], message))
        if not issues and [point.id for point in catalog.points] != listed:
            issues.append(
                _issue("catalog-order", place, "The points do not stand in the order of the inventory.")
            )
    return issues


def _statement(point: Point, place: Place) -> list[InputIssue]:
    issues: list[InputIssue] = []
    if len(point.statement) > STATEMENT_LIMIT_CHARACTERS:
        message = f"{point.id}: the statement has {len(point.statement)} characters."
        issues.append(_issue("catalog-statement", place, message))
    if not point.statement.endswith("."):
        issues.append(
            _issue("catalog-statement", place, f"{point.id}: the statement is not a full sentence.")
        )
    if not point.procedures.ids():
        issues.append(_issue("catalog-no-procedure", place, f"{point.id} has no procedure."))
    return issues


def _links(
    point: Point, place: Place, topics: Mapping[str, set[str]], test_points: Mapping[str, tuple[str, ...]]
) -> list[InputIssue]:
    issues: list[InputIssue] = []
    for one in point.procedures.documents:
        missing = {one.type} if one.type not in topics else set(one.topics) - topics[one.type]
        for name in sorted(missing):
            message = f"{point.id} refers to the document type or topic {name}, which does not exist."
            issues.append(_issue("catalog-dangling", place, message))
    for test in point.procedures.records:
        if point.id not in test_points.get(test, ()):
            message = f"{point.id} names the record test {test}, which is not mapped to it."
            issues.append(_issue("catalog-dangling", place, message))
    known = set(point.procedures.ids())
    for alternative in point.suffices:
        for name in alternative:
            if name not in known:
                message = f"{point.id}: suffices names {name}, which is no procedure of the point."
                issues.append(_issue("catalog-dangling", place, message))
        if not alternative:
            issues.append(
                _issue(
                    "catalog-empty-alternative", place, f"{point.id}: an alternative of suffices is empty."
                )
            )
    return issues


def _tests_back(
    catalog: Catalog, places: Mapping[str, Place], test_points: Mapping[str, tuple[str, ...]]
) -> list[InputIssue]:
    issues: list[InputIssue] = []
    points = {point.id: point for point in catalog.points}
    clauses = {clause.clause for clause in catalog.clauses}
    for test, targets in test_points.items():
        for target in targets:
            point = points.get(target)
            if point is not None and test in point.procedures.records:
                continue
            if point is not None:
                message = f"The record test {test} is mapped to {target}, which does not name it."
                issues.append(_issue("catalog-dangling", places[target], message))
                continue
            reason = "a link by clause" if not is_point_id(target) else "no point of this catalog"
            if (
                target in clauses
                or not is_point_id(target)
                or any(is_within(target.split("-")[0], c) for c in clauses)
            ):
                place = Place(file="checklists/record-tests")
                issues.append(
                    _issue("catalog-dangling", place, f"The record test {test} names {target}: {reason}.")
                )
    return issues


def _impact_checks(
    catalog: Catalog, places: Mapping[str, Place], check_points: Mapping[str, tuple[str, ...]]
) -> list[InputIssue]:
    """Check that points and impact checks name each other."""
    named = {(check, point.id) for point in catalog.points for check in point.procedures.impact}
    mapped = {(check, point) for check, points in check_points.items() for point in points}
    issues = []
    for check, point in sorted(named - mapped):
        message = f"{point} names the impact check {check}, which is not mapped to it."
        issues.append(_issue("catalog-dangling", places[point], message))
    for check, point in sorted(mapped - named):
        place = places.get(point, Place(file="checklists/impact-checks.yaml"))
        message = f"The impact check {check} is mapped to {point}, which does not name it."
        issues.append(_issue("catalog-dangling", place, message))
    return issues


def _mark(flag: bool) -> str:
    return "y" if flag else "n"


def _issue(code: str, place: Place, message: str) -> InputIssue:
    return InputIssue(code=code, severity="error", place=place, message=message, hint="Correct the catalog.")
