"""Reviews: a second person's look at judgements, added to workpapers/reviews/reviews.yaml."""

from datetime import date
from pathlib import Path

from auditkit.assessment.reviews import Review, ReviewFile
from auditkit.base.atomic import write_whole
from auditkit.base.errors import UsageFault
from auditkit.base.yamltext import parse, quoted, validate
from auditkit.engagement.open import OpenEngagement

HEAD = "# Written by people: who reviewed which judgement. Reviews are added at the end.\nreviews:\n"


def review_judgements(
    opened: OpenEngagement,
    judgements: tuple[str, ...],
    by: str,
    at: date | None,
    note: str,
    *,
    agrees: bool,
    safeguard: str = "",
) -> int:
    """Add a review of each judgement; with one fault nothing is written, and UsageFault says all."""
    _refuse(opened, judgements, by, note, agrees=agrees, safeguard=safeguard)
    made = [
        Review(
            judgement=one,
            by=by,
            at=at or opened.engagement.as_of,
            agrees=agrees,
            note=note.strip(),
            safeguard=safeguard.strip(),
        )
        for one in dict.fromkeys(judgements)
    ]
    _append(opened.layout.workpapers / "reviews/reviews.yaml", made)
    return len(made)


def _refuse(
    opened: OpenEngagement, judgements: tuple[str, ...], by: str, note: str, *, agrees: bool, safeguard: str
) -> None:
    """Stop, with every fault, when these judgements cannot be reviewed so."""
    people = {person.id: person for person in opened.engagement.people}
    known = {one.id: one for one in opened.workpapers.judgements}
    if by not in people or people[by].side != "auditor":
        raise UsageFault(f"{by} is no auditor of engagement.yaml; auditors review judgements.")
    if not agrees and not note.strip():
        raise UsageFault("A review that disagrees has to say why. Add --note.")
    faults = [f"{one}: there is no such judgement that counts." for one in judgements if one not in known]
    faults += [
        f"{one}: {people[by].name} made it and cannot review it. Somebody else has to."
        for one in judgements
        if one in known and known[one].by == by
    ]
    faults += [
        f"{one}: {own}. Let somebody else review, or say with --safeguard, in a sentence, what keeps it impartial."
        for one in judgements
        if one in known and (own := opened.independence.fault(by, (known[one].point,), safeguard))
    ]
    if faults:
        raise UsageFault("\n".join(faults))


def _append(path: Path, made: list[Review]) -> None:
    """Add reviews at the end of their file, once the text was seen to say what it should."""
    text = (path.read_text(encoding="utf-8") if path.exists() else HEAD).rstrip("\n") + "\n"
    text += "".join(f"  - {_flow(one)}\n" for one in made)
    document, _ = parse(text, path.name)
    read = validate(document, (), ReviewFile)[0] if document is not None else None
    if read is None or list(read.reviews[-len(made) :]) != made:
        raise UsageFault(
            "workpapers/reviews/reviews.yaml: a review cannot be added. Keep `reviews:` a list at its end."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text)


def _flow(one: Review) -> str:
    note = f", note: {quoted(one.note)}" if one.note else ""
    assured = f", safeguard: {quoted(one.safeguard)}" if one.safeguard else ""
    agrees = str(one.agrees).lower()
    return f"{{judgement: {one.judgement}, by: {one.by}, at: {one.at}, agrees: {agrees}{note}{assured}}}"
