"""What an engagement says to the elements of a report on how it was set up: scope, team, days and methods (pure)."""

from auditkit.base.language import say, say_count, translated
from auditkit.reporting import words
from auditkit.reporting.numbers import how_many, listing, long_date, long_period, whole
from auditkit.reporting.view_cover import kind_title
from auditkit.reporting.view_index import Index

Lines = tuple[str, ...]


def scope(index: Index) -> Lines:
    """Name who was audited: organisation, services, processes, sites, and the period."""
    engagement = index.run.engagement
    organisation = engagement.organisation
    auditee = f"{organisation.name}, {organisation.unit}" if organisation.unit else organisation.name
    lines = [f"{index.words['auditee']}: {auditee}.", engagement.scope]
    for label, values in (
        (say("Services"), engagement.services),
        (say("Processes"), engagement.processes),
        (say("Sites"), engagement.sites),
        (say("Clauses of this visit"), engagement.visit_clauses),
    ):
        if values:
            lines.append(f"{label}: {listing(values)}.")
    lines.append(
        say(
            "Period: {period}, as known on {day}.",
            period=long_period(engagement.period),
            day=long_date(engagement.as_of),
        )
    )
    return tuple(lines)


def client(index: Index) -> Lines:
    """Name who ordered the audit."""
    organisation = index.run.engagement.organisation
    return (organisation.client or organisation.name,)


def kind(index: Index) -> Lines:
    """Name kind and stage, and whether further standards are audited with it."""
    catalogs = len(index.run.engagement.catalogs)
    title = kind_title(index)
    if catalogs:
        title = say_count(
            "{kind}; integrated, with {number} further standard",
            "{kind}; integrated, with {number} further standards",
            catalogs,
            kind=title,
            number=whole(catalogs),
        )
    return (f"{title}.", translated(index.run.conduct.about))


def team(index: Index) -> Lines:
    """Name the team, and count who took part."""
    people = index.run.engagement.people
    team = listing(f"{one.name} ({one.role})" for one in people if one.side == "auditor")
    auditees, interviews = sum(one.side == "auditee" for one in people), len(index.run.interviews)
    if not team:
        return ()
    present = say_count(
        "{number} participant of the auditee",
        "{number} participants of the auditee",
        auditees,
        number=how_many(auditees),
    )
    asked = say_count(
        "{number} interview on record",
        "{number} interviews on record",
        interviews,
        number=how_many(interviews),
    )
    return (say("Team: {people}.", people=team), words.sentence(f"{present}; {asked}"))


def dates(index: Index) -> Lines:
    """Say when and where the audit took place; nothing where no visit is recorded."""
    visits = index.run.engagement.visits
    if not visits:
        return ()
    first, last = min(one.at for one in visits), max(one.at for one in visits)
    places = listing(dict.fromkeys(one.place for one in sorted(visits, key=lambda one: one.at)))
    span = long_date(first)
    if first != last:
        span = say("{start} to {end}", start=long_date(first), end=long_date(last))
    return (f"{span}: {places}.",)


def methods(index: Index) -> Lines:
    """Count what was examined and asked, and how much of it at a distance."""
    run = index.run
    kinds = [one.kind for one in run.items]
    asked = [answer.kind for one in run.interviews for answer in one.answers]
    documents, exports = kinds.count("document"), kinds.count("record_export")
    answers, seen = asked.count("interview"), asked.count("observe")
    used = say(
        "Examined: {documents}, {exports}. Asked and seen: {answers}, {observations}.",
        documents=say_count("{number} document", "{number} documents", documents, number=how_many(documents)),
        exports=say_count(
            "{number} export of records", "{number} exports of records", exports, number=how_many(exports)
        ),
        answers=say_count("{number} answer", "{number} answers", answers, number=how_many(answers)),
        observations=say_count("{number} observation", "{number} observations", seen, number=how_many(seen)),
    )
    visits = run.engagement.visits
    if not visits:
        return (used,)
    remote = say_count(
        "At a distance: {remote} of {number} visit.",
        "At a distance: {remote} of {number} visits.",
        len(visits),
        remote=whole(sum(one.remote for one in visits)),
        number=whole(len(visits)),
    )
    return (used, remote)
