"""Pages, pictures and files in another language: labels, days and numbers follow it, and nothing of it stays behind."""

import json
from datetime import date
from pathlib import Path

import docx
import pptx
import pypdfium2
import pytest
from lxml import html
from sample_run import sample_run

from auditkit.assessment.engagement import Engagement
from auditkit.assessment.model import Interview
from auditkit.base.language import languages, speaking
from auditkit.catalog.model import Catalog
from auditkit.improvement.model import Estimate
from auditkit.reporting import words
from auditkit.reporting.html import render_html
from auditkit.reporting.impact_chart import impact_graph
from auditkit.reporting.interview_sheet import sheet_html, sheet_markdown, view_sheet
from auditkit.reporting.management_pdf import render_summary_pdf
from auditkit.reporting.office.slides import render_slides
from auditkit.reporting.office.word import render_docx, write_template
from auditkit.reporting.page_words import filter_choices, page_words
from auditkit.reporting.templating import inside, templates_digest
from auditkit.reporting.terminal import summary_text
from auditkit.reporting.terminal_plan import effort_text
from auditkit.reporting.view import build_view
from auditkit.reporting.view_impact_model import GraphEdge, GraphNode, ImpactGraph
from auditkit.reporting.view_model import Options


def test_a_page_is_german_while_it_is_spoken_and_leaves_nothing_behind() -> None:
    view = build_view(sample_run())
    before = render_html(view)
    with speaking("de"):
        page = html.document_fromstring(render_html(build_view(sample_run())))
    assert page.get("lang") == "de"
    captions = {" ".join(one.text_content().split()) for one in page.iter("caption")}
    assert "Urteil zu jeder Anforderung und jedem Prüfpunkt" in captions
    assert "Nachweisanforderungen und Antworten" in {one.text_content() for one in page.iter("h3")}
    assert render_html(view) == before


def test_pictures_say_days_and_shares_as_the_language_does() -> None:
    with speaking("de"):
        page = html.document_fromstring(render_html(build_view(sample_run())))
    drawn = [" ".join(one.itertext()) for one in page.iter("svg")]
    assert any("Maßnahmen nach Quartalen" in one and "Stand 15.10.2026" in one for one in drawn)
    assert not any("as of" in one or "overdue" in one for one in drawn)


def test_a_graph_is_told_in_whole_sentences() -> None:
    nodes = [("Pay", "activity", True), ("Mail", "service", False), ("DB", "component", False)]
    graph = ImpactGraph(
        nodes=tuple(
            GraphNode(id=one, kind=kind, critical=critical, gap=False) for one, kind, critical in nodes
        ),  # type: ignore[arg-type]
        edges=(
            GraphEdge(consumer="Pay", provider="Mail", group=False, ring=False),
            GraphEdge(consumer="Pay", provider="DB", group=True, ring=False),
        ),
        note="",
    )
    assert "activity Pay (critical) leans on Mail and on some of DB" in impact_graph(graph)
    with speaking("de"):
        assert "Aktivität Pay (kritisch) stützt sich auf Mail und auf einen Teil von DB" in impact_graph(
            graph
        )


@pytest.mark.parametrize("language", languages())
def test_the_filter_finds_each_word_of_a_verdict_and_no_other(language: str) -> None:
    with speaking(language):
        page = html.document_fromstring(render_html(build_view(sample_run())))
        (contents,) = page.xpath("//nav[@data-sought]")
        assert [tuple(one) for one in json.loads(contents.get("data-sought"))] == filter_choices()
        assert {"{shown}", "{all}"} <= set(contents.get("data-told").split())
        sought = [text.split("|") for _, text in filter_choices()]
        cells = [
            f"{one.symbol} {one.word}".lower()
            for one in (words.MAJOR, words.NOT_ASSESSED, words.CONFORMS, words.OUTCOMES["not_met"], words.OUTCOMES["no_evidence"])
        ]  # fmt: skip
    found = [[any(text in cell for text in texts) for texts in sought] for cell in cells]
    assert found == [[row == column for column in range(5)] for row in range(5)]


def test_print_says_its_pages_and_draft_in_the_language(tmp_path: Path) -> None:
    with speaking("de"):
        assert render_summary_pdf(build_view(sample_run()), tmp_path / "s.pdf", Options()) == 2
    document = pypdfium2.PdfDocument(tmp_path / "s.pdf")
    try:
        texts = [page.get_textpage().get_text_bounded() for page in document]
        title = document.get_metadata_value("Title")
    finally:
        document.close()
    assert ["Seite 1 von 2" in texts[0], "Seite 2 von 2" in texts[1]] == [True, True]
    assert all("ENTWURF" in one for one in texts)
    assert title.startswith("ENTWURF: Zusammenfassung für die Leitung: ")


def test_a_released_page_has_no_draft() -> None:
    assert "DRAFT" in page_words(draft=True)
    assert "DRAFT" not in page_words(draft=False)
    assert 'content: "Page " counter(page) " of " counter(pages) ""' in page_words(draft=False)


def test_long_words_are_parted_in_narrow_columns_but_never_ids_or_english() -> None:
    english = render_html(build_view(sample_run()))
    assert "hyphens" not in page_words(draft=False) + english.replace("html:lang(de) { hyphens: auto;", "")
    assert '<html lang="en">' in english
    with speaking("de"):
        sheets = page_words(draft=False), render_html(build_view(sample_run()))
    assert all(".id, .ids { hyphens: manual; }" in one for one in sheets)


def test_a_word_document_says_its_language(tmp_path: Path) -> None:
    with speaking("de"):
        assert render_docx(build_view(sample_run()), tmp_path / "r.docx", Options()) == ()
        write_template(tmp_path / "t.docx")
    document, template = (docx.Document(str(tmp_path / name)) for name in ("r.docx", "t.docx"))
    assert document.core_properties.language == "de"
    assert (
        document.sections[0]
        .footer.paragraphs[0]
        .text.startswith("Nordwerk Managed Services GmbH, Services, Stand 15. Oktober 2026")
    )
    assert "ENTWURF" in document.sections[0].header.paragraphs[0].text
    assert template.sections[0].footer.paragraphs[0].text.endswith("Seite {{ page }} von {{ pages }}")


def test_slides_are_german(tmp_path: Path) -> None:
    with speaking("de"):
        render_slides(build_view(sample_run()), tmp_path / "s.pptx", Options())
    deck = pptx.Presentation(str(tmp_path / "s.pptx"))
    titles = [slide.shapes.title.text for slide in deck.slides][1:]
    assert titles[1:4] == ["Feststellungen", "Reifekriterien", "Plan"]
    feet = [shape.text_frame.text for shape in deck.slides[1].shapes if shape.name == "Number"]
    assert feet[0].endswith("2 von 7")


def test_the_terminal_keeps_its_columns_in_german() -> None:
    with speaking("de"):
        text = summary_text(build_view(sample_run()))
    (line,) = [one for one in text.splitlines() if one.startswith("Anforderungen   ")]
    assert "nicht beurteilt" in line
    (findings,) = [one for one in text.splitlines() if one.startswith("Feststellungen  ")]
    assert len(findings) - len(findings.removeprefix("Feststellungen").lstrip()) == 16


def test_efforts_have_the_decimal_mark_of_the_language() -> None:
    effort = Estimate(low=1, likely=2.5, high=4)
    assert effort_text(effort) == "2.5 days (1 to 4)"
    with speaking("de"):
        assert effort_text(effort) == "2,5 Tage (1 bis 4)"
        assert effort_text(Estimate(low=1, likely=1, high=1)) == "1 Tag"


def test_a_heading_keeps_its_nouns_inside_a_sentence() -> None:
    assert inside("Internal audit report") == "internal audit report"
    with speaking("de"):
        assert inside("Bericht zum internen Audit") == "Bericht zum internen Audit"


def test_a_sheet_of_an_interview_is_german() -> None:
    run = sample_run()
    note = Interview.model_validate(
        {
            "id": "IV-001",
            "at": date(2026, 10, 5),
            "interviewee": "Jan Otte",
            "interviewer": "P-001",
            "answers": [
                {"point": run.catalog.points[0].id, "question": "Who decides?", "kind": "interview",
                 "answer": "The board.", "outcome": "met"},
                {"point": run.catalog.points[0].id, "question": "And if not?", "kind": "interview", "answer": ""},
            ],
        }
    )  # fmt: skip
    with speaking("de"):
        sheet = view_sheet(_engagement(), _catalog(), note)
        text, page = sheet_markdown(sheet), sheet_html(sheet)
        met, lacking = (words.OUTCOMES[one].word for one in ("met", "no_evidence"))
    assert "- Am: 05.10.2026" in text
    assert f"Gezeigt: nichts. Ergebnis: {met}." in text
    assert f"☐ {lacking}" in text
    assert '<html lang="de">' in page


def _engagement() -> Engagement:
    return sample_run().engagement


def _catalog() -> Catalog:
    return sample_run().catalog


def test_a_page_is_rendered_again_in_another_language() -> None:
    english = templates_digest()
    with speaking("de"):
        assert templates_digest() != english
    assert templates_digest() == english
