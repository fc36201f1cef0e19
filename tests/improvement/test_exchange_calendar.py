"""The calendar is iCalendar: read back by a strict reader of its own, and by the library where that is there."""

import re
from datetime import date

import pytest
from exchange_sample import AS_OF, FIRST, items, shipped

from auditkit.improvement.exchange.calendar import calendar_text
from auditkit.improvement.exchange.cells import fill_rows


def written(as_of: date = AS_OF) -> str:
    tracker = shipped()["calendar"]
    long = FIRST.model_copy(update={"title": "Größe; a, b \\ c\nnext 😀 " * 9})
    rows, _ = fill_rows(tracker, (*items(long), *items()[1:]))
    return calendar_text(tracker, rows, "Plan", as_of)


def components(text: str) -> list[dict[str, str]]:
    """Return VTODO and VEVENT as properties; AssertionError where the text is not RFC 5545."""
    assert text.endswith("END:VCALENDAR\r\n")
    physical = text.split("\r\n")[:-1]
    assert all("\n" not in line and "\r" not in line for line in physical)
    assert all(len(line.encode()) <= 75 for line in physical)
    found: list[dict[str, str]] = []
    stack: list[str] = []
    for line in text.replace("\r\n ", "").split("\r\n")[:-1]:
        name, parameters, value = re.fullmatch(r"([A-Z-]+)((?:;[A-Z-]+=[^;:]+)*):(.*)", line).groups()  # type: ignore[union-attr]
        if name == "BEGIN":
            stack.append(value)
            found += [{"": value}] if value in ("VTODO", "VEVENT") else []
        elif name == "END":
            assert stack.pop() == value
        elif stack[-1] in ("VTODO", "VEVENT"):
            assert name not in found[-1], f"{name} stands twice"
            found[-1][name] = value
            assert re.sub(r"\\[\\;,n]", "", value).count("\\") == 0, value
            if "VALUE=DATE" in parameters:
                assert re.fullmatch(r"\d{8}", value)
    assert not stack
    return found


def test_each_action_is_a_task_and_what_is_due_is_a_day() -> None:
    found = components(written())
    assert [(one[""], one["UID"]) for one in found] == [
        ("VTODO", "auditkit-small-2026-ca-001.task@auditkit.invalid"),
        ("VEVENT", "auditkit-small-2026-ca-001.due@auditkit.invalid"),
        ("VTODO", "auditkit-small-2026-ca-002.task@auditkit.invalid"),
    ]
    assert (found[0]["DUE"], found[1]["DTSTART"], found[1]["DTEND"]) == ("20261214", "20261214", "20261215")
    assert [one.get("STATUS") for one in found] == ["NEEDS-ACTION", None, "COMPLETED"]
    assert [one["PRIORITY"] for one in found] == ["1", "1", "3"]
    assert found[0]["SUMMARY"].startswith("CA-001 Größe\\; a\\, b \\\\ c next 😀")


def test_the_stamp_is_the_day_of_the_engagement_and_a_later_file_takes_its_place() -> None:
    first, later = components(written()), components(written(date(2026, 11, 1)))
    assert {one["DTSTAMP"] for one in first} == {"20261015T000000Z"}
    assert {one["UID"] for one in first} == {one["UID"] for one in later}
    assert int(later[0]["SEQUENCE"]) > int(first[0]["SEQUENCE"])
    assert written() == written()


def test_the_library_reads_it() -> None:
    icalendar = pytest.importorskip("icalendar")
    read = icalendar.Calendar.from_ical(written().encode())
    assert len(read.walk("VTODO")) == 2
    assert read.walk("VEVENT")[0]["DTSTART"].dt == date(2026, 12, 14)
