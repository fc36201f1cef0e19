"""The HTML report: one file that needs nothing from outside, and hostile texts stay texts."""

import re
from itertools import pairwise

import pytest
from lxml import etree
from lxml import html as lxml_html
from sample_run import CANDIDATE_FAILURE, catalog, sample_run

from auditkit.reporting.html import render_html
from auditkit.reporting.view import build_view
from auditkit.reporting.view_model import Options


@pytest.fixture(scope="module")
def text() -> str:
    return render_html(build_view(sample_run()))


@pytest.fixture(scope="module")
def page(text: str) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(text)


def test_nothing_is_loaded_from_outside(page: lxml_html.HtmlElement, text: str) -> None:
    loading = page.xpath(
        "//@src | //link | //object | //iframe | //img | //form[@action] | //@srcset | //*[local-name()='image']"
    )
    assert loading == []
    assert all(target.startswith("#") for target in page.xpath("//@href"))
    assert "url(http" not in text
    assert "@import" not in text
    urls = set(re.findall(r"https?://[^\s\"'<)]+", text))
    assert urls <= {"http://www.w3.org/2000/svg"}


def test_hostile_texts_are_shown_and_not_obeyed(page: lxml_html.HtmlElement, text: str) -> None:
    assert "<script>alert" not in text
    assert len(page.xpath("//script")) == 1
    assert "{{ 7*7 }}" in page.text_content()
    assert "49" not in page.xpath("string(//blockquote)")
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_every_inner_link_has_a_target(page: lxml_html.HtmlElement) -> None:
    targets = set(page.xpath("//@id"))
    assert {link[1:] for link in page.xpath("//@href")} <= targets
    assert len(targets) == len(page.xpath("//@id"))


def test_points_tests_items_and_requests_can_be_linked_to(page: lxml_html.HtmlElement) -> None:
    view, targets = build_view(sample_run()), set(page.xpath("//@id"))
    wanted = {f"point-{one.id}" for one in catalog().points}
    wanted |= {f"test-{one.id}" for one in view.tests} | {f"plan-{one.id}" for one in view.plan}
    wanted |= {one.id for one in (*view.requests, *view.evidence_register)}
    assert len(wanted) > len(catalog().points) + 3
    assert wanted <= targets


def test_the_page_is_made_for_assistive_tools(page: lxml_html.HtmlElement) -> None:
    assert page.get("lang") == "en"
    assert page.xpath("//a[@class='skip']/@href") == ["#main"]
    assert len(page.xpath("//main")) == 1
    assert page.xpath("//nav[@aria-labelledby]")
    assert page.xpath("//th[not(@scope)]") == []
    assert page.xpath("//table[contains(@class,'grid')][not(caption)]") == []
    for chart in page.xpath("//*[local-name()='svg']"):
        assert [etree.QName(child).localname for child in chart[:2]] == ["title", "desc"]


def test_headings_do_not_skip_a_level(page: lxml_html.HtmlElement) -> None:
    levels = [int(one.tag[1]) for one in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels) if earlier > 1)
    assert levels.count(1) == 1


def test_the_verdict_comes_before_every_percentage(page: lxml_html.HtmlElement) -> None:
    shown = page.xpath("string(//main)")
    assert 0 < shown.index("Not ready: 1 major nonconformity open") < shown.index("%")


def test_every_requirement_is_on_the_page(page: lxml_html.HtmlElement) -> None:
    annex = page.xpath("string(//section[h2[@id='verdicts']])")
    for point in catalog().points:
        assert point.id in annex
        assert point.statement in annex
    assert all(one.id in annex for one in catalog().requirements)


def test_candidates_are_only_in_their_annex(page: lxml_html.HtmlElement) -> None:
    holding = page.xpath(f"//section[contains(., '{CANDIDATE_FAILURE}')]/h2/@id")
    assert holding == ["candidates"]


def test_draft_until_signed(page: lxml_html.HtmlElement) -> None:
    assert page.xpath("string(//header[@class='bar'])").count("DRAFT") == 1
    signed = render_html(build_view(sample_run(signed=True)))
    assert "DRAFT" not in signed
    assert "Signed by Anna Lindqvist, lead auditor, on 30 October 2026" in signed


def test_f02_a_report_without_scores_has_no_share_of_conformity() -> None:
    page = lxml_html.document_fromstring(render_html(build_view(sample_run()), Options(scores=False)))
    shown = page.xpath("string(//main)")
    assert "33.3\u00a0% to 50.0\u00a0%" not in shown
    assert "33.3\u00a0% to 50.0\u00a0%" in render_html(build_view(sample_run()))
    assert "Degree of conformity" not in shown
    assert "Not ready: 1 major nonconformity open" in shown
    kept = {share for text in page.xpath("//main//text()") for share in re.findall(r"[\d.]+\s%", text)}
    assert {one.replace("\u00a0", " ") for one in kept} == {
        "0.8 %",
        "30.0 %",
        "10 %",
        "100 %",
    }  # rates of records, a rule's wording, the method's


def test_the_same_view_gives_the_same_bytes(text: str) -> None:
    assert render_html(build_view(sample_run())) == text
