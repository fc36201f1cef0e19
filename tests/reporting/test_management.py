"""The management summary: two pages, seven slides, the figures of the report, and what is left out is counted."""

import io
import os
import re
import zipfile
from pathlib import Path

import pptx
import pypdfium2
import pytest
from sample_run import CANDIDATE_FAILURE, CANDIDATE_ID, findings, sample_run

from auditkit.reporting.management import Room, build_management
from auditkit.reporting.management_pdf import render_summary_pdf
from auditkit.reporting.office.slides import render_slides
from auditkit.reporting.view import build_view
from auditkit.reporting.view_model import Options, View

GOLDEN = Path(__file__).parent / "golden"
TITLES = ["Conclusion", "Findings", "Gates", "Plan", "Where things stand", "Decisions asked of management"]
EVIL = '=HYPERLINK("http://example.org","x") <b>{{ 7*7 }}</b> {% raw %} </a:t> \x1b[31m\x00\ufffe'


def pdf_text(path: Path) -> list[str]:
    """Return the text of every page."""
    document = pypdfium2.PdfDocument(path)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def slide_lines(path: Path) -> list[str]:
    """Return what stands on the slides, a line a paragraph or row, then their notes."""
    lines = []
    for slide in pptx.Presentation(str(path)).slides:
        lines.append(f"# {slide.shapes.title.text}")
        for shape in slide.shapes:
            if shape.has_text_frame and shape != slide.shapes.title:
                lines += [one.text for one in shape.text_frame.paragraphs if one.text]
            elif shape.has_table:
                lines += [" | ".join(cell.text for cell in row.cells) for row in shape.table.rows]
        lines += [f"[note] {one}" for one in slide.notes_slide.notes_text_frame.text.split("\n") if one]
    return lines


def slides(folder: Path, view: View, *, scores: bool = True) -> Path:
    """Write the slides and return their path."""
    target = folder / "summary.pptx"
    render_slides(view, target, Options(scores=scores))
    return target


def long_view() -> View:
    """A view whose every free text is far too long, with many findings, plan items and decisions."""
    view = build_view(sample_run())
    words = "Donaudampfschifffahrt und so weiter " * 60
    brief = view.summary.top[0].model_copy(update={"what": words, "owner": words, "extent": words})
    row = view.plan[0].model_copy(update={"title": words, "owner": words, "findings": ("NC-001",) * 50})
    summary = view.summary.model_copy(update={"top": (brief,) * 5, "decisions": (words,) * 9})
    return view.model_copy(
        update={
            "summary": summary,
            "plan": (row,) * 30,
            "conclusion": view.conclusion.model_copy(update={"own_words": words, "sentences": (words,) * 3}),
            "cover": view.cover.model_copy(update={"title": words}),
        }
    )


def test_golden_slides(tmp_path: Path) -> None:
    text = "\n".join(slide_lines(slides(tmp_path, build_view(sample_run())))) + "\n"
    file = GOLDEN / "management-summary-pptx.txt"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_the_summary_is_two_pages_that_say_the_verdict_first(tmp_path: Path) -> None:
    path = tmp_path / "summary.pdf"
    assert render_summary_pdf(build_view(sample_run()), path, Options()) == 2
    pages = pdf_text(path)
    assert len(pages) == 2
    heads = [
        {"Gates": "Readiness gates", "Plan": "Improvement plan in order"}.get(one, one) for one in TITLES
    ]
    places = [" ".join(pages).index(one) for one in heads]
    assert places == sorted(places)
    assert pages[0].index("Not ready: 1 major nonconformity open") < pages[0].index("Findings")
    assert all("DRAFT" in one and "Confidential" in one for one in pages)


def test_long_texts_still_make_two_pages_and_say_what_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "summary.pdf"
    assert render_summary_pdf(long_view(), path, Options()) == 2
    text = " ".join(pdf_text(path))
    assert re.search(r"2[4-9] more are not shown here: section 7 of the report\.", text)
    assert "…" in text


def test_slides_stand_in_order_and_carry_the_figures_of_the_report(tmp_path: Path) -> None:
    view = build_view(sample_run())
    lines = slide_lines(slides(tmp_path, view))
    assert [one[2:] for one in lines if one.startswith("# ")] == [view.cover.title, *TITLES]
    text = "\n".join(lines)
    for measure in view.summary.measures:
        figures = (measure.conforming, measure.nonconforming, measure.not_assessed, measure.denominator)
        assert (
            f"{measure.name} | {measure.figure} | {' | '.join(map(str, figures))} | {measure.method}" in text
        )
    for gate in view.conclusion.gates:
        assert f"{gate.title} | {gate.mark.symbol} {gate.mark.word} | {len(gate.blockers)} | " in text
    for finding in view.summary.top:
        assert f"{finding.id} | {finding.mark.symbol} {finding.mark.word} | " in text
    for row in view.plan:
        assert f"{row.id} | {row.title}" in text
    for decision in view.summary.decisions:
        assert decision in text
    counts = view.summary.requirements
    assert (
        f"■ {counts.conforming} conform □ {counts.not_assessed} not assessed ▨ {counts.nonconforming} do not conform"
        in " ".join(text.split())
    )


def test_candidates_are_counted_and_never_told(tmp_path: Path) -> None:
    view = build_view(sample_run())
    path = tmp_path / "summary.pdf"
    render_summary_pdf(view, path, Options())
    for text in ("\n".join(slide_lines(slides(tmp_path, view))), " ".join(pdf_text(path))):
        assert "1 candidate finding waits" in text
        assert CANDIDATE_ID not in text
        assert CANDIDATE_FAILURE not in text


def test_every_slide_says_draft_until_the_sign_off(tmp_path: Path) -> None:
    def drafts(view: View) -> list[str]:
        deck = pptx.Presentation(str(slides(tmp_path, view)))
        return [
            next(one.text_frame.text for one in slide.shapes if one.name == "Draft") for slide in deck.slides
        ]

    assert drafts(build_view(sample_run())) == ["DRAFT"] * 7
    signed = build_view(sample_run(signed=True))
    assert drafts(signed) == [""] * 7
    path = tmp_path / "summary.pdf"
    render_summary_pdf(signed, path, Options())
    assert "DRAFT" not in " ".join(pdf_text(path))


def test_shares_can_be_left_out(tmp_path: Path) -> None:
    view = build_view(sample_run(findings=()))
    path = tmp_path / "summary.pdf"
    render_summary_pdf(view, path, Options(scores=False))
    for text in ("\n".join(slide_lines(slides(tmp_path, view, scores=False))), " ".join(pdf_text(path))):
        assert not re.search(r"[0-9] %", text)
        assert "Conformity by requirement" not in text
    assert "No confirmed finding is open." in " ".join(pdf_text(path))


def test_a_kind_without_plan_and_gates_shows_none() -> None:
    view = build_view(sample_run())
    without = tuple(one for one in view.contents if one.id not in ("plan", "gates"))
    told = build_management(view.model_copy(update={"contents": without}), Options(), Room(5, 100))
    assert (told.plan, told.plan_notes, told.gates, told.forecast) == ((), (), (), ())
    assert build_management(view, Options(), Room(5, 100)).plan


def test_what_fits_is_whole_and_what_does_not_is_cut_and_counted() -> None:
    view = build_view(sample_run())
    told = build_management(view, Options(), Room(100, 10_000))
    assert told.findings == view.summary.top
    assert (told.findings_more, told.plan_more, told.decisions_more) == ("", "", "")
    short = build_management(view, Options(), Room(1, 30))
    assert len(short.findings[0].what) == 30
    assert short.findings[0].what.endswith("…")
    assert short.headline.text == view.summary.headline.text
    open_ones = sum(one.grade in ("major", "minor") and one.standing == "confirmed" for one in findings())
    assert short.findings_more == f"{open_ones - 1} more is not shown here: section 6 of the report."


def test_the_same_summary_is_the_same_bytes(tmp_path: Path) -> None:
    view = build_view(sample_run())
    first = slides(tmp_path, view).read_bytes()
    assert slides(tmp_path, view).read_bytes() == first
    with zipfile.ZipFile(io.BytesIO(first)) as opened:
        assert {one.date_time for one in opened.infolist()} == {(2026, 10, 15, 0, 0, 0)}
    pages = [tmp_path / "one.pdf", tmp_path / "two.pdf"]
    for path in pages:
        render_summary_pdf(view, path, Options())
    assert pages[0].read_bytes() == pages[1].read_bytes()


@pytest.mark.parametrize("field", ["what", "owner", "extent"])
def test_hostile_texts_stay_texts(tmp_path: Path, field: str) -> None:
    view = build_view(sample_run())
    brief = view.summary.top[0].model_copy(update={field: EVIL})
    view = view.model_copy(
        update={
            "summary": view.summary.model_copy(update={"top": (brief,), "decisions": (EVIL,)}),
            "cover": view.cover.model_copy(update={"title": EVIL}),
        }
    )
    path = slides(tmp_path, view)
    shown = EVIL.replace("\x1b", "?").replace("\x00", "?").replace("\ufffe", "?")
    assert pptx.Presentation(str(path)).slides[0].shapes.title.text == shown
    with zipfile.ZipFile(path) as opened:
        links = b"".join(opened.read(name) for name in opened.namelist() if name.endswith(".rels"))
        markup = b"".join(opened.read(name) for name in opened.namelist() if "/slides/slide" in name)
    assert b"External" not in links
    assert b"hlinkClick" not in markup
    pages = tmp_path / "summary.pdf"
    assert render_summary_pdf(view, pages, Options()) == 2
    assert "{{ 7*7 }}" in " ".join(pdf_text(pages))


def test_tables_and_bars_have_descriptions_and_stay_on_the_slide(tmp_path: Path) -> None:
    deck = pptx.Presentation(str(slides(tmp_path, long_view())))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left + shape.width <= deck.slide_width + 10
            assert shape.top + shape.height <= deck.slide_height
            if shape.has_table:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
                assert shape.table.first_row
