"""Judge points: every judgement is checked as the loader checks it, added to its file, and bound at once."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from auditkit.assessment.model import Judgement, JudgementBasis, JudgementFile, VerdictValue
from auditkit.base.atomic import write_whole
from auditkit.base.errors import AuditkitError, UsageFault
from auditkit.base.ids import unqualify
from auditkit.base.yamltext import parse, quoted, validate
from auditkit.engagement.bind import bind_judgements
from auditkit.engagement.open import OpenEngagement, open_engagement
from auditkit.engagement.run import RunOptions, assess
from auditkit.engagement.signatures import refuse_key, sign_judgements

HEAD = "# Written by people: what the auditors decided. Judgements are added at the end.\njudgements:\n"


class Given(NamedTuple):
    """A decision as somebody gives it."""

    point: str
    verdict: VerdictValue
    because: str
    by: str
    on: tuple[str, ...] = ()
    at: date | None = None
    """None: the day the engagement speaks of."""
    basis: JudgementBasis = "evidence"
    how_checked: str = ""
    safeguard: str = ""
    """Where the point lies in an area of the person's own: what keeps the judgement impartial."""
    where: str = ""
    """Row of a form, for messages."""


class Judged(NamedTuple):
    """A judgement that was written, and the results it stands against."""

    id: str
    point: str
    verdict: str
    conflict: tuple[str, ...]
    replaces: str | None
    signed: bool = False


class Refusal(NamedTuple):
    """Why a decision is refused."""

    at: int
    """Its place among those given, from 0."""
    part: str
    """The part of it that is wrong: a field of ``Given``."""
    said: str


def judge(
    opened: OpenEngagement,
    given: tuple[Given, ...],
    *,
    again: bool = False,
    dry_run: bool = False,
    key_file: Path | None = None,
) -> tuple[Judged, ...]:
    """Write judgements and bind them; with one fault in any of them nothing is written, and UsageFault says all.

    ``key_file``: the private key to sign them with.
    """
    if not given:
        raise UsageFault("There is nothing to judge.")
    if key_file is not None:
        refuse_key(opened, (one.by for one in given), key_file)
    twice = [point for point, count in Counter(one.point for one in given).items() if count > 1]
    faults = [f"{point}: judged twice here." for point in twice]
    faults += [
        f"{given[one.at].where}{given[one.at].point}: {one.said}"
        for one in refusals(opened, given, again=again)
    ]
    if faults:
        raise UsageFault("\n".join(faults))
    before, number = _judged(opened), _last_number(opened)
    made = [
        _judgement(opened, one, f"J-{number + at:03d}", before.get(one.point))
        for at, one in enumerate(given, 1)
    ]
    if dry_run:
        return tuple(Judged(one.id, one.point, one.verdict, (), one.replaces) for one in made)
    _write(opened, made)
    renewed = open_engagement(opened.layout)
    identifiers = tuple(one.id for one in made)
    bind_judgements(renewed, identifiers)
    if key_file is not None:
        _sign(opened, identifiers, key_file)
    return _with_conflicts(opened, made, signed=key_file is not None)


def refusals(opened: OpenEngagement, given: tuple[Given, ...], *, again: bool = False) -> tuple[Refusal, ...]:
    """Return why decisions are refused, each by the first rule it breaks; empty: all of them can be written."""
    before = _judged(opened)
    found = (
        (at, _fault(opened, one) or _judged_before(one, before, again=again)) for at, one in enumerate(given)
    )
    return tuple(Refusal(at, *why) for at, why in found if why is not None)


def _judged(opened: OpenEngagement) -> dict[str, str]:
    return {one.point: one.id for one in opened.workpapers.judgements}


def _sign(opened: OpenEngagement, identifiers: tuple[str, ...], key_file: Path) -> None:
    try:
        sign_judgements(open_engagement(opened.layout), identifiers, key_file)
    except AuditkitError as error:
        named = " ".join(identifiers)
        error.args = (
            f"{named}: written and bound, but not signed. {error}\nThen: auditkit judgements sign {named} --key {key_file}",
        )
        raise


def _with_conflicts(opened: OpenEngagement, made: list[Judgement], *, signed: bool) -> tuple[Judged, ...]:
    run = assess(open_engagement(opened.layout), RunOptions()).run
    assessments = (run.assessment, *(one.assessment for one in run.further))
    conflicts = {one.point: one.conflict for assessment in assessments for one in assessment.points}
    return tuple(
        Judged(one.id, one.point, one.verdict, conflicts.get(one.point, ()), one.replaces, signed)
        for one in made
    )


def _fault(opened: OpenEngagement, one: Given) -> tuple[str, str] | None:
    people = {person.id: person for person in opened.engagement.people}
    catalogs = (opened.library.catalog, *opened.library.further)
    catalog = next((each for each in catalogs if any(point.id == one.point for point in each.points)), None)
    registered = {item.id for item in opened.register.items}
    if one.by not in people:
        return (
            "by",
            f"{one.by} is not among the people of engagement.yaml. Add the person there, or name another.",
        )
    if people[one.by].side != "auditor":
        return "by", f"{people[one.by].name} is not of the audit team; auditors judge."
    own = opened.independence.fault(one.by, (one.point,), one.safeguard)
    if own is not None:
        return (
            "safeguard",
            f"{own}. Let somebody else judge, or say with --safeguard, in a sentence, what keeps it impartial.",
        )
    if catalog is None:
        return "point", "there is no such point. Try: auditkit catalog search WORD"
    if one.verdict == "not_applicable" and not catalog.head.allows_exclusions:
        return (
            "verdict",
            f"{catalog.head.standard} allows no exclusion, so not_applicable is refused. Judge it, or leave it unassessed.",
        )
    if len(one.because.strip()) < 15:
        return "because", "the reason has fewer than 15 characters. Say what was seen."
    if one.basis == "no_occurrence" and not one.how_checked.strip():
        return (
            "how_checked",
            "nothing occurred, but it does not say how that was checked. Say it with --nothing-occurred, or in how_checked of a form.",
        )
    if one.basis == "no_occurrence" and one.verdict != "conforms":
        return "verdict", "where nothing occurred, only conforms can be judged."
    strangers = sorted(set(one.on) - registered)
    if strangers:
        return (
            "on",
            f"{', '.join(strangers)} is not in the evidence register. Register it, or correct the id.",
        )
    return None


def _judged_before(one: Given, before: dict[str, str], *, again: bool) -> tuple[str, str] | None:
    if one.point in before and not again:
        return (
            "verdict",
            f"{before[one.point]} judges it already. Add --again to replace it; the old one stays in its file.",
        )
    return None


def _judgement(opened: OpenEngagement, one: Given, identifier: str, replaces: str | None) -> Judgement:
    return Judgement(
        id=identifier,
        point=one.point,
        verdict=one.verdict,
        basis=one.basis,
        rationale=one.because.strip(),
        by=one.by,
        at=one.at or opened.engagement.as_of,
        on=one.on,
        how_checked=one.how_checked.strip(),
        replaces=replaces,
        safeguard=one.safeguard.strip(),
    )


def _last_number(opened: OpenEngagement) -> int:
    known = (*opened.workpapers.judgements, *opened.workpapers.earlier)
    return max((int(one.id.partition("-")[2]) for one in known), default=0)


def _write(opened: OpenEngagement, made: list[Judgement]) -> None:
    """Add the judgements to their files; every file is checked before the first is written."""
    texts: dict[Path, str] = {}
    for one in made:
        path = opened.layout.workpapers / "judgements" / _file(one.point)
        texts.setdefault(path, path.read_text(encoding="utf-8") if path.exists() else HEAD)
        texts[path] = texts[path].rstrip("\n") + "\n" + _entry(one)
    for path, text in texts.items():
        document, _ = parse(text, path.name)
        read = validate(document, (), JudgementFile)[0] if document is not None else None
        added = [one for one in made if opened.layout.workpapers / "judgements" / _file(one.point) == path]
        if read is None or list(read.judgements[-len(added) :]) != added:
            raise UsageFault(
                f"workpapers/judgements/{path.name}: a judgement cannot be added. Make `judgements:` a list with one "
                "entry a block, at the end of the file."
            )
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)


def _file(point: str) -> str:
    catalog, own = unqualify(point)
    if catalog is not None:
        return f"{catalog}.yaml"
    first = own.partition("-")[0].partition(".")[0]
    return f"clause-{int(first):02d}.yaml" if first.isdecimal() else "other.yaml"


def _entry(one: Judgement) -> str:
    lines = [f"  - id: {one.id}", f"    point: {quoted(one.point)}", f"    verdict: {one.verdict}"]
    if one.basis != "evidence":
        lines.append(f"    basis: {one.basis}")
    lines += [f"    rationale: {quoted(one.rationale)}", f"    by: {one.by}", f"    at: {one.at}"]
    if one.on:
        lines.append(f"    on: [{', '.join(one.on)}]")
    if one.how_checked:
        lines.append(f"    how_checked: {quoted(one.how_checked)}")
    if one.replaces:
        lines.append(f"    replaces: {one.replaces}")
    if one.safeguard:
        lines.append(f"    safeguard: {quoted(one.safeguard)}")
    return "\n".join(lines) + "\n"


def form_rows(opened: OpenEngagement, clause: str | None) -> list[dict[str, Any]]:
    """Return one row a point that nobody has judged (or whose judgement is suspect), to be filled in."""
    run = assess(opened, RunOptions()).run
    statements = {point.id: point.statement for point in opened.library.whole.points}
    wanted = {point.id for point in opened.library.whole.select(clause)} if clause else None
    if wanted is not None and not wanted:
        raise UsageFault(f"{clause}: no requirement has this id or clause.")
    assessments = (run.assessment, *(one.assessment for one in run.further))
    return [
        {
            "point": one.point,
            "statement": statements[one.point],
            "computed": one.value,
            "why": " ".join(one.reasons),
            "evidence": " ".join(dict.fromkeys(ref.id for result in one.results for ref in result.evidence)),
            "verdict": "",
            "because": "",
            "on": "",
            "by": "",
            "at": "",
            "basis": "",
            "how_checked": "",
            "safeguard": "",
        }
        for assessment in assessments
        for one in assessment.points
        if (wanted is None or one.point in wanted) and (one.judgement is None or one.suspect)
    ]
