"""Open an engagement folder: load everything people wrote, and collect what is wrong with it."""

from pathlib import Path
from typing import NamedTuple

from auditkit.assessment.conduct import Conduct
from auditkit.assessment.engagement import Engagement, Parameter
from auditkit.assessment.independence import Independence, processes_by_point
from auditkit.assessment.previous import PreviousVerdict
from auditkit.assessment.programme.areas import Known, known_areas
from auditkit.assessment.programme.checks import check_plan
from auditkit.assessment.programme.load import LoadedPlan, LoadedProgramme, load_plan, load_programme
from auditkit.assessment.sampling.load import load_samples
from auditkit.assessment.sampling.model import Sample
from auditkit.assessment.workpapers import Workpapers, load_folder, load_workpapers
from auditkit.base.errors import InputsUnreadable
from auditkit.base.issue import InputIssue
from auditkit.base.language import ENGLISH, spoken
from auditkit.base.place import Place
from auditkit.base.yamltext import load_model
from auditkit.catalog.overlay import OverlayPoint
from auditkit.engagement.conduct_check import conduct_issues
from auditkit.engagement.conducts import choose_conduct
from auditkit.engagement.layout import Layout, checklists_folder
from auditkit.engagement.library import Library, load_library
from auditkit.engagement.logo import load_logo
from auditkit.engagement.migrate import load_previous
from auditkit.engagement.open_checks import (
    dangling,
    kept_issues,
    lens_issues,
    merge_parameters,
    people_issues,
)
from auditkit.engagement.overlays import apply_overlays
from auditkit.engagement.planning import Planning, load_planning
from auditkit.engagement.retention import PurgeRecord, load_purges
from auditkit.evidence.lock import load_lock
from auditkit.evidence.model import EvidenceRequest, Lock, Register
from auditkit.evidence.register import load_register, load_requests
from auditkit.findings.lifecycle import Rules
from auditkit.findings.load import RaisedFindings, load_findings
from auditkit.impact.load import NOT_GIVEN, LoadedImpact, load_impact
from auditkit.improvement.model import ActionFile
from auditkit.improvement.references import check_references


class OpenEngagement(NamedTuple):
    """An engagement in memory, before anything is examined."""

    layout: Layout
    engagement: Engagement
    conduct: Conduct
    """Words, sections and rules of its kind and stage."""
    library: Library
    parameters: dict[str, Parameter]
    """House defaults, overridden by the engagement."""
    register: Register
    requests: tuple[EvidenceRequest, ...]
    lock: Lock
    workpapers: Workpapers
    raised: RaisedFindings
    actions: tuple[ActionFile, ...]
    planning: Planning
    issues: tuple[InputIssue, ...]
    action_places: dict[str, Place] = {}
    overlay: dict[str, OverlayPoint] = {}
    """What overlays add to points of the catalog."""
    previous: tuple[PreviousVerdict, ...] = ()
    samples: tuple[Sample, ...] = ()
    """The samples of workpapers/samples."""
    programme: LoadedProgramme = LoadedProgramme()
    audit_plan: LoadedPlan = LoadedPlan()
    purges: PurgeRecord = PurgeRecord()
    """What was deleted when the time of keeping was over."""
    independence: Independence = Independence({}, {})
    """Who works where, and which processes points belong to."""
    distrusted: dict[str, str] = {}
    """Judgements whose signature does not hold, and why, in English; known once signatures were checked."""
    distrust_told: dict[str, str] = {}
    """The same in the language spoken."""
    logo: str = ""
    """The logo of covers as an address that holds it whole; empty: none."""
    impact: LoadedImpact = NOT_GIVEN
    """The business impact analysis, where one was handed over."""
    conduct_in_english: Conduct | None = None
    """``conduct`` in English, which digests go by; None: it is English."""
    statements_in: str = ENGLISH
    """Language of the statements of the catalog in reports."""

    @property
    def purged(self) -> dict[str, str]:
        """Return files below evidence/ that were deleted with when, by whom and why, in the language spoken."""
        return self.purges.said()


def language_of(layout: Layout, wanted: str | None) -> str:
    """Return the language of what is written: the one wanted, else that of engagement.yaml, where it can be read."""
    if wanted is not None:
        return wanted
    stated = load_model(layout.engagement, "engagement.yaml", Engagement).model
    return stated.language if stated is not None else ENGLISH


def open_engagement(
    layout: Layout, checklists: Path | None = None, language: str | None = None
) -> OpenEngagement:
    """Load an engagement; InputsUnreadable when engagement.yaml, the catalog or workpapers cannot be read.

    ``language``: of the kind's words, and of statements unless engagement.yaml says theirs; None: the one spoken.
    """
    language = language or spoken()
    loaded = load_model(layout.engagement, "engagement.yaml", Engagement)
    if loaded.model is None or loaded.document is None:
        raise InputsUnreadable("\n".join(str(issue) for issue in loaded.issues))
    engagement = loaded.model
    shipped = checklists or checklists_folder()
    own = layout.checklists if layout.checklists.is_dir() else None
    conduct, english, grading = choose_conduct(engagement, loaded.document, shipped, own, language)
    library, issues = load_library(
        shipped, engagement.catalog, grading, layout.cache, own, engagement.catalogs
    )
    library, overlay, overlay_issues = apply_overlays(layout, library, engagement.organisation.name)
    people = frozenset(person.id for person in engagement.people)
    points = frozenset(point.id for point in library.whole.points)
    register = load_register(layout.register, "evidence/register.yaml")
    requests = load_requests(layout.requests, "evidence/requests.yaml")
    lock, lock_issues = load_lock(layout.lock)
    guidance = frozenset(item.id for item in library.guidance)
    process_lens = next((lens for lens in library.lenses if lens.id == "process"), None)
    processes = frozenset(group.id for group in (process_lens.groups if process_lens else ()))
    independence = Independence(
        {person.id: person for person in engagement.people},
        processes_by_point(library.whole, process_lens),
        conduct.rules.independence == "required",
    )
    workpapers = load_workpapers(layout.workpapers, people, points, guidance, processes, independence)
    known = frozenset(item.id for item in (register.model or Register()).items)
    samples, sample_issues = load_samples(layout.workpapers, people, points, known)
    parameters, parameter_issues = merge_parameters(engagement, library, register.model or Register())
    rules = Rules(
        independence.people,
        int(parameters["verification_wait_days"].value),
        known,
    )
    raised = load_findings(layout.workpapers, points, rules, conduct)
    previous, previous_issues = load_previous(layout.previous, "workpapers/previous.json")
    areas = areas_of(engagement, library)
    programme = load_programme(layout.workpapers, checklists or checklists_folder(), areas)
    audit_plan = load_plan(layout.workpapers, areas)
    purges, purge_issues = load_purges(layout)
    impact = load_impact(*layout.impact)
    logo, logo_issues = load_logo(layout, engagement.logo)
    actions, action_issues = load_folder(layout.workpapers / "actions", "workpapers/actions", ActionFile)
    places = {action.id: place for place, action in reversed(actions)}
    planning, planning_issues = load_planning(
        engagement,
        checklists or checklists_folder(),
        layout.checklists if layout.checklists.is_dir() else None,
        tuple(action for _, action in actions),
    )
    _refuse_unreadable(
        (
            *workpapers.issues,
            *raised.issues,
            *action_issues,
            *sample_issues,
            *overlay_issues,
            *previous_issues,
            *programme.issues,
            *audit_plan.issues,
        ),
        tuple(issue for part in (register, requests) if part.document is None for issue in part.issues),
    )
    return OpenEngagement(
        layout=layout,
        engagement=engagement,
        conduct=conduct,
        library=library,
        parameters=parameters,
        register=register.model or Register(),
        requests=requests.model.requests if requests.model else (),
        lock=lock,
        workpapers=workpapers,
        raised=raised,
        actions=tuple(action for place, action in actions if places[action.id] == place),
        planning=planning,
        action_places=places,
        samples=samples,
        independence=independence,
        issues=(
            *issues,
            *overlay_issues,
            *previous_issues,
            *register.issues,
            *requests.issues,
            *lock_issues,
            *workpapers.issues,
            *raised.issues,
            *action_issues,
            *sample_issues,
            *impact.issues,
            *logo_issues,
            *parameter_issues,
            *planning_issues,
            *check_references(actions, frozenset(raised.lives), points),
            *programme.issues,
            *audit_plan.issues,
            *_plan_issues(engagement, areas, programme, audit_plan),
            *purge_issues,
            *kept_issues(engagement, known),
            *people_issues(engagement, people),
            *lens_issues(engagement, library),
            *conduct_issues(engagement, conduct, library, workpapers, raised, previous, independence),
            *dangling(register.model or Register(), workpapers, raised, actions, points),
        ),
        overlay=overlay,
        previous=previous,
        programme=programme,
        audit_plan=audit_plan,
        purges=purges,
        impact=impact,
        logo=logo,
        conduct_in_english=english,
        statements_in=engagement.catalog_language or language,
    )


def areas_of(engagement: Engagement, library: Library) -> Known:
    """Return what a programme or a plan may name: people, sites, clauses and processes."""
    lens = next((lens for lens in library.lenses if lens.id == "process"), None)
    return known_areas(library.whole, lens, engagement.people, engagement.sites)


def _plan_issues(
    engagement: Engagement, areas: Known, programme: LoadedProgramme, loaded: LoadedPlan
) -> tuple[InputIssue, ...]:
    """Return what is doubtful about the plan, where there is one."""
    if loaded.plan is None:
        return ()
    return check_plan(loaded.plan, loaded.places, areas, engagement, programme.programme, programme.rules)


def _refuse_unreadable(workpapers: tuple[InputIssue, ...], registers: tuple[InputIssue, ...]) -> None:
    """Stop when a workpaper or a whole register cannot be read: what it says would be missing without a word."""
    faults = [issue for issue in workpapers if issue.code.startswith("yaml-")]
    faults += [issue for issue in registers if issue.code != "register-missing"]
    if faults:
        raise InputsUnreadable("\n".join(str(issue) for issue in faults))
