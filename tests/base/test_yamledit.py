"""One value of a file that people wrote can change, and nothing else of it does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.base.errors import UsageFault
from auditkit.base.yamledit import with_values
from auditkit.base.yamltext import parse

FILE = """\
# Written by people: Größe.
id: "CA-001"  # never changes
title: 'It''s here'   # quoted otherwise

due:
owner: Jan Otte # the manager
note: >
  folded
  text
status: agreed
# the end
"""


def test_only_the_values_named_change() -> None:
    after = with_values(FILE, "f", {"title": "New: é", "due": "2026-12-14", "note": "n", "status": "done"})
    expected = FILE.replace("'It''s here'", '"New: é"').replace("due:", "due: 2026-12-14")
    expected = expected.replace(">\n  folded\n  text\n", '"n"\n').replace("agreed", "done")
    assert after == expected


def test_a_new_key_comes_last_and_line_ends_stay() -> None:
    text = FILE.replace("\n", "\r\n")
    assert with_values(text, "f", {"effort_days": 6.5}) == text + "effort_days: 6.5\r\n"
    assert with_values("a: x", "f", {"b": None}) == "a: x\nb: null\n"


@pytest.mark.parametrize("text", ['{"a": "x"}\n', "a: x\n...\n", "a: x\n  y\n---\nb: z\n", "- a\n"])
def test_what_cannot_be_done_without_touching_the_rest_is_refused(text: str) -> None:
    with pytest.raises(UsageFault, match=r"line of its own|no list|another document|expected"):
        with_values(text, "f", {"new": "y"})


def test_a_value_of_several_parts_is_refused() -> None:
    with pytest.raises(UsageFault, match="line of its own"):
        with_values("a: {x: 1}\n", "f", {"a": "y"})


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_read_back_as_it_was(first: str, second: str) -> None:
    text = with_values(with_values(FILE, "f", {"title": first}), "f", {"status": second, "extra": first})
    document, issues = parse(text, "f")
    assert document is not None, issues
    before, _ = parse(FILE, "f")
    assert before is not None
    assert document.data == {**before.data, "title": first, "status": second, "extra": first}
    assert "# never changes" in text
    assert "# the end" in text
