"""Holes of templates are found; code, links, tags and formats are none."""

import pytest

from auditkit.base.place import Place
from auditkit.evidence.document_placeholders import is_placeholder, is_template_title, placeholder_in
from auditkit.evidence.model import DocumentMeta, Passage, ReadDocument


def document(*texts: str, title: str | None = None) -> ReadDocument:
    place = Place(file="evidence/a.md", line=1)
    return ReadDocument(
        file="a.md",
        sha256="aa",
        size_bytes=1,
        format="md",
        status="read",
        meta=DocumentMeta(title=title),
        passages=tuple(Passage(place=place, text=text) for text in texts),
    )


FILLED = [f"Sentence number {n} of a policy that is filled in." for n in range(80)]


@pytest.mark.parametrize(
    "text",
    [
        "<Process owner>", "<insert scope>", "<...>", "approved by <_the board or whoever decides_>",
        "[Company name]", "[Insert Date]", "[dd/mm/yyyy]", "[Risk description here]", "{{COMPANY_NAME}}",
        "{Company name}", "Lorem ipsum dolor", "Owner: TBD", "Owner | to be defined", "Review: to be defined.",
        "TODO", "XXX GmbH", "Click here to enter text.",
    ],
)  # fmt: skip
def test_placeholders(text: str) -> None:
    assert placeholder_in(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "kubectl delete <pod-name>", "List<String> x", "a < 5 minutes and > 3", "<br>", "<ul><li>Document, implement",
        "[company policy](http://x)", "[name][ref]", "<https://x.y/Z z>", "See <Anna.Berg@x.de>", "[x] done",
        "Targets have to be defined for each service.", "as in [1] and [ISO 20000-1]", "in the form {id}",
        "All that is left todo is said here.",
    ],
)  # fmt: skip
def test_what_is_no_placeholder(text: str) -> None:
    assert placeholder_in(text) is None


def test_an_unfilled_template_is_recognised_by_share_or_number() -> None:
    assert is_placeholder(document("The policy of [Company name] applies to <insert scope>.", "Owner: TBD"))
    assert is_placeholder(document(*FILLED, "The value is still TBD for one site.")) is None
    assert is_placeholder(document(*FILLED, *["One value is TBD."] * 3)) is None
    assert is_placeholder(document(*FILLED, *["One value is TBD."] * 10)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "This document is a template for a continuity plan.",
        "How to use this template: fill it in.",
        "Delete this guidance before use.",
        "Replace the text in square brackets.",
        "Lorem ipsum dolor sit amet.",
    ],
)
def test_one_passage_is_enough_where_it_says_so(text: str) -> None:
    assert is_placeholder(document(*FILLED, text)) is not None


def test_a_title_with_a_hole_is_enough() -> None:
    assert is_placeholder(document(*FILLED, title="Continuity plan for {{COMPANY_NAME}}")) is not None


@pytest.mark.parametrize(
    ("title", "is_one"),
    [
        ("Template: change policy", True), ("change-policy-template.docx", True), ("ICTU-Template-Plan.docx", True),
        ("Change policy template", True), ("Template management procedure", False), ("Change policy", False),
    ],
)  # fmt: skip
def test_titles_of_templates(title: str, is_one: bool) -> None:
    assert is_template_title(title) is is_one
