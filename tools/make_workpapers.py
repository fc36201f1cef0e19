"""Make the workpapers of the worked engagement: interviews, judgements, findings and actions of three auditors.

Runs after tools/make_nordwerk.py on the same folder: ``make_workpapers.py DIR [--previous]``. It reads what
the tool computed, as an auditor would, and writes what people decided; at last it binds the judgements.
"""

import argparse
import json
import random
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "src"), str(Path(__file__).resolve().parent)]

from auditkit.assessment.model import PointVerdict
from auditkit.catalog.model import Point
from auditkit.engagement.bind import bind_judgements
from auditkit.engagement.evidence import accept_evidence
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import open_engagement
from auditkit.engagement.run import RunOptions, RunOutcome, assess
from auditkit.findings.derive import candidate_id
from nordwerk.programme import PLAN, PROGRAMME

CATALOG = "iso-iec-20000-1-2018"
TALKS = (
    ("IV-001", "Anna Berg", "Managing director", "P-001", ("5.",)),
    ("IV-002", "Lena Hoffmann", "Service management lead", "P-001", ("4.", "6.")),
    ("IV-003", "Birgit Lorenz", "Human resources", "P-003", ("7.1", "7.2", "7.3", "7.4")),
    ("IV-004", "Nina Albers", "Document controller", "P-003", ("7.5", "7.6")),
    ("IV-005", "Jan Otte", "Change manager", "P-002", ("8.5",)),
    ("IV-006", "Tobias Lange", "Head of operations", "P-002", ("8.1", "8.2", "8.6")),
    ("IV-007", "Sabine Krüger", "Relationship and supplier manager", "P-003", ("8.3", "8.4")),
    ("IV-008", "Piotr Nowak", "Platform lead Kraków", "P-002", ("8.7",)),
    ("IV-009", "Stefan Groth", "Audit and improvement manager", "P-001", ("9.", "10.")),
)
ANSWERS = (
    "The last case was in {month}. {evidence} was opened on screen, and the steps in it could be followed to the end.",
    "{evidence} was shown and explained without looking for it; the most recent entry was from {month}.",
    "Two cases were told from memory, one of them from {month}, and found again in what was shown: {lower}.",
    "It is done by rule; {lower} of {month} was fetched during the talk and bears the answer out.",
    "There had been a weakness until {month}. Since then {lower} shows how it is handled.",
)
MONTHS = ("February", "March", "May", "June", "July", "August", "September")
NO_OCCURRENCE = {
    "8.7.2-12": ("No continuity plan was invoked in the period; the arrangement for the report is in the plan.",
                 "The forty major incidents were read, and the duty log was searched for the word invocation."),
    "8.5.1.2-2e": ("No service was handed over to another party in the period; the rule for it is in the transition plan.",
                   "The service catalogue was compared with that of the year before, and the contracts register was read."),
}  # fmt: skip
CONFLICT = "8.5.1.3-6"
JUDGED_OF_8 = 0.45
"""Share of the points of clause 8 that the auditors had time to judge."""


def main(folder: Path, previous: bool) -> None:
    """Write every workpaper of one engagement."""
    layout = Layout(folder)
    accept_evidence(open_engagement(layout))
    chance = random.Random(7 if previous else 8)
    _interviews(layout, chance)
    outcome = assess(open_engagement(layout), RunOptions())
    _findings(layout, previous, outcome)
    _judgements(layout, outcome, chance)
    if not previous:
        _guidance(layout)
        _own_criteria(layout)
        _capability(layout)
        for path, text in (
            (layout.workpapers / "programme.yaml", PROGRAMME),
            (layout.workpapers / "audit-plan.yaml", PLAN),
        ):
            path.write_text(text, encoding="utf-8")
    bind_judgements(open_engagement(layout))


def _interviews(layout: Layout, chance: random.Random) -> None:
    opened = open_engagement(layout)
    start = opened.engagement.as_of - timedelta(days=16)
    for number, (identifier, name, role, interviewer, clauses) in enumerate(TALKS):
        points = [
            point
            for point in opened.library.catalog.points
            if point.clause.startswith(clauses) or f"{point.clause}." in clauses
        ]
        answers: list[dict[str, Any]] = []
        for point in points:
            for kind, questions in (
                ("interview", point.procedures.interview),
                ("observe", point.procedures.observe),
            ):
                if questions and chance.random() < 0.82:
                    answers.append(
                        {
                            "point": point.id,
                            "question": questions[0],
                            "answer": _answer(point, chance),
                            "outcome": "met",
                            "kind": kind,
                        }
                    )
        head = {
            "id": identifier,
            "at": str(start + timedelta(days=number % 5)),
            "interviewee": name,
            "role": role,
            "interviewer": interviewer,
        }
        _write(
            layout.workpapers / "interviews" / f"{identifier}.yaml",
            "notes of an interview and of what was seen",
            head,
            answers=answers,
        )


def _guidance(layout: Layout) -> None:
    """Write what the auditors decided on advice of Part 2."""
    as_of = open_engagement(layout).engagement.as_of
    rows = [
        {
            "id": f"G-{number:03d}",
            "item": f"20000-2:{item}",
            "alignment": alignment,
            "level": level,
            "rationale": why,
            "by": by,
            "at": str(as_of - timedelta(days=5)),
            **({"on": list(on)} if on else {}),
        }
        for number, (item, alignment, level, why, by, on) in enumerate(GUIDANCE, start=1)
    ]
    _write(
        layout.workpapers / "guidance" / "decisions.yaml",
        "what auditors decided on guidance",
        {},
        guidance=rows,
    )


def _capability(layout: Layout) -> None:
    """Write the ratings of three processes."""
    at = str(open_engagement(layout).engagement.as_of - timedelta(days=4))
    rated: dict[str, tuple[str, int, list[dict[str, Any]]]] = {
        "incident-management": ("P-002", 3, [
            {"attribute": "1.1", "percent": 92, "on": ["EV-030"], "rationale": "Ten of eleven outcomes were seen in the records of the year."},
            {"attribute": "2.1", "rating": "F", "rationale": "Objectives, targets and duties are set and followed every month."},
            {"attribute": "2.2", "each": ["F", "F", "L"], "rationale": "One of three teams keeps an older version of the work instruction."},
            {"attribute": "3.1", "rating": "L", "rationale": "The process is defined for all sites; tailoring is not described."},
            {"attribute": "3.2", "percent": 50, "rationale": "At one of two sites visited the defined process is not deployed."},
            {"attribute": "3.3", "rating": "P", "rationale": "Nobody checks whether the defined process is followed."},
        ]),
        "change-management": ("P-001", 3, [
            {"attribute": "1.1", "percent": 85, "on": ["EV-025"], "rationale": "Changes without a way back and late approvals keep it below full."},
            {"attribute": "2.1", "rating": "F", "rationale": "Planned, measured and adjusted; see the trend reports."},
            {"attribute": "2.2", "rating": "F", "rationale": "Policy and records are controlled."},
        ]),
        "supplier-management": ("P-003", 2, [
            {"attribute": "1.1", "percent": 45, "rationale": "Internal suppliers have no agreement, and two contracts are incomplete."},
        ]),
    }  # fmt: skip
    for process, (by, target, ratings) in rated.items():
        _write(
            layout.workpapers / "capability" / f"{process}.yaml",
            "ratings of a process; no verdict follows from them",
            {"process": process, "assessed_by": by, "assessed_at": at, "target_level": target},
            ratings=ratings,
        )


def _own_criteria(layout: Layout) -> None:
    """Write the judgements on the criteria of Nordwerk's own, which overlays/ holds."""
    as_of = open_engagement(layout).engagement.as_of
    rows = [
        {"id": f"J-{900 + number}", "point": f"own-criteria:{point}", "verdict": verdict, "by": "P-003",
         "at": str(as_of - timedelta(days=4)), "on": on, "rationale": why}
        for number, (point, verdict, on, why) in enumerate(OWN_CRITERIA, start=1)
    ]  # fmt: skip
    _write(
        layout.workpapers / "judgements" / "own-criteria.yaml",
        "what the auditors decided",
        {},
        judgements=rows,
    )


def _answer(point: Point, chance: random.Random) -> str:
    evidence = chance.choice(point.usual_evidence)
    return chance.choice(ANSWERS).format(
        month=chance.choice(MONTHS), evidence=evidence, lower=evidence[0].lower() + evidence[1:]
    )


def _judgements(layout: Layout, outcome: RunOutcome, chance: random.Random) -> None:
    points = {point.id: point for point in outcome.run.catalog.points}
    raised = {
        point
        for finding in outcome.run.findings
        if finding.standing == "confirmed"
        for point in finding.points
    }
    again = assess(open_engagement(layout), RunOptions())
    raised |= {
        point
        for one in again.run.findings
        if one.standing == "confirmed" and one.state != "closed" and one.grade in ("major", "minor")
        for point in one.points
    }
    by_clause: dict[str, list[dict[str, Any]]] = {}
    number = 0
    for verdict in outcome.run.assessment.points:
        judgement = _judgement(verdict, points[verdict.point], verdict.point in raised, outcome, chance)
        if judgement is not None:
            number += 1
            by_clause.setdefault(verdict.clause.split(".")[0], []).append(
                {"id": f"J-{number:03d}", **judgement}
            )
    for clause, rows in by_clause.items():
        _write(
            layout.workpapers / "judgements" / f"clause-{int(clause):02d}.yaml",
            "what the auditors decided",
            {},
            judgements=rows,
        )


def _judgement(
    verdict: PointVerdict, point: Point, raised: bool, outcome: RunOutcome, chance: random.Random
) -> dict[str, Any] | None:
    by, at = (
        chance.choice(("P-001", "P-002", "P-003")),
        str(outcome.run.engagement.as_of - timedelta(days=chance.randint(2, 8))),
    )
    used = list(dict.fromkeys(ref.id for result in verdict.results for ref in result.evidence))
    row = {"point": verdict.point, "verdict": "conforms", "by": by, "at": at, "on": used[:4]}
    if verdict.point in NO_OCCURRENCE:
        reason, how = NO_OCCURRENCE[verdict.point]
        return {**row, "basis": "no_occurrence", "rationale": reason, "how_checked": how}
    if verdict.point == CONFLICT:
        return {
            **row,
            "rationale": "The missing plans concern restarts, for which the way back is the start itself; the change manager showed three of them.",
        }
    if raised:
        return {
            **row,
            "verdict": "nonconforming",
            "rationale": "The exceptions were read with the auditee and confirmed; see the finding that cites this point.",
        }
    if verdict.value == "nonconforming" or (
        verdict.clause.startswith("8.") and chance.random() > JUDGED_OF_8
    ):
        return None
    if verdict.value == "not_assessed" and any(
        one.outcome in ("not_met", "not_testable", "error") for one in verdict.results
    ):
        return None
    return {**row, "rationale": _rationale(verdict, point, chance)}


def _rationale(verdict: PointVerdict, point: Point, chance: random.Random) -> str:
    """Say on what the judgement rests, in the words of what was seen."""
    parts = []
    for result in verdict.results:
        if result.quotes:
            quote = result.quotes[0]
            parts.append(f"{quote.evidence} says it in plain words (“{quote.text[:90]}”)")
        elif result.kind == "record" and result.outcome == "met":
            parts.append(f"none of {result.examined} records examined contradicts it")
        elif result.kind == "interview" and result.outcome == "met":
            parts.append("the people who do the work described a recent case")
        elif result.kind == "observe" and result.outcome == "met":
            parts.append("what was seen on site agrees")
    if not parts:
        parts.append(
            f"{chance.choice(point.usual_evidence)[0].lower()}{chance.choice(point.usual_evidence)[1:]} was read by two auditors"
        )
    text = "; ".join(dict.fromkeys(parts))
    return f"{text[0].upper()}{text[1:]}."


def _candidate(procedure: str) -> str:
    return candidate_id(CATALOG, procedure, "")


def _findings(layout: Layout, previous: bool, outcome: RunOutcome) -> None:
    as_of = outcome.run.engagement.as_of
    for row in PREVIOUS_FINDINGS if previous else FINDINGS:
        finding, answer = dict(row["finding"]), dict(row["answer"])
        finding["raised_at"] = str(as_of - timedelta(days=row["days"]))
        finding["confirms"] = [_candidate(one) for one in row["confirms"]]
        for name in ("due", "plan_accepted_at", "implemented_at", "verified_at"):
            if name in answer:
                answer[name] = str(as_of + timedelta(days=answer[name]))
        head = {"finding": finding, "answer": answer} if answer else {"finding": finding}
        _write(
            layout.workpapers / "findings" / f"{finding['id']}.yaml",
            "a finding and the auditee's answer",
            head,
        )
    _actions(layout, as_of, PREVIOUS_ACTIONS if previous else ACTIONS)


def _actions(layout: Layout, as_of: date, actions: tuple[dict[str, Any], ...]) -> None:
    """Write the actions; days are counted from the as-of date, and candidates named by their procedure."""
    for action in actions:
        values = dict(action)
        for name in ("due", "started_at"):
            if isinstance(values.get(name), int):
                values[name] = str(as_of + timedelta(days=values[name]))
        if "baseline" in values:
            values["baseline"] = {
                **values["baseline"],
                "at": str(as_of + timedelta(days=values["baseline"]["at"])),
            }
        if "." in values["finding"]:
            values["finding"] = _candidate(values["finding"])
        _write(
            layout.workpapers / "actions" / f"{action['id']}.yaml", "an action as its owner states it", values
        )


def _write(path: Path, about: str, head: dict[str, Any], **lists: list[dict[str, Any]]) -> None:
    lines = [f"# Written by people: {about}."]
    lines += [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    for name, rows in lists.items():
        lines.append(f"{name}:")
        for row in rows:
            lines += [
                f"{'  - ' if index == 0 else '    '}{key}: {json.dumps(value, ensure_ascii=False)}"
                for index, (key, value) in enumerate(row.items())
            ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _finding(
    identifier: str,
    grade: str,
    points: list[str],
    parts: tuple[str, str, str],
    by: str,
    state: str = "raised",
    **more: Any,
) -> dict[str, Any]:
    statement = {"requirement": parts[0], "failure": parts[1], "objective_evidence": parts[2]}
    return {
        "id": identifier,
        "points": points,
        "grade": grade,
        "statement": statement,
        "raised_by": by,
        "state": state,
        **more,
    }


FINDINGS: tuple[dict[str, Any], ...] = (
    {"days": 7, "confirms": ["record.normal_change_approved_before_implementation"], "finding": _finding(
        "NC-001", "minor", ["8.5.1.3-1"],
        ("Changes are decided on by those concerned before they are put into effect, and the policy says the same for normal changes.",
         "Normal changes were put into effect before they had been approved; the approval was recorded about five hours later.",
         "Export of changes, rows as listed; three of them were read together with the change manager on 1 October 2026."), "P-002", "plan_accepted",
        area="Change management"),
     "answer": {"correction": "The changes concerned were assessed afterwards by the board.", "cause": "The tool let the state be set to implement without an approval.",
                "corrective_action": "The workflow refuses the state without an approval; team leads are briefed.", "owner": "Jan Otte", "due": 60, "plan_accepted_at": -1}},
    {"days": 7, "confirms": ["record.major_incident_reviewed"], "finding": _finding(
        "NC-002", "minor", ["8.6.1-7", "own-criteria:N1-1"],
        ("After a major incident has been resolved it is reported on and reviewed.", "For some of the major incidents no review is on record, and in five of them the customers were called later than promised.",
         "Export of incidents, rows as listed; the minutes folder of the operations board was searched."), "P-002", area="Incident management",
        grades={"own-criteria": "observation"}), "answer": {}},
    {"days": 6, "confirms": ["document.internal_supplier_agreement"], "finding": _finding(
        "NC-003", "major", ["8.3.4.2-1"],
        ("With each internal supplier an agreement is documented on targets, activities and interfaces.",
         "No agreement exists with the platform team in Kraków, on which all critical services depend.",
         "Request RQ-005 and the answer of the service management lead; interview IV-007."), "P-003", "answered", area="Supplier management"),
     "answer": {"correction": "Targets were agreed by mail on 9 October 2026.", "cause": "The team belonged to the same unit until the reorganisation of 2025.",
                "corrective_action": "Agreements are concluded with both internal suppliers and reviewed each quarter.", "owner": "Sabine Krüger", "due": 45}},
    {"days": 6, "confirms": ["record.continuity_plan_tested_in_interval"], "finding": _finding(
        "NC-004", "minor", ["8.7.2-7"],
        ("Continuity plans are tested at planned intervals; the organisation's own plan says once in 365 days.",
         "Two plans were last tested 540 days before the as-of date.", "Register of continuity plans, rows as listed; EV-035."), "P-001", "answered",
        area="Continuity management"),
     "answer": {"correction": "Both tests are set for November.", "cause": "The tests were postponed twice for customer projects.", "corrective_action": "A test may be postponed only by the board.",
                "owner": "Piotr Nowak", "due": 40}},
    {"days": 360, "confirms": [], "finding": _finding(
        "NC-090", "minor", ["8.3.4.1-3d"],
        ("Contracts state the authorities and responsibilities of both sides.", "One contract of the year before left them open.", "Contract register 2024/25."), "P-001", "closed",
        area="Supplier management"),
     "answer": {"correction": "The annex was added.", "cause": "An old template was used.", "corrective_action": "The template was withdrawn.", "owner": "Sabine Krüger",
                "due": -300, "plan_accepted_at": -340, "implemented_at": -310, "verified_at": -250, "verified_by": "Henning Kruse", "effectiveness": "Six new contracts were read; all are complete."}},
    {"days": 371, "confirms": [], "finding": _finding(
        "NC-091", "minor", ["8.6.1-1a"],
        ("Incidents are recorded and classified.", "One in twelve incidents of the year before was closed without a category.", "Export of incidents 2024/25."), "P-002", "closed",
        area="Incident management"),
     "answer": {"correction": "Open incidents were classified.", "cause": "The desk tool let an incident be closed without a category.",
                "corrective_action": "The tool closes no incident without a category.", "owner": "Tobias Lange",
                "due": -300, "plan_accepted_at": -340, "implemented_at": -307, "verified_at": -100, "verified_by": "Henning Kruse",
                "effectiveness": "The record test was run again on the incidents since January 2026; none lacks its category."}},
    {"days": 371, "confirms": [], "finding": _finding(
        "OFI-090", "opportunity", ["8.6.2-1c"],
        ("Service requests are fulfilled within the time agreed.", "The agreed share is reached, yet about four of a hundred requests of the year before came late.", "Export of requests 2024/25."), "P-002",
        area="Request management"), "answer": {}},
    {"days": 5, "confirms": [], "finding": _finding(
        "OFI-001", "opportunity", ["8.5.1.3-9"],
        ("Records of changes are analysed for trends.", "The analysis counts changes and does not yet compare services.", "EV-026."), "P-002", area="Change management"), "answer": {}},
    {"days": 5, "confirms": [], "finding": _finding(
        "GP-001", "good_practice", ["8.6.3-8"],
        ("Known errors are shared with other activities.", "The service desk finds them by a picture of the symptom.", "Observed at the service desk on 30 September 2026."), "P-003",
        area="Problem management"), "answer": {}},
)  # fmt: skip
PREVIOUS_FINDINGS: tuple[dict[str, Any], ...] = (
    {"days": 6, "confirms": ["record.contracts_complete"], "finding": _finding(
        "NC-090", "minor", ["8.3.4.1-3d"],
        ("Contracts state the authorities and responsibilities of both sides.", "One contract leaves them open.", "Contract register, row as listed."), "P-001", "answered", area="Supplier management"),
     "answer": {"correction": "The annex is being added.", "cause": "An old template was used.", "corrective_action": "The template is withdrawn.", "owner": "Sabine Krüger", "due": 60}},
    {"days": 6, "confirms": ["record.incident_lifecycle_complete"], "finding": _finding(
        "NC-091", "minor", ["8.6.1-1a"],
        ("Incidents are recorded and classified.", "One in twelve incidents was closed without a category.", "Export of incidents, rows as listed."), "P-002", "answered", area="Incident management"),
     "answer": {"correction": "Open incidents are being classified.", "cause": "The desk tool lets an incident be closed without a category.",
                "corrective_action": "The tool closes no incident without a category.", "owner": "Tobias Lange", "due": 65}},
    {"days": 6, "confirms": [], "finding": _finding(
        "OFI-090", "opportunity", ["8.6.2-1c"],
        ("Service requests are fulfilled within the time agreed.", "The agreed share is reached, yet about four of a hundred requests came late.", "Export of requests, full population."), "P-002",
        area="Request management"), "answer": {}},
)  # fmt: skip
CATEGORY_PROOF = {
    "measure": "record.incident_lifecycle_complete",
    "before": {"exceptions": 240, "examined": 3011, "at": "2025-09-30", "evidence": ["nordwerk-2025"]},
    "target_share": 0.005,
}
LATE_PROOF = {
    "measure": "record.request_fulfilled_within_target",
    "before": {"exceptions": 86, "examined": 2075, "at": "2025-09-30", "evidence": ["nordwerk-2025"]},
    "target_share": 0.025,
}
CATEGORY_ACTION = {
    "id": "CA-091",
    "finding": "NC-091",
    "title": "Close no incident without a category",
    "owner": "Tobias Lange",
    "target": "at most 0.5 % of the incidents of a quarter closed without a category",
    "effort_days": 4,
}
LATE_ACTION = {
    "id": "CA-092",
    "finding": "OFI-090",
    "title": "Remind fulfilment groups a day before a request is due",
    "owner": "Tobias Lange",
    "target": "at most 2.5 % of requests late",
    "effort_days": 5,
}
PREVIOUS_ACTIONS: tuple[dict[str, Any], ...] = (
    {**CATEGORY_ACTION, "due": 65, "status": "agreed", "proof": CATEGORY_PROOF},
    {**LATE_ACTION, "due": 100, "status": "proposed", "proof": LATE_PROOF},
)  # fmt: skip
"""What the year before promised, with its figures; the year after shows what became of it."""
ACTIONS: tuple[dict[str, Any], ...] = (
    {"id": "CA-001", "finding": "NC-001", "title": "Refuse implementation without approval in the change tool", "owner": "Jan Otte", "due": 60,
     "target": "0 of the normal changes of one quarter without prior approval", "effort_days": {"low": 4, "likely": 6, "high": 9}, "status": "agreed",
     "benefit": "Nobody has to find out afterwards who agreed to a change.", "services": ["ERP Hosting", "Server Hosting"],
     "scores": {"business_value": 6, "time_criticality": 5, "risk_reduction": 8, "likelihood": 4, "consequence": 3}},
    {"id": "CA-002", "finding": "NC-003", "title": "Conclude agreements with both internal suppliers", "owner": "Sabine Krüger", "due": 45, "started_at": -3,
     "baseline": {"measure": "agreements with internal suppliers", "value": "0 of 2 signed", "at": -6},
     "target": "2 of 2 agreements signed and in the document register", "effort_days": {"low": 8, "likely": 10, "high": 15}, "status": "started",
     "clears": ["document:internal_supplier_agreement"], "milestone": "stage-1", "services": ["ERP Hosting", "Database Operation", "Server Hosting"],
     "scores": {"business_value": 7, "time_criticality": 9, "risk_reduction": 7, "likelihood": 3, "consequence": 4}},
    {"id": "CA-003", "finding": "NC-004", "title": "Test the two overdue continuity plans", "owner": "Piotr Nowak", "due": 40,
     "target": "12 of 12 plans tested within 365 days", "effort_days": {"low": 6, "likely": 8, "high": 14}, "status": "agreed", "waiting_months": 0,
     "resources": ["Piotr Nowak", "Tobias Lange"], "services": ["Database Operation", "Backup and Restore"],
     "scores": {"business_value": 8, "time_criticality": 7, "risk_reduction": 9, "likelihood": 2, "consequence": 5}},
    {"id": "CA-004", "finding": "document.service_management_plan", "title": "Write the known limitations into the service management plan", "owner": "Katarzyna Zielińska", "due": 21,
     "target": "The plan names the known limitations and is approved anew", "effort_days": {"low": 1, "likely": 2, "high": 3}, "status": "agreed", "milestone": "stage-1"},
    {"id": "CA-005", "finding": "record.audits_performed_as_planned", "title": "Hold the two overdue audits with an auditor from outside, results reported within the days of the rule",
     "owner": "Stefan Groth", "due": 50, "target": "15 of 15 audits held, each reported in time", "effort_days": {"low": 6, "likely": 7, "high": 8}, "cost": 4200, "waiting_months": 0,
     "resources": ["Auditor from outside"], "predecessors": ["CA-008"], "clears": ["9.2.2-1d"], "milestone": "stage-1", "status": "agreed"},
    {"id": "CA-006", "finding": "record.audits_performed_as_planned", "title": "Hold the two overdue audits with our own auditors", "owner": "Nina Albers", "due": 50,
     "target": "15 of 15 audits held", "effort_days": {"low": 5, "likely": 6, "high": 12}, "waiting_months": 0, "alternative_to": "CA-005", "status": "proposed"},
    {"id": "CA-007", "finding": "record.audit_results_reported", "title": "Report audits by a template, with a reminder after ten days", "owner": "Stefan Groth", "due": 50,
     "target": "Every audit reported within the days of the rule", "effort_days": {"low": 3, "likely": 4, "high": 6}, "waiting_months": 0, "status": "proposed"},
    {"id": "CA-008", "finding": "record.audits_performed_as_planned", "title": "Engage an auditor from outside", "owner": "Stefan Groth", "due": 14,
     "target": "The order is placed", "effort_days": 1, "cost": 300, "waiting_months": 0, "status": "agreed"},
    {"id": "CA-009", "finding": "record.nonconformity_cause_found", "title": "Find the causes of the seven nonconformities that have none", "owner": "Stefan Groth", "due": 45,
     "target": "A cause stands at 44 of 44 nonconformities", "effort_days": {"low": 2, "likely": 3, "high": 5}, "waiting_months": 0, "status": "agreed"},
    {"id": "CA-010", "finding": "record.corrective_action_verified_independently", "title": "Have the six effects looked at by somebody who does not own the action", "owner": "Lena Hoffmann",
     "due": 45, "target": "44 of 44 closed after somebody else looked", "effort_days": {"low": 2, "likely": 3, "high": 4}, "waiting_months": 0, "status": "agreed"},
    {**CATEGORY_ACTION, "due": -300, "started_at": "2025-11-03", "status": "done", "proof": {**CATEGORY_PROOF, "implemented_at": "2025-12-12"}},
    {**LATE_ACTION, "due": -265, "started_at": "2025-12-01", "status": "done", "proof": {**LATE_PROOF, "implemented_at": "2026-01-20"}},
)  # fmt: skip


OWN_CRITERIA: tuple[tuple[str, str, list[str], str], ...] = (
    (
        "N1-1",
        "nonconforming",
        [],
        "In five of the major incidents read the first call went out later than fifteen minutes after the declaration; see NC-002.",
    ),
    (
        "N1-2",
        "conforms",
        ["EV-043"],
        "The reports of May and August name the missed targets in the first paragraph, with reason and action.",
    ),
)
GUIDANCE: tuple[tuple[str, str, str, str, str, tuple[str, ...]], ...] = (
    ("8.5.1/1", "followed", "established", "Policy and ticket tool know the same three categories; two requesters chose the right one at once.", "P-002", ("EV-025",)),
    ("8.5.1/2", "partly", "established", "Standard changes run by models, but no model has ever been withdrawn, not even the one that failed twice in May.", "P-002", ()),
    ("8.5.1/4", "followed", "established", "One schedule for all three sites; the carrier enters its own work in it.", "P-002", ()),
    ("8.5.1/7", "not_followed", "beginning", "Changes are counted by month and by type; neither services nor the incidents that followed are looked at.", "P-002", ("EV-026",)),
    ("8.6.1/1", "followed", "leading", "Alarms are correlated before they become records, and repeated calls are joined to one parent.", "P-002", ()),
    ("8.6.1/3", "partly", "established", "Times and names are set; the clock starts anew when the night desk takes over.", "P-002", ("EV-031",)),
    ("8.6.1/4", "not_followed", "beginning", "In four of five major incidents read, the engineer who repaired also informed; no rehearsal was ever held.", "P-002", ()),
    ("8.6.1/6", "followed", "established", "Known errors and recent changes stand beside the incident; seen at three desks.", "P-002", ()),
    ("8.7.2/1", "followed", "established", "The impact analysis was made with six customers, and recovery times are taken from it.", "P-001", ()),
    ("8.7.2/4", "partly", "beginning", "Restores are tried every quarter; nobody has ever recovered a whole site, and two plans are overdue.", "P-001", ("EV-035",)),
    ("8.7.2/5", "followed", "established", "Plan and contacts lie at the second site and in a vault; the lead fetched them by telephone within an hour.", "P-001", ()),
    ("8.3.4.2/1", "not_followed", "beginning", "The platform team works on trust; what it owes to whom is written down nowhere.", "P-003", ()),
    ("9.2/1", "followed", "established", "A matrix of clauses and sites over two years shows one gap, the field service, which is planned for spring.", "P-001", ("EV-040",)),
    ("9.2/5", "partly", "established", "Two audits followed real cases through several processes, the others compared documents with clauses.", "P-001", ("EV-041",)),
)  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--previous", action="store_true")
    given = parser.parse_args()
    main(given.folder.resolve(), given.previous)
