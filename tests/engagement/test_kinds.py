"""Kind and stage in whole engagements: what is refused, what does not decide, what another method or scheme changes."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from finding_engagement import candidate, make
from small import engagement

from auditkit.base.errors import InputsUnreadable, UsageFault
from auditkit.cli.init import KINDS, STAGES
from auditkit.cli.main import cli
from auditkit.engagement.judge import Given, judge
from auditkit.engagement.layout import Layout, checklists_folder
from auditkit.engagement.lint import lint_checklists
from auditkit.engagement.open import OpenEngagement, open_engagement
from auditkit.engagement.run import RunOptions, assess
from auditkit.reporting.html import render_html
from auditkit.reporting.model import Run
from auditkit.reporting.view import build_view

NC = """\
# Written by people: a finding.
finding:
  id: NC-001
  points: [8.5.1.3-1]
  grade: major
  statement: {requirement: Changes are approved., failure: None was approved., objective_evidence: CHG-1}
  raised_at: 2026-10-08
  raised_by: P-001
  recommendation: Let the tool refuse the step.
  effort_days: 12.5
"""
SCHEME = """\
# Written by people: everything is a minor.
id: mild
title: Mild scheme
rules:
  - {id: all, grade: minor, when: otherwise, says: Everything is minor here., source: Our own choice.}
"""


def written(
    folder: Path, kind: str, stage: str = "-", more: str = "", files: dict[str, str] | None = None
) -> Layout:
    """A small engagement of a kind, at a stage."""
    layout = engagement(folder, more=more, files=files)
    text = layout.engagement.read_text(encoding="utf-8")
    text = text.replace("kind: internal-audit", f'kind: {kind}\nstage: "{stage}"')
    layout.engagement.write_text(text, encoding="utf-8")
    return layout


def run(opened: OpenEngagement) -> Run:
    return assess(opened, RunOptions()).run


def codes(opened: OpenEngagement) -> list[str]:
    return [one.code for one in opened.issues]


def say(*words: str) -> Result:
    return CliRunner().invoke(cli, [*words])


def test_an_internal_audit_refuses_advice_and_keeps_the_nonconformity(tmp_path: Path) -> None:
    opened = open_engagement(
        written(tmp_path, "internal-audit", files={"workpapers/findings/NC-001.yaml": NC})
    )
    (issue,) = [one for one in opened.issues if one.code == "advice-refused"]
    assert issue.severity == "error"
    assert issue.place.file == "workpapers/findings/NC-001.yaml"
    assert "neither cause nor remedy" in issue.message
    found = run(opened)
    (finding,) = [one for one in found.findings if one.standing == "confirmed"]
    assert (finding.grade, finding.recommendation, finding.effort_days) == ("major", "", None)
    page = render_html(build_view(found))
    assert "Let the tool refuse the step." not in page
    assert "Not ready: 1 major nonconformity open" in page


def test_a_gap_analysis_prints_the_same_advice_in_register_and_roadmap(tmp_path: Path) -> None:
    opened = open_engagement(written(tmp_path, "gap-analysis", files={"workpapers/findings/NC-001.yaml": NC}))
    assert "advice-refused" not in codes(opened)
    assert opened.library.grading.id == "gap-severity"
    view = build_view(run(opened))
    assert view.findings[0].advice[0].lines[0] == "Let the tool refuse the step."
    assert (view.plan[0].title, view.plan[0].effort) == ("Let the tool refuse the step.", "12.5 days")


def test_the_command_refuses_advice_and_says_what_to_do(tmp_path: Path) -> None:
    folder = make(tmp_path / "a")
    identifier = candidate(folder).id
    words = ("finding", "raise", identifier, "--by", "P-002", "--recommend", "Buy a tool.", "-e", str(folder))
    done = say(*words)
    assert "neither cause nor remedy" in str(done.exception)
    assert not (folder / "workpapers/findings").exists()
    text = (folder / "engagement.yaml").read_text(encoding="utf-8")
    (folder / "engagement.yaml").write_text(text.replace("internal-audit", "gap-analysis"), encoding="utf-8")
    assert say(*words, "--effort-days", "3").exit_code == 0
    raised = next(one for one in run(open_engagement(Layout(folder))).findings if one.id == "NC-001")
    assert (raised.recommendation, raised.effort_days) == ("Buy a tool.", 3)
    assert "The computed candidate was graded minor: The practice is there" in raised.rule


def test_a_supplier_audit_has_no_opportunities(tmp_path: Path) -> None:
    text = NC.replace("NC-001", "OFI-001").replace("major", "opportunity")
    opened = open_engagement(
        written(tmp_path, "supplier-audit", files={"workpapers/findings/OFI-001.yaml": text})
    )
    (issue,) = [one for one in opened.issues if one.code == "grade-refused"]
    assert "major, minor, observation, good_practice" in issue.message
    assert [one.finding.id for one in opened.raised.files] == ["OFI-001"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("kind: audit", "There is no kind of engagement audit. Known are certification-readiness, gap-analysis"),
        ("kind: ../grading/house", "There is no kind of engagement"),
        ('kind: internal-audit\nstage: "1"', "or take a kind that has this stage: certification-readiness"),
        ('kind: certification-readiness\nstage: "3"', 'its stages are "-" (none), "1", "2", "surveillance"'),
        ("kind: internal-audit\naudit_method: iso-19011", "There is no audit method iso-19011. Known are iso-19011-2018"),
        ("kind: internal-audit\ngrading: severe", "Known are certification, gap-severity, house; write one of them"),
    ],
)  # fmt: skip
def test_what_does_not_exist_or_fit_is_refused_with_its_line(tmp_path: Path, line: str, says: str) -> None:
    layout = engagement(tmp_path)
    text = layout.engagement.read_text(encoding="utf-8").replace("kind: internal-audit", line)
    layout.engagement.write_text(text, encoding="utf-8")
    with pytest.raises(InputsUnreadable) as refused:
        open_engagement(layout)
    assert says in str(refused.value)
    assert str(refused.value).startswith("engagement.yaml:")


def test_a_kind_a_method_and_a_scheme_of_ones_own_need_no_python(tmp_path: Path) -> None:
    shipped = checklists_folder()
    kind = (shipped / "engagement-kinds/internal-audit.yaml").read_text(encoding="utf-8")
    kind = kind.replace("id: internal-audit", "id: peer-review").replace(
        "Internal audit report", "Peer review"
    )
    method = (shipped / "audit-methods/iso-19011-2018.yaml").read_text(encoding="utf-8")
    method = method.replace("id: iso-19011-2018", "id: ours").replace(
        "standard: ISO 19011", "standard: Our way"
    )
    files = {
        "checklists/engagement-kinds/peer-review.yaml": kind,
        "checklists/audit-methods/ours.yaml": method,
        "checklists/grading/mild.yaml": SCHEME,
    }
    found = open_engagement(
        written(tmp_path, "peer-review", more="audit_method: ours\ngrading: mild", files=files)
    )
    assert found.conduct.words["report_title"] == "Peer review"
    assert found.conduct.method.name == "Our way:2018"
    assert found.library.grading.title == "Mild scheme"
    assert lint_checklists(shipped, Layout(tmp_path).checklists).issues == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("engagement-kinds/internal-audit", "plan, open,", "plan,", "The section open stands nowhere"),
        ("engagement-kinds/internal-audit", "    ready: Ready\n", "", "The word ready has no wording in English"),
        ("engagement-kinds/internal-audit", "    ready:", "    redy: x\n    ready:", "The key redy of the kind in en"),
        ("engagement-kinds/internal-audit", "method: iso-19011-2026", "method: iso-19011", "there is no checklists/audit-methods"),
        ("audit-methods/iso-19011-2018", "shows: scope", "shows: range", "shows range, which no engagement states"),
        ("grading/house", "  - id: otherwise\n    grade: minor\n    when: otherwise", "  - id: otherwise\n    grade: minor\n    when: repeat", "The last rule has to be one"),
        ("grading/house", "    threshold_count: 3\n", "", "needs threshold_count"),
        ("grading/house", "id: house", "id: home", "not the name of the file"),
    ],
)  # fmt: skip
def test_lint_and_run_refuse_what_could_not_be_followed(
    tmp_path: Path, name: str, old: str, new: str, says: str
) -> None:
    text = (checklists_folder() / f"{name}.yaml").read_text(encoding="utf-8")
    assert old in text
    layout = written(
        tmp_path, "internal-audit", more="grading: house", files={f"checklists/{name}.yaml": text.replace(old, new, 1)}
    )  # fmt: skip
    if not name.startswith("audit"):  # the engagement follows another method
        with pytest.raises(InputsUnreadable):
            open_engagement(layout)
    from auditkit.engagement.conduct_lint import lint_conducts

    issues, _ = lint_conducts((layout.checklists, checklists_folder()))
    assert any(says in one.message for one in issues), [str(one) for one in issues]
    assert lint_conducts((checklists_folder(),))[0] == ()


@pytest.mark.parametrize(
    ("kind", "line", "says"),
    [
        ("internal-audit", "    ready: Reif\n", "The key ready of the kind stands in en and not in de."),
        ("gap-analysis", "    plan: Roadmap\n", "The key plan of the titles of sections stands in de and not in en."),
        ("certification-readiness", "        ready: Reif für Stufe 2\n", "The key ready of stage 1 stands in en and not in de."),
    ],
)  # fmt: skip
def test_lint_names_what_one_language_says_and_another_does_not(
    tmp_path: Path, kind: str, line: str, says: str
) -> None:
    from auditkit.engagement.conduct_lint import lint_conducts

    text = (checklists_folder() / f"engagement-kinds/{kind}.yaml").read_text(encoding="utf-8")
    assert line in text
    lacking = {f"checklists/engagement-kinds/{kind}.yaml": text.replace(line, "", 1)}
    layout = written(tmp_path, kind, files=lacking)
    issues, _ = lint_conducts((layout.checklists, checklists_folder()))
    assert [one.message for one in issues] == [says]
    assert "conduct-invalid" not in codes(open_engagement(layout))  # it is said in English then


def test_an_auditor_decides_nothing_in_an_own_area_without_a_safeguard(tmp_path: Path) -> None:
    people = "P-001, name: Ines Falk, role: Lead auditor, side: auditor"
    layout = written(tmp_path, "internal-audit")
    own = Given("8.6.1-1a", "conforms", "Every incident had a record with a time.", "P-001")
    judge(open_engagement(layout), (own, own._replace(point="8.6.3-1")))
    text = layout.engagement.read_text(encoding="utf-8")
    text = text.replace(people, f"{people}, areas: [incident-management]")
    layout.engagement.write_text(text, encoding="utf-8")
    opened = open_engagement(layout)
    with pytest.raises(UsageFault, match="would assess own work"):
        judge(opened, (own._replace(point="8.6.1-1b"),))
    (issue,) = [one for one in opened.issues if one.code == "judgement-in-own-area"]
    assert (issue.severity, "8.6.1-1a (J-001)" in issue.message) == ("error", True)
    points = {one.point: one for one in run(opened).assessment.points}
    assert (points["8.6.1-1a"].value, points["8.6.1-1a"].standing) == ("not_assessed", "candidate")
    assert "no safeguard is recorded" in points["8.6.1-1a"].reasons[0]
    assert (points["8.6.3-1"].value, points["8.6.3-1"].standing) == ("conforms", "confirmed")

    layout.engagement.write_text(text.replace("kind: internal-audit", "kind: gap-analysis"), encoding="utf-8")
    opened = open_engagement(layout)
    assert [one.severity for one in opened.issues if one.code == "judgement-in-own-area"] == ["note"]
    assert next(one for one in run(opened).assessment.points if one.point == "8.6.1-1a").value == "conforms"

    layout.engagement.write_text(text, encoding="utf-8")
    path = layout.workpapers / "judgements/clause-08.yaml"
    signed = path.read_text(encoding="utf-8")
    safe = signed.replace("by: P-001", "by: P-001\n    safeguard: P-010 looked at every record too.", 1)
    path.write_text(safe, encoding="utf-8")
    assert "judgement-in-own-area" not in codes(open_engagement(layout))


def test_a_surveillance_visit_concludes_nothing_outside_its_clauses(tmp_path: Path) -> None:
    layout = written(
        tmp_path,
        "certification-readiness",
        "surveillance",
        more='visit_clauses: ["9"]',
        files={"workpapers/findings/NC-001.yaml": NC},
    )
    given = Given("9.2.1-1a1", "conforms", "Both audits of the year were held.", "P-001")
    judge(open_engagement(layout), (given, given._replace(point="8.6.1-1a")))
    opened = open_engagement(layout)
    assert "previous-missing" in codes(opened)
    found = run(opened)
    points = {one.point: one for one in found.assessment.points}
    assert (points["9.2.1-1a1"].value, points["9.2.1-1a1"].outside_visit) == ("conforms", False)
    assert (points["8.6.1-1a"].value, points["8.6.1-1a"].outside_visit) == ("not_assessed", True)
    assert not any(
        one.conforming for one in found.assessment.clauses if one.clause.partition(".")[0] not in ("9",)
    )
    assert "NC-001" in {one.id for one in found.findings}, "a nonconformity seen elsewhere stays"
    assert found.grading.id == "certification"


def test_a_stage_says_which_clauses_and_which_earlier_findings_are_missing(tmp_path: Path) -> None:
    carried = (
        '{"verdicts": [{"id": "NC-007", "kind": "finding", "engagement": "audit-2025", "catalog": "iso-iec-20000-1-2018",'
        ' "source": "8.6.3-1", "said": "minor, plan_accepted", "targets": ["8.6.3-1"], "state": "previous", "why": "Same."}]}'
    )
    files = {"workpapers/previous.json": carried}
    layout = written(tmp_path, "certification-readiness", "surveillance", files=files)
    opened = open_engagement(layout)
    assert {"visit-clauses-missing", "previous-unverified"} <= set(codes(opened))
    (issue,) = [one for one in opened.issues if one.code == "previous-unverified"]
    assert issue.message.startswith("NC-007 of audit-2025 (minor, plan accepted) was open")
    repeat = NC.partition("  recommendation")[0] + "  repeat_of: NC-007\n"
    (tmp_path / "workpapers/findings").mkdir()
    (tmp_path / "workpapers/findings/NC-001.yaml").write_text(repeat, encoding="utf-8")
    assert "previous-unverified" not in codes(open_engagement(layout))
    text = layout.engagement.read_text(encoding="utf-8").replace('"surveillance"', '"2"')
    layout.engagement.write_text(f'{text}visit_clauses: ["9", "9.9"]\n', encoding="utf-8")
    found = codes(open_engagement(layout))
    assert {"visit-clauses-unfit", "visit-clause-unknown"} <= set(found)
    assert "previous-unverified" not in found


def test_another_scheme_grades_otherwise_and_the_difference_is_visible(tmp_path: Path) -> None:
    first, second = make(tmp_path / "a", late=3), make(tmp_path / "b", late=3)
    text = (second / "engagement.yaml").read_text(encoding="utf-8")
    (second / "engagement.yaml").write_text(f"{text}grading: certification\n", encoding="utf-8")
    lax, strict = (run(open_engagement(Layout(one))) for one in (first, second))
    pair = [
        next(one for one in each.findings if "CHG2603000" in str(one.statement)) for each in (lax, strict)
    ]
    assert [one.grade for one in pair] == ["minor", "major"]
    assert "More than one record in twenty" in pair[1].rule
    assert lax.trace.rules_digest != strict.trace.rules_digest
    assert lax.trace.tests_digest == strict.trace.tests_digest
    done = say("compare", str(first), str(second))
    assert "Method changed: the grading scheme, from house to certification" in " ".join(done.output.split())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stage", STAGES)
def test_init_makes_a_folder_that_opens_or_says_why_not(tmp_path: Path, kind: str, stage: str) -> None:
    days = ("--start", "2025-10-01", "--end", "2026-09-30")
    done = say("init", str(tmp_path / "made"), "--kind", kind, "--stage", stage, *days)
    if stage != "-" and kind != "certification-readiness":
        assert "has no stage" in str(done.exception)
        assert not (tmp_path / "made").exists()
        return
    assert done.exit_code == 0, done.exception
    opened = open_engagement(Layout(tmp_path / "made"))
    assert (opened.conduct.kind, opened.conduct.stage) == (kind, stage)
    assert [one.code for one in opened.issues if one.code != "previous-missing"] == []


def test_the_kinds_that_init_offers_are_those_that_are_shipped() -> None:
    shipped = {path.stem for path in (checklists_folder() / "engagement-kinds").glob("*.yaml")}
    assert set(KINDS) == shipped
