"""Markdown: every word of the page in the same order, and texts of others mark up nothing."""

import re

import pytest
from interchange_samples import made, material
from lxml import html as lxml_html
from sample_run import sample_run

from auditkit.reporting.html import render_html
from auditkit.reporting.interchange.markdown import markdown


def words_of_the_page() -> list[str]:
    """Return the words of the sample report as HTML, of pictures only what is spoken."""
    page = lxml_html.document_fromstring(render_html(material().view))
    for drawing in page.xpath("//main//*[local-name()='svg']"):
        for shape in [one for one in drawing if one.tag not in ("title", "desc")]:
            shape.drop_tree()
    for space in page.xpath("//main//br | //main//td | //main//th | //main//title | //main//desc"):
        space.tail = f" {space.tail or ''}"
    parts = page.xpath("//main | //body/footer")
    return re.findall(r"\w+", " ".join(text for part in parts for text in part.itertext()))


def plain(text: str) -> str:
    """Take the marks of Markdown off a text."""
    text = re.sub(r"^ *\d+\. ", "", text, flags=re.MULTILINE)
    return re.sub(r"\\([^\w\s])", r"\1", text.replace("<br>", " "))


def test_no_word_of_the_report_is_missing_or_added() -> None:
    text = plain(made("markdown"))
    contents = text[text.index("## Contents") : text.index("## Document control")]
    said = re.findall(r"\w+", text.replace(contents, "").partition("do not edit -->")[2])
    assert said == words_of_the_page()


def test_tables_have_one_width() -> None:
    for block in made("markdown").split("\n\n"):
        if block.startswith("|"):
            assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1, block


def test_a_draft_says_so_and_a_released_report_does_not() -> None:
    assert "\nDRAFT: not signed by the lead auditor\n" in made("markdown")
    assert "DRAFT" not in made("markdown", sample_run(signed=True))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<img src=x onerror=alert(1)>", r"\<img src=x onerror=alert(1)\>"),
        ("![x](http://example.org/a.png)", r"!\[x\](http://example.org/a.png)"),
        ("a | b", r"a \| b"),
        ("**loud** and `code`", r"\*\*loud\*\* and \`code\`"),
        ("&lt;b&gt;", r"\&lt;b\&gt;"),
        ("$x$ and snake_case and _this_", r"\$x\$ and snake_case and \_this\_"),
        ("one\n\n# two", "one # two"),
    ],
)
def test_texts_of_others_stay_texts(text: str, shown: str) -> None:
    run = sample_run()
    changed = run.engagement.model_copy(update={"conclusion": text})
    assert shown in made("markdown", run.model_copy(update={"engagement": changed}))


@pytest.mark.parametrize("text", ["# Passed", "- all well", "1. all well", "--- all well", "> all well"])
def test_a_text_that_begins_like_a_mark_is_none(text: str) -> None:
    run = sample_run()
    changed = run.engagement.model_copy(update={"conclusion": text})
    lines = markdown(material(run.model_copy(update={"engagement": changed}))).splitlines()
    assert text not in lines
    assert text in [plain(line) for line in lines]
