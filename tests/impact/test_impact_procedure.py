"""From measures to results: what caps a result, and that checks, measures and points name each other."""

from pathlib import Path

import pytest
from impact_samples import impact
from pydantic import ValidationError

from auditkit.assessment.impactchecks import ImpactCheck, load_impact_checks
from auditkit.assessment.model import EvidenceRef, ProcedureResult
from auditkit.assessment.procedures.impact import examine_impact
from auditkit.assessment.verdicts import is_breach
from auditkit.base.place import Place
from auditkit.catalog.lint import lint_catalog
from auditkit.catalog.load import load_catalog
from auditkit.impact.analysis import analyse
from auditkit.impact.measures import MEASURES

ROOT = Path(__file__).resolve().parents[2]
CHECKS, ISSUES = load_impact_checks(ROOT / "checklists/impact-checks.yaml", "impact-checks.yaml")
TARGETS = next(one for one in CHECKS if one.measure == "target_within_tolerable")
RINGS = next(one for one in CHECKS if one.measure == "no_rings")
GOOD = "evidence: [EV-001]\nactivities: [{id: A, mtpd_hours: 8, rto_hours: 6, rpo_hours: 1}]\n"
BAD = GOOD.replace("rto_hours: 6", "rto_hours: 9")
REFERENCES = {"EV-001": EvidenceRef(id="EV-001", file="evidence/bia.csv", sha256="0" * 64)}


def examined(
    text: str, *, complete: bool = True, check: ImpactCheck = TARGETS, readable: bool = True
) -> ProcedureResult:
    analysis = analyse(impact(text), complete=complete, readable={"EV-001"} if readable else set())
    places = {"A": Place(file="impact.yaml", line=3)}
    return examine_impact(check, analysis, places, "impact.yaml", REFERENCES if readable else {})


def test_met_counts_what_was_looked_at_and_names_the_evidence() -> None:
    result = examined(GOOD)
    assert (result.outcome, result.population, result.examined, result.reasons) == ("met", 1, 1, ())
    assert [one.id for one in result.evidence] == ["EV-001"]


def test_a_gap_is_a_breach_with_its_place() -> None:
    result = examined(BAD)
    assert (result.outcome, result.exceptions, is_breach(result)) == ("not_met", 1, True)
    assert [(row.key, str(row.place)) for row in result.exception_rows] == [("A", "impact.yaml:3")]
    assert result.exception_rows[0].values["what"] == "A: objective 9 h, tolerable 8 h."


def test_a_gap_stays_where_inputs_are_incomplete_and_nothing_is_met() -> None:
    assert examined(BAD, complete=False).outcome == "not_met"
    result = examined(GOOD, complete=False)
    assert (result.outcome, result.reasons) == ("no_evidence", ("Part of impact.yaml could not be used.",))


@pytest.mark.parametrize("text", [GOOD, BAD])
def test_figures_without_evidence_are_words_only(text: str) -> None:
    result = examined(text.replace("evidence: [EV-001]\n", ""))
    assert (result.outcome, is_breach(result)) == ("no_evidence", False)
    assert "names no evidence" in result.reasons[0]
    result = examined(text, readable=False)
    assert (result.outcome, is_breach(result), result.evidence) == ("no_evidence", False, ())
    assert result.reasons[0] == "The evidence of the analysis (EV-001) cannot all be read."


def test_a_figure_that_is_not_known_and_an_empty_analysis_are_no_evidence() -> None:
    result = examined(GOOD.replace("rto_hours: 6, ", ""))
    assert (result.outcome, result.unknown, result.examined) == ("no_evidence", 1, 0)
    assert result.reasons == ("Not known: A: objective not known, tolerable 8 h.",)
    result = examined("evidence: [EV-001]\n")
    assert (result.outcome, result.population) == ("no_evidence", 0)


def test_an_analysis_that_cannot_be_read_is_no_evidence() -> None:
    result = examine_impact(TARGETS, None, {}, "impact.xlsx", {})
    assert (result.outcome, result.population) == ("no_evidence", None)
    assert result.reasons == ("The business impact analysis (impact.xlsx) cannot be read.",)


def test_good_practice_is_never_a_breach() -> None:
    text = GOOD.replace("rpo_hours: 1}", "rpo_hours: 1, needs: [{of: [A], lag_hours: 0}]}")
    result = examined(text, check=RINGS)
    assert (result.outcome, result.basis, result.test_class) == ("not_met", "good_practice", "indicator")
    assert not is_breach(result)


def test_every_measure_is_used_by_one_check_and_the_checklists_load() -> None:
    assert ISSUES == ()
    assert sorted(one.measure for one in CHECKS) == sorted(MEASURES)
    assert len({one.id for one in CHECKS}) == len(CHECKS)
    assert all(one.test_class == "indicator" for one in CHECKS if one.basis == "good_practice")


def test_a_measure_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError, match="'luck' is none of"):
        ImpactCheck.model_validate({**TARGETS.model_dump(by_alias=True), "measure": "luck"})


def test_points_and_checks_name_each_other() -> None:
    loaded = load_catalog(ROOT / "checklists/iso-iec-20000-1-2018", "catalog")
    assert loaded.catalog is not None

    def faults(points: dict[str, tuple[str, ...]]) -> list[str]:
        assert loaded.catalog is not None
        found = lint_catalog(loaded.catalog, loaded.places, (), (), {}, points)
        return [str(issue) for issue in found if "impact check" in issue.message]

    mapped = {one.id: one.points for one in CHECKS}
    assert faults(mapped) == []
    less = {name: points for name, points in mapped.items() if name != "suppliers_carry_agreements"}
    assert len(faults(less)) == 1
    assert (
        "8.3.4.1-4 names the impact check suppliers_carry_agreements, which is not mapped to it"
        in faults(less)[0]
    )
    more = {**mapped, "suppliers_carry_agreements": ("8.3.4.1-4", "8.3.4.1-5")}
    assert "is mapped to 8.3.4.1-5, which does not name it" in faults(more)[0]


def test_a_point_keeps_its_digest_when_checks_come_to_it() -> None:
    catalog = load_catalog(ROOT / "checklists/iso-iec-20000-1-2018", "catalog").catalog
    assert catalog is not None
    point = next(one for one in catalog.points if one.procedures.impact)
    bare = point.model_copy(update={"procedures": point.procedures.model_copy(update={"impact": ()})})
    other = point.model_copy(update={"procedures": point.procedures.model_copy(update={"records": ()})})
    assert point.digest == bare.digest
    assert not point.procedures.records or point.digest != other.digest
