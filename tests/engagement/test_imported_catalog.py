"""A catalog from elsewhere is imported, judged and reported; suppositions of a crosswalk stay suppositions."""

import json
from pathlib import Path

import pytest
from small import engagement, ran

from auditkit.base.errors import UsageFault
from auditkit.engagement.bind import bind_judgements
from auditkit.engagement.evidence import accept_evidence
from auditkit.engagement.exchange import import_catalog
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import open_engagement
from auditkit.reporting.html import render_html
from auditkit.reporting.view import build_view

ROOT = Path(__file__).resolve().parents[2]
OSCAL = {
    "catalog": {
        "uuid": "74c8ba1e-5cd4-4ad1-bbfd-d888e2f6c724",
        "metadata": {
            "title": "House rules",
            "version": "3",
            "last-modified": "2026-01-01T00:00:00Z",
            "oscal-version": "1.1.2",
        },
        "groups": [
            {
                "id": "ac",
                "title": "Access",
                "controls": [
                    {
                        "id": "ac-1",
                        "title": "Badges",
                        "parts": [
                            {
                                "name": "statement",
                                "prose": "The house:",
                                "parts": [
                                    {"name": "item", "prose": "Issues a badge to everybody who works in it."},
                                    {"name": "item", "prose": "Collects the badge on the last day of work."},
                                ],
                            }
                        ],
                        "controls": [
                            {
                                "id": "ac-1.1",
                                "title": "Visitors",
                                "parts": [
                                    {"name": "statement", "prose": "Visitors are accompanied by a host."}
                                ],
                            }
                        ],
                    }
                ],
            }
        ],
    }
}
JUDGEMENTS = """\
judgements:
  - {{id: J-001, point: "{0}ac-1-1a", verdict: conforms, rationale: Forty badges were counted at the gate., by: P-001, at: 2026-10-10, on: [EV-001]}}
  - {{id: J-002, point: "{0}ac-1-1b", verdict: nonconforming, rationale: Three leavers still hold a badge., by: P-001, at: 2026-10-10, on: [EV-001]}}
  - {{id: J-003, point: "{0}ac-1.1-1", verdict: not_applicable, rationale: No visitor is let into the house., by: P-001, at: 2026-10-10}}
"""
EVIDENCE = {
    "evidence/register.yaml": "items:\n  - {id: EV-001, title: Badge list, file: badges.md, kind: document}\n",
    "evidence/badges.md": "# Badges\n\nForty badges are out.\n",
}


def imported(folder: Path, more: str, prefix: str, catalog: str) -> Layout:
    """Make an engagement with the imported catalog and three judgements on it."""
    layout = engagement(folder, "iso-iec-20000-1-2018", files=EVIDENCE)
    source = folder / "house.json"
    source.write_text(json.dumps(OSCAL), encoding="utf-8")
    done = import_catalog(folder, source, "house-rules")
    assert done.written
    files = {**EVIDENCE, "workpapers/judgements/all.yaml": JUDGEMENTS.format(prefix)}
    engagement(folder, catalog, more, files)
    accept_evidence(open_engagement(layout))
    bind_judgements(open_engagement(layout))
    return layout


def test_it_can_be_assessed_from_end_to_end_with_judgements_alone(tmp_path: Path) -> None:
    run = ran(imported(tmp_path / "a", "", "", "house-rules")).run
    assert [(one.point, one.value, one.standing) for one in run.assessment.points] == [
        ("ac-1-1a", "conforms", "confirmed"),
        ("ac-1-1b", "nonconforming", "confirmed"),
        ("ac-1.1-1", "not_applicable", "confirmed"),
    ]
    assert [(one.clause, one.value) for one in run.assessment.clauses] == [
        ("ac", "nonconforming"), ("ac-1", "nonconforming"), ("ac-1.1", "not_applicable"),
    ]  # fmt: skip
    assert {gate.id for gate in run.gates} == {"nonconformities", "confirmation"}
    measure = run.assessment.measures.by_requirement
    assert (measure.conforming, measure.denominator) == (0, 1)
    page = render_html(build_view(run))
    assert "Collects the badge on the last day of work" in page
    assert "Three leavers still hold a badge" in page


def test_it_stands_beside_the_standard_in_an_integrated_audit(tmp_path: Path) -> None:
    run = ran(imported(tmp_path / "a", "catalogs: [house-rules]", "house-rules:", "iso-iec-20000-1-2018")).run
    (further,) = run.further
    assert [one.value for one in further.assessment.points] == ["conforms", "nonconforming", "not_applicable"]
    assert run.assessment.measures.by_requirement.not_assessed == 215
    assert "house-rules:ac-1-1b" in render_html(build_view(run))


def test_a_crosswalk_supposes_and_never_counts(tmp_path: Path) -> None:
    layout = engagement(tmp_path / "a", files=EVIDENCE)
    import_catalog(layout.root, ROOT / "checklists/references/fitsm-1.yaml", "fitsm-1")
    judged = """\
judgements:
  - {id: J-001, point: 8.6.1-1e, verdict: conforms, rationale: Closures of a month were read., by: P-001, at: 2026-10-10, on: [EV-001]}
  - {id: J-002, point: 8.6.2-1d, verdict: conforms, rationale: Closures of a month were read., by: P-001, at: 2026-10-10, on: [EV-001]}
"""
    engagement(
        layout.root, more="catalogs: [fitsm-1]", files={**EVIDENCE, "workpapers/judgements/all.yaml": judged}
    )
    accept_evidence(open_engagement(layout))
    bind_judgements(open_engagement(layout))
    run = ran(layout).run
    (further,) = run.further
    assert {one.value for one in further.assessment.points} == {"not_assessed"}
    supposed = {one.target: one for one in further.inferences if one.value != "not_assessed"}
    assert supposed["PR9.5"].value == "conforms"
    assert supposed["PR9.5"].rests_on == ("8.6.1-1e", "8.6.2-1d")
    (row,) = [row for row in build_view(run).further[0].inferences if row.target == "PR9.5"]
    assert row.mark.word == "may conform"


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    layout = engagement(tmp_path / "a")
    source = tmp_path / "sheet.csv"
    source.write_text(
        "id,title,text,parent\n1,Rules,,\n1.1,Doors,Doors are locked at night.,1\n", encoding="utf-8"
    )
    done = import_catalog(layout.root, source, "doors", dry_run=True)
    assert done.usable
    assert not done.written
    assert not layout.checklists.exists()
    assert "nothing was written" in done.text()


def test_errors_of_a_sheet_name_the_cell(tmp_path: Path) -> None:
    layout = engagement(tmp_path / "a")
    source = tmp_path / "sheet.csv"
    source.write_text(
        "id,title,text,parent\n1,Rules,Doors are locked.,\n1,Again,Doors are open.,\n,No id,Text here.,\n",
        encoding="utf-8",
    )
    done = import_catalog(layout.root, source, "doors", dry_run=True)
    text = " ".join(str(issue) for issue in done.issues)
    assert "A3" in text
    assert "A4" in text


def test_nothing_is_replaced_by_accident(tmp_path: Path) -> None:
    layout = engagement(tmp_path / "a")
    source = tmp_path / "house.json"
    source.write_text(json.dumps(OSCAL), encoding="utf-8")
    import_catalog(layout.root, source, "house-rules")
    with pytest.raises(UsageFault, match="there already"):
        import_catalog(layout.root, source, "house-rules")
    assert import_catalog(layout.root, source, "house-rules", again=True).written
    with pytest.raises(UsageFault, match="that auditkit ships"):
        import_catalog(layout.root, source, "iso-iec-20000-1-2018")
    with pytest.raises(UsageFault, match="lower case"):
        import_catalog(layout.root, source, "../outside")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "requirements"),
    [
        ("oscal-catalogs/ISM_catalog.json", 1107),
        ("oscal-catalogs/NIST_SP-800-53_rev5_MODERATE-resolved_catalog.min.json", 287),
        ("oscal-examples/basic-catalog.json", 4),
        ("ciso-assistant/cisa-cpg-2.0.yaml", 34),
        ("ciso-assistant/essential-eight.yaml", 149),
    ],
)
def test_real_catalogs_are_walked_to_the_last_requirement(
    tmp_path: Path, shared: Path, file: str, requirements: int
) -> None:
    layout = engagement(tmp_path / "a")
    assert import_catalog(layout.root, shared / "interop" / file, "foreign").written
    engagement(layout.root, "foreign")
    run = ran(layout).run
    assert len(run.assessment.requirements) == requirements
    assert {one.value for one in run.assessment.requirements} == {"not_assessed"}
    assert build_view(run).verdicts
