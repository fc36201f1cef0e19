"""A plan is told what is doubtful about it, and is silent once a safeguard is recorded."""

from datetime import date

import pytest
from programme_samples import KNOWN, PEOPLE, engagement, programme, read, rules

from auditkit.assessment.engagement import Visit
from auditkit.assessment.programme.checks import check_plan, visited_sites
from auditkit.assessment.programme.plan import AuditPlan
from auditkit.base.issue import InputIssue

PLAN = """\
prepared_by: P-001
prepared_at: 2026-09-01
days: {start: 2026-10-01, end: 2026-10-02}
hours: {start: 08:30, end: 17:00}
language: German
team: [{person: P-001, role: lead}, {person: P-002, role: auditor}]
sessions:
  - {id: S-01, at: 2026-10-01, start: 09:00, end: 12:00, what: Change, site: Kiel, processes: [change], auditors: [P-002], auditees: [P-010]}
  - {id: S-02, at: 2026-10-01, start: 09:00, end: 12:00, what: Control, site: Ulm, clauses: ["8.1", "8.10"], auditors: [P-001], auditees: [P-011]}
  - {id: S-03, at: 2026-10-02, start: 09:00, end: 10:00, what: Leadership, site: Kiel, clauses: ["5"], auditors: [P-001], auditees: [P-011]}
"""
GUARD = """\
safeguards:
  - {person: P-002, about: independence, because: The person worked there until spring., safeguard: The lead auditor reads the records again., agreed_by: P-001, at: 2026-09-01%s}
"""


People = dict[str, dict[str, object]]


def found(
    text: str = PLAN, programme_text: str | None = None, people: People | None = None, **more: object
) -> list[InputIssue]:
    """Check a plan; ``people`` changes fields of a person by id."""
    plan = read(text, AuditPlan)
    assert isinstance(plan, AuditPlan)
    changed = tuple(one.model_copy(update=(people or {}).get(one.id, {})) for one in PEOPLE)
    known = KNOWN._replace(people={one.id: one for one in changed})
    whole = programme(programme_text) if programme_text is not None else None
    return list(check_plan(plan, {}, known, engagement(people=changed, **more), whole, rules()))


def codes(*args: object, **more: object) -> list[str]:
    return [one.code for one in found(*args, **more)]  # type: ignore[arg-type]


def test_a_plan_without_a_fault_is_silent() -> None:
    assert found() == []


def test_nobody_audits_the_own_area_without_a_safeguard() -> None:
    owns = {"P-002": {"areas": ("change",)}}
    (issue,) = found(people=owns)
    assert (issue.code, issue.severity) == ("auditor-own-area", "warning")
    assert "P-002 audits change (clause 8.5) in S-01" in issue.message
    assert "record a safeguard" in issue.hint
    assert found(PLAN + GUARD % "", people=owns) == []


@pytest.mark.parametrize("area", ["change", "8", "8.5", "8.5.1", "cat"])
def test_an_area_is_a_process_a_clause_or_the_whole_catalog(area: str) -> None:
    assert codes(people={"P-002": {"areas": (area,)}}) == ["auditor-own-area"]


@pytest.mark.parametrize("area", ["control", "8.1", "8.10", "5"])
def test_another_area_is_no_conflict(area: str) -> None:
    assert codes(people={"P-002": {"areas": (area,)}}) == []


def test_an_area_nobody_can_place_leaves_independence_unknown() -> None:
    (issue,) = found(people={"P-002": {"areas": ("Ops",)}})
    assert (issue.code, "Ops" in issue.message) == ("independence-unknown", True)


@pytest.mark.parametrize(
    ("left", "expected"), [(date(2025, 10, 2), ["auditor-own-area"]), (date(2025, 10, 1), [])]
)
def test_who_left_an_area_waits_twelve_months(left: date, expected: list[str]) -> None:
    assert codes(people={"P-002": {"earlier_areas": {"change": left}}}) == expected


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        (", areas: [change]", []),
        (', areas: ["8.5.1"], sessions: [S-01]', []),
        (", areas: [control]", ["auditor-own-area"]),
        (", sessions: [S-02]", ["auditor-own-area"]),
    ],
)
def test_a_safeguard_helps_only_where_it_says(which: str, expected: list[str]) -> None:
    assert codes(PLAN + GUARD % which, people={"P-002": {"areas": ("change",)}}) == expected


def test_a_safeguard_for_another_doubt_or_person_does_not_help() -> None:
    owns: People = {"P-002": {"areas": ("change",)}}
    assert codes(PLAN + (GUARD % "").replace("independence", "competence"), people=owns) == [
        "auditor-own-area"
    ]
    other = (GUARD % "").replace("person: P-002", "person: P-011")
    assert codes(PLAN + other, people=owns) == ["auditor-own-area"]


def test_somebody_in_the_session_is_competent_for_all_of_it() -> None:
    nobody: People = {"P-002": {"competence": ("5", "8.1")}}
    (issue,) = found(people=nobody)
    assert issue.code == "auditor-competence"
    assert "S-01 looks at clause 8.5, and no competence for it is recorded for P-002" in issue.message
    expert = PLAN.replace(
        "{person: P-002, role: auditor}",
        "{person: P-002, role: auditor}, {person: P-011, role: technical_expert}",
    )
    apart = expert.replace(
        "start: 09:00, end: 12:00, what: Control", "start: 13:00, end: 15:00, what: Control"
    )
    with_them = apart.replace("auditors: [P-002]", "auditors: [P-002], with_them: [P-011]")
    assert codes(with_them, people=nobody | {"P-011": {"competence": ("change",)}}) == []
    observer = with_them.replace("technical_expert", "observer")
    assert codes(observer, people=nobody | {"P-011": {"competence": ("change",)}}) == ["auditor-competence"]
    assert codes(PLAN + (GUARD % "").replace("independence", "competence"), people=nobody) == []


def test_competence_that_is_not_recorded_is_not_supposed() -> None:
    assert codes(people={"P-001": {"competence": ()}}) == ["auditor-competence", "auditor-competence"]


def test_each_auditor_speaks_the_language_or_has_an_interpreter() -> None:
    english = PLAN.replace("what: Change,", "what: Change, language: English,")
    (issue,) = found(english)
    assert (issue.code, "English" in issue.message) == ("auditor-language", True)
    assert codes(english, people={"P-002": {"languages": ("english",)}}) == []
    helped = english.replace("role: auditor}]", "role: auditor}, {person: P-011, role: interpreter}]")
    helped = helped.replace("auditors: [P-002]", "auditors: [P-002], with_them: [P-011]")
    moved = helped.replace(
        "2026-10-01, start: 09:00, end: 12:00, what: Control",
        "2026-10-01, start: 13:00, end: 15:00, what: Control",
    )
    assert codes(moved) == []


def test_nobody_is_in_two_sessions_at_once() -> None:
    assert codes(PLAN.replace("auditors: [P-002]", "auditors: [P-001]")) == ["session-overlap"]
    assert codes(PLAN.replace("auditees: [P-010]", "auditees: [P-011]")) == ["session-overlap"]
    after = PLAN.replace("start: 09:00, end: 12:00, what: Control", "start: 12:00, end: 13:00, what: Control")
    assert codes(after.replace("auditors: [P-002]", "auditors: [P-001]")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("at: 2026-10-02", "at: 2026-10-03"),
        ("start: 09:00, end: 10:00", "start: 08:29, end: 10:00"),
        ("start: 09:00, end: 10:00", "start: 09:00, end: 17:01"),
    ],
)
def test_a_session_lies_in_the_days_and_hours_of_the_audit(old: str, new: str) -> None:
    (issue,) = found(PLAN.replace(old, new))
    assert (issue.code, "S-03" in issue.message) == ("session-outside-hours", True)


def test_a_time_in_a_change_of_clocks_is_not_one_moment() -> None:
    night = PLAN.replace("end: 2026-10-02}", "end: 2026-10-31}").replace("{start: 08:30,", "{start: 01:00,")
    autumn = night.replace("at: 2026-10-02, start: 09:00", "at: 2026-10-25, start: 02:30")
    assert codes(autumn) == ["session-time-unclear"]


def test_auditor_and_auditee_are_two_people() -> None:
    (issue,) = found(PLAN.replace("auditees: [P-010]", "auditees: [P-002]"))
    assert issue.code == "auditor-is-auditee"


def test_a_session_has_an_auditor_of_the_team() -> None:
    assert codes(PLAN.replace("role: auditor", "role: trainee")) == ["session-without-auditor"]
    outside = PLAN.replace(", {person: P-002, role: auditor}", "")
    assert codes(outside) == ["session-outside-team", "session-without-auditor"]


def test_every_clause_and_site_of_the_scope_has_a_session() -> None:
    (issue,) = found(PLAN.replace('["8.1", "8.10"]', '["8.1"]'))
    assert (issue.code, issue.message) == ("clause-without-session", "No session looks at clause 8.10.")
    assert codes(PLAN.replace('["8.1", "8.10"]', '["8.1"]') + 'clauses: ["5", "8.1", "8.5"]\n') == []
    (issue,) = found(PLAN.replace("site: Ulm", "site: Kiel"))
    assert (issue.code, "Ulm" in issue.message) == ("site-without-session", True)


def test_missing_clauses_are_named_by_their_highest_heading() -> None:
    less = PLAN.replace("processes: [change]", 'clauses: ["5"]').replace('["8.1", "8.10"]', '["8.1"]')
    (issue,) = found(less, people={"P-002": {"competence": ("5",)}})
    assert issue.message == "No session looks at clause 8.10, 8.5."
    assert KNOWN.shortest(["8.1", "8.10", "8.5.1"]) == ("8",)


VISITS = (
    Visit(at=date(2026, 10, 1), place="Kiel", what="w"),
    Visit(at=date(2026, 10, 1), place="Ulm", what="w"),
    Visit(at=date(2026, 10, 2), place="Kiel", what="w"),
)


def test_visits_and_sessions_agree() -> None:
    assert codes(visits=VISITS) == []
    (missing,) = found(visits=VISITS[:2])
    assert (missing.code, "S-03" in missing.message) == ("plan-visit-differs", True)
    more = (*VISITS, Visit(at=date(2026, 10, 5), place="Remote", what="w"))
    (extra,) = found(visits=more)
    assert (extra.code, "2026-10-05" in extra.message) == ("plan-visit-differs", True)
    assert codes(visits=VISITS[:2], as_of=date(2026, 10, 1)) == []
    meeting = "  - {id: S-04, at: 2026-10-02, start: 11:00, end: 12:00, what: Team, kind: team, auditors: [P-001]}\n"
    assert codes(PLAN + meeting, visits=VISITS) == []


def test_a_site_is_visited_by_a_session_that_took_place_there() -> None:
    plan = read(PLAN, AuditPlan)
    assert isinstance(plan, AuditPlan)
    assert visited_sites(plan, VISITS) == (frozenset({"Kiel", "Ulm"}), frozenset())
    assert visited_sites(plan, VISITS[:1]) == (frozenset({"Kiel"}), frozenset())
    afar = (
        PLAN.replace("site: Ulm,", "site: Ulm, remote: true,")
        + "remote: {platform: P, recording: none, outage: o}\n"
    )
    held = read(afar, AuditPlan)
    assert isinstance(held, AuditPlan)
    remote = Visit(at=date(2026, 10, 1), place="Remote", what="w")
    assert visited_sites(held, (VISITS[0], remote)) == (frozenset({"Kiel"}), frozenset({"Ulm"}))


AUDIT = "audits: [{id: AU-001, title: t, state: planned, engagement: own, period: {start: 2026-10-01, end: 2026-10-02}, sites: [Kiel], lead: P-001}]\n"


def test_the_plan_belongs_to_an_audit_of_the_programme() -> None:
    named = PLAN + "audit: AU-001\n"
    assert codes(named, AUDIT) == []
    assert codes(named, AUDIT.replace("AU-001", "AU-002")) == ["plan-programme-differs"]
    assert codes(named, None) == ["plan-programme-differs"]
    assert codes(named, AUDIT.replace("engagement: own", "engagement: other")) == ["plan-programme-differs"]
    assert codes(named, AUDIT.replace("2026-10-02", "2026-10-01")) == ["plan-programme-differs"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("end: 12:00, what: Change", "end: 08:00, what: Change", "crosses midnight"),
        ("start: 09:00, end: 10:00", "start: 09:00Z, end: 10:00", "the zone is that of the engagement"),
        ("site: Ulm,", "site: Ulm, remote: true,", "platform, recording, outage"),
        ("end: 17:00}", "end: 08:00}", "the day ends after it starts"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(old: str, new: str, says: str) -> None:
    with pytest.raises(AssertionError, match=says):
        read(PLAN.replace(old, new), AuditPlan)


def test_nobody_agrees_to_the_own_safeguard() -> None:
    with pytest.raises(AssertionError, match="somebody other than the person it is about"):
        read(PLAN + (GUARD % "").replace("agreed_by: P-001", "agreed_by: P-002"), AuditPlan)
