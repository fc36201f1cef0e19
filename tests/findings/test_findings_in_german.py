"""Gates, their days and the list for stage 1 in German: words that decide nothing, and nothing decided by words."""

from datetime import date

from auditkit.assessment.model import GateBlocker
from auditkit.base.language import speaking
from auditkit.findings.model import AuditeePart, Finding, Statement
from auditkit.findings.readiness_days import Clock, reckon_finding


def finding() -> Finding:
    return Finding(
        id="NC-001",
        standing="confirmed",
        grade="major",
        rule="",
        points=("8.5.1.3-1",),
        procedure=None,
        area="",
        statement=Statement(requirement="r", failure="f", objective_evidence="o"),
        population=None,
        examined=None,
        exceptions=None,
        state="answered",
        answer=AuditeePart(owner="P-010", due=date(2026, 9, 1)),
    )


def test_the_days_of_a_finding_are_reckoned_alike_and_told_in_german() -> None:
    clock = Clock(date(2026, 10, 15), 30, 3, {}, frozenset())
    english = reckon_finding(finding(), clock, effect=True)
    with speaking("de"):
        german = reckon_finding(finding(), clock, effect=True)
    assert (english.not_before, english.due, bool(english.without_date)) == (
        german.not_before,
        german.due,
        bool(german.without_date),
    )
    assert english.without_date == "NC-001 is past its date (answer of NC-001, 2026-09-01)"
    assert german.without_date == "NC-001 hat den Termin überschritten (Antwort zu NC-001, 01.09.2026)"
    assert [one.what for one in german.steps] == [
        "Antwort zu NC-001: Termin",
        "NC-001 hat den Termin überschritten (Antwort zu NC-001, 01.09.2026)",
        "30 Tage Betrieb (Parameter verification_wait_days)",
    ]


def test_what_points_of_a_blocker_belong_to_is_no_part_of_its_data() -> None:
    blocker = GateBlocker(
        what="x: y", kind="clause_not_conforming", subject="9.2", title="Internes Audit (9.2)"
    )
    assert "title" not in blocker.model_dump()
