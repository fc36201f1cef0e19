"""Overlays: official text, weights, own criteria, translations and attested checks, apart from our files (pure)."""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from auditkit.base.ids import qualify
from auditkit.base.issue import InputIssue
from auditkit.base.model import Record
from auditkit.base.place import Place
from auditkit.catalog.model import Catalog, CatalogHead, Clause, GuidanceItem, Point, text_digest

OWN_CRITERIA = "own-criteria"


class OverlayPoint(Record):
    """What a user adds to one of our points."""

    id: str
    official_text: str = ""
    """The standard's text from the user's licensed copy; never shipped, never exported."""
    weight: int = Field(default=1, ge=0, le=100)
    """For the measure by weight; verdicts and the other measures do not know it."""
    note: str = ""
    of: str = ""
    """First 12 hexadecimal digits of the SHA-256 of our statement when it was written; a change is reported."""


class OverlayFile(Record):
    """overlays/*.yaml: additions to one catalog, and criteria of the organisation's own."""

    catalog: str
    points: tuple[OverlayPoint, ...] = ()
    clauses: tuple[Clause, ...] = ()
    """Own criteria: assessed as a catalog of their own, so that they are counted apart from the standard."""


class TranslatedClause(Record):
    """Title and summary of a clause in another language."""

    clause: str
    title: str
    summary: str = ""


class TranslatedPoint(Record):
    """A statement, and optionally questions, in another language."""

    id: str
    statement: str
    of: str
    """First 12 hexadecimal digits of the SHA-256 of the statement it translates."""
    interview: tuple[str, ...] = ()
    observe: tuple[str, ...] = ()


class TranslatedGuidance(Record):
    """An advice in another language."""

    id: str
    advice: str
    why: str = ""
    of: str


class Translation(Record):
    """translations/*.yaml of a catalog, or of an overlay."""

    language: str
    catalog: str
    clauses: tuple[TranslatedClause, ...] = ()
    points: tuple[TranslatedPoint, ...] = ()
    guidance: tuple[TranslatedGuidance, ...] = ()


class Attestation(Record):
    """A named person compared our statement with a licensed copy of the standard."""

    point: str
    by: str
    """Name, or a person id of engagement.yaml."""
    at: date
    edition: str
    """The copy it was compared with."""
    of: str
    """First 12 hexadecimal digits of the SHA-256 of our statement."""
    note: str = ""


class AttestationFile(Record):
    """overlays/attestations.yaml, written by ``auditkit catalog attest``."""

    catalog: str
    attestations: tuple[Attestation, ...] = ()


def attest(catalog: Catalog, files: Iterable[AttestationFile]) -> tuple[Catalog, tuple[InputIssue, ...]]:
    """Mark as ``licensed-checked`` what somebody checked; a changed statement loses the mark, with an issue."""
    checked: dict[str, Attestation] = {}
    issues: list[InputIssue] = []
    points = {point.id: point for point in catalog.points}
    for file in files:
        if file.catalog != catalog.head.id:
            continue
        for one in file.attestations:
            point = points.get(one.point)
            if point is None:
                issues.append(
                    _issue("overlay-dangling", f"An attestation names {one.point}, which is no point.")
                )
            elif point.text_digest != one.of:
                message = f"{one.point} was checked by {one.by} on {one.at}, and our statement changed since."
                issues.append(_issue("attestation-stale", message))
            else:
                checked[one.point] = one
    if not checked:
        return catalog, tuple(issues)
    clauses = tuple(
        clause.model_copy(update={"points": tuple(_marked(point, checked) for point in clause.points)})
        for clause in catalog.clauses
    )
    return catalog.model_copy(update={"clauses": clauses}), tuple(issues)


def _marked(point: Point, checked: dict[str, Attestation]) -> Point:
    return point.model_copy(update={"certainty": "licensed-checked"}) if point.id in checked else point


def overlay_points(
    catalog: Catalog, files: Iterable[OverlayFile]
) -> tuple[dict[str, OverlayPoint], tuple[InputIssue, ...]]:
    """Return what overlays add, by point, and what in them leads nowhere or has drifted."""
    points = {point.id: point for point in catalog.points}
    found: dict[str, OverlayPoint] = {}
    issues: list[InputIssue] = []
    for file in files:
        if file.catalog != catalog.head.id:
            continue
        for one in file.points:
            point = points.get(one.id)
            if point is None:
                issues.append(_issue("overlay-dangling", f"An overlay names {one.id}, which is no point."))
            elif one.id in found:
                issues.append(
                    _issue("overlay-dangling", f"Two overlays speak of {one.id}; the first is used.")
                )
            else:
                found[one.id] = one
                if one.of and one.of != point.text_digest:
                    message = f"The overlay of {one.id} was written for an older statement of ours."
                    issues.append(_issue("overlay-stale", message))
    return found, tuple(issues)


def own_criteria(files: Iterable[OverlayFile], organisation: str) -> Catalog | None:
    """Return the organisation's own criteria as a catalog; None where there are none."""
    clauses = tuple(clause for file in files for clause in file.clauses)
    if not clauses:
        return None
    head = CatalogHead(
        id=OWN_CRITERIA,
        standard=f"Own criteria of {organisation}",
        edition="",
        title="Criteria that the organisation set itself",
        allows_exclusions=True,
        source_note="Written by the organisation; not part of any standard.",
        files=(),
    )
    return Catalog(head=head, clauses=clauses)


def translate(catalog: Catalog, translation: Translation) -> Catalog:
    """Return the catalog with titles, statements and questions in another language; what is missing stays English."""
    titles = {one.clause: one for one in translation.clauses}
    texts = {one.id: one for one in translation.points}
    clauses = []
    for clause in catalog.clauses:
        title = titles.get(clause.clause)
        update: dict[str, object] = {"points": tuple(_translated(point, texts) for point in clause.points)}
        if title is not None:
            update |= {"title": title.title, "summary": title.summary or clause.summary}
        clauses.append(clause.model_copy(update=update))
    head = catalog.head.model_copy(update={"language": translation.language})
    return Catalog(head=head, clauses=tuple(clauses))


def _translated(point: Point, texts: dict[str, TranslatedPoint]) -> Point:
    text = texts.get(point.id)
    if text is None:
        return point
    procedures = point.procedures
    asked = {name: getattr(text, name) or getattr(procedures, name) for name in ("interview", "observe")}
    return point.model_copy(
        update={"statement": text.statement, "procedures": procedures.model_copy(update=asked)}
    )


def translate_guidance(items: Iterable[GuidanceItem], translation: Translation) -> tuple[GuidanceItem, ...]:
    """Return the guidance in another language; what is missing stays English."""
    texts = {one.id: one for one in translation.guidance}
    return tuple(
        item.model_copy(update={"advice": text.advice, "why": text.why or item.why})
        if (text := texts.get(item.id)) is not None
        else item
        for item in items
    )


def coverage(catalog: Catalog, guidance: Iterable[GuidanceItem], translation: Translation) -> str:
    """Say in one line how much of a catalog a translation holds, and so what is missing."""
    points, items = len(catalog.points), len(tuple(guidance))
    asked = sum(bool(one.interview) for one in translation.points)
    return (
        f"{catalog.head.id} in {translation.language}: {len(translation.points)} of {points} statements, "
        f"{asked} of {points} with questions, {len(translation.guidance)} of {items} guidance items."
    )


def lint_guidance_translation(
    items: Iterable[GuidanceItem], translation: Translation, file: str
) -> tuple[InputIssue, ...]:
    """Report advice in another language that drifted or leads nowhere."""
    known = {item.id: text_digest(item.advice) for item in items}
    place = Place(file=file)
    issues = []
    for one in translation.guidance:
        if one.id not in known:
            message = f"The translation names {one.id}, which is not there."
            issues.append(_issue("translation-dangling", message, place))
        elif one.of != known[one.id]:
            message = f"{one.id}: the {translation.language} text renders an older advice."
            issues.append(_issue("translation-stale", message, place))
    return tuple(issues)


def lint_translation(catalog: Catalog, translation: Translation, file: str) -> tuple[InputIssue, ...]:
    """Report what a translation lacks, what drifted since it was made, and what leads nowhere."""
    points = {point.id: point for point in catalog.points}
    texts = {one.id: one for one in translation.points}
    place = Place(file=file)
    issues = []
    for point in points.values():
        text = texts.get(point.id)
        if text is None:
            issues.append(
                _issue("translation-missing", f"{point.id} has no {translation.language} text.", place)
            )
        elif text.of != point.text_digest:
            message = f"{point.id}: the {translation.language} text renders an older statement."
            issues.append(_issue("translation-stale", message, place))
    known = points.keys() | {clause.clause for clause in catalog.clauses}
    named = [one.id for one in translation.points] + [one.clause for one in translation.clauses]
    issues += [
        _issue("translation-dangling", f"The translation names {one}, which is not there.", place)
        for one in named
        if one not in known
    ]
    return tuple(issues)


def qualified(catalog: Catalog) -> Catalog:
    """Return a further catalog of an engagement with its ids qualified: ``iso-9001-2015:9.2-1``."""
    name = catalog.head.id
    clauses = tuple(
        clause.model_copy(
            update={
                "clause": qualify(name, clause.clause),
                "parent": qualify(name, clause.parent) if clause.parent else None,
                "points": tuple(
                    point.model_copy(update={"id": qualify(name, point.id)}) for point in clause.points
                ),
            }
        )
        for clause in catalog.clauses
    )
    head = catalog.head.model_copy(
        update={
            "organisation_wide": tuple(qualify(name, one) for one in catalog.head.organisation_wide),
            "phases": {
                phase: tuple(qualify(name, one) for one in within)
                for phase, within in catalog.head.phases.items()
            },
            "governance": {qualify(name, one): title for one, title in catalog.head.governance.items()},
            "operation": tuple(qualify(name, one) for one in catalog.head.operation),
        }
    )
    return Catalog(head=head, clauses=clauses)


def _issue(code: str, message: str, place: Place | None = None) -> InputIssue:
    return InputIssue(
        code=code,
        severity="warning",
        place=place or Place(file="overlays"),
        message=message,
        hint="Compare with: auditkit catalog show; then correct the file.",
    )
