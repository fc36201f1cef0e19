"""The timetable is a calendar that other programs read: checked with a reader written from RFC 5545, not with the writer."""

import re
from datetime import UTC, datetime

import pytest
from programme_samples import engagement, read
from test_programme_checks import PLAN

from auditkit.assessment.programme.ics import calendar_text
from auditkit.assessment.programme.plan import AuditPlan

CHANGES = "changes: [{at: 2026-09-20, by: P-001, what: Moved.}]\n"


def plan(text: str = PLAN) -> AuditPlan:
    found = read(text, AuditPlan)
    assert isinstance(found, AuditPlan)
    return found


def written(text: str = PLAN, **more: object) -> str:
    found = plan(text)
    return calendar_text(found, engagement(**more), found.sessions)


def events(text: str) -> list[dict[str, str]]:
    """Read a calendar: unfold, take name and value apart, undo the escapes; refuse what RFC 5545 refuses."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    for line in text.encode().split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # a character cut in two is no UTF-8
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    found: list[dict[str, str]] = []
    inside = False
    for line in lines[1:-1]:
        name, colon, value = line.partition(":")
        assert colon
        assert re.fullmatch(r"[A-Z0-9-]+", name)
        if name in ("BEGIN", "END"):
            assert value == "VEVENT"
            assert inside == (name == "END")
            inside = name == "BEGIN"
            found += [{}] if inside else []
            continue
        if inside:
            assert name not in found[-1]
            bare = value.replace("\\\\", "").replace("\\;", "").replace("\\,", "").replace("\\n", "")
            assert not re.search(r"[\\;,\x00-\x1f\x7f]", bare)
            found[-1][name] = re.sub(r"\\(.)", lambda match: {"n": "\n"}.get(match[1], match[1]), value)
    assert not inside
    return found


def at(value: str) -> datetime:
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def test_each_session_is_an_event_at_its_moment() -> None:
    first, second, third = events(written())
    assert (at(first["DTSTART"]), at(first["DTEND"])) == (
        datetime(2026, 10, 1, 7, tzinfo=UTC),
        datetime(2026, 10, 1, 10, tzinfo=UTC),
    )
    assert first["SUMMARY"] == "S-01 Change"
    assert first["LOCATION"] == "Kiel"
    assert first["DESCRIPTION"] == "Processes: change\nAuditors: Olaf\nAuditees: Jan\nConfidential"
    assert second["DESCRIPTION"].startswith("Clauses: 8.1, 8.10\n")
    assert len({one["UID"] for one in (first, second, third)}) == 3


def test_winter_and_summer_time_are_told_apart() -> None:
    winter = written(PLAN.replace("2026-10-02, start", "2026-11-02, start"))
    assert events(winter)[2]["DTSTART"] == "20261102T080000Z"


def test_nothing_reads_the_clock_and_ids_stay_when_the_plan_changes() -> None:
    before, after = events(written()), events(written(PLAN + CHANGES))
    assert written() == written()
    assert [one["UID"] for one in before] == [one["UID"] for one in after]
    assert {(one["DTSTAMP"], one["SEQUENCE"]) for one in before} == {("20260901T000000Z", "0")}
    assert {(one["DTSTAMP"], one["SEQUENCE"]) for one in after} == {("20260920T000000Z", "1")}


@pytest.mark.parametrize(
    "what",
    ["a; b, c \\ d", "Zażółć gęślą jaźń " * 8, "x" * 200, "🙂" * 40, "\\n is no line", "ends with \\"],
)
def test_text_comes_back_as_it_was(what: str) -> None:
    found = plan()
    changed = found.sessions[0].model_copy(update={"what": what})
    (event,) = events(calendar_text(found, engagement(), [changed]))
    assert event["SUMMARY"] == f"S-01 {what}"


def test_control_characters_and_lines_cannot_make_properties() -> None:
    found = plan()
    changed = found.sessions[0].model_copy(update={"what": "a\r\nATTENDEE:mailto:x\x07b"})
    (event,) = events(calendar_text(found, engagement(), [changed]))
    assert "ATTENDEE" not in event
    assert event["SUMMARY"] == "S-01 a\nATTENDEE:mailto:x b"


@pytest.mark.parametrize(("day", "start"), [("2026-10-25", "02:30"), ("2026-03-29", "02:30")])
def test_a_time_that_is_no_single_moment_is_refused(day: str, start: str) -> None:
    text = PLAN.replace("at: 2026-10-02, start: 09:00", f"at: {day}, start: {start}")
    with pytest.raises(ValueError, match="S-03: the clocks of Europe/Berlin change"):
        written(text)


def test_a_library_for_calendars_reads_the_same() -> None:
    icalendar = pytest.importorskip("icalendar")
    read_back = icalendar.Calendar.from_ical(written().encode()).walk("VEVENT")
    assert [str(one["SUMMARY"]) for one in read_back] == [one["SUMMARY"] for one in events(written())]
    assert read_back[0]["DTSTART"].dt == datetime(2026, 10, 1, 7, tzinfo=UTC)
    assert [one.errors for one in read_back if one.errors] == []
