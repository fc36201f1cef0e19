"""The outputs for programs and terminals, and golden files of what a reader sees.

``UPDATE_GOLDEN=1 pytest tests/reporting`` rewrites the golden files; read the difference before committing it.
"""

import json
import os
from pathlib import Path

import pytest
from lxml import html as lxml_html
from sample_run import CANDIDATE_FAILURE, CANDIDATE_ID, catalog, sample_run

from auditkit import __version__
from auditkit.reporting.html import render_html
from auditkit.reporting.jsonout import SCHEMA, assessment_json
from auditkit.reporting.terminal import summary_text
from auditkit.reporting.view import build_view

GOLDEN = Path(__file__).parent / "golden"


def read_aloud(page: str) -> str:
    """Return the text of a page, one line a block, as a reader meets it."""
    main = lxml_html.document_fromstring(page).xpath("//main")[0]
    for cell in main.xpath(".//td | .//th | .//title | .//desc | .//*[local-name()='text']"):
        cell.tail = f" | {cell.tail or ''}"
    for block in main.xpath(
        ".//p | .//h1 | .//h2 | .//h3 | .//li | .//tr | .//caption | .//*[local-name()='svg'] | .//br"
    ):
        block.tail = f"\n{block.tail or ''}"
    lines = (" ".join(line.split()) for line in main.text_content().splitlines())
    return "\n".join(line for line in lines if line) + "\n"


@pytest.mark.parametrize("name", ["audit-report.txt", "assessment.json", "summary.txt"])
def test_golden(name: str) -> None:
    run = sample_run()
    view = build_view(run)
    made = {
        "audit-report.txt": lambda: read_aloud(render_html(view)),
        "assessment.json": lambda: assessment_json(run, view),
        "summary.txt": lambda: summary_text(view) + "\n",
    }[name]()
    made = made.replace(f"auditkit {__version__}", "auditkit VERSION")
    file = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN") == "1":
        file.write_text(made, encoding="utf-8")
    assert made == file.read_text(encoding="utf-8")


def test_json_says_first_that_it_is_computed() -> None:
    run = sample_run()
    text = assessment_json(run, build_view(run))
    assert text.startswith('{\n "computed": true,\n "schema": "auditkit/assessment/1"')
    assert json.loads(text)["schema"] == SCHEMA


def test_json_holds_every_verdict_and_keeps_candidates_apart() -> None:
    run = sample_run()
    data = json.loads(assessment_json(run, build_view(run)))
    assert [one["point"] for one in data["points"]] == [one.id for one in catalog().points]
    assert [one["requirement"] for one in data["requirements"]] == [one.id for one in catalog().requirements]
    assert [one["id"] for one in data["candidates"]] == [CANDIDATE_ID]
    assert {one["id"] for one in data["findings"]} == {"NC-001", "NC-002"}
    assert CANDIDATE_FAILURE not in json.dumps(data["conclusion"])


def test_json_shares_are_exact_and_name_their_method() -> None:
    run = sample_run()
    measure = json.loads(assessment_json(run, build_view(run)))["measures"]["by_requirement"]
    assert (measure["low"], measure["high"], measure["text"]) == ("1/3", "1/2", "33.3 % to 50.0 %")
    assert measure["method"]
    assert measure["exact"] is False


def test_the_terminal_says_the_verdict_first() -> None:
    text = summary_text(build_view(sample_run()))
    assert text.splitlines()[0] == "Not ready: 1 major nonconformity open"
    assert CANDIDATE_ID not in text
    assert "DRAFT" in text


@pytest.mark.parametrize("width", [50, 80, 120])
def test_lines_fit_the_terminal(width: int) -> None:
    assert max(len(line) for line in summary_text(build_view(sample_run()), width).splitlines()) <= width


def test_texts_cannot_steer_the_terminal() -> None:
    view = build_view(sample_run())
    assert "\x1b" not in summary_text(view)
    assert summary_text(view, colour=True).count("\x1b[") == 4
    assert "\x1b[31m" not in summary_text(view, colour=True)


def test_shares_can_be_left_out() -> None:
    assert "%" not in summary_text(build_view(sample_run(findings=())), scores=False)
