"""The programme and plan of the worked engagement agree with its visits, and show the weaknesses they are meant to show."""

from pathlib import Path

import pytest

from auditkit.assessment.programme.checks import check_plan
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import OpenEngagement, areas_of, open_engagement
from auditkit.engagement.programme import days, plan_issues
from auditkit.engagement.run import RunOutcome
from nordwerk.programme import PLAN, PROGRAMME

pytestmark = pytest.mark.worked
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def opened() -> OpenEngagement:
    return open_engagement(Layout(ROOT))


def test_the_files_are_those_of_the_generator() -> None:
    workpapers = Layout(ROOT).workpapers
    assert (workpapers / "programme.yaml").read_text(encoding="utf-8") == PROGRAMME
    assert (workpapers / "audit-plan.yaml").read_text(encoding="utf-8") == PLAN


def test_only_the_missing_competence_is_wrong_with_the_plan(opened: OpenEngagement) -> None:
    (issue,) = plan_issues(opened)
    assert issue.code == "auditor-competence"
    assert "S-12 looks at clause 8.7.3" in issue.message


def test_without_its_safeguard_the_auditor_of_the_own_area_would_be_named(opened: OpenEngagement) -> None:
    plan = opened.audit_plan.plan
    assert plan is not None
    bare = plan.model_copy(update={"safeguards": ()})
    programme = opened.programme
    areas = areas_of(opened.engagement, opened.library)
    found = check_plan(bare, {}, areas, opened.engagement, programme.programme, programme.rules)
    own = [one.message for one in found if one.code == "auditor-own-area"]
    assert len(own) == 1
    assert "P-002 audits change-management" in own[0]


def test_krakow_was_never_visited_and_what_was_not_examined_is_not_covered(worked: RunOutcome) -> None:
    rows = {row.id: row for row in worked.run.coverage}
    krakow = rows["Kraków"]
    assert (krakow.state, krakow.last, set(krakow.marks.values())) == (
        "overdue",
        None,
        {"remote", "planned", ""},
    )
    assert {rows[one].state for one in ("Hamburg", "Leipzig")} == {"covered"}
    assert "AU-002" in rows["supplier-management"].marks
    assert rows["supplier-management"].marks["AU-002"] == ""
    verdicts: dict[str, list[str]] = {}
    for verdict in worked.run.assessment.points:
        verdicts.setdefault(verdict.clause, []).append(verdict.value)
    for clause, values in verdicts.items():
        assert (rows[clause].marks["AU-003"] == "done") == ("not_assessed" not in values), clause


def test_the_estimate_and_the_plan_can_be_compared(opened: OpenEngagement) -> None:
    found = days(opened)
    assert found.planned_days is not None
    assert found.planned_days < found.session_days < found.days
