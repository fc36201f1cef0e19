"""What earlier engagements concluded, where it leads in the catalog of today, and how the cycle went."""

from auditkit.assessment.previous import PreviousVerdict
from auditkit.reporting import words
from auditkit.reporting.view_index import Index, is_open
from auditkit.reporting.view_scales import CycleRow, PreviousRow


def build_previous(index: Index) -> tuple[PreviousRow, ...]:
    """Word what was carried over, unresolved ones first."""
    found = sorted(index.run.previous, key=lambda one: one.state == "previous")
    return tuple(
        PreviousRow(
            id=one.id,
            where=f"{one.source} of {one.catalog}, {one.engagement}",
            said=f"{words.spaced(one.said)}"
            + (f", {one.by}" if one.by else "")
            + (f", {one.at}" if one.at else ""),
            text=one.text,
            leads_to=", ".join(one.targets) or "nothing",
            state=one.state,
            why=f"{one.relation}: {one.why}" if one.relation else one.why,
        )
        for one in found
    )


def build_cycle(index: Index) -> tuple[CycleRow, ...]:
    """Count what each engagement of the cycle concluded, as it was carried over; then what this one confirmed."""
    run = index.run
    rows = [_earlier(run.previous, one) for one in dict.fromkeys(each.engagement for each in run.previous)]
    confirmed = [one for one in run.assessment.points if one.standing == "confirmed"]
    found = [one for one in index.confirmed if one.grade in ("major", "minor")]
    rows.append(
        CycleRow(
            engagement=f"{run.engagement.id}, this one",
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
