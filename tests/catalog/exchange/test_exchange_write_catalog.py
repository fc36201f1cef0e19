"""What is written loads without issues as what it was, and a folder that is there is left alone."""

from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.base.yamltext import parse
from auditkit.catalog.exchange.write_catalog import catalog_files, write_catalog
from auditkit.catalog.exchange.yamlout import yaml_text
from auditkit.catalog.load import load_catalog
from auditkit.catalog.model import Catalog, CatalogHead, Clause, Point, Procedures

HEAD = CatalogHead(
    id="sample",
    standard="Sample",
    edition="1.0",
    title="Sample",
    allows_exclusions=True,
    source_note="Note",
    files=("x.yaml",),
)


def clause(statement: str = "The organisation keeps a list: of its doors.") -> Clause:
    procedures = Procedures(interview=("How is «it» met?",))
    point = Point(
        id="8.1-1", statement=statement, kind="activity", certainty="estimate", procedures=procedures
    )
    return Clause(clause="8.1", title="Yes", parent="8", points=(point,))


def test_it_loads_as_what_it_was(tmp_path: Path) -> None:
    clauses = (Clause(clause="8", title="null"), clause())
    assert write_catalog(tmp_path / "sample", HEAD, clauses) == ()
    loaded = load_catalog(tmp_path / "sample", "own/sample")
    assert loaded.issues == ()
    head = HEAD.model_copy(update={"files": ("clauses.yaml",)})
    assert loaded.catalog == Catalog(head=head, clauses=clauses)
    assert sorted(path.name for path in (tmp_path / "sample").iterdir()) == ["catalog.yaml", "clauses.yaml"]


def test_it_reads_well() -> None:
    text = catalog_files(HEAD, (clause("First line of it.\n\nSecond line of it."),))["clauses.yaml"]
    assert (
        text
        == """\
# Sample:1.0, written by auditkit catalog import, and from then on by people.
clauses:
  - clause: "8.1"
    title: "Yes"
    parent: "8"
    points:
      - id: "8.1-1"
        statement: |-
          First line of it.

          Second line of it.
        kind: activity
        certainty: estimate
        procedures:
          interview:
            - How is «it» met?
"""
    )


def test_a_folder_that_is_there_is_left_alone_unless_told(tmp_path: Path) -> None:
    (tmp_path / "sample").mkdir()
    (tmp_path / "sample/mine.txt").write_text("mine")
    issues = write_catalog(tmp_path / "sample", HEAD, (clause(),))
    assert [issue.code for issue in issues] == ["import-folder-exists"]
    assert [path.name for path in (tmp_path / "sample").iterdir()] == ["mine.txt"]
    assert write_catalog(tmp_path / "sample", HEAD, (clause(),), overwrite=True) == ()
    assert len(list((tmp_path / "sample").iterdir())) == 3


PLAIN = st.text(st.characters(exclude_categories=("Cs",)), max_size=20) | st.text(
    st.sampled_from("ab: #-\n\t'\"|>&*!%@`,[]{}~?\\"), max_size=12
)
WORDS = st.sampled_from(
    [
        "true",
        "No",
        "null",
        "~",
        "1",
        "-1.5",
        "012",
        "12:30",
        "2026-01-01",
        "- a",
        "a: b",
        "a #b",
        "---",
        "...",
        "? a",
        "",
        " ",
    ]
)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | PLAIN | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PLAIN | WORDS, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(PLAIN, VALUE, min_size=1, max_size=4))
@settings(max_examples=400, deadline=None)
def test_any_data_comes_back_as_it_was(value: dict[str, Any]) -> None:
    document, issues = parse(yaml_text(value, "a first line"), "any.yaml")
    assert issues == ()
    assert document is not None
    assert document.data == value
