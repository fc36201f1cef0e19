"""A mapping is proposed with reasons: the right columns, ties shown and not chosen, whatever the order of columns."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mapping_samples import column, field, proposed, sample_headers, shipped, table, used

from auditkit.evidence.mapping import learn, propose
from auditkit.evidence.mapping_assign import Claim, assign
from auditkit.evidence.mapping_model import DateFacts, TableFacts
from auditkit.evidence.model import Dataset, DatasetField

DAY = DateFacts(format="%d.%m.%Y %H:%M", read=3)
GERMAN = table(
    column("Vorgangsnr.", ["STO-1", "STO-2", "STO-3"]),
    column("Kurzbeschreibung", ["Drucker", "Mail", "VPN"]),
    column("Zustand", ["Geschlossen", "Neu", "Geparkt"]),
    column("Prio", ["2 - Hoch", "3 - Mittel", "3 - Mittel"]),
    column("Gemeldet am", ["13.01.2025 08:15", "14.01.2025 09:00", "15.01.2025 09:00"], DAY),
    column("Behoben am", ["13.01.2025 11:00"], DAY),
    column("Melder", ["Meier", "Huber", "Huber"]),
    column("Bearbeitergruppe", ["Netz", "Mail", "Netz"]),
    column("Konfigurationselement", ["srv1", "srv2", "srv3"]),
    column("SLA eingehalten", ["Ja", "Nein", "Ja"]),
    column("Kostenstelle", ["4711", "4712", "4711"]),
)
ENGLISH = table(
    column("Case No.", ["100", "101"]),
    column("Headline", ["a", "b"]),
    column("Current state", ["New", "Closed"]),
    column("Logged at", ["2025-01-01", "2025-01-02"], DateFacts(format="%Y-%m-%d", read=2)),
    column("Raised by", ["Ann", "Ben"]),
    column("Resolver group", ["Net", "Mail"]),
    column("Major?", ["no", "yes"]),
)


@pytest.mark.parametrize(
    ("facts", "dataset", "expected"),
    [
        (
            GERMAN,
            "incident",
            {
                "id": "Vorgangsnr.", "title": "Kurzbeschreibung", "status": "Zustand", "priority": "Prio",
                "opened_at": "Gemeldet am", "resolved_at": "Behoben am", "requester": "Melder",
                "group": "Bearbeitergruppe", "ci": "Konfigurationselement", "breached": "SLA eingehalten",
            },
        ),
        (
            ENGLISH,
            "incident",
            {
                "id": "Case No.", "title": "Headline", "status": "Current state", "opened_at": "Logged at",
                "requester": "Raised by", "group": "Resolver group", "is_major": "Major?",
            },
        ),
        (
            table("Änderungsnummer", "Titel", "Typ", "Status", "Antragsteller", "Genehmigt von", "Genehmigt am",
                  "Geplanter Beginn", "Geplantes Ende", "Ist-Beginn", "Ist-Ende", "Risiko", "Rückfallplan"),
            "change",
            {
                "id": "Änderungsnummer", "title": "Titel", "type": "Typ", "status": "Status",
                "requester": "Antragsteller", "approver": "Genehmigt von", "approved_at": "Genehmigt am",
                "planned_start": "Geplanter Beginn", "planned_end": "Geplantes Ende", "actual_start": "Ist-Beginn",
                "actual_end": "Ist-Ende", "risk": "Risiko", "backout_plan": "Rückfallplan",
            },
        ),
        (
            table("Dokumentennr.", "Titel", "Fassung", "Status", "Verfasser", "Genehmiger", "Gültig ab",
                  "Nächste Prüfung", file="dokumente.xlsx"),
            "document",
            {
                "id": "Dokumentennr.", "title": "Titel", "version": "Fassung", "status": "Status",
                "author": "Verfasser", "approver": "Genehmiger", "effective_at": "Gültig ab",
                "next_review_at": "Nächste Prüfung",
            },
        ),
        (
            table("Risiko-Nr.", "Titel", "Kategorie", "Eintrittswahrscheinlichkeit", "Auswirkung", "Verantwortlich",
                  "Bewertet am", "Maßnahme", file="risiken.csv"),
            "risk",
            {
                "id": "Risiko-Nr.", "title": "Titel", "category": "Kategorie",
                "likelihood": "Eintrittswahrscheinlichkeit", "impact": "Auswirkung", "owner": "Verantwortlich",
                "assessed_at": "Bewertet am",
            },
        ),
    ],
    ids=["german incidents", "english incidents", "german changes", "german documents", "german risks"],
)  # fmt: skip
def test_exports_of_unknown_tools_are_recognised(
    facts: TableFacts, dataset: str, expected: dict[str, str]
) -> None:
    proposal = proposed(facts)
    assert (proposal.dataset, proposal.tied) == (dataset, False)
    assert used(proposal) == expected


def test_a_proposal_says_what_is_left_over_on_both_sides() -> None:
    proposal = proposed(GERMAN)
    assert proposal.unmapped == ("Kostenstelle",)
    assert field(proposal, "urgency").sure == "none"
    assert len(proposal.fields) == 33


def test_each_field_has_a_reason_and_a_degree_of_certainty() -> None:
    proposal = proposed(table(column("Number", ["INC1", "INC2"]), "Short description", "Zustand"))
    assert field(proposal, "id").sure == "certain"
    assert field(proposal, "id").reasons[0] == "profile servicenow-incident knows this header"
    assert field(proposal, "status").sure == "likely"
    assert all(one.reasons for one in proposal.fields if one.position is not None)


def test_a_tie_between_columns_is_shown_and_not_chosen() -> None:
    proposal = proposed(table(column("Number", ["INC1"]), "Melder", "Antragsteller", "Zustand"), "incident")
    requester = field(proposal, "requester")
    assert (requester.sure, requester.position) == ("tie", None)
    assert requester.rivals == ("Antragsteller", "Melder")
    assert {"Antragsteller", "Melder"} <= set(proposal.unmapped)


def test_a_column_that_two_fields_claim_alike_is_given_to_neither() -> None:
    decided = assign([Claim("a", 0, "X", 90), Claim("b", 0, "X", 88), Claim("c", 1, "Y", 50)])
    assert decided.chosen == {"c": 1}
    assert decided.tied == {"a": ("X", "field b"), "b": ("X", "field a")}


def test_a_weak_claim_is_no_rival_when_its_column_suits_another_field_better() -> None:
    decided = assign([Claim("a", 0, "X", 90), Claim("a", 1, "Y", 88), Claim("b", 1, "Y", 99)])
    assert (decided.chosen, decided.tied) == ({"a": 0, "b": 1}, {})


def test_cells_outweigh_a_header() -> None:
    """A column headed Resolved that holds names is not the time of resolution."""
    names = column("Resolved", ["Ann", "Ben", "Cleo"])
    times = column("Wiederhergestellt am", ["13.01.2025 11:00"], DAY)
    proposal = proposed(table(column("Number", ["INC1", "INC2", "INC3"]), names, times), "incident")
    assert field(proposal, "resolved_at").header == "Wiederhergestellt am"


def test_a_header_that_its_cells_contradict_is_named() -> None:
    proposal = proposed(table(column("Number", ["INC1"]), column("Resolved", ["Ann"])), "incident")
    (reason,) = field(proposal, "resolved_at").reasons
    assert reason == "'Resolved' fits by its header, but its cells are no dates"


def test_a_header_that_stands_twice_is_used_by_no_field() -> None:
    proposal = proposed(table("Number", "Status", "STATUS ", ""), "incident")
    assert field(proposal, "status").sure == "none"
    assert any("'Status' stands more than once" in one for one in proposal.warnings)
    assert any("have no header" in one for one in proposal.warnings)


def test_a_file_without_the_key_says_that_it_cannot_be_read() -> None:
    proposal = proposed(table("Priorität", "Gelöst am"), "incident")
    assert any("No column was found for id" in one for one in proposal.warnings)


def test_a_header_that_states_the_opposite_is_turned_aloud() -> None:
    breached = field(proposed(GERMAN), "breached")
    assert breached.settings == {"invert": True}
    assert any("opposite" in one for one in breached.warnings)


def test_words_that_need_numbers_and_numbers_that_may_run_the_other_way_are_said() -> None:
    numbers = field(proposed(GERMAN), "priority")
    assert numbers.settings == {"leading_digits": True}
    assert any("other way" in one for one in numbers.warnings)
    words = field(proposed(table("Number", column("Prio", ["Hoch", "Mittel"])), "incident"), "priority")
    assert [(one.value, one.meanings) for one in words.values] == [("Hoch", ()), ("Mittel", ())]


def test_a_value_that_tools_use_differently_is_a_tie() -> None:
    """Open is new in one tool and in progress in another."""
    states = column("Zustand", ["Open", "Geschlossen", "Geparkt", "resolved"])
    status = field(proposed(table("Vorgangsnr.", states), "incident"), "status")
    found = {one.value: one.meanings for one in status.values}
    assert found == {"Open": ("in_progress", "new"), "Geschlossen": ("closed",), "Geparkt": ()}


def test_the_profile_of_the_tool_decides_what_a_value_means() -> None:
    headers = sample_headers(next(one for one in shipped()[1] if one.id == "glpi-incident"), 0)
    columns = [column(one, ["2", "6"]) if one == "Status" else one for one in headers]
    proposal = proposed(table(*columns), "incident")
    assert proposal.closest_profile == "glpi-incident"
    meanings = {one.value: one.meanings for one in field(proposal, "status").values}
    assert meanings == {"2": ("in_progress",), "6": ("closed",)}


def test_rows_that_repeat_a_key_may_be_an_event_log() -> None:
    proposal = proposed(table(column("number", ["INC1"] * 5 + ["INC2"] * 5), "state"), "incident")
    (warning,) = field(proposal, "id").warnings
    assert "collapse_to_last_by" in warning


def test_two_kinds_of_record_that_fit_alike_are_shown_and_none_is_chosen() -> None:
    first, second = (
        Dataset(
            id=name,
            title=name,
            about="",
            key="id",
            clauses=(),
            fields=(
                DatasetField(name="id", type="text", about=""),
                DatasetField(name="size", type="text", about=""),
            ),
        )
        for name in ("box", "crate")
    )
    known, words = learn((first, second), (), shipped()[2]), shipped()[2]
    proposal = propose(table("id", "size"), known, words)
    assert proposal.tied
    assert (proposal.dataset, proposal.fields) == (None, ())
    assert propose(table("id", "size"), known, words, "crate").dataset == "crate"
    assert len(proposal.ranking) > 1


def test_a_file_that_is_nothing_known_is_called_so() -> None:
    proposal = proposed(table("Farbe", "Form"))
    assert (proposal.dataset, proposal.tied) == (None, False)


def test_numbers_and_names_of_files_tell_kinds_apart() -> None:
    plain = ["Number", "State", "Priority", "Opened"]
    for prefix, dataset in (("INC", "incident"), ("PRB", "problem"), ("CHG", "change"), ("RITM", "request")):
        numbers = column("Number", [f"{prefix}{number:07}" for number in range(5)])
        assert proposed(table(numbers, *plain[1:])).dataset == dataset


@pytest.mark.parametrize("which", [0, -1])
def test_the_headers_of_every_shipped_profile_lead_to_its_dataset(which: int) -> None:
    for profile in shipped()[1]:
        proposal = proposed(table(*sample_headers(profile, which)))
        assert proposal.dataset == profile.dataset, (profile.id, proposal.ranking)


def test_half_the_headers_of_a_shipped_profile_lead_to_its_dataset_in_95_of_100() -> None:
    seeded = random.Random(7)  # noqa: S311 - reproducible, not secret
    right = 0
    for profile in shipped()[1]:
        first, *others = sample_headers(profile, 0)
        chosen = [first, *seeded.sample(others, len(others) // 2)]
        right += proposed(table(*chosen)).dataset == profile.dataset
    assert right >= 0.95 * len(shipped()[1])


def test_a_tool_that_no_profile_knows_is_mapped_with_hardly_an_error() -> None:
    """Every tool in turn is taken out of what is known; its own headers are then strange ones."""
    datasets, profiles, words = shipped()
    right = wrong = fields = 0
    for profile in profiles:
        others = [one for one in profiles if one.tool != profile.tool]
        known = learn([one for one in datasets if one.id == profile.dataset], others, words)
        found = used(propose(table(*sample_headers(profile, 0)), known, words, profile.dataset))
        truth = {name: entry.headers[0] for name, entry in profile.fields.items()}
        fields += len(truth)
        right += sum(found.get(name) == header for name, header in truth.items())
        wrong += sum(found.get(name, header) != header for name, header in truth.items())
    assert right >= 0.75 * fields
    assert wrong <= 0.02 * right


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(range(len(GERMAN.columns))))
def test_the_order_of_the_columns_plays_no_part(order: list[int]) -> None:
    turned = table(*(GERMAN.columns[at] for at in order))
    one, other = proposed(GERMAN), proposed(turned)
    assert [(rank.dataset, rank.score) for rank in one.ranking] == [
        (rank.dataset, rank.score) for rank in other.ranking
    ]
    for before, after in zip(one.fields, other.fields, strict=True):
        assert before.model_copy(update={"position": None}) == after.model_copy(update={"position": None})
    assert set(one.unmapped) == set(other.unmapped)


claims = st.lists(
    st.builds(Claim, st.sampled_from("abcd"), st.integers(0, 3), st.just("h"), st.integers(30, 60)),
    unique_by=lambda one: (one.field, one.position),
)


@given(claims=claims, seed=st.randoms())
def test_each_column_has_one_field_and_the_order_of_claims_plays_no_part(
    claims: list[Claim], seed: random.Random
) -> None:
    decided = assign(claims)
    assert len(set(decided.chosen.values())) == len(decided.chosen)
    assert not decided.chosen.keys() & decided.tied.keys()
    shuffled = list(claims)
    seed.shuffle(shuffled)
    assert assign(shuffled) == decided
