"""What a report says in German: the same figures, ids and days as in English, worded as the language has it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from babel.messages.pofile import read_po
from sample_run import CHECKLISTS, findings, sample_run
from test_report_forecast import CANDIDATE, MAJOR, PLAN
from test_report_forecast import run as forecast_run

from auditkit.assessment.conduct import WORD_KEYS, Conduct, Kind, conduct_of
from auditkit.assessment.conduct_load import load_kind, load_method
from auditkit.assessment.model import Gate, GateBlocker
from auditkit.assessment.programme.coverage import CoverageRow
from auditkit.assessment.programme.model import Programme
from auditkit.base.language import LOCALE, speaking
from auditkit.base.period import Period
from auditkit.base.place import Place
from auditkit.catalog.model import DocumentType
from auditkit.reporting.jsonout import assessment
from auditkit.reporting.model import Run
from auditkit.reporting.numbers import month_text, rounded, short_period, shortest, written
from auditkit.reporting.programme_coverage import coverage_lines
from auditkit.reporting.stage_list import stage_csv
from auditkit.reporting.terminal_readiness import stage_text
from auditkit.reporting.view import build_view
from auditkit.reporting.view_model import View
from auditkit.reporting.words import lifted

KINDS = sorted(path.stem for path in (CHECKLISTS / "engagement-kinds").glob("*.yaml"))


def kind_of(name: str) -> Kind:
    kind, issues = load_kind(CHECKLISTS / f"engagement-kinds/{name}.yaml", name)
    assert kind is not None, issues
    return kind


def conduct_in(language: str, name: str, stage: str = "-") -> Conduct:
    kind = kind_of(name)
    method, issues = load_method(CHECKLISTS / f"audit-methods/{kind.method}.yaml", kind.method)
    assert method is not None, issues
    return conduct_of(kind, stage, method, chosen=False, language=language)


def run_in(language: str, name: str = "internal-audit", stage: str = "-", **more: object) -> Run:
    run = sample_run(conduct=conduct_in(language, name, stage), **more)  # type: ignore[arg-type]
    engagement = run.engagement.model_copy(update={"kind": name, "stage": stage})
    return run.model_copy(update={"engagement": engagement})


def german(name: str = "internal-audit", stage: str = "-", **more: object) -> View:
    with speaking("de"):
        return build_view(run_in("de", name, stage, **more))


STAGES = [(name, stage) for name in KINDS for stage in kind_of(name).stages]


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}")
    elif isinstance(value, (list, tuple)):
        for at, inner in enumerate(value):
            yield from leaves(inner, f"{path}[{at}]")
    else:
        yield path, value


@pytest.mark.parametrize(("name", "stage"), STAGES)
def test_a_language_changes_words_and_nothing_else(name: str, stage: str) -> None:
    english, other = build_view(run_in("en", name, stage)), german(name, stage)
    one, two = dict(leaves(english.model_dump())), dict(leaves(other.model_dump()))
    assert [path for path in one if not path.startswith(".glossary")] == [
        path for path in two if not path.startswith(".glossary")
    ]
    for path, value in one.items():
        if not isinstance(value, str) or path.endswith((".id", ".key", ".symbol", ".point", ".number")):
            assert two[path] == value, path


@pytest.mark.parametrize(("name", "stage"), STAGES)
def test_no_message_is_shown_without_its_translation(name: str, stage: str) -> None:
    with (LOCALE / "de/report.po").open("rb") as source:
        catalog = read_po(source, locale="de")
    other = {
        one.id: one.string for one in catalog if isinstance(one.id, str) and " " in one.id and not one.context
    }
    with speaking("de"):
        run = run_in("de", name, stage)
        shown = {text for _, text in leaves(build_view(run).model_dump()) if isinstance(text, str)}
    assert {text for text in shown if text in other and other[text] != text} == set()


def test_sentences_numbers_and_days_of_a_summary_are_german() -> None:
    view = german()
    assert view.cover.kind == "Bericht zum internen Audit"
    assert view.cover.status == "ENTWURF: nicht von der Auditteamleitung unterzeichnet"
    assert view.summary.headline.text == "Nicht reif: 1 Hauptabweichung offen"
    assert view.summary.measures[0].figure == "33,3 % bis 50,0 %"
    assert view.summary.unconfirmed.startswith("1 Kandidat wartet auf die Entscheidung einer Person.")
    assert "sie stehen in Anhang A" in view.summary.unconfirmed
    period = next(one for one in view.cover.facts if one.label == "Auditzeitraum")
    assert period.lines == ("1. Oktober 2025 bis 30. September 2026",)


def test_a_finding_is_told_in_german_with_its_extent_and_place() -> None:
    finding = german().findings[0]
    assert finding.extent == "Geprüfte Datensätze: 18 von 2.143 (0,8 %), aus einer Grundgesamtheit von 2.150."
    assert finding.rows[0].where == "EV-002, records/changes.csv, Zeile 11"
    assert "approved at: leer" in finding.rows[0].shows
    assert finding.mark.word == "Hauptabweichung"
    titles = [one.title for entry in german().contents if entry.id == "findings" for one in entry.children]
    assert titles == ["Hauptabweichung", "Nebenabweichung"]


def test_a_candidate_is_graded_in_the_words_of_its_kind() -> None:
    assert german().candidates[0].mark.word == "Kandidat, eingestuft als Hauptabweichung"
    assert german("gap-analysis").candidates[0].mark.word == "Kandidat, eingestuft als Hauptlücke"
    assert (
        german("certification-readiness", "1").candidates[0].mark.word
        == "Kandidat, eingestuft als Hauptschwachstelle"
    )


def test_advice_and_plan_word_days_and_decimals() -> None:
    advised = tuple(one.model_copy(update={"effort_days": 12.5}) for one in findings())
    assert german("gap-analysis", findings=advised).findings[0].advice[-1].lines == ("12,5 Tage, geschätzt",)


@pytest.mark.parametrize(("name", "stage"), STAGES)
def test_every_kind_and_stage_has_german_words(name: str, stage: str) -> None:
    english, other = (conduct_in(language, name, stage).words for language in ("en", "de"))
    assert set(other) == set(english) >= set(WORD_KEYS)
    assert {other[key] for key in WORD_KEYS if english[key] == other[key]} <= {"Organisation"}


def test_a_stage_is_added_to_a_title_that_is_not_its_own() -> None:
    assert german("certification-readiness", "1").cover.kind == "Stufe-1-Bericht zur Zertifizierungsreife"
    borrowed = conduct_in("de", "internal-audit").model_copy(update={"stage": "2"})
    run = run_in("de").model_copy(update={"conduct": borrowed})
    engagement = run.engagement.model_copy(update={"stage": "2"})
    with speaking("de"):
        view = build_view(run.model_copy(update={"engagement": engagement}))
    assert view.cover.kind == "Bericht zum internen Audit, Stufe 2"


def test_a_gate_tells_candidates_by_their_kind_whatever_they_say() -> None:
    blocker = GateBlocker(what="Ein Satz ohne Kennung", kind="candidate", subject="C-1")
    gate = Gate(id="nonconformities", title="Nonconformities", rule="", passed=False, blockers=(blocker,))
    (row,) = german(gates=(gate,)).conclusion.gates[0].blockers
    assert row.what == "1 Kandidat zu bestätigen oder zu verwerfen (siehe Anhang A)"


def test_the_forecast_says_its_days_in_german() -> None:
    given = forecast_run(MAJOR, CANDIDATE, documents=(PLAN,))
    given = given.model_copy(update={"conduct": conduct_in("de", "internal-audit")})
    with speaking("de"):
        forecast = build_view(given).conclusion.forecast
        assert forecast is not None
        sheet, lines = stage_csv(forecast.stage_1), stage_text(forecast.stage_1)
    assert forecast.sentences[0] == (
        "Nach dem Gezeigten und den genannten Terminen nicht vor dem 29. Dezember 2026; 1 Hindernis hat keinen Termin."
    )
    assert forecast.sentences[1].startswith("Diesen Tag bestimmt: ")
    assert [gate.earliest for gate in forecast.gates] == [
        "erfüllt",
        "nicht vor dem 29.12.2026; 1 ohne Termin",
    ]
    assert forecast.gates[1].blockers[0].due == "29.11.2026"
    assert sheet.startswith(
        "Dokument,verlangt von,Abschnitte,angefordert,erhalten,Stand,was fehlt,verantwortlich"
    )
    assert ",Norm," in sheet
    assert "Überprüfung war fällig am 15.10.2026" in sheet
    assert "RQ-001" in lines  # what is lacking is told apart by data, not by the word for it


def test_the_matrix_of_a_programme_stands_in_columns_in_any_language() -> None:
    audit = {
        "id": "AU-001", "title": "Audit", "state": "done", "clauses": ["8"], "lead": "P-001",
        "period": {"start": "2026-01-05", "end": "2026-01-09"},
    }  # fmt: skip
    programme = Programme.model_validate(
        {
            "title": "Programm", "cycle_start": "2025-01-01", "managed_by": "P-001",
            "objectives": ["Alles sehen."], "audits": [audit],
        }
    )  # fmt: skip
    rows = (
        CoverageRow(axis="clause", id="8.6.3", title="Problems", risk=None, marks={"AU-001": "done"}, points=4,
                    examined=3, last=date(2026, 1, 9), due=date(2026, 10, 5), planned=None, state="overdue", rule="low", why="Jährlich.", amount=""),
        CoverageRow(axis="clause", id="8.6.1", title="Incidents", risk="medium", marks={"AU-001": "done"}, points=4,
                    examined=4, last=date(2026, 1, 9), due=date(2028, 1, 9), planned=None, state="covered", rule="low", why="", amount=""),
    )  # fmt: skip
    for language, last in (("en", "seen"), ("de", "gesehen")):
        with speaking(language):
            lines = coverage_lines(programme, rows, ("clause",), False, "other")
        head = next(line for line in lines if line.endswith(last))
        shown = [line for line in lines if line.startswith("8.6.")]
        assert [line.index("/4") - 1 for line in shown] == [head.index(last)] * 2, lines
        assert max(map(len, lines)) <= 79
    assert " unbewertet 01/2026 10/2026 überfällig 3/4" in shown[0]
    assert "    Bis 05.10.2026: Jährlich. 1 von 4 Prüfpunkten in diesem Audit ohne Urteil." in lines
    assert lines[-1] == "2 Abschnitte: 1 überfällig, 0 nie, 0 fällig, 0 geplant, 1 abgedeckt."


@pytest.mark.parametrize(
    ("said", "english", "german_text"),
    [
        (lambda: shortest(12.5), "12.5", "12,5"),
        (lambda: shortest(1250.0), "1250", "1.250"),
        (lambda: rounded(100 / 3, 1), "33.3", "33,3"),
        (lambda: written(Decimal("-0.93")), "-0.93", "-0,93"),
        (lambda: written("+0.50"), "+0.50", "+0,50"),
        (lambda: written("2 of 3"), "2 of 3", "2 of 3"),
        (lambda: month_text("2025-10"), "2025-10", "10/2025"),
        (
            lambda: short_period(Period(start=date(2025, 10, 1), end=date(2026, 9, 30))),
            "2025-10-01 to 2026-09-30",
            "01.10.2025 bis 30.09.2026",
        ),
        (lambda: Place(file="a.xlsx", sheet="S", row=3).told, "a.xlsx, sheet S, row 3", "a.xlsx, Blatt S, Zeile 3"),
        (lambda: lifted("erste Nicht-Konformität"), "Erste Nicht-Konformität", "Erste Nicht-Konformität"),
    ],
)  # fmt: skip
def test_numbers_months_and_places(said: Any, english: str, german_text: str) -> None:
    assert said() == english
    with speaking("de"):
        assert said() == german_text


def test_terms_stand_in_the_order_of_the_alphabet_in_any_language() -> None:
    terms = [one.label for one in german().glossary]
    assert terms.index("Abdeckung") < terms.index("Änderung (Amendment)") < terms.index("Eigene Regel")
    assert (
        next(one for one in german().glossary if one.label == "Nicht beurteilt")
        .lines[0]
        .startswith("Nicht bekannt, aus dem Grund, der in Abschnitt 8 steht.")
    )


def test_a_document_type_has_its_title_where_its_identifier_says_nothing() -> None:
    known = DocumentType(
        id="service_management_policy",
        title="Grundsatzpapier",
        clauses=("5.2.1",),
        basis="standard",
        names=(),
    )
    policy = german(document_types=(known,)).evidence_register[0]
    assert (policy.id, policy.kind) == ("EV-001", "Dokument: Grundsatzpapier")
    assert policy.effective == "10.01.2026"
    english = build_view(run_in("en", document_types=(known,))).evidence_register[0]
    assert english.kind == "document: service management policy"


def test_rows_that_were_left_out_are_told_by_the_reason_they_have() -> None:
    reading = sample_run().readings[0].model_copy(update={"dropped": {"blank row": 3, "own words": 1}})
    assert german(readings=(reading,)).method.quality[0].dropped == "Leerzeilen: 3 und own words: 1"


def test_the_assessment_names_the_language_of_its_texts_and_keeps_iso_days() -> None:
    run = run_in("de")
    with speaking("de"):
        data = assessment(run, build_view(run))
    assert data["language"] == "de"
    assert data["engagement"]["as_of"] == "2026-10-15"
    assert data["conclusion"]["headline"] == "Nicht reif: 1 Hauptabweichung offen"
