"""Profiles: the shipped ones fit the datasets, and the right one is chosen for a header."""

from functools import cache
from pathlib import Path

import pytest
from table_samples import TICKET

from auditkit.assessment.recordtests.load import load_record_tests
from auditkit.assessment.recordtests.predicates import columns, parse_predicate
from auditkit.evidence.datasets import load_datasets
from auditkit.evidence.model import Dataset, Profile, ProfileField
from auditkit.evidence.profiles import check_profiles, choose_profile, load_profiles, map_headers

CHECKLISTS = Path(__file__).resolve().parents[2] / "checklists"


@cache
def shipped() -> tuple[dict[str, Profile], dict[str, Dataset]]:
    profiles, issues = load_profiles(CHECKLISTS / "profiles", "profiles")
    datasets, more = load_datasets(CHECKLISTS / "datasets.yaml", "datasets.yaml")
    assert issues == ()
    assert more == ()
    return {one.id: one for one in profiles}, {one.id: one for one in datasets}


def test_shipped_profiles_fit_the_datasets() -> None:
    profiles, datasets = shipped()
    assert check_profiles(profiles.values(), datasets.values()) == ()
    assert len(datasets) == 62


def test_every_field_a_record_test_reads_can_be_mapped() -> None:
    profiles, _ = shipped()
    needed: dict[str, set[str]] = {}
    for test in load_record_tests(CHECKLISTS / "record-tests", "record-tests")[0]:
        for text in (test.population, test.exception):
            needed.setdefault(test.dataset, set()).update(columns(parse_predicate(text)))
    for profile in profiles.values():
        if profile.collapse_to_last_by is None:
            assert needed[profile.dataset] <= set(profile.fields), profile.id


def test_no_two_profiles_of_a_dataset_share_all_their_headers() -> None:
    profiles, datasets = shipped()
    for profile in profiles.values():
        if profile.collapse_to_last_by is None and not profile.declared_date_format:
            headers = [entry.headers[0] for entry in profile.fields.values()]
            chosen = choose_profile(headers, datasets[profile.dataset], profiles.values())
            assert chosen is not None
            assert chosen.profile.id == profile.id
            assert set(chosen.columns) == set(profile.fields)


def test_canonical_headers_are_the_template() -> None:
    profiles, datasets = shipped()
    for dataset in datasets.values():
        headers = [field.name.upper() + " " for field in dataset.fields]
        chosen = choose_profile(headers, dataset, profiles.values())
        assert chosen is not None
        assert chosen.profile.id == "template"
        assert len(chosen.columns) == len(dataset.fields)


@pytest.mark.parametrize("headers", [[], ["colour", "shape"], ["note", "status"], ["id"]])
def test_a_header_without_the_key_or_with_nothing_else_fits_nothing(headers: list[str]) -> None:
    assert choose_profile(headers, TICKET, ()) is None


def test_the_first_candidate_header_wins_and_a_doubled_one_is_named() -> None:
    profile = Profile(
        id="tool",
        title="Tool",
        tool="Tool",
        dataset="ticket",
        date_formats=(),
        fields={
            "id": ProfileField(headers=("Number", "No")),
            "note": ProfileField(headers=("Remark", "Note")),
            "due": ProfileField(headers=("Due",)),
        },
    )
    mapping = map_headers(["no", "\ufeffNUMBER", "Note", "  Note ", "Other"], profile)
    assert mapping.columns == {"id": 1}
    assert mapping.doubled == {"note": "Note"}


def test_a_profile_id_that_is_taken_is_an_issue(tmp_path: Path) -> None:
    text = "id: tool\ntitle: T\ntool: T\ndataset: ticket\ndate_formats: []\nfields: {id: {headers: [No]}}\n"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(text, encoding="utf-8")
    profiles, issues = load_profiles(tmp_path, "profiles")
    assert len(profiles) == 1
    assert [(one.code, one.place.file) for one in issues] == [("profile-duplicate", "profiles/b.yaml")]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"dataset": "nothing"}, "no dataset nothing"),
        ({"fields": {"colour": ProfileField(headers=("C",))}}, "no field colour"),
        ({"fields": {"status": ProfileField(headers=("S",), values={"x": "gone"})}}, "no value gone"),
    ],
)
def test_a_profile_that_does_not_fit_its_dataset_is_named(change: dict[str, object], reason: str) -> None:
    profile = Profile(id="tool", title="T", tool="T", dataset="ticket", date_formats=(), fields={})
    (fault,) = check_profiles([profile.model_copy(update=change)], [TICKET])
    assert reason in fault


def test_datasets_with_a_wrong_key_are_left_out(tmp_path: Path) -> None:
    text = (
        "datasets:\n"
        "  - {id: a, title: A, about: x, key: no, clauses: [], fields: [{name: id, type: text, about: x}]}\n"
        "  - {id: b, title: B, about: x, key: id, clauses: [], fields: [{name: id, type: text, about: x}]}\n"
    )
    (tmp_path / "datasets.yaml").write_text(text, encoding="utf-8")
    datasets, issues = load_datasets(tmp_path / "datasets.yaml", "datasets.yaml")
    assert [one.id for one in datasets] == ["b"]
    assert [(one.code, one.place.line) for one in issues] == [("dataset-invalid", 2)]
