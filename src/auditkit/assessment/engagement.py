"""engagement.yaml: what is audited, against what, when and by whom."""

from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from auditkit.assessment.calendars import WorkingCalendar
from auditkit.base.language import ENGLISH, languages
from auditkit.base.model import Record, is_unset
from auditkit.base.period import Period
from auditkit.catalog.model import Basis

SSH_KEY = r"^[a-z0-9@.\-]+ [A-Za-z0-9+/]{20,}={0,2}(?: [^\r\n]*)?$"
"""Kind of key, the key, and a comment, on one line, as in a file ``id_ed25519.pub``."""


class Person(Record):
    """A person of the engagement."""

    id: str = Field(pattern=r"^P-\d{3,}$")
    name: str
    role: str
    side: Literal["auditor", "auditee", "client"]
    areas: tuple[str, ...] = ()
    """Processes or units the person works in; independence is checked against them."""
    earlier_areas: dict[str, date] = {}
    """Areas the person worked in or advised on, with the last day; independence waits some months after it."""
    competence: tuple[str, ...] = ()
    """For auditors and experts: catalogs, clauses or processes they can audit."""
    languages: tuple[str, ...] = ()
    """Languages the person can hold an interview in."""
    ssh_key: str | None = Field(default=None, pattern=SSH_KEY, exclude_if=is_unset)
    """The public key the person signs with: ``ssh-ed25519 AAAA...``."""
    revoked_keys: tuple[Annotated[str, Field(pattern=SSH_KEY)], ...] = Field(default=(), exclude_if=is_unset)
    """Public keys the person signed with and no longer may; no signature by one holds."""


class Organisation(Record):
    """Who is audited."""

    name: str
    unit: str = ""
    client: str = ""
    """Who ordered the audit."""


class Parameter(Record):
    """A number or text that tests and rules use, and where it comes from."""

    value: int | float | str
    source: Literal["standard", "own_rule", "house_default"]
    evidence: str | None = None
    """For own_rule: the evidence id that states it."""
    place: str = ""
    """For own_rule: where in that evidence."""
    about: str = ""

    @property
    def basis(self) -> Basis:
        """Return the basis a test with this parameter rests on."""
        return {"standard": "standard", "own_rule": "own_rule", "house_default": "good_practice"}[self.source]  # type: ignore[return-value]


class Visit(Record):
    """One line of where and when the audit took place."""

    at: date
    place: str
    what: str
    auditees: tuple[str, ...] = ()
    remote: bool = False
    """True: the auditors were not where the auditees were."""


class Disagreement(Record):
    """A difference with the auditee that stayed unresolved."""

    finding: str
    auditee_view: str
    auditor_view: str


class SignOff(Record):
    """The lead auditor's release of the report; without it every page says DRAFT."""

    by: str
    at: date


class PlanSettings(Record):
    """How the improvement plan of the engagement is made."""

    owner: str = ""
    """Who owns the service improvement plan and the register of improvements; id or name."""
    rules: str = "house"
    """Id of the planning rules."""
    calendar: str | None = None
    """The calendar whose days are working days; None: Monday to Friday."""
    capacity: dict[str, Annotated[float, Field(gt=0, le=1000)]] = {}
    """Person id, name or role to the person days it has for the plan on a working day; ``auditors`` is one of them."""
    criticality: dict[str, Annotated[float, Field(ge=1, le=10)]] = {}
    """Service to criticality, 10 the most critical, where no business impact analysis says it."""


class Retention(Record):
    """How long the evidence may be kept; nothing is deleted but by ``auditkit privacy purge``."""

    until: date
    """The last day on which it is kept."""
    reason: str
    """The law, contract or decision that sets the day."""
    keep: tuple[str, ...] = ()
    """Evidence ids that stay beyond it."""


class Engagement(Record):
    """engagement.yaml."""

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"{value!r} is no time zone such as Europe/Berlin") from error
        return value

    @field_validator("language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        if value not in languages():
            raise ValueError(f"{value!r} is not one of {', '.join(languages())}")
        return value

    id: str
    title: str
    kind: str
    """Id of a kind in checklists/engagement-kinds: words, sections and rules of the engagement."""
    stage: str = "-"
    """A stage that the kind has; ``-`` is none."""
    organisation: Organisation
    objectives: tuple[str, ...]
    scope: str
    """The scope of the audit in words: units, services, processes, places."""
    services: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    catalog: str = "iso-iec-20000-1-2018"
    catalogs: tuple[str, ...] = ()
    """Further catalogs of an integrated audit; their points are named ``iso-9001-2015:9.2-1``."""
    language: str = ENGLISH
    """Language of reports; one that ``locale/`` has a catalog of."""
    catalog_language: str | None = None
    """Language of the statements in reports, where a translation is there; None: that of the reports."""
    logo: str | None = None
    """File of the logo on covers, PNG or JPEG, below the engagement folder; None: none."""
    criteria: tuple[str, ...] = ()
    """Further criteria in words: the organisation's own policies, contracts."""
    period: Period
    as_of: date
    """The day the assessment speaks of; nothing reads the clock."""
    time_zone: str = "UTC"
    calendars: dict[str, WorkingCalendar] = {}
    """Hours in which clocks of service levels run; parameters and targets name them."""
    lenses: tuple[str, ...] = ("pdca", "mof-plan-optimize", "service-attributes", "process")
    group_by: str | None = None
    """The lens by which reports group findings, plan and verdicts; None: by clause."""
    grading: str | None = None
    """Id of a scheme in checklists/grading; None: that of the kind and stage."""
    audit_method: str | None = None
    """Id of a method in checklists/audit-methods; None: that of the kind and stage."""
    statements: dict[str, str] = {}
    """What the auditors say to elements of the report that the method asks for, by the id of the element."""
    visit_clauses: tuple[str, ...] = ()
    """Clauses of this visit, those below them included, where the stage samples; the others are not assessed."""
    priority: str = "blocker-first"
    """Id of the scheme that puts the improvement plan in order."""
    planning: PlanSettings = PlanSettings()
    people: tuple[Person, ...]
    lead_auditor: str
    visits: tuple[Visit, ...] = ()
    distribution: tuple[str, ...] = ()
    confidentiality: str = "Confidential"
    disagreements: tuple[Disagreement, ...] = ()
    areas_not_covered: tuple[str, ...] = ()
    obstacles: tuple[str, ...] = ()
    good_practices: tuple[str, ...] = ()
    follow_up: str = ""
    parameters: dict[str, Parameter] = {}
    """Overrides of checklists/parameters.yaml."""
    review_required: bool = False
    """Sign-off waits until a second person has reviewed every judgement."""
    retention: Retention | None = None
    """None: nobody said how long the evidence is kept."""
    earlier: tuple[str, ...] = ()
    """Folders of engagements before this one, seen from this one; proofs and pictures compare with them."""
    sign_off: SignOff | None = None
    conclusion: str = ""
    """The lead auditor's own words, optional; printed beside the computed conclusion."""
