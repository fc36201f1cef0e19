"""Make a new engagement folder that is ready to run and whose comments teach."""

from pathlib import Path
from string import Template

from auditkit.assessment.conduct_load import load_kind
from auditkit.base.errors import UsageFault
from auditkit.engagement.conduct_files import KINDS, find_file, known_ids
from auditkit.engagement.conducts import stages_text
from auditkit.engagement.layout import Layout, checklists_folder

_ENGAGEMENT = Template("""\
# Written by people: what is audited, against what, when and by whom.
# Every field is described in docs/formats.md. Run `auditkit run` in this folder at any time.
id: $id
title: Assessment of the service management system
kind: $kind            # internal-audit | gap-analysis | certification-readiness | supplier-audit
stage: "$stage"             # "-" is none; 1 | 2 | surveillance | recertification, for certification-readiness
# Kind and stage choose words, sections and rules of the report, the audit method and the grading scheme; to choose
# others: audit_method: iso-19011-2018, grading: certification, or files of your own in checklists/ of this folder.
organisation:
  name: Example Organisation
  unit: IT services
  client: Head of IT services
objectives:
  - Determine how far the service management system meets ISO/IEC 20000-1.
scope: All services of the catalogue, all sites.
${particulars}services: []
sites: []
catalog: iso-iec-20000-1-2018
# The audit period, both days included, and the day the assessment speaks of. Nothing reads the clock.
period: {start: $start, end: $end}
as_of: $end
time_zone: Europe/Berlin
people:
  - {id: P-001, name: Lead Auditor, role: Lead auditor, side: auditor}
  - {id: P-002, name: Service Manager, role: Service manager, side: auditee, areas: [incident-management]}
lead_auditor: P-001
distribution: [Head of IT services]
confidentiality: Confidential
# Numbers the organisation itself has set. Name the evidence and the place that states each; without that a number
# stays a house default and cannot ground a nonconformity. `auditkit catalog parameters` lists all of them.
parameters: {}
#  emergency_review_days: {value: 5, source: own_rule, evidence: EV-001, place: section 4}
""")

_REGISTER = """\
# Written by people: every file received, one entry each. `auditkit evidence scan` proposes entries for new files;
# `auditkit evidence accept` records their digests.
# Set documents_complete only when the auditee declares that nothing else exists; then name who and when.
documents_complete: false
# An entry looks like this:
#  - id: EV-001
#    title: Change management policy
#    file: documents/change-management-policy.docx
#    kind: document                  # document | record_export | statement | observation
#    document_type: change_management_policy
#    version: "2.1"
#    effective_at: 2026-01-15        # the day it took effect, never the day it was uploaded
#    approvals: [{by: Head of IT services, at: 2026-01-10}]
#  - id: EV-002
#    title: Changes, export of the service desk tool
#    file: records/changes.csv
#    kind: record_export
#    dataset: change                 # `auditkit evidence template change` shows the fields
#    period: {start: 2026-01-01, end: 2026-06-30}
#    source: ServiceNow
#    filter: opened in the period, all states
#    control_total: 412              # the number of rows the source system itself reported
items:
"""

_REQUESTS = """\
# Written by people: what was asked for, and the answer: open, received, refused, does_not_exist.
# `auditkit evidence requests` lists what the catalog suggests to ask for.
requests: []
#  - id: RQ-001
#    asked_for: Service continuity plan
#    document_type: continuity_plan
#    asked_at: 2026-06-01
#    asked_of: Service Manager
#    answer: open
"""

_JUDGEMENTS = """\
# Written by people: what auditors decided. After writing, run `auditkit judgements bind`: it records what each
# judgement rests on, so that a later change of evidence makes it suspect.
judgements: []
#  - id: J-001
#    point: 5.1-1a
#    verdict: conforms               # conforms | nonconforming | not_assessed
#    rationale: The policy follows the strategy paper; both were explained by the managing director.
#    by: P-001
#    at: 2026-06-20
#    on: [EV-001]
"""


_VISIT = """\
# The clauses of this visit, those below them included; the others count as not assessed. Name what the plan says.
visit_clauses: ["9", "10"]
"""
_STATEMENTS = """\
# What ISO/IEC 17021-1 asks of the report beyond what is on record elsewhere; auditors complete it.
#statements:
#  deviations: None; the plan was kept.
#  changes: The service desk moved to another tool in March.
#  fitness: The scope covers the services that customers buy.
"""


def create_engagement(folder: Path, kind: str, start: str, end: str, stage: str = "-") -> Layout:
    """Write a new engagement folder; UsageFault when the folder already holds something, or the stage does not fit."""
    particulars = _particulars(kind, stage)
    if folder.exists() and any(folder.iterdir()):
        raise UsageFault(f"{folder}: the folder is not empty. Name a new folder.")
    layout = Layout(folder)
    for part in ("documents", "records"):
        (layout.evidence / part).mkdir(parents=True, exist_ok=True)
    for part in ("judgements", "findings", "actions", "interviews"):
        (layout.workpapers / part).mkdir(parents=True, exist_ok=True)
    text = _ENGAGEMENT.substitute(
        id=folder.name or "engagement", kind=kind, stage=stage, start=start, end=end, particulars=particulars
    )
    layout.engagement.write_text(text, encoding="utf-8")
    layout.register.write_text(_REGISTER, encoding="utf-8")
    layout.requests.write_text(_REQUESTS, encoding="utf-8")
    (layout.workpapers / "judgements" / "judgements.yaml").write_text(_JUDGEMENTS, encoding="utf-8")
    (folder / ".gitignore").write_text(".auditkit-cache/\n", encoding="utf-8")
    return layout


def _particulars(kind: str, stage: str) -> str:
    """Return the lines that only some kinds and stages need; UsageFault when the kind has no such stage."""
    shelves = (checklists_folder(),)
    place = find_file(KINDS, kind, shelves)
    found = load_kind(*place)[0] if place is not None else None
    if found is None:
        raise UsageFault(f"There is no kind {kind}. Known are {', '.join(known_ids(KINDS, shelves))}.")
    step = found.stages.get(stage)
    if step is None:
        raise UsageFault(
            f"The kind {kind} has no stage {stage}. Its stages: {stages_text(found)}. Take one of them, or another --kind."
        )
    asked = (step.method or found.method).startswith("iso-iec-17021")
    return f"{_VISIT if step.clauses == 'sampled' else ''}{_STATEMENTS if asked else ''}"
