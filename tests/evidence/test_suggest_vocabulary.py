"""The curated vocabulary: complete for its catalog, and faults in one of the user's own are said with their line."""

from pathlib import Path

import pytest
from suggest_samples import HOME

from auditkit.catalog.load import load_catalog
from auditkit.evidence.suggest.model import Vocabulary
from auditkit.evidence.suggest.vocabulary import load_vocabulary

TERM = "{say: [change], weight: 1}"


@pytest.fixture(scope="module")
def shipped(root: Path) -> Vocabulary:
    catalog = load_catalog(root / "checklists" / HOME, HOME).catalog
    assert catalog is not None
    path = root / f"checklists/vocabulary/{HOME}.yaml"
    loaded, issues = load_vocabulary(path, path.name, HOME, {clause.clause for clause in catalog.clauses})
    assert issues == ()
    assert loaded is not None
    return loaded


def test_every_clause_with_requirements_has_words_in_both_languages(shipped: Vocabulary, root: Path) -> None:
    catalog = load_catalog(root / "checklists" / HOME, HOME).catalog
    assert catalog is not None
    words = {clause.clause: clause for clause in shipped.clauses}
    bare = [one.clause for one in catalog.clauses if one.points and one.clause not in words]
    assert bare == []
    assert [one.clause for one in shipped.clauses if not any(term.de for term in one.terms)] == []


def test_a_clause_says_no_wording_twice(shipped: Vocabulary) -> None:
    for clause in shipped.clauses:
        said = [wording for term in clause.terms for wording in term.say]
        assert len(said) == len(set(said)), clause.clause


def test_every_clause_or_the_heading_above_has_a_word_that_names_it(shipped: Vocabulary) -> None:
    strongest = {one.clause: max(term.weight for term in one.terms) for one in shipped.clauses}
    weak = [
        clause
        for clause in strongest
        if max(strongest[clause], strongest.get(clause.rpartition(".")[0], 0.0)) < 2
    ]
    assert weak == []


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        (
            f"catalog: {HOME}\nclauses:\n  - {{clause: '9.9', terms: [{TERM}]}}\n",
            "vocabulary-unknown-clause",
            "9.9",
        ),
        ("catalog: other\nclauses: []\n", "vocabulary-other-catalog", "other"),
        (
            f"catalog: {HOME}\nclauses: [{{clause: '8.6.1', terms: [{{say: [a], weight: 9}}]}}]\n",
            "yaml-invalid",
            "weight",
        ),
        (
            f"catalog: {HOME}\nclauses: [{{clause: '4.1', terms: []}}, {{clause: '4.1', terms: []}}]\n",
            "yaml-invalid",
            "stands twice",
        ),
    ],
)
def test_a_fault_is_an_issue_with_its_place(tmp_path: Path, text: str, code: str, says: str) -> None:
    (tmp_path / "v.yaml").write_text(text, encoding="utf-8")
    _, (issue,) = load_vocabulary(tmp_path / "v.yaml", "v.yaml", HOME, {"8.6.1", "4.1"})
    assert (issue.code, issue.place.file, says in issue.message) == (code, "v.yaml", True)
    assert issue.place.line is not None


def test_a_catalog_without_vocabulary_is_said(tmp_path: Path) -> None:
    found, (issue,) = load_vocabulary(tmp_path / "no.yaml", "no.yaml", "other", set())
    assert (found, issue.code, issue.severity) == (None, "vocabulary-missing", "note")
