"""Cover and document control: what is reported, on what, for whom, and whether it is released."""

from auditkit.assessment.conduct import NO_STAGE
from auditkit.base.language import say, translated
from auditkit.reporting import words
from auditkit.reporting.numbers import listing, long_date, long_period
from auditkit.reporting.view_index import Index
from auditkit.reporting.view_parts import Control, Cover, Fact

_SHORT_TITLE_CHARACTERS = 60


def build_cover(index: Index) -> Cover:
    """Word the first page."""
    engagement = index.run.engagement
    organisation = engagement.organisation
    auditee = f"{organisation.name}, {organisation.unit}" if organisation.unit else organisation.name
    said = index.words
    return Cover(
        kind=kind_title(index),
        title=engagement.title,
        short_title=_shortened(engagement.title),
        auditee=auditee,
        facts=(
            Fact(label=said["auditee"], lines=(auditee,)),
            Fact(label=said["audit_client"], lines=(organisation.client or organisation.name,)),
            Fact(label=say("Scope"), lines=(engagement.scope,)),
            Fact(label=say("Criteria"), lines=criteria(index)),
            Fact(label=say("Audit period"), lines=(long_period(engagement.period),)),
            Fact(label=say("As of"), lines=(long_date(engagement.as_of),)),
            Fact(label=said["lead_auditor"], lines=(index.person(engagement.lead_auditor),)),
            Fact(label=say("Classification"), lines=(engagement.confidentiality,)),
        ),
        classification=engagement.confidentiality,
        draft=not is_released(index),
        status=_status(index),
        as_of=long_date(engagement.as_of),
        as_of_date=engagement.as_of,
        run_id=index.run.trace.run_id,
        logo=index.run.logo,
    )


def build_control(index: Index) -> Control:
    """Word document control and distribution."""
    engagement = index.run.engagement
    team = [one for one in engagement.people if one.side == "auditor"]
    return Control(
        facts=(
            Fact(
                label=say("Document"),
                lines=(say("{document}, run {run}", document=engagement.id, run=index.run.trace.run_id),),
            ),
            Fact(label=say("Status"), lines=(_status(index),)),
            Fact(
                label=say("Prepared by"),
                lines=tuple(f"{one.name}, {one.role}" for one in team) or (say("Nobody named."),),
            ),
            Fact(label=say("Classification"), lines=(engagement.confidentiality,)),
            *redaction_facts(index),
            Fact(
                label=say("Made with"),
                lines=(
                    say(
                        "auditkit {version}; {place} traces every input",
                        version=index.run.trace.tool_version,
                        place=index.place("trace"),
                    ),
                ),
            ),
        ),
        distribution=engagement.distribution,
        note=say(
            "Classification: {classification}. The report goes to the persons on the distribution list; passing it on "
            "is for the audit client to decide. The printed copy is a copy: the run identifier above tells which state "
            "of the evidence and working papers it speaks of.",
            classification=engagement.confidentiality,
        ),
    )


def redaction_facts(index: Index) -> tuple[Fact, ...]:
    """Say whose names were taken out; nothing where nobody's were."""
    said = words.redacted(index.run.redacted)
    return (Fact(label=say("Redacted"), lines=(said,)),) if said else ()


def kind_title(index: Index) -> str:
    """Name the report by kind and stage."""
    title, stage = index.words["report_title"], index.run.engagement.stage
    named = words.STAGES.get(stage, stage)
    return title if stage == NO_STAGE or index.run.conduct.titled else f"{title}, {named}"


def criteria(index: Index) -> tuple[str, ...]:
    """Name the audit criteria with edition and amendments, then the further ones."""
    head = index.run.catalog.head
    edition = f"{head.standard}:{head.edition}"
    if head.amendments:
        edition = say("{edition} with {amendments}", edition=edition, amendments=listing(head.amendments))
    return (f"{edition}, {translated(head.title)}", *index.run.engagement.criteria)


def is_released(index: Index) -> bool:
    """Tell whether the lead auditor signed the report; nobody else can release it."""
    engagement = index.run.engagement
    return engagement.sign_off is not None and engagement.sign_off.by == engagement.lead_auditor


def _status(index: Index) -> str:
    signed = index.run.engagement.sign_off
    if signed is None:
        return say("DRAFT: not signed by the lead auditor")
    person = index.person(signed.by)
    if not is_released(index):
        return say("DRAFT: signed by {person}, who is not the lead auditor", person=person)
    return say("Signed by {person}, lead auditor, on {day}", person=person, day=long_date(signed.at))


def _shortened(title: str) -> str:
    if len(title) <= _SHORT_TITLE_CHARACTERS:
        return title
    return f"{title[: _SHORT_TITLE_CHARACTERS - 1].rstrip()}…"
