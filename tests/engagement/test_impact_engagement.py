"""Business impact through the whole pipeline: results on points, less evidence, the commands."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small import engagement, ran

from auditkit.assessment.model import PointVerdict, ProcedureResult
from auditkit.cli.main import cli
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import open_engagement
from auditkit.engagement.run import RunOutcome

POINT = "8.3.4.1-4"
IMPACT = """\
# Written by people.
scale: {levels: [none, low, high], intolerable: high}
evidence: [EV-001]
critical_within_hours: 24
activities:
  - {id: ACT, name: Orders, rto_hours: 6, rpo_hours: 1, impact: [{type: legal, after_hours: 9, level: high}],
     needs: [{of: [ERP], lag_hours: 1, buffer_hours: 0.5}]}
services:
  - id: ERP
    mtpd_hours: 8
    rto_hours: 5
    rpo_hours: 1
    needs: [{of: [LINE], lag_hours: 1}, {of: [DB1, DB2], at_least: 1, lag_hours: 0}]
    promises: [{id: SLA-1, metric: restore_hours, value: 4, evidence: EV-001}]
  - {id: MAIL, name: Mail, mtpd_hours: 9, rto_hours: 5, rpo_hours: 1}
components: [{id: DB1}, {id: DB2}]
suppliers:
  - {id: LINE, name: Carrier, promises: [{id: CON-1, metric: restore_hours, value: 4, evidence: EV-002}]}
"""
REGISTER = """\
items:
  - {id: EV-001, title: Impact analysis, file: bia.md, kind: document}
  - {id: EV-002, title: Contract, file: contract.md, kind: document}
  - {id: EV-003, title: Catalogue, file: service.csv, kind: record_export, dataset: service}
"""
FILES = {
    "impact.yaml": IMPACT,
    "evidence/register.yaml": REGISTER,
    "evidence/bia.md": "# Business impact analysis\n\nOrders stop after nine hours.\n",
    "evidence/contract.md": "# Contract\n\nThe line is back within four hours.\n",
    "evidence/service.csv": "id,name,status\nERP,ERP,live\nM-1,Mail,live\nFAX,Fax,retired\n",
}


def made(folder: Path, **changed: str | None) -> Layout:
    files = {
        **FILES,
        **{name.replace("__", "/").replace("_dot_", "."): text for name, text in changed.items()},
    }
    return engagement(folder, files={name: text for name, text in files.items() if text is not None})


def verdict(outcome: RunOutcome, point: str = POINT) -> PointVerdict:
    return next(one for one in outcome.run.assessment.points if one.point == point)


def impact_of(outcome: RunOutcome, point: str = POINT) -> list[ProcedureResult]:
    return [one for one in verdict(outcome, point).results if one.kind == "impact"]


def test_a_gap_is_a_candidate_with_path_place_and_evidence(tmp_path: Path) -> None:
    outcome = ran(made(tmp_path))
    (result,) = impact_of(outcome)
    assert (result.outcome, result.exceptions, result.population) == ("not_met", 1, 1)
    assert verdict(outcome).value == "nonconforming"
    finding = next(
        one for one in outcome.run.findings if one.procedure == "impact.suppliers_carry_agreements"
    )
    assert (finding.standing, finding.grade, finding.points) == ("candidate", "minor", (POINT,))
    assert finding.statement.objective_evidence == (
        "LINE Carrier: restoration promised within 4 h, carried agreements need 3 h by LINE -> ERP."
    )
    assert sorted(one.id for one in finding.evidence) == ["EV-001", "EV-002"]
    assert str(finding.exception_rows[0].place) == "impact.yaml:18:5"


@pytest.mark.parametrize(
    "changed",
    [
        {"evidence__contract.md": None},
        {"evidence__bia.md": None},
        {"evidence__register.yaml": REGISTER.replace("EV-002", "EV-009")},
        {"impact.yaml": IMPACT.replace("evidence: [EV-001]\n", "", 1)},
        {"impact.yaml": "scale: broken"},
        {"impact.yaml": IMPACT.replace("value: 4, evidence: EV-002", "evidence: EV-002")},
        {"impact.yaml": IMPACT.replace("{of: [LINE], lag_hours: 1}", "{of: [LINE]}").replace("value: 4, evidence: EV-002", "value: 3, evidence: EV-002")},
    ],
    ids=["contract gone", "analysis gone", "not registered", "no source named", "broken file", "promise not known", "lag not known"],
)  # fmt: skip
def test_less_is_neither_a_breach_nor_met(tmp_path: Path, changed: dict[str, str | None]) -> None:
    (result,) = impact_of(ran(made(tmp_path, **changed)))
    assert result.outcome == "no_evidence"
    assert result.reasons


def test_what_is_enough_is_met_and_needs_the_other_procedures_too(tmp_path: Path) -> None:
    outcome = ran(
        made(
            tmp_path,
            **{"impact.yaml": IMPACT.replace("value: 4, evidence: EV-002", "value: 3, evidence: EV-002")},
        )
    )
    (result,) = impact_of(outcome)
    assert (result.outcome, result.examined) == ("met", 1)
    assert verdict(outcome).value == "not_assessed"


def test_the_catalogue_is_that_of_the_records_and_retired_services_are_not_in_it(tmp_path: Path) -> None:
    (result,) = impact_of(ran(made(tmp_path / "a")), "8.2.4-1")
    assert (result.outcome, result.population) == ("met", 2)  # Mail stands in the catalogue by its name
    fax = IMPACT.replace("{id: MAIL, name: Mail,", "{id: FAX, name: Fax,")
    (result,) = impact_of(ran(made(tmp_path / "b", **{"impact.yaml": fax})), "8.2.4-1")
    assert [row.key for row in result.exception_rows] == ["FAX"]
    (result,) = impact_of(ran(made(tmp_path / "c", **{"evidence__service.csv": None})), "8.2.4-1")
    assert (result.outcome, result.unknown) == ("no_evidence", 2)


def test_without_an_analysis_no_check_runs_and_the_report_has_no_section(tmp_path: Path) -> None:
    outcome = ran(made(tmp_path, **{"impact.yaml": None}))
    assert impact_of(outcome) == []
    assert outcome.run.impact is None


def test_evidence_that_is_cited_and_not_registered_is_named(tmp_path: Path) -> None:
    outcome = ran(made(tmp_path, **{"evidence__register.yaml": REGISTER.replace("EV-002", "EV-009")}))
    assert [
        one.message.split(" ")[0] for one in outcome.run.issues if one.code == "impact-evidence-unknown"
    ] == ["EV-002"]


def test_a_change_of_the_analysis_is_another_run(tmp_path: Path) -> None:
    one = ran(made(tmp_path / "a")).run.trace
    other = ran(
        made(tmp_path / "b", **{"impact.yaml": IMPACT.replace("rto_hours: 6", "rto_hours: 7")})
    ).run.trace
    assert one.evidence_digest == other.evidence_digest
    assert one.run_id != other.run_id


def cli_of(layout: Layout, *words: str) -> Result:
    return CliRunner().invoke(cli, ["impact", *words, "-e", str(layout.root)], standalone_mode=False)


def test_show_ranks_services_and_says_what_is_not_known(tmp_path: Path) -> None:
    layout = made(tmp_path)
    text = cli_of(layout, "show").output
    assert max(map(len, text.splitlines())) <= 80
    assert re.search(r"^ +1  ERP +8 h +5 h +1 h  ", text, re.MULTILINE)
    assert re.search(r"^LINE Carrier +4 h +not shown +1 h  1 service$", text, re.MULTILINE)
    assert "ERP needs 1 of DB1, DB2; when all fail, within 5 h." in text
    assert "Not known: MAIL. First: MAIL Mail: no activity that depends on it is known." in " ".join(
        text.split()
    )
    data = json.loads(cli_of(layout, "show", "--json").output)
    assert [(one["rank"], one["service"], one["sure"]) for one in data["services"]] == [
        (1, "ERP", True),
        (2, "MAIL", False),
    ]
    assert {one["check"]: one["outcome"] for one in data["checks"]}["suppliers_carry_agreements"] == "not_met"


def test_of_tells_who_suffers_when_and_which_findings_touch_it(tmp_path: Path) -> None:
    layout = made(tmp_path)
    text = cli_of(layout, "of", "carrier").output
    assert "If LINE Carrier (supplier) fails now:" in text
    assert re.search(r"^service ERP +0 h +8 h +1 h$", text, re.MULTILINE)
    assert re.search(r"^activity ACT Orders +0.5 h +9.5 h +2 h$", text, re.MULTILINE)
    assert "by way of LINE -> ERP -> ACT" in text
    assert "First intolerable: ERP, after 8 h." in text
    assert "(it names LINE Carrier)" in text
    data = json.loads(cli_of(layout, "of", "DB1", "--json").output)
    assert (data["suffer"], data["redundancy"]) == ([], ["ERP needs 1 of DB1, DB2"])


def test_what_cannot_be_answered_says_what_to_do(tmp_path: Path) -> None:
    layout = made(tmp_path / "a")
    assert str(cli_of(layout, "of", "Nothing").exception) == (
        "Nothing: no element of impact.yaml. See: auditkit impact show"
    )
    empty = made(tmp_path / "b", **{"impact.yaml": None})
    for words in (("show",), ("of", "ERP")):
        assert "auditkit impact template impact.xlsx" in str(cli_of(empty, *words).exception)
    broken = made(tmp_path / "c", **{"impact.yaml": "scale: broken"})
    assert "impact.yaml:1:" in str(cli_of(broken, "show").exception)
    assert open_engagement(broken).impact.given
