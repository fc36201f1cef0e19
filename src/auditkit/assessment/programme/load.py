"""Load the programme, the plan and the rules; what names something unknown is left out, with an issue."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from auditkit.assessment.programme.areas import Known
from auditkit.assessment.programme.model import AreaResult, AreaRisk, Programme, ProgrammeAudit
from auditkit.assessment.programme.plan import AuditPlan, Safeguard, Session
from auditkit.assessment.programme.rules import ProgrammeRules
from auditkit.base.issue import InputIssue, Severity
from auditkit.base.place import Place
from auditkit.base.yamltext import YamlDocument, load_model

PROGRAMME = "programme.yaml"
PLAN = "audit-plan.yaml"
"""Below workpapers/."""
Issues = tuple[InputIssue, ...]
Where = Callable[[Sequence[int | str]], Place]


class LoadedProgramme(NamedTuple):
    """The programme with its rules; None where there is no file, or it cannot be used."""

    programme: Programme | None = None
    rules: ProgrammeRules | None = None
    issues: Issues = ()


class LoadedPlan(NamedTuple):
    """The plan, with the place of each session for later checks."""

    plan: AuditPlan | None = None
    issues: Issues = ()
    places: dict[str, Place] = {}


def load_programme(folder: Path, checklists: Path, known: Known) -> LoadedProgramme:
    """Load workpapers/programme.yaml; areas and audits that name something unknown are not used."""
    path = folder / PROGRAMME
    if not path.exists():
        return LoadedProgramme()
    loaded = load_model(path, f"workpapers/{PROGRAMME}", Programme)
    if loaded.model is None:
        return LoadedProgramme(issues=loaded.issues)
    rules, issues = load_rules(checklists, loaded.model.rules, _where(loaded.document)(("rules",)))
    programme, more = _usable(loaded.model, known, _where(loaded.document))
    return LoadedProgramme(programme, rules, (*loaded.issues, *issues, *more))


def load_rules(checklists: Path, name: str, place: Place) -> tuple[ProgrammeRules | None, Issues]:
    """Load the rules of a programme; an unknown name is an issue."""
    folder = checklists / "programme"
    names = sorted(path.stem for path in folder.glob("*.yaml"))
    if name not in names:
        message = f"There are no programme rules {name}; known are {', '.join(names) or 'none'}."
        return None, (issue("programme-rules-unknown", place, message, "Correct rules in the programme."),)
    loaded = load_model(folder / f"{name}.yaml", f"checklists/programme/{name}.yaml", ProgrammeRules)
    return loaded.model, loaded.issues


def load_plan(folder: Path, known: Known) -> LoadedPlan:
    """Load workpapers/audit-plan.yaml; sessions and safeguards that name something unknown are not used."""
    path = folder / PLAN
    if not path.exists():
        return LoadedPlan()
    loaded = load_model(path, f"workpapers/{PLAN}", AuditPlan)
    if loaded.model is None:
        return LoadedPlan(issues=loaded.issues)
    plan, where = loaded.model, _where(loaded.document)
    issues: list[InputIssue] = list(loaded.issues)
    sessions: dict[str, Session] = {}
    places: dict[str, Place] = {}
    for number, one in enumerate(plan.sessions):
        place = where(("sessions", number))
        faults = _session_faults(one, known, place)
        if one.id in sessions:
            message = f"The session {one.id} stands twice; the first is used."
            faults = (*faults, issue("session-twice", place, message, "Give each session an id of its own."))
        if not faults:
            sessions[one.id], places[one.id] = one, place
        issues += faults
    guards = []
    for number, guard in enumerate(plan.safeguards):
        faults = _safeguard_faults(guard, known, frozenset(sessions), where(("safeguards", number)))
        guards += [] if faults else [guard]
        issues += faults
    team = tuple(one for one in plan.team if one.person in known.people)
    named = (plan.prepared_by, *(one.person for one in plan.team), *(one.by for one in plan.changes))
    issues += unknown_people(named, known, where(("team",)), "The plan")
    issues += unknown_areas(plan.clauses, (), (), known, where(("clauses",)), "The plan")
    kept = plan.model_copy(
        update={"sessions": tuple(sessions.values()), "safeguards": tuple(guards), "team": team}
    )
    return LoadedPlan(kept, tuple(issues), places)


def unknown_people(people: Sequence[str], known: Known, place: Place, who: str) -> Issues:
    """Return an issue for each person who is not in engagement.yaml."""
    return tuple(
        issue("unknown-person", place, f"{who} names {one}, who is not in engagement.yaml.", "Correct the id, or add the person.")
        for one in dict.fromkeys(people)
        if one not in known.people
    )  # fmt: skip


def unknown_areas(
    clauses: Sequence[str],
    processes: Sequence[str],
    sites: Sequence[str],
    known: Known,
    place: Place,
    who: str,
) -> Issues:
    """Return an issue for each clause, process and site that does not exist."""
    found = []
    for one in clauses:
        if not known.leaves(one) or one not in known.lineage:
            message = f"{who} names the clause {one}, which has no requirement in the catalog; that part was not used."
            found.append(
                issue("unknown-clause", place, message, "See auditkit catalog show, and write it in quotes.")
            )
    for one in processes:
        if one not in known.processes:
            message = f"{who} names the process {one}, which is not in the lens; that part was not used."
            found.append(
                issue("unknown-process", place, message, f"There are: {', '.join(known.processes)}.")
            )
    for one in sites:
        if one not in known.sites:
            message = f"{who} names the site {one}, which is not in engagement.yaml; that part was not used."
            found.append(
                issue("unknown-site", place, message, f"There are: {', '.join(known.sites) or 'none'}.")
            )
    return tuple(found)


def issue(code: str, place: Place, message: str, hint: str, severity: Severity = "error") -> InputIssue:
    """Return an issue of the programme or the plan."""
    return InputIssue(code=code, severity=severity, place=place, message=message, hint=hint)


def _usable(programme: Programme, known: Known, where: Where) -> tuple[Programme, Issues]:
    issues: list[InputIssue] = []
    approved = (programme.approved.by,) if programme.approved else ()
    issues += unknown_people(
        (programme.managed_by, *approved), known, where(("managed_by",)), "The programme"
    )
    areas: list[AreaRisk] = []
    for number, area in enumerate(programme.areas):
        place = where(("areas", number))
        faults = _area_faults(area, known, place, "The programme")
        if area.name in [one.name for one in areas]:
            message = f"The programme rates {area.name} twice; the first is used."
            faults = (*faults, issue("programme-twice", place, message, "Keep one of them."))
        areas += [] if faults else [area]
        issues += faults
    audits: list[ProgrammeAudit] = []
    for number, audit in enumerate(programme.audits):
        place = where(("audits", number))
        if audit.id in [one.id for one in audits]:
            message = f"The audit {audit.id} stands twice; the first is used."
            issues.append(issue("programme-twice", place, message, "Give each audit an id of its own."))
            continue
        results = tuple(one for one in audit.results if not _area_faults(one, known, place, audit.id))
        issues += [fault for one in audit.results for fault in _area_faults(one, known, place, audit.id)]
        issues += unknown_people((audit.lead, *audit.team), known, place, audit.id)
        sites = (*audit.sites, *audit.remote_sites)
        issues += unknown_areas(audit.clauses, audit.processes, sites, known, place, audit.id)
        audits.append(audit.model_copy(update={"results": results}))
    return programme.model_copy(update={"areas": tuple(areas), "audits": tuple(audits)}), tuple(issues)


def _area_faults(area: AreaRisk | AreaResult, known: Known, place: Place, who: str) -> Issues:
    return unknown_areas(
        (area.clause,) if area.clause is not None else (),
        (area.process,) if area.process is not None else (),
        (area.site,) if area.site is not None else (),
        known,
        place,
        who,
    )


def _session_faults(one: Session, known: Known, place: Place) -> Issues:
    """Say what keeps a session from being used: a session with a hole in it would be checked as if it were whole."""
    people = (*one.auditors, *one.auditees, *one.with_them)
    sites = (one.site,) if one.site is not None else ()
    return (
        *unknown_people(people, known, place, one.id),
        *unknown_areas(one.clauses, one.processes, sites, known, place, one.id),
    )


def _safeguard_faults(guard: Safeguard, known: Known, sessions: frozenset[str], place: Place) -> Issues:
    who = f"The safeguard for {guard.person}"
    areas = [one for one in guard.areas if known.leaves(one) is None]
    strangers = sorted(set(guard.sessions) - sessions)
    issues = list(unknown_people((guard.person, guard.agreed_by), known, place, who))
    for name in (*areas, *strangers):
        message = (
            f"{who} names {name}, which is no process, clause or usable session; the safeguard was not used."
        )
        issues.append(
            issue("safeguard-refused", place, message, "Correct the id, or leave it out to mean all.")
        )
    return tuple(issues)


def _where(document: YamlDocument | None) -> Where:
    def place(path: Sequence[int | str]) -> Place:
        return document.place(path) if document is not None else Place(file=f"workpapers/{PROGRAMME}", line=1)

    return place
