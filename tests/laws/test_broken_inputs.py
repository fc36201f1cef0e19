"""What people wrote and cannot be read ends the command; a finding never disappears because of a typing error."""

from pathlib import Path

import pytest

from auditkit.base.errors import InputsUnreadable
from auditkit.engagement.evidence import accept_evidence
from auditkit.engagement.init import create_engagement
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import open_engagement


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return create_engagement(tmp_path / "audit", "internal-audit", "2025-10-01", "2026-09-30")


@pytest.mark.parametrize(
    "file",
    [
        "workpapers/findings/NC-001.yaml",
        "workpapers/judgements/a.yaml",
        "workpapers/actions/CA-001.yaml",
        "workpapers/interviews/IV-001.yaml",
        "evidence/register.yaml",
        "evidence/requests.yaml",
        "engagement.yaml",
    ],
)
def test_a_file_of_people_that_is_no_yaml_is_named_with_its_line(layout: Layout, file: str) -> None:
    (layout.root / file).write_text("finding: [\n")
    with pytest.raises(InputsUnreadable, match=f"{file}:"):
        open_engagement(layout)


def test_accepting_with_a_broken_register_leaves_the_lock_as_it_was(layout: Layout) -> None:
    layout.lock.write_text('{"entries": {"EV-001": {"sha256": "aa", "size_bytes": 1}}}')
    layout.register.write_text("items: [\n")
    with pytest.raises(InputsUnreadable):
        accept_evidence(open_engagement(layout))
    assert "EV-001" in layout.lock.read_text()


def test_what_scan_proposes_can_be_appended_to_a_fresh_register(layout: Layout) -> None:
    from auditkit.engagement.evidence import propose_entries

    (layout.evidence / "documents" / "policy.md").write_text("# Change policy\n\nVersion: 1.0\n")
    with layout.register.open("a") as register:
        register.write(propose_entries(open_engagement(layout)))
    assert [item.id for item in open_engagement(layout).register.items] == ["EV-001"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (
            "parameters: {}",
            "parameters: {operation_months: {value: three, source: house_default}}",
            "parameter-not-a-number",
        ),
        ("parameters: {}", "parameters: {}\nlenses: [pdca, seasons]", "lens-unknown"),
    ],
)
def test_a_value_that_cannot_be_used_is_said(layout: Layout, old: str, new: str, code: str) -> None:
    layout.engagement.write_text(layout.engagement.read_text().replace(old, new))
    assert code in {issue.code for issue in open_engagement(layout).issues}


def test_ids_that_lead_nowhere_are_said(layout: Layout) -> None:
    layout.register.write_text(
        "items:\n  - {id: EV-001, title: A, file: a.md, kind: document, links: [9.9.9-1]}\n"
    )
    (layout.workpapers / "judgements/judgements.yaml").write_text(
        "judgements:\n  - {id: J-001, point: 5.1-1a, verdict: conforms, by: P-001, at: 2026-06-20, on: [EV-404],"
        " rationale: seen and read twice}\n"
    )
    (layout.workpapers / "actions/CA-001.yaml").write_text(
        "{id: CA-001, finding: NC-404, title: Do it, owner: Jan Otte}\n"
    )
    issues = {issue.code: issue.message for issue in open_engagement(layout).issues}
    assert "9.9.9-1" in issues["unknown-point"]
    assert "EV-404" in issues["unknown-evidence"]
    assert "NC-404" in issues["unknown-finding"]


@pytest.mark.parametrize(
    ("noted", "said"),
    [("", True), ("outcome: no_evidence", True), ("outcome: met", False), ("outcome: not_met", False)],
)
def test_a_judgement_of_conformity_that_rests_on_nothing_is_said(
    layout: Layout, noted: str, said: bool
) -> None:
    (layout.workpapers / "judgements/judgements.yaml").write_text(
        "judgements:\n  - {id: J-001, point: 5.1-1a, verdict: conforms, by: P-001, at: 2026-06-20, rationale: seen and read twice}\n"
    )
    if noted:
        (layout.workpapers / "interviews/IV-001.yaml").write_text(
            f"{{id: IV-001, at: 2026-06-19, interviewee: Jan Otte, interviewer: P-001, answers: ["
            f"{{point: 5.1-1a, question: What do you aim at?, answer: Told with an example., {noted}}}]}}\n"
        )
    issues = {issue.code: issue for issue in open_engagement(layout).issues}
    assert ("judgement-without-evidence" in issues) is said
    if said:
        assert "J-001 says that 5.1-1a conforms" in issues["judgement-without-evidence"].message
        assert "no_occurrence" in issues["judgement-without-evidence"].hint


def test_a_time_zone_that_does_not_exist_is_refused(layout: Layout) -> None:
    layout.engagement.write_text(layout.engagement.read_text().replace("Europe/Berlin", "Europe/Bremen"))
    with pytest.raises(InputsUnreadable, match="no time zone"):
        open_engagement(layout)
