"""The parts of an engagement as they are read: its frame, its evidence and what people wrote in workpapers."""

from pathlib import Path
from typing import NamedTuple

from auditkit.assessment.conduct import Conduct
from auditkit.assessment.engagement import Engagement, Parameter
from auditkit.assessment.independence import Independence, processes_by_point
from auditkit.assessment.previous import PreviousVerdict
from auditkit.assessment.programme.areas import Known
from auditkit.assessment.programme.load import LoadedPlan, LoadedProgramme, load_plan, load_programme
from auditkit.assessment.sampling.load import load_samples
from auditkit.assessment.sampling.model import Sample
from auditkit.assessment.workpapers import Workpapers, load_folder, load_workpapers
from auditkit.base.errors import InputsUnreadable
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.base.yamltext import load_model
from auditkit.catalog.overlay import OverlayPoint
from auditkit.engagement.conducts import choose_conduct
from auditkit.engagement.layout import Layout
from auditkit.engagement.library import Library, load_library
from auditkit.engagement.logo import load_logo
from auditkit.engagement.migrate import load_previous
from auditkit.engagement.overlays import apply_overlays
from auditkit.engagement.retention import PurgeRecord, load_purges
from auditkit.evidence.lock import load_lock
from auditkit.evidence.model import EvidenceRequest, Lock, Register
from auditkit.evidence.register import load_register, load_requests
from auditkit.findings.lifecycle import Rules
from auditkit.findings.load import RaisedFindings, load_findings
from auditkit.impact.load import LoadedImpact, load_impact
from auditkit.improvement.model import ActionFile

Issues = tuple[InputIssue, ...]


class Frame(NamedTuple):
    """What engagement.yaml says and chooses; everything else is read in its light."""

    engagement: Engagement
    conduct: Conduct
    conduct_in_english: Conduct
    library: Library
    """With what overlays add."""
    overlay: dict[str, OverlayPoint]
    independence: Independence
    points: frozenset[str]
    issues: Issues
    """Of the checklists."""
    overlay_issues: Issues
    logo: str
    """The logo of covers as an address that holds it whole; empty: none."""
    logo_issues: Issues

    @property
    def people(self) -> frozenset[str]:
        """Return the ids of the people of engagement.yaml."""
        return frozenset(person.id for person in self.engagement.people)


class EvidenceListed(NamedTuple):
    """What is registered, asked for and accepted."""

    register: Register
    requests: tuple[EvidenceRequest, ...]
    lock: Lock
    issues: Issues
    unreadable: Issues
    """Those of a register or list of requests of which nothing could be read."""

    @property
    def known(self) -> frozenset[str]:
        """Return the ids of registered evidence."""
        return frozenset(item.id for item in self.register.items)


class Written(NamedTuple):
    """What people wrote about the engagement, and what is wrong with it."""

    workpapers: Workpapers
    samples: tuple[Sample, ...]
    raised: RaisedFindings
    previous: tuple[PreviousVerdict, ...]
    programme: LoadedProgramme
    audit_plan: LoadedPlan
    purges: PurgeRecord
    impact: LoadedImpact
    actions: tuple[tuple[Place, ActionFile], ...]
    """In the order of files; of one id, the first counts."""
    issues: Issues
    """Of workpapers, findings, actions and samples."""
    previous_issues: Issues
    purge_issues: Issues

    @property
    def action_places(self) -> dict[str, Place]:
        """Return where each action that counts stands."""
        return {action.id: place for place, action in reversed(self.actions)}

    @property
    def actions_counted(self) -> tuple[ActionFile, ...]:
        """Return the actions without those whose id stood in an earlier file."""
        places = self.action_places
        return tuple(action for place, action in self.actions if places[action.id] == place)


def read_frame(layout: Layout, shipped: Path, language: str) -> Frame:
    """Read engagement.yaml and the checklists it chooses; InputsUnreadable when that cannot be done."""
    loaded = load_model(layout.engagement, "engagement.yaml", Engagement)
    if loaded.model is None or loaded.document is None:
        raise InputsUnreadable("\n".join(str(issue) for issue in loaded.issues))
    engagement = loaded.model
    own = layout.checklists if layout.checklists.is_dir() else None
    conduct, english, grading = choose_conduct(engagement, loaded.document, shipped, own, language)
    library, issues = load_library(
        shipped, engagement.catalog, grading, layout.cache, own, engagement.catalogs
    )
    library, overlay, overlay_issues = apply_overlays(layout, library, engagement.organisation.name)
    logo, logo_issues = load_logo(layout, engagement.logo)
    whole = library.whole
    independence = Independence(
        {person.id: person for person in engagement.people},
        processes_by_point(whole, library.process_lens),
        conduct.rules.independence == "required",
    )
    return Frame(
        engagement=engagement,
        conduct=conduct,
        conduct_in_english=english,
        library=library,
        overlay=overlay,
        independence=independence,
        points=frozenset(point.id for point in whole.points),
        issues=issues,
        overlay_issues=overlay_issues,
        logo=logo,
        logo_issues=logo_issues,
    )


def list_evidence(layout: Layout) -> EvidenceListed:
    """Read the register, the requests and the lock; a broken one is empty, with its issues."""
    register = load_register(layout.register, "evidence/register.yaml")
    requests = load_requests(layout.requests, "evidence/requests.yaml")
    lock, lock_issues = load_lock(layout.lock)
    return EvidenceListed(
        register=register.model or Register(),
        requests=requests.model.requests if requests.model else (),
        lock=lock,
        issues=(*register.issues, *requests.issues, *lock_issues),
        unreadable=tuple(
            issue for part in (register, requests) if part.document is None for issue in part.issues
        ),
    )


def read_written(
    layout: Layout,
    frame: Frame,
    known: frozenset[str],
    parameters: dict[str, Parameter],
    areas: Known,
    shipped: Path,
) -> Written:
    """Read the workpapers and what stands beside them. ``known``: ids of registered evidence."""
    folder, people, points = layout.workpapers, frame.people, frame.points
    library, independence = frame.library, frame.independence
    guidance = frozenset(item.id for item in library.guidance)
    lens = library.process_lens
    processes = frozenset(group.id for group in (lens.groups if lens else ()))
    workpapers = load_workpapers(folder, people, points, guidance, processes, independence)
    samples, sample_issues = load_samples(folder, people, points, known)
    rules = Rules(independence.people, int(parameters["verification_wait_days"].value), known)
    raised = load_findings(folder, points, rules, frame.conduct)
    previous, previous_issues = load_previous(layout.previous, "workpapers/previous.json")
    purges, purge_issues = load_purges(layout)
    actions, action_issues = load_folder(folder / "actions", "workpapers/actions", ActionFile)
    return Written(
        workpapers=workpapers,
        samples=samples,
        raised=raised,
        previous=previous,
        programme=load_programme(folder, shipped, areas),
        audit_plan=load_plan(folder, areas),
        purges=purges,
        impact=load_impact(*layout.impact),
        actions=actions,
        issues=(*workpapers.issues, *raised.issues, *action_issues, *sample_issues),
        previous_issues=previous_issues,
        purge_issues=purge_issues,
    )


def refuse_unreadable(frame: Frame, evidence: EvidenceListed, written: Written) -> None:
    """Stop when a workpaper or a whole register cannot be read: what it says would be missing without a word."""
    workpapers = (
        *written.issues,
        *frame.overlay_issues,
        *written.previous_issues,
        *written.programme.issues,
        *written.audit_plan.issues,
    )
    faults = [issue for issue in workpapers if issue.code.startswith("yaml-")]
    faults += [issue for issue in evidence.unreadable if issue.code != "register-missing"]
    if faults:
        raise InputsUnreadable("\n".join(str(issue) for issue in faults))
