"""Open an engagement folder: load everything people wrote, and collect what is wrong with it."""

from pathlib import Path
from typing import NamedTuple

from auditkit.assessment.conduct import Conduct
from auditkit.assessment.engagement import Engagement, Parameter
from auditkit.assessment.independence import Independence
from auditkit.assessment.previous import PreviousVerdict
from auditkit.assessment.programme.areas import Known, known_areas
from auditkit.assessment.programme.checks import check_plan
from auditkit.assessment.programme.load import LoadedPlan, LoadedProgramme
from auditkit.assessment.sampling.model import Sample
from auditkit.assessment.workpapers import Workpapers
from auditkit.base.issue import InputIssue
from auditkit.base.language import ENGLISH, spoken
from auditkit.base.place import Place
from auditkit.base.yamltext import load_model
from auditkit.catalog.overlay import OverlayPoint
from auditkit.engagement.conduct_check import conduct_issues
from auditkit.engagement.layout import Layout, checklists_folder
from auditkit.engagement.library import Library
from auditkit.engagement.open_checks import (
    dangling,
    kept_issues,
    lens_issues,
    merge_parameters,
    people_issues,
)
from auditkit.engagement.open_parts import (
    EvidenceListed,
    Frame,
    Written,
    list_evidence,
    read_frame,
    read_written,
    refuse_unreadable,
)
from auditkit.engagement.planning import Planning, load_planning
from auditkit.engagement.retention import PurgeRecord
from auditkit.evidence.model import EvidenceRequest, Lock, Register
from auditkit.findings.load import RaisedFindings
from auditkit.impact.load import NOT_GIVEN, LoadedImpact
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
    shipped = checklists or checklists_folder()
    frame = read_frame(layout, shipped, language)
    engagement, library = frame.engagement, frame.library
    evidence = list_evidence(layout)
    parameters, parameter_issues = merge_parameters(engagement, library, evidence.register)
    areas = areas_of(engagement, library)
    written = read_written(layout, frame, evidence.known, parameters, areas, shipped)
    own = layout.checklists if layout.checklists.is_dir() else None
    actions = tuple(action for _, action in written.actions)
    planning, planning_issues = load_planning(engagement, shipped, own, actions)
    refuse_unreadable(frame, evidence, written)
    return OpenEngagement(
        layout=layout,
        engagement=engagement,
        conduct=frame.conduct,
        library=library,
        parameters=parameters,
        register=evidence.register,
        requests=evidence.requests,
        lock=evidence.lock,
        workpapers=written.workpapers,
        raised=written.raised,
        actions=written.actions_counted,
        planning=planning,
        action_places=written.action_places,
        samples=written.samples,
        independence=frame.independence,
        issues=_issues(frame, evidence, written, areas, (*parameter_issues, *planning_issues)),
        overlay=frame.overlay,
        previous=written.previous,
        programme=written.programme,
        audit_plan=written.audit_plan,
        purges=written.purges,
        impact=written.impact,
        logo=frame.logo,
        conduct_in_english=frame.conduct_in_english,
        statements_in=engagement.catalog_language or language,
    )


def areas_of(engagement: Engagement, library: Library) -> Known:
    """Return what a programme or a plan may name: people, sites, clauses and processes."""
    return known_areas(library.whole, library.process_lens, engagement.people, engagement.sites)


def _issues(
    frame: Frame, evidence: EvidenceListed, written: Written, areas: Known, settings: tuple[InputIssue, ...]
) -> tuple[InputIssue, ...]:
    """Return what is wrong with each part, then what does not go together. ``settings``: of parameters and planning."""
    engagement, library, points = frame.engagement, frame.library, frame.points
    workpapers, raised, previous = written.workpapers, written.raised, written.previous
    return (
        *frame.issues,
        *frame.overlay_issues,
        *written.previous_issues,
        *evidence.issues,
        *written.issues,
        *written.impact.issues,
        *frame.logo_issues,
        *settings,
        *check_references(written.actions, frozenset(raised.lives), points),
        *written.programme.issues,
        *written.audit_plan.issues,
        *_plan_issues(engagement, areas, written.programme, written.audit_plan),
        *written.purge_issues,
        *kept_issues(engagement, evidence.known),
        *people_issues(engagement, frame.people),
        *lens_issues(engagement, library),
        *conduct_issues(engagement, frame.conduct, library, workpapers, raised, previous, frame.independence),
        *dangling(evidence.register, workpapers, raised, written.actions, points),
    )


def _plan_issues(
    engagement: Engagement, areas: Known, programme: LoadedProgramme, loaded: LoadedPlan
) -> tuple[InputIssue, ...]:
    """Return what is doubtful about the plan, where there is one."""
    if loaded.plan is None:
        return ()
    return check_plan(loaded.plan, loaded.places, areas, engagement, programme.programme, programme.rules)
