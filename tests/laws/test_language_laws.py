"""The language changes words: the worked engagement told in English and in German has the same verdicts, figures and ids."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditkit.base.language import speaking
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import open_engagement
from auditkit.engagement.run import RunOptions, assess
from auditkit.reporting.model import Run

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.worked
TEXTS = (
    "alignment.*.method",
    "alignment.*.name",
    "alignment.verdicts.*.reasons.*",
    "alignment.verdicts.*.results.*.reasons.*",
    "alignment.verdicts.*.results.*.title",
    "assessment.clauses.*.title",
    "assessment.measures.*.method",
    "assessment.measures.*.name",
    "assessment.points.*.conflict.*",
    "assessment.points.*.reasons.*",
    "assessment.points.*.results.*.exception_rows.*.values.what",
    "assessment.points.*.results.*.reasons.*",
    "assessment.points.*.results.*.title",
    "capability.*.attributes.*.name",
    "capability.*.attributes.*.shown",
    "capability.*.next_needs.*",
    "charts.*.why",
    "findings.*.exception_rows.*.values.what",
    "findings.*.rule",
    "findings.*.statement.*",
    "gates.*.blockers.*.what",
    "gates.*.rule",
    "gates.*.title",
    "impact.results.*.exception_rows.*.values.what",
    "impact.results.*.reasons.*",
    "lenses.*.groups.*.about",
    "plan.*.baseline.value",
    "plan.*.route_reason",
    "plan.*.target",
    "plan.*.title",
    "plan_work.priorities.*.arithmetic.*",
    "plan_work.priorities.*.inputs.*.note",
    "plan_work.schedule.notes.*",
    "plan_work.sensitivity.moves.*.weight",
    "plan_work.tasks.*.title",
    "plan_work.to_clear.*.what",
    "proofs.*.reasons.*",
    "quality.*.reasons.*",
    "readiness.decided_by",
    "readiness.gates.*.blockers.*.chain.*.what",
    "readiness.gates.*.blockers.*.owner_by",
    "readiness.gates.*.blockers.*.what",
    "readiness.gates.*.blockers.*.without_date",
    "readiness.gates.*.decided_by",
    "readiness.gates.*.rule",
    "readiness.gates.*.title",
    "readiness.stage_1.*.asked.*",
    "readiness.stage_1.*.faults.*",
    "readiness.stage_1.*.received.*.approved",
    "record_tests.*.result.reasons.*",
)
"""Everything of a run that is a sentence or a word; all else has to be the same."""
TRANSLATED = ("catalog", "guidance", "conduct")
"""Parts with translations of their own: catalogs and kinds of engagement."""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Run]:
    folder = tmp_path_factory.mktemp("engagement")
    for name in ("evidence", "workpapers"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "engagement.yaml", folder)
    for business in ROOT.glob("impact*"):
        (shutil.copytree if business.is_dir() else shutil.copy)(business, folder / business.name)
    return told(folder, "en"), told(folder, "de")


def told(folder: Path, language: str) -> Run:
    with speaking(language):
        return assess(open_engagement(Layout(folder)), RunOptions()).run


def differences(one: object, other: object, path: str = "") -> Iterator[tuple[str, object, object]]:
    """Yield every place at which two dumps differ, members of lists as ``*``."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for key in one:
            yield from differences(one[key], other[key], f"{path}.{key}" if path else key)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for first, second in zip(one, other, strict=True):
            yield from differences(first, second, f"{path}.*")
    elif one != other:
        yield path, one, other


def is_text(path: str) -> bool:
    return any(re.fullmatch(re.escape(text).replace(r"\*", r"[^.]+"), path) or path == text for text in TEXTS)


def test_only_words_differ(runs: tuple[Run, Run]) -> None:
    english, german = (one.model_dump(mode="json", exclude=set(TRANSLATED)) for one in runs)
    found = list(differences(english, german))
    assert [one for one in found if not is_text(one[0])] == []
    assert all(isinstance(one, str) and isinstance(other, str) for _, one, other in found)
    assert all(bool(one) == bool(other) for _, one, other in found)
    assert len({path for path, _, _ in found}) > 40


def test_a_run_is_known_by_the_same_digests(runs: tuple[Run, Run]) -> None:
    english, german = runs
    assert english.trace == german.trace
    assert english.conduct.rules == german.conduct.rules
    assert [point.id for point in english.catalog.points] == [point.id for point in german.catalog.points]


def test_what_was_judged_under_english_is_not_suspect_under_german(runs: tuple[Run, Run]) -> None:
    for one, other in zip(*(run.assessment.points for run in runs), strict=True):
        assert (one.suspect, one.value, one.standing) == (other.suspect, other.value, other.standing)
    assert sum(one.standing == "confirmed" for one in runs[1].assessment.points) > 100


def test_german_sentences_have_german_numbers_and_days(runs: tuple[Run, Run]) -> None:
    _, german = runs
    reasons = {reason for point in german.assessment.points for reason in point.reasons}
    assert any("Das trifft bei 5 von 96 geprüften nicht zu." in one for one in reasons)
    texts = (
        {row.values["what"] for one in german.impact.results for row in one.exception_rows}
        if german.impact
        else set()
    )
    assert any("binnen 4 h, die getragenen Vereinbarungen brauchen 3,5 h" in (one or "") for one in texts)
    asked = {
        one for document in (german.readiness.stage_1 if german.readiness else ()) for one in document.asked
    }
    assert "RQ-002, 15.09.2026, an Lena Hoffmann: eingegangen" in asked
