"""What earlier engagements concluded, where it leads in the catalog of today, and how the cycle went."""

from auditkit.assessment.previous import PreviousVerdict
from auditkit.base.language import message, say, say_as, short_day
from auditkit.reporting import words
from auditkit.reporting.view_index import Index, is_open
from auditkit.reporting.view_scales import CycleRow, PreviousRow

_STATES = words.Table(
    {
        "raised": message("raised"),
        "answered": message("answered"),
        "plan_accepted": message("plan accepted"),
        "implemented": message("implemented"),
        "verified_effective": message("verified effective"),
        "closed": message("closed"),
        "reopened": message("reopened"),
        "rejected": message("rejected"),
        "merged": message("merged"),
    }
)
"""The state of a finding in one word, as it stood when it was carried over."""
_RELATIONS = words.Table(
    {
        "equal": message("equal"),
        "subset": message("subset"),
        "superset": message("superset"),
        "intersects": message("intersects"),
        "none": message("none"),
    }
)
"""How an earlier criterion relates to one of today."""


def build_previous(index: Index) -> tuple[PreviousRow, ...]:
    """Word what was carried over, unresolved ones first."""
    found = sorted(index.run.previous, key=lambda one: one.state == "previous")
    return tuple(
        PreviousRow(
            id=one.id,
            where=say(
                "{criterion} of {catalog}, {engagement}",
                criterion=one.source,
                catalog=one.catalog,
                engagement=one.engagement,
            ),
            said=", ".join(
                part for part in (_said(one), one.by, short_day(one.at) if one.at else "") if part
            ),
            text=one.text,
            leads_to=", ".join(one.targets) or say("nothing"),
            state=say_as("carried over", "previous")
            if one.state == "previous"
            else say_as("carried over", "unresolved"),
            why=f"{_RELATIONS.get(one.relation, one.relation)}: {one.why}" if one.relation else one.why,
        )
        for one in found
    )


def _said(one: PreviousVerdict) -> str:
    """Word the verdict, or the grade and state of a finding, as it stood."""
    if one.kind == "judgement":
        return words.VALUES.get(one.said, words.spaced(one.said))
    grade, comma, state = one.said.partition(", ")
    graded = words.SHORT_GRADES.get(grade, words.spaced(grade))
    return f"{graded}{comma}{_STATES.get(state, words.spaced(state))}"


def build_cycle(index: Index) -> tuple[CycleRow, ...]:
    """Count what each engagement of the cycle concluded, as it was carried over; then what this one confirmed."""
    run = index.run
    rows = [_earlier(run.previous, one) for one in dict.fromkeys(each.engagement for each in run.previous)]
    confirmed = [one for one in run.assessment.points if one.standing == "confirmed"]
    found = [one for one in index.confirmed if one.grade in ("major", "minor")]
    rows.append(
        CycleRow(
            engagement=say("{engagement}, this one", engagement=run.engagement.id),
            judged=len(confirmed),
            nonconforming=sum(one.value == "nonconforming" for one in confirmed),
            majors=sum(one.grade == "major" for one in found),
            minors=sum(one.grade == "minor" for one in found),
            open=sum(is_open(one) for one in found),
        )
    )
    return tuple(rows)


def _earlier(carried: tuple[PreviousVerdict, ...], engagement: str) -> CycleRow:
    """Count one earlier engagement; a finding that cites several criteria counts once."""
    mine = [one for one in carried if one.engagement == engagement]
    judged = [one for one in mine if one.kind == "judgement"]
    findings = {one.id: one.said.partition(", ") for one in mine if one.kind == "finding"}
    graded = [(grade, state) for grade, _, state in findings.values() if grade in ("major", "minor")]
    done = ("closed", "verified_effective", "rejected", "merged")
    return CycleRow(
        engagement=engagement,
        judged=len(judged),
        nonconforming=sum(one.said == "nonconforming" for one in judged),
        majors=sum(grade == "major" for grade, _ in graded),
        minors=sum(grade == "minor" for grade, _ in graded),
        open=sum(state not in done for _, state in graded),
    )
