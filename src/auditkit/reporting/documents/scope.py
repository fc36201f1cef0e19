"""The statement of scope: organisation, services, sites, parties, criteria, exclusions; what is not in it, and why."""

from auditkit.base.language import say, say_count, translated
from auditkit.base.model import Record
from auditkit.catalog.model import Catalog
from auditkit.evidence.model import EvidenceItem
from auditkit.reporting.documents.index import DocumentIndex
from auditkit.reporting.numbers import long_date, long_period, whole
from auditkit.reporting.view_cover import criteria
from auditkit.reporting.view_index import points_text
from auditkit.reporting.view_model import View
from auditkit.reporting.view_parts import Fact

_STATES_SCOPE = ("scope_statement",)
_STATES_PARTIES = ("interested_parties_register", "supplier_contract", "internal_supplier_agreement")
_DATASETS_OF_PARTIES = ("supplier", "contract", "customer")


class ScopeView(Record):
    """What is assessed, and against what."""

    facts: tuple[Fact, ...]
    parties: tuple[Fact, ...]
    """Who takes part, and where the organisation states its parties."""


class NotInScope(Record):
    """What is not looked at; each with its reason as far as somebody stated it."""

    facts: tuple[Fact, ...]


def build_scope(index: DocumentIndex, _: View) -> ScopeView:
    """Word the scope; what nobody recorded says so."""
    engagement, said = index.run.engagement, index.words
    none = (say("not recorded"),)
    organisation = engagement.organisation
    return ScopeView(
        facts=(
            Fact(
                label=said["auditee"], lines=tuple(one for one in (organisation.name, organisation.unit) if one)
            ),
            Fact(label=said["audit_client"], lines=(organisation.client or organisation.name,)),
            Fact(label=say("Scope of the assessment"), lines=(engagement.scope,)),
            Fact(label=say("Services"), lines=(", ".join(engagement.services),) if engagement.services else none),
            Fact(label=say("Sites"), lines=(", ".join(engagement.sites),) if engagement.sites else none),
            Fact(label=say("Processes"), lines=_processes(index)),
            Fact(
                label=say("The organisation's own statement"),
                lines=_stated_in(index, _STATES_SCOPE) or (say("No statement of scope of the system was handed over."),),
            ),
            Fact(label=say("Criteria"), lines=(*criteria(index), *_further(index))),
            Fact(label=say("Exclusions from the criteria"), lines=_exclusions(index)),
            Fact(label=say("Audit period"), lines=(long_period(engagement.period),)),
            Fact(label=say("As of"), lines=(long_date(engagement.as_of),)),
            Fact(label=said["lead_auditor"], lines=(index.person(engagement.lead_auditor),)),
            Fact(label=say("Classification"), lines=(engagement.confidentiality,)),
        ),
        parties=_parties(index),
    )  # fmt: skip


def _processes(index: DocumentIndex) -> tuple[str, ...]:
    named = index.run.engagement.processes
    return (", ".join(named),) if named else (say("all processes of the management system"),)


def _further(index: DocumentIndex) -> tuple[str, ...]:
    return tuple(f"{_name(one.catalog)}, {translated(one.catalog.head.title)}" for one in index.run.further)


def _exclusions(index: DocumentIndex) -> tuple[str, ...]:
    """Word whether requirements may be left out, and which are, each with its justification."""
    catalogs = (index.run.catalog, *(one.catalog for one in index.run.further))
    left_out = _not_applicable(index) or (say("No requirement is excluded."),)
    return (*(_rule(one) for one in catalogs), *left_out)


def _rule(catalog: Catalog) -> str:
    name = _name(catalog)
    if catalog.head.allows_exclusions:
        return say("{standard} allows exclusions that are justified.", standard=name)
    return say("{standard} allows no exclusions.", standard=name)


def _name(catalog: Catalog) -> str:
    return ":".join(filter(None, (catalog.head.standard, catalog.head.edition)))


def _not_applicable(index: DocumentIndex) -> tuple[str, ...]:
    verdicts = [*index.verdicts.values(), *(v for one in index.run.further for v in one.assessment.points)]
    return tuple(
        say(
            "{point} is not applicable: {why} ({name}, {day})",
            point=one.point,
            why=one.judgement.rationale,
            name=index.person(one.judgement.by),
            day=long_date(one.judgement.at),
        )
        if one.judgement
        else say("{point} is not applicable: {why}", point=one.point, why=" ".join(one.reasons))
        for one in verdicts
        if one.value == "not_applicable"
    )


def _parties(index: DocumentIndex) -> tuple[Fact, ...]:
    run = index.run
    nodes = run.impact.analysis.graph.nodes.values() if run.impact and run.impact.analysis else ()
    suppliers = tuple(one.label for one in nodes if one.kind == "supplier")
    sides = index.words.sides
    people = tuple(
        Fact(
            label=side,
            lines=tuple(
                say("{name}, {role}", name=one.name, role=one.role)
                for one in run.engagement.people
                if one.side == key
            ),
        )
        for key, side in sides.items()
    )
    stated = _stated_in(index, _STATES_PARTIES, _DATASETS_OF_PARTIES)
    return (
        *(one for one in people if one.lines),
        Fact(
            label=say("Other parties that deliver parts of the services"),
            lines=suppliers or (say("none named in a business impact analysis"),),
        ),
        Fact(
            label=say("Where the organisation states its parties"),
            lines=stated or (say("No register of parties, contract or agreement was handed over."),),
        ),
    )


def _stated_in(
    index: DocumentIndex, types: tuple[str, ...], datasets: tuple[str, ...] = ()
) -> tuple[str, ...]:
    found = [one for one in index.run.items if one.document_type in types or one.dataset in datasets]
    return tuple(_item(one) for one in sorted(found, key=lambda one: one.id))


def _item(item: EvidenceItem) -> str:
    version = say("version {version}", version=item.version) if item.version else ""
    in_force = say("in force from {day}", day=long_date(item.effective_at)) if item.effective_at else ""
    return ", ".join(filter(None, (f"{item.id} {item.title}", version, in_force)))


def build_not_in_scope(index: DocumentIndex, view: View) -> NotInScope:
    """Word what is not covered: areas, clauses outside the visit, and what nobody has assessed."""
    engagement = index.run.engagement
    outside = tuple(one.point for one in index.verdicts.values() if one.outside_visit)
    stated = [
        (say("Areas not covered, as recorded by the auditors"), engagement.areas_not_covered or (say("none recorded"),)),
        (say("What hindered the auditors"), engagement.obstacles or (say("none recorded"),)),
    ]  # fmt: skip
    if engagement.visit_clauses:
        stated.append(
            (
                say("Clauses of this visit"),
                (
                    ", ".join(engagement.visit_clauses),
                    say_count(
                        "{number} point of other clauses is not part of this visit and is not assessed.",
                        "{number} points of other clauses are not part of this visit and are not assessed.",
                        len(outside),
                        number=whole(len(outside)),
                    ),
                ),
            )
        )
    stated.append((say("Not assessed"), _open(index, view)))
    return NotInScope(facts=tuple(Fact(label=label, lines=lines) for label, lines in stated))


def _open(index: DocumentIndex, view: View) -> tuple[str, ...]:
    """Name what is in scope and yet not assessed, by kind of reason; the reasons stand with the requirements."""
    groups = tuple(
        say(
            "{reason} ({number}): {requirements}",
            reason=one.title,
            number=whole(one.points),
            requirements=points_text(tuple(row.requirement for row in one.rows), 40),
        )
        for one in view.not_assessed.groups
    )
    where = say("Each requirement with its reason: {place}.", place=index.place("open"))
    return (view.not_assessed.sentence, *groups, *((where,) if groups else ()))
