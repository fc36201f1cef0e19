"""Judging, one by one and by a form; reviewing; signing off, and what changed since: each forbidden step refused."""

import csv
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from finding_engagement import make, opened, run

from auditkit.base.errors import AuditkitError
from auditkit.cli.main import cli
from auditkit.reporting.view_cover import is_released
from auditkit.reporting.view_index import Index

SEEN = "Seen in twelve changes on site, with the people."
POINT = "8.5.1.3-1"
NAMED = "normal_change_approved_before_implementation: three late approvals were data entry errors, tickets shown."


def call(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, [*words, "-e", str(folder)])


def ok(folder: Path, *words: str) -> str:
    done = call(folder, *words)
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


def refused(folder: Path, *words: str) -> str:
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    done = call(folder, *words)
    assert isinstance(done.exception, AuditkitError), done.output
    assert before == {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    return str(done.exception)


def judge(
    folder: Path, point: str = "8.5.1.3-2", verdict: str = "conforms", *more: str, because: str = SEEN
) -> str:
    return ok(folder, "judge", point, verdict, "--because", because, "--by", "P-002", *more)


def verdict(folder: Path, point: str) -> object:
    return next(one for one in run(folder).assessment.points if one.point == point)


def test_a_judgement_decides_at_once_and_is_bound(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    assert judge(folder, "8.5.1.3-2", "conforms", "--on", "EV-001") == "J-001  8.5.1.3-2  conforms\n"
    found = verdict(folder, "8.5.1.3-2")
    assert (found.value, found.standing, found.suspect) == ("conforms", "confirmed", ())  # type: ignore[attr-defined]
    assert list(opened(folder).workpapers.bindings) == ["J-001"]


def test_a_judgement_against_a_result_is_a_conflict_and_both_are_kept(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    said = judge(folder, POINT)
    assert "Not so for 3 of 40" in " ".join(said.split())
    assert "Sign-off is blocked" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("4.1-1", "not_applicable", "--because", SEEN, "--by", "P-001"), "allows no exclusion"),
        ((POINT, "conforms", "--because", SEEN, "--by", "P-404"), "P-404 is not among the people"),
        ((POINT, "conforms", "--because", SEEN, "--by", "P-010"), "Jan Otte is not of the audit team"),
        ((POINT, "conforms", "--because", "Fine.", "--by", "P-001"), "fewer than 15 characters"),
        ((POINT, "conforms", "--because", SEEN, "--by", "P-001", "--on", "EV-404"), "EV-404 is not in the evidence register"),
        (("99.9-1", "conforms", "--because", SEEN, "--by", "P-001"), "no such point"),
        ((POINT, "nonconforming", "--because", SEEN, "--by", "P-001", "--nothing-occurred", "Asked."), "only conforms"),
    ],
)  # fmt: skip
def test_what_cannot_be_judged_is_refused(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    assert said in refused(make(tmp_path / "e"), "judge", *words)


def test_a_second_judgement_replaces_only_when_told_and_the_first_stays_in_the_file(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    judge(folder)
    assert "J-001 judges it already" in refused(
        folder, "judge", "8.5.1.3-2", "nonconforming", "--because", SEEN, "--by", "P-001"
    )
    assert "J-002  8.5.1.3-2  nonconforming, in place of J-001" in judge(
        folder, "8.5.1.3-2", "nonconforming", "--again"
    )
    found = opened(folder).workpapers
    assert [one.id for one in found.judgements] == ["J-002"]
    assert [one.id for one in found.earlier] == ["J-001"]
    assert verdict(folder, "8.5.1.3-2").value == "nonconforming"  # type: ignore[attr-defined]


def test_nothing_of_the_kind_occurred(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    judge(folder, "8.6.1-5", "conforms", "--nothing-occurred", "All incidents of the year were listed.")
    assert verdict(folder, "8.6.1-5").basis == "no_occurrence"  # type: ignore[attr-defined]


def fill(path: Path, **rows: dict[str, str]) -> None:
    """Fill rows of a form, by point."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            table = list(csv.DictReader(stream))
        for row in table:
            row.update(rows.get(row["point"].replace(".", "_").replace("-", "__"), {}))
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.DictWriter(stream, list(table[0]))
            writer.writeheader()
            writer.writerows(table)
        return
    book = openpyxl.load_workbook(path)
    page = book.active
    names = [cell.value for cell in page[1]]
    for cells in page.iter_rows(min_row=2):
        given = rows.get(str(cells[0].value).replace(".", "_").replace("-", "__"), {})
        for name, value in given.items():
            cells[names.index(name)].value = value
    book.save(path)
    book.close()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_many_points_are_judged_by_a_form(tmp_path: Path, ending: str) -> None:
    folder = make(tmp_path / "e")
    form = tmp_path / f"form.{ending}"
    assert "points to judge" in ok(folder, "judge", "--form", str(form), "--clause", "8.5.1.3")
    assert "exists already" in refused(folder, "judge", "--form", str(form))
    good = {"verdict": "conforms", "because": SEEN, "by": "P-002", "at": "2026-10-12"}
    fill(
        form,
        **{
            "8_5_1_3__2": good | {"on": "EV-001, EV-002"},
            "8_5_1_3__9": {"verdict": "fine", "because": SEEN, "by": "P-002"},
        },
    )
    assert "'fine' is none of conforms" in refused(folder, "judge", "--from", str(form))
    fill(form, **{"8_5_1_3__9": good})
    assert ok(folder, "judge", "--from", str(form)).count("conforms") == 2
    found = {one.point: one for one in opened(folder).workpapers.judgements}
    assert found["8.5.1.3-2"].on == ("EV-001", "EV-002")
    assert str(found["8.5.1.3-9"].at) == "2026-10-12"


def test_a_form_takes_that_nothing_occurred_and_refuses_it_without_how_that_was_checked(
    tmp_path: Path,
) -> None:
    folder = make(tmp_path / "e")
    form = tmp_path / "form.csv"
    ok(folder, "judge", "--form", str(form), "--clause", "8.6.1")
    row = {"verdict": "conforms", "because": SEEN, "by": "P-002", "basis": "no_occurrence"}
    fill(form, **{"8_6_1__5": row})
    said = refused(folder, "judge", "--from", str(form))
    assert "row " in said
    assert "it does not say how that was checked" in said
    fill(
        form,
        **{"8_6_1__5": row | {"how_checked": "All incidents were searched.", "verdict": "nonconforming"}},
    )
    assert "only conforms can be judged" in refused(folder, "judge", "--from", str(form))
    fill(form, **{"8_6_1__5": {"verdict": "conforms", "basis": "never"}})
    assert "'never' is none of evidence, no_occurrence" in refused(folder, "judge", "--from", str(form))
    fill(form, **{"8_6_1__5": {"basis": "no_occurrence"}})
    ok(folder, "judge", "--from", str(form))
    (found,) = opened(folder).workpapers.judgements
    assert (found.basis, found.how_checked) == ("no_occurrence", "All incidents were searched.")
    assert verdict(folder, "8.6.1-5").basis == "no_occurrence"  # type: ignore[attr-defined]


def test_a_cell_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    from auditkit.engagement.judge_form import COLUMNS, write_form

    row = dict.fromkeys(COLUMNS, "") | {"point": "4.1-1", "statement": '=HYPERLINK("http://x","y")'}
    write_form([row], tmp_path / "f.csv")
    assert "'=HYPERLINK" in (tmp_path / "f.csv").read_text(encoding="utf-8-sig")
    write_form([row], tmp_path / "f.xlsx")
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    assert book.active["B2"].data_type == "s"


def test_nobody_reviews_a_judgement_of_ones_own(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    judge(folder)
    assert "made it and cannot review it" in refused(folder, "review", "J-001", "--by", "P-002")
    assert "has to say why" in refused(folder, "review", "J-001", "--by", "P-001", "--disagrees")
    assert "no such judgement" in refused(folder, "review", "J-009", "--by", "P-001")
    ok(folder, "review", "J-001", "--by", "P-001", "--disagrees", "--note", "The sample was not random.")
    assert "does not agree (The sample was not random.)" in refused(folder, "signoff", "--by", "P-001")
    ok(folder, "review", "J-001", "--by", "P-001", "--note", "Settled.")
    ok(folder, "signoff", "--by", "P-001")


def test_a_conflict_blocks_the_sign_off_until_the_rationale_names_it(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    judge(folder, POINT)
    assert "has to name normal_change_approved_before_implementation" in refused(
        folder, "signoff", "--by", "P-001"
    )
    judge(folder, POINT, "conforms", "--again", because=NAMED)
    ok(folder, "signoff", "--by", "P-001")


def test_a_release_holds_until_something_changes(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    judge(folder)
    assert call(folder, "verify").exit_code == 0
    assert "Nobody has signed off" in call(folder, "verify").output
    assert "is not the lead auditor" in refused(folder, "signoff", "--by", "P-002")
    assert not is_released(Index(run(folder)))
    ok(folder, "signoff", "--by", "P-001", "--at", "2026-10-20")
    assert is_released(Index(run(folder)))
    assert "nothing changed since" in call(folder, "verify").output
    (folder / "evidence/workflow.md").write_text("Other words.\n", encoding="utf-8")
    (folder / "evidence/more.md").write_text("More.\n", encoding="utf-8")
    (folder / "workpapers/judgements/clause-08.yaml").unlink()
    said = call(folder, "verify").output
    assert "3 changed since" in said
    for line in (
        "changed  evidence/workflow.md",
        "added    evidence/more.md",
        "missing  workpapers/judgements/clause-08.yaml",
    ):
        assert line in said
    assert not is_released(Index(run(folder)))
    assert "sign-off-outdated" in {issue.code for issue in run(folder).issues}


def test_a_suspect_judgement_blocks_the_sign_off(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    judge(folder, "8.5.1.3-2", "conforms", "--on", "EV-001")
    with (folder / "evidence/changes.csv").open("a", encoding="utf-8") as stream:
        stream.write(
            "CHG9,normal,closed,,2026-03-01 09:00,2026-03-01 10:00,2026-03-01 12:00,2026-03-01 07:00,successful\n"
        )
    assert "J-001 on 8.5.1.3-2 is suspect" in refused(folder, "signoff", "--by", "P-001")


def test_where_reviews_are_required_every_judgement_needs_one(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    judge(folder)
    with (folder / "engagement.yaml").open("a", encoding="utf-8") as stream:
        stream.write("review_required: true\n")
    assert "J-001: not reviewed by a second person" in refused(folder, "signoff", "--by", "P-001")
    ok(folder, "review", "J-001", "--by", "P-001")
    ok(folder, "signoff", "--by", "P-001")
