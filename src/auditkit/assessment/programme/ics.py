"""The timetable as an iCalendar file (RFC 5545): UTC times, folded lines, ids that stay; nothing reads the clock."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from auditkit.assessment.engagement import Engagement
from auditkit.assessment.programme.plan import AuditPlan, Session
from auditkit.base.icstext import escaped, folded


def calendar_text(plan: AuditPlan, engagement: Engagement, sessions: Iterable[Session]) -> str:
    """Return the sessions as one calendar; ValueError, naming the session, for a time that is not one moment.

    The stamp is the day on which the plan was made or last changed, and the sequence counts the changes.
    """
    stamp = datetime.combine(plan.stands_since, time(), tzinfo=UTC)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//auditkit//audit plan//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{escaped(engagement.title)}")
    for one in sessions:
        lines += _event(one, plan, engagement, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def moment(day: date, clock: time, zone: str) -> datetime | None:
    """Return a local time as UTC; None when the clocks change so that it is no moment, or two."""
    local = datetime.combine(day, clock, tzinfo=ZoneInfo(zone))
    first, second = local.replace(fold=0).astimezone(UTC), local.replace(fold=1).astimezone(UTC)
    return first if first == second else None


def _event(one: Session, plan: AuditPlan, engagement: Engagement, stamp: datetime) -> list[str]:
    start = moment(one.at, one.start, engagement.time_zone)
    end = moment(one.at, one.end, engagement.time_zone)
    if start is None or end is None:
        raise ValueError(
            f"{one.id}: the clocks of {engagement.time_zone} change then, so the time is not one moment; choose another"
        )
    where = ", ".join(part for part in (one.site or "", one.place, "remote" if one.remote else "") if part)
    return [
        "BEGIN:VEVENT",
        f"UID:{one.id.lower()}.{_slug(engagement.id)}@auditkit.invalid",
        f"DTSTAMP:{_utc(stamp)}",
        f"SEQUENCE:{len(plan.changes)}",
        f"DTSTART:{_utc(start)}",
        f"DTEND:{_utc(end)}",
        f"SUMMARY:{escaped(f'{one.id} {one.what}')}",
        *([f"LOCATION:{escaped(where)}"] if where else []),
        f"DESCRIPTION:{escaped(_description(one, engagement))}",
        "CLASS:CONFIDENTIAL",
        "END:VEVENT",
    ]


def _description(one: Session, engagement: Engagement) -> str:
    names = {person.id: person.name for person in engagement.people}
    parts = [
        ("Clauses", ", ".join(one.clauses)),
        ("Processes", ", ".join(one.processes)),
        ("Auditors", ", ".join(names.get(person, person) for person in one.auditors)),
        ("Auditees", ", ".join(names.get(person, person) for person in one.auditees)),
        ("With them", ", ".join(names.get(person, person) for person in one.with_them)),
        ("Method", one.method),
    ]
    return "\n".join([f"{label}: {text}" for label, text in parts if text] + [engagement.confidentiality])


def _utc(value: datetime) -> str:
    return value.strftime("%Y%m%dT%H%M%SZ")


def _slug(text: str) -> str:
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in text.lower())
