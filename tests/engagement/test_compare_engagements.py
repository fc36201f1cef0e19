"""Two audits of one organisation compared by the command: points, figures, findings, what limits the comparison."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from finding_engagement import candidate, make, period, records, say

from auditkit.base.errors import UsageFault
from auditkit.cli.main import cli


def compared(*folders: Path) -> dict[str, object]:
    done = CliRunner().invoke(cli, ["compare", *map(str, folders), "--json"])
    assert done.exit_code == 0, done.exception
    return json.loads(done.output)  # type: ignore[no-any-return]


def test_fixed_and_worse_with_their_figures_in_the_order_of_the_periods(tmp_path: Path) -> None:
    first, second = make(tmp_path / "a", late=3), make(tmp_path / "b", late=9)
    say(first, "raise", candidate(first).id, "--by", "P-002")
    period(second, "2026-10-01", "2027-09-30", "2027-10-15")
    records(second, "2027", "03", late=9)
    found = compared(second, first)  # given the wrong way round
    assert [row["as_of"] for row in found["trend"]] == ["2026-10-15", "2027-10-15"]  # type: ignore[index, attr-defined]
    (point,) = [one for one in found["points"] if one["point"] == "8.5.1.3-1"]  # type: ignore[attr-defined]
    assert point["kind"] == "worse"
    extent = next(one for one in point["extents"] if "approved_before" in one["procedure"])
    assert (extent["before"], extent["after"]) == ("3 of 40 (7.5 %)", "9 of 40 (22.5 %)")
    assert [(one["id"], one["kind"]) for one in found["findings"]] == [("NC-001", "not_carried_on")]  # type: ignore[index, attr-defined]

    say(second, "raise", candidate(second).id, "--by", "P-002", "--id", "NC-007")
    found = compared(first, second)
    assert [(one["id"], one["kind"]) for one in found["findings"]] == [("NC-007", "repeat")]  # type: ignore[index, attr-defined]


def test_overlapping_periods_and_other_numbers_are_said(tmp_path: Path) -> None:
    first, second = make(tmp_path / "a"), make(tmp_path / "b")
    with (second / "engagement.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            "parameters:\n  emergency_review_days: {value: 99, source: own_rule, evidence: EV-002}\n"
        )
    notes = " ".join(compared(first, second)["notes"])  # type: ignore[arg-type]
    assert "Parameters differ: emergency_review_days" in notes
    assert "overlap" in notes


def test_what_cannot_be_compared_is_refused(tmp_path: Path) -> None:
    first = make(tmp_path / "a")
    done = CliRunner().invoke(cli, ["compare", str(first)])
    assert isinstance(done.exception, UsageFault)
    other = make(tmp_path / "b")
    text = (other / "engagement.yaml").read_text(encoding="utf-8")
    (other / "engagement.yaml").write_text(text.replace("20000-1-2018", "20000-1-2005"), encoding="utf-8")
    done = CliRunner().invoke(cli, ["compare", str(first), str(other)])
    assert "auditkit catalog migrate" in str(done.exception)


def test_the_text_fits_a_terminal(tmp_path: Path) -> None:
    first, second = make(tmp_path / "a", late=1), make(tmp_path / "b", late=9)
    done = CliRunner().invoke(cli, ["compare", str(first), str(second), "--all"])
    assert done.exit_code == 0
    assert max(map(len, done.output.splitlines())) <= 80


@pytest.mark.worked
def test_the_year_before_against_the_root() -> None:
    root = Path(__file__).resolve().parents[2]
    found = compared(root / "examples/previous", root)
    kinds = {one["point"]: one["kind"] for one in found["points"]}  # type: ignore[attr-defined]
    assert kinds["8.5.1.3-1"] == "worse"  # 7 of 395, then 31 of 1,573
    assert found["counts"]["new"] > 40  # type: ignore[index]
