"""What a user adds to our catalog stays apart from it, binds to our words, and reports drift."""

from datetime import date

import pytest

from auditkit.catalog.model import Catalog, CatalogHead, Clause, GuidanceItem, Point, Procedures, text_digest
from auditkit.catalog.overlay import (
    Attestation,
    AttestationFile,
    OverlayFile,
    OverlayPoint,
    TranslatedClause,
    TranslatedGuidance,
    TranslatedPoint,
    Translation,
    attest,
    coverage,
    lint_guidance_translation,
    lint_translation,
    overlay_points,
    own_criteria,
    qualified,
    translate,
    translate_guidance,
)

STATEMENT = "Each incident gets a record, by whichever way it comes to light."


def catalog(statement: str = STATEMENT) -> Catalog:
    point = Point(
        id="8.6.1-1a",
        statement=statement,
        kind="record",
        certainty="estimate",
        procedures=Procedures(interview=("How does a remark become a record?",)),
    )
    head = CatalogHead(
        id="sample", standard="Sample", edition="1", title="Sample", allows_exclusions=False,
        source_note="ours", files=(), governance={"8.6": "Resolution"}, phases={"do": ("8",)},
    )  # fmt: skip
    return Catalog(
        head=head,
        clauses=(
            Clause(clause="8.6", title="Resolution"),
            Clause(clause="8.6.1", title="Incident management", points=(point,)),
        ),
    )


def checked(of: str) -> AttestationFile:
    one = Attestation(point="8.6.1-1a", by="Ines Falk", at=date(2026, 11, 2), edition="2018", of=of)
    return AttestationFile(catalog="sample", attestations=(one,))


def test_a_checked_statement_is_marked_and_a_changed_one_loses_the_mark() -> None:
    marked, issues = attest(catalog(), [checked(text_digest(STATEMENT))])
    assert marked.points[0].certainty == "licensed-checked"
    assert issues == ()
    unmarked, issues = attest(
        catalog("Every incident is written down by somebody."), [checked(text_digest(STATEMENT))]
    )
    assert unmarked.points[0].certainty == "estimate"
    assert [one.code for one in issues] == ["attestation-stale"]
    assert "Ines Falk" in issues[0].message


def test_an_attestation_does_not_change_what_judgements_are_bound_to() -> None:
    marked, _ = attest(catalog(), [checked(text_digest(STATEMENT))])
    assert marked.points[0].digest == catalog().points[0].digest


def test_an_attestation_of_another_catalog_or_point_has_no_effect() -> None:
    other = checked(text_digest(STATEMENT)).model_copy(update={"catalog": "another"})
    assert attest(catalog(), [other]) == (catalog(), ())
    lost = AttestationFile(
        catalog="sample",
        attestations=(Attestation(point="9-1", by="x", at=date(2026, 1, 1), edition="2018", of="0"),),
    )
    assert [one.code for one in attest(catalog(), [lost])[1]] == ["overlay-dangling"]


def test_official_text_and_weights_hang_on_points_and_report_drift() -> None:
    file = OverlayFile(
        catalog="sample",
        points=(
            OverlayPoint(
                id="8.6.1-1a", official_text="The text of the licensed copy.", weight=3, of="0" * 12
            ),
            OverlayPoint(id="8.6.1-9", weight=2),
        ),
    )
    found, issues = overlay_points(catalog(), [file, file])
    assert found["8.6.1-1a"].weight == 3
    assert sorted({one.code for one in issues}) == ["overlay-dangling", "overlay-stale"]


def test_own_criteria_are_a_catalog_of_their_own() -> None:
    clause = Clause(
        clause="N1", title="Promises", points=(catalog().points[0].model_copy(update={"id": "N1-1"}),)
    )
    own = own_criteria([OverlayFile(catalog="sample", clauses=(clause,))], "Nordwerk")
    assert own is not None
    assert own.head.standard == "Own criteria of Nordwerk"
    assert [point.id for point in qualified(own).points] == ["own-criteria:N1-1"]
    assert own_criteria([], "Nordwerk") is None


def test_a_qualified_catalog_keeps_its_tree_and_its_gates() -> None:
    further = qualified(catalog())
    assert further.lineage()["sample:8.6.1"] == ("sample:8.6.1", "sample:8.6", "sample:8")
    assert further.head.governance == {"sample:8.6": "Resolution"}
    assert further.head.phases == {"do": ("sample:8",)}
    assert further.points[0].requirement == "sample:8.6.1-1"
    assert further.points[0].clause == "sample:8.6.1"
    assert [point.id for point in further.select("sample:8.6")] == ["sample:8.6.1-1a"]


def german(of: str) -> Translation:
    return Translation(
        language="de",
        catalog="sample",
        clauses=(TranslatedClause(clause="8.6.1", title="Incident-Management"),),
        points=(TranslatedPoint(id="8.6.1-1a", statement="Jeder Incident wird aufgezeichnet.", of=of),),
    )


def test_a_translation_replaces_words_and_leaves_the_rest() -> None:
    found = translate(catalog(), german(text_digest(STATEMENT)))
    assert found.head.language == "de"
    assert found.points[0].statement == "Jeder Incident wird aufgezeichnet."
    assert found.points[0].procedures == catalog().points[0].procedures
    assert [clause.title for clause in found.clauses] == ["Resolution", "Incident-Management"]


@pytest.mark.parametrize(
    ("translation", "codes"),
    [
        (german(text_digest(STATEMENT)), []),
        (german("0" * 12), ["translation-stale"]),
        (Translation(language="de", catalog="sample"), ["translation-missing"]),
        (
            german(text_digest(STATEMENT)).model_copy(
                update={"clauses": (TranslatedClause(clause="9", title="Fremd"),)}
            ),
            ["translation-dangling"],
        ),
    ],
)
def test_lint_lists_what_a_translation_lacks_and_what_drifted(
    translation: Translation, codes: list[str]
) -> None:
    assert [one.code for one in lint_translation(catalog(), translation, "de.yaml")] == codes


ADVICE = GuidanceItem(
    id="20000-2:8.6.1/1",
    clause="8.6.1",
    advice="Lead every disturbance into one kind of record.",
    why="What is kept in several places is counted wrongly.",
    good_looks_like=("Notes here and there.", "One kind of record.", "Alarms are correlated."),
)


def german_advice(identifier: str, of: str) -> Translation:
    text = TranslatedGuidance(id=identifier, advice="Führen Sie alles in einer Art von Datensatz.", of=of)
    return Translation(language="de", catalog="sample", guidance=(text,))


def test_guidance_can_be_translated_too_and_its_drift_is_said() -> None:
    good = german_advice(ADVICE.id, text_digest(ADVICE.advice))
    (item,) = translate_guidance([ADVICE], good)
    assert (item.advice, item.why) == ("Führen Sie alles in einer Art von Datensatz.", ADVICE.why)
    assert lint_guidance_translation([ADVICE], good, "de.yaml") == ()
    for translation, code in (
        (german_advice(ADVICE.id, "0" * 12), "translation-stale"),
        (german_advice("20000-2:9.9/1", "0" * 12), "translation-dangling"),
    ):
        assert [one.code for one in lint_guidance_translation([ADVICE], translation, "de.yaml")] == [code]


def test_coverage_says_what_is_missing() -> None:
    assert coverage(catalog(), [ADVICE], german(text_digest(STATEMENT))) == (
        "sample in de: 1 of 1 statements, 0 of 1 with questions, 0 of 1 guidance items."
    )
