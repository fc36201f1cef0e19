"""Check an engagement against the rules of its kind and stage: independence, clauses of a visit, earlier findings."""

from auditkit.assessment.conduct import Conduct
from auditkit.assessment.engagement import Engagement
from auditkit.assessment.independence import Independence
from auditkit.assessment.previous import PreviousVerdict
from auditkit.assessment.workpapers import Workpapers
from auditkit.base.issue import InputIssue, Severity
from auditkit.base.language import say, translated
from auditkit.base.place import Place
from auditkit.engagement.library import Library
from auditkit.findings.lifecycle import DONE
from auditkit.findings.load import RaisedFindings

Issues = tuple[InputIssue, ...]


def conduct_issues(
    engagement: Engagement,
    conduct: Conduct,
    library: Library,
    workpapers: Workpapers,
    raised: RaisedFindings,
    previous: tuple[PreviousVerdict, ...],
    independence: Independence,
) -> Issues:
    """Return what does not fit the kind and stage of an engagement."""
    return (
        *_independence(independence, workpapers),
        *_visit(engagement, conduct, library),
        *(_earlier(raised, previous) if conduct.rules.previous_findings == "verified" else ()),
    )


def barred_judgements(independence: Independence, workpapers: Workpapers) -> dict[str, str]:
    """Return by judgement why it does not decide: it lies in an own area, and the kind asks for independence."""
    if not independence.required:
        return {}
    return {
        identifier: say(
            "{area} is an own area of who judged, and no safeguard is recorded.", area=translated(own.area)
        )
        for identifier, own in independence.unguarded(workpapers.judgements).items()
    }


def _independence(independence: Independence, workpapers: Workpapers) -> Issues:
    judges = {one.id: one.by for one in workpapers.judgements}
    found = []
    for identifier, own in independence.unguarded(workpapers.judgements).items():
        said = f"{judges[identifier]} judges {own.point} ({identifier}), which belongs to {own.area}, an own area."
        hint = "Let somebody else judge it, or record in `safeguard` what keeps the judgement impartial"
        found.append(
            _issue(
                "judgement-in-own-area",
                said,
                f"{hint}; until then it does not decide." if independence.required else f"{hint}.",
                "workpapers/judgements",
                "error" if independence.required else "note",
            )
        )
    return tuple(found)


def _visit(engagement: Engagement, conduct: Conduct, library: Library) -> Issues:
    wanted = engagement.visit_clauses
    known = {clause.clause for clause in library.whole.clauses}
    issues = [
        _issue(
            "visit-clause-unknown",
            f"visit_clauses names {clause}, which is no clause of the catalog.",
            "Write numbers of clauses such as 8.5.1; those below them are included.",
        )
        for clause in wanted
        if clause not in known
    ]
    if conduct.rules.clauses == "sampled" and not wanted:
        said = f"The stage {conduct.stage} looks at a sample of clauses, and engagement.yaml does not say at which."
        hint = "List them under `visit_clauses`; until then every clause counts as part of the visit."
        issues.append(_issue("visit-clauses-missing", said, hint))
    if conduct.rules.clauses == "all" and wanted:
        named = conduct.kind if conduct.stage == "-" else f"{conduct.kind}, stage {conduct.stage},"
        said = f"An engagement of the kind {named} looks at every clause; those outside visit_clauses stay not assessed."
        hint = "Take `visit_clauses` out, or name what is left out under areas_not_covered."
        issues.append(_issue("visit-clauses-unfit", said, hint))
    return tuple(issues)


def _earlier(raised: RaisedFindings, previous: tuple[PreviousVerdict, ...]) -> Issues:
    """Say which nonconformities of earlier audits nobody has dealt with in this one."""
    if not previous:
        said = "This stage verifies what earlier audits found, and nothing was carried over."
        hint = "Run auditkit catalog migrate on the earlier engagement, or on a sheet of its findings."
        return (_issue("previous-missing", said, hint, "workpapers/previous.json"),)
    open_ones = {
        one.id: one
        for one in previous
        if one.kind == "finding" and one.said.partition(", ")[0] in ("major", "minor")
        if one.said.partition(", ")[2] not in (*DONE, "rejected", "merged")
    }
    return tuple(
        _issue(
            "previous-unverified",
            f"{one.id} of {one.engagement} ({one.said.replace('_', ' ')}) was open, and this engagement does not say what became of it.",
            f"Put the finding into workpapers/findings and verify or reopen it, or raise one that names it in `repeat_of: {one.id}`.",
            "workpapers/previous.json",
        )
        for one in open_ones.values()
        if not _dealt_with(one, raised)
    )


def _dealt_with(one: PreviousVerdict, raised: RaisedFindings) -> bool:
    for file in raised.files:
        if file.finding.id == one.id and raised.lives[one.id].state in (*DONE, "reopened"):
            return True
        if (file.finding.repeat_of or "").split(" ")[0] == one.id:
            return True
    return False


def _issue(
    code: str, message: str, hint: str, file: str = "engagement.yaml", severity: Severity = "warning"
) -> InputIssue:
    return InputIssue(code=code, severity=severity, place=Place(file=file), message=message, hint=hint)
