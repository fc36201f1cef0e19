"""Section 9: alignment with the guidance of Part 2, a scale of its own, apart from conformity."""

from auditkit.assessment.guidance import GuidanceVerdict
from auditkit.base.language import message, say, say_count, short_day
from auditkit.catalog.model import GuidanceItem
from auditkit.reporting import words
from auditkit.reporting.numbers import interval_text, whole
from auditkit.reporting.view_index import Index
from auditkit.reporting.view_scales import GuidanceItemRow, GuidanceRow, GuidanceView

_LEVELS = ("beginning", "established", "leading")
_SEEN = words.Table(
    {
        "beginning": message("beginning"),
        "established": message("established"),
        "leading": message("leading"),
    }
)
"""How far advice is followed, as an auditor saw it."""


def build_guidance(index: Index) -> GuidanceView:
    """Word the alignment by clause, and every item about which something is known."""
    alignment = index.run.alignment
    items = {item.id: item for item in index.run.guidance}
    share = alignment.share
    known = [one for one in alignment.verdicts if one.value != "not_assessed"]
    return GuidanceView(
        share=interval_text(share) if share else "",
        confirmed=interval_text(alignment.confirmed) if alignment.confirmed else "",
        sentence=_sentence(alignment.verdicts),
        rows=_rows(index, alignment.verdicts),
        items=tuple(
            _item(index, items[one.item], one)
            for one in known
            if one.value != "followed" and one.standing == "confirmed"
        ),
        candidates=tuple(
            _item(index, items[one.item], one)
            for one in known
            if one.value != "followed" and one.standing == "candidate"
        ),
        followed=", ".join(
            one.item for one in known if one.value == "followed" and one.standing == "confirmed"
        ),
    )


def _sentence(verdicts: tuple[GuidanceVerdict, ...]) -> str:
    if not verdicts:
        return say("No guidance is shipped for this catalog.")
    values = [one.value for one in verdicts]
    return say_count(
        "Of {number} item of advice, {followed} are followed, {partly} in part, {not_followed} not, and {open} are not "
        "assessed; {confirmed} were confirmed by an auditor.",
        "Of {number} items of advice, {followed} are followed, {partly} in part, {not_followed} not, and {open} are not "
        "assessed; {confirmed} were confirmed by an auditor.",
        len(verdicts),
        number=whole(len(verdicts)),
        followed=whole(values.count("followed")),
        partly=whole(values.count("partly")),
        not_followed=whole(values.count("not_followed")),
        open=whole(values.count("not_assessed")),
        confirmed=whole(sum(one.standing == "confirmed" for one in verdicts)),
    )


def _rows(index: Index, verdicts: tuple[GuidanceVerdict, ...]) -> tuple[GuidanceRow, ...]:
    by_clause: dict[str, list[GuidanceVerdict]] = {}
    for one in verdicts:
        by_clause.setdefault(one.clause, []).append(one)
    rows = []
    for clause, found in by_clause.items():
        values = [one.value for one in found]
        known = index.clauses.get(clause)
        rows.append(
            GuidanceRow(
                clause=clause,
                title=known.title if known else "",
                total=len(found),
                followed=values.count("followed"),
                partly=values.count("partly"),
                not_followed=values.count("not_followed"),
                not_assessed=values.count("not_assessed"),
                confirmed=sum(one.standing == "confirmed" for one in found),
            )
        )
    return tuple(rows)


def _item(index: Index, item: GuidanceItem, verdict: GuidanceVerdict) -> GuidanceItemRow:
    signed = verdict.judgement
    notes = [*verdict.reasons]
    if signed is not None:
        notes = [f"{signed.rationale} ({index.person(signed.by)}, {short_day(signed.at)})"]
        if signed.level is not None:
            seen = item.good_looks_like[_LEVELS.index(signed.level)]
            notes.append(say("Seen: {level}. {description}", level=_SEEN[signed.level], description=seen))
    return GuidanceItemRow(
        id=item.id,
        advice=item.advice,
        why=item.why,
        mark=words.ALIGNMENTS[verdict.value],
        standing=verdict.standing,
        notes=tuple(notes),
    )
