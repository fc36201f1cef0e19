"""What a judgement was bound to under one language holds under another, and caches never mix them."""

from pathlib import Path

from click.testing import CliRunner
from finding_engagement import REGISTER, TEST, make, run

from auditkit.base.language import speaking
from auditkit.cli.main import cli
from auditkit.reporting.model import Run

POINT = "8.5.1.3-1"
SEEN = "Seen in twelve changes on site, with the people who do the work."


def in_german(folder: Path) -> Run:
    with speaking("de"):
        return run(folder)


def reasons(of: Run) -> tuple[str, ...]:
    return next(one.result.reasons for one in of.record_tests if f"record.{one.id}" == TEST)


def incomplete(folder: Path) -> Path:
    """Let the source report more rows than the export has, so that reasons and digests speak of it."""
    text = REGISTER.replace("dataset: change}", "dataset: change, control_total: 41}")
    (folder / "evidence/register.yaml").write_text(text, encoding="utf-8")
    return folder


def test_each_language_has_reasons_of_its_own_whatever_was_cached_first(tmp_path: Path) -> None:
    folder = incomplete(make(tmp_path / "e"))
    english, german = run(folder), in_german(folder)
    assert reasons(english)[:2] == (
        "3 of 40 rows contradict the claim",
        "population unverified: changes.csv has 40 of 41 rows",
    )
    assert reasons(german)[:2] == (
        "3 von 40 Zeilen widersprechen der Aussage",
        "Grundgesamtheit ungesichert: changes.csv hat 40 von 41 Zeilen",
    )
    assert (run(folder), in_german(folder)) == (english, german)


def test_a_judgement_made_under_english_is_not_suspect_under_german(tmp_path: Path) -> None:
    folder = incomplete(make(tmp_path / "e"))
    words = ["judge", POINT, "nonconforming", "--because", SEEN, "--by", "P-002", "--on", "EV-001"]
    done = CliRunner().invoke(cli, [*words, "-e", str(folder)])
    assert done.exit_code == 0, done.output
    german = in_german(folder)
    (judged,) = [one for one in german.assessment.points if one.point == POINT]
    assert (judged.standing, judged.suspect) == ("confirmed", ())
    records = folder / "evidence/changes.csv"
    records.write_text(records.read_text(encoding="utf-8").replace(" 14:00", " 13:00"), encoding="utf-8")
    (judged,) = [one for one in in_german(folder).assessment.points if one.point == POINT]
    assert judged.suspect == ("EV-001 hat sich geändert.",)
    assert judged.reasons[0] == "Beurteilung J-001 ist zweifelhaft: EV-001 hat sich geändert."


def test_a_candidate_keeps_its_id_and_says_it_in_german(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    english, german = run(folder), in_german(folder)
    assert [one.id for one in english.findings] == [one.id for one in german.findings]
    found = next(one for one in german.findings if one.procedure == TEST)
    assert found.statement.failure == (
        "Normale Änderungen wurden vor ihrer Umsetzung freigegeben. Das gilt bei 3 von 40 geprüften Datensätzen nicht."
    )
    assert found.statement.objective_evidence.startswith("CHG2603000 (evidence/changes.csv, Zeile 2); ")
