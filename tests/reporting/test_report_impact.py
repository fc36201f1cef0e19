"""The section on business impact: there when there is an analysis, complete in words, a picture without colour."""

import re

import pytest
from sample_run import sample_run

from auditkit.assessment.model import ProcedureResult
from auditkit.assessment.procedures.impact import REASONS_SHOWN
from auditkit.base.yamltext import parse, validate
from auditkit.impact.analysis import Analysis, analyse
from auditkit.impact.model import ImpactFile
from auditkit.reporting.html import render_html
from auditkit.reporting.impact_chart import impact_graph
from auditkit.reporting.impact_layout import layers_of
from auditkit.reporting.model import ImpactSummary
from auditkit.reporting.view import build_view
from auditkit.reporting.view_impact import build_graph_view
from auditkit.reporting.view_model import Options

TEXT = """
scale: {levels: [none, high], intolerable: high}
evidence: [EV-001]
activities: [{id: ACT, name: "<Orders>", rto_hours: 6, rpo_hours: 1, mtpd_hours: 9, needs: [{of: [ERP], lag_hours: 1}, {of: [NET], lag_hours: 0}]}]
services:
  - {id: ERP, mtpd_hours: 8, rto_hours: 5, rpo_hours: 1, needs: [{of: [NET], lag_hours: 1}, {of: [DB1, DB2], at_least: 1, lag_hours: 0}]}
  - {id: NET, mtpd_hours: 8, rto_hours: 4, rpo_hours: 1, needs: [{of: [SW], lag_hours: 0}]}
components: [{id: DB1}, {id: DB2}, {id: SW, needs: [{of: [SX], lag_hours: 0}]}, {id: SX, needs: [{of: [SW], lag_hours: 0}]}]
suppliers: [{id: SUP}]
"""


def analysis(text: str = TEXT) -> Analysis:
    document, issues = parse(text, "impact.yaml")
    assert document is not None, issues
    model, issues = validate(document, (), ImpactFile)
    assert model is not None, issues
    return analyse(model)


def summary(found: Analysis | None) -> ImpactSummary:
    result = ProcedureResult(
        point="8.7.2-3", procedure="impact.x", kind="impact", title="A claim that is examined.", outcome="no_evidence",
        basis="standard", test_class="hard", population=3, unknown=2, reasons=("Not known: one.", "Not known: two."),
    )  # fmt: skip
    return ImpactSummary(source="impact.yaml", analysis=found, results=(result,))


def html(found: ImpactSummary | None) -> str:
    return str(render_html(build_view(sample_run(impact=found)), Options()))


def test_the_section_is_there_only_with_an_analysis() -> None:
    assert "Business impact" not in html(None)
    page = html(summary(analysis()))
    assert 'id="impact"' in page
    assert "Services by criticality" in page
    assert "1 of DB1, DB2" in page
    assert "And 1 more that are not known." in page


@pytest.mark.parametrize("unknown", [1, 2, 5, 6, 9])
def test_of_cases_that_are_not_known_the_first_is_told_whatever_words_it_has(unknown: int) -> None:
    cases = [f"Case {number}." for number in range(min(unknown, REASONS_SHOWN))]
    rest = [f"{unknown - REASONS_SHOWN} others."] if unknown > REASONS_SHOWN else []
    given = summary(analysis())
    result = given.results[0].model_copy(
        update={"unknown": unknown, "reasons": ("Part of it could not be used.", *cases, *rest)}
    )
    (check,) = build_view(sample_run(impact=given.model_copy(update={"results": (result,)}))).impact.checks
    more = (f"And {unknown - 1} more that are not known.",) if unknown > 1 else ()
    assert check.reasons == ("Part of it could not be used.", "Case 0.", *more)


def test_an_analysis_that_cannot_be_read_says_so() -> None:
    page = html(summary(None))
    assert "impact.yaml was handed over and cannot be read" in page
    assert "Services by criticality" not in page


def test_layers_run_from_what_leans_to_what_is_leant_on_and_a_ring_stands_together() -> None:
    graph = build_graph_view(analysis(), {"SW"})
    layers = layers_of(graph)
    at = {one: number for number, layer in enumerate(layers) for one in layer}
    for edge in graph.edges:
        if edge.ring:
            assert at[edge.consumer] == at[edge.provider]
        else:
            assert at[edge.consumer] < at[edge.provider], edge
    assert sorted(one for layer in layers for one in layer) == sorted(node.id for node in graph.nodes)


def test_needs_that_follow_from_others_are_not_drawn() -> None:
    edges = {(edge.consumer, edge.provider) for edge in build_graph_view(analysis(), set()).edges}
    assert ("ACT", "NET") not in edges  # ACT leans on ERP, and that on NET
    assert {("ACT", "ERP"), ("ERP", "NET"), ("ERP", "DB1"), ("SW", "SX"), ("SX", "SW")} <= edges


def test_the_picture_is_the_same_every_time_and_says_in_words_what_it_shows() -> None:
    graph = build_graph_view(analysis(), {"SW"})
    drawn = str(impact_graph(graph))
    assert drawn == str(impact_graph(build_graph_view(analysis(), {"SW"})))
    described = re.search(r"<desc>(.*?)</desc>", drawn)
    assert described
    assert "service ERP (critical) leans on NET and on some of DB1, DB2" in described[1]
    assert "component SW (falls short) leans on SX" in described[1]
    assert "! SW" in drawn
    assert 'stroke-dasharray="4 3"' in drawn  # redundancy
    assert drawn.count('stroke-width="3.2"') == 3  # the ring's two lines, and the legend
    colours = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', drawn))
    assert colours <= {"#ffffff", "#1d4b5c", "#1c1f22", "#5b6166"}  # dark on white: nothing is told by hue


def test_a_picture_too_large_leaves_out_what_matters_least_and_says_so() -> None:
    def made(components: int, single: bool) -> str:
        names = [f"C{number:03d}" for number in range(components)]
        needs = (
            ", ".join(f"{{of: [{name}], lag_hours: 0}}" for name in names)
            if single
            else f"{{of: [{', '.join(names)}], at_least: 1, lag_hours: 0}}"
        )
        listed = ", ".join(f"{{id: {name}}}" for name in names)
        return (
            "scale: {levels: [none, high], intolerable: high}\n"
            f"services: [{{id: S, needs: [{needs}]}}]\ncomponents: [{listed}]\n"
        )

    small = build_graph_view(analysis(made(80, single=False)), set())
    assert [node.id for node in small.nodes] == ["S"]
    assert small.note.startswith("80 parts whose loss alone takes nothing down are not drawn.")
    none = build_graph_view(analysis(made(200, single=True)), set())
    assert (none.nodes, none.edges) == ((), ())
    assert none.note == "There are 201 elements, too many for a picture; the tables have them."
    assert str(impact_graph(none)) == ""
