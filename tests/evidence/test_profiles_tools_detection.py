"""Detection among all profiles: the tool's own, whatever else is in the file; what promises more is only taken by name."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profile_samples import shipped_datasets, shipped_profiles

from auditkit.evidence.model import Profile
from auditkit.evidence.profiles import check_profiles, choose_profile, map_headers, normal_header

TOOLS = {"ServiceNow", "Jira", "BMC Helix", "Freshservice", "Zendesk", "GLPI", "iTop", "Znuny"}
NAMED_ONLY = {"servicenow-incident-log", "servicenow-change-log", "jira-release"}


def promises(profile: Profile) -> bool:
    """Tell whether a profile says of a file what its headers cannot show."""
    return profile.declared_date_format or profile.collapse_to_last_by is not None


DETECTED = [one for one in shipped_profiles() if not promises(one)]


@st.composite
def own_headers(draw: Callable[[st.SearchStrategy[object]], object]) -> tuple[Profile, list[str]]:
    """Draw a profile and a file that has one header for each of its fields, any of the candidates, in any order."""
    profile = draw(st.sampled_from(DETECTED))
    assert isinstance(profile, Profile)
    drawn = [draw(st.sampled_from(entry.headers)) for entry in profile.fields.values()]
    unique = list({normal_header(str(one)): str(one) for one in drawn}.values())
    headers = draw(st.permutations(unique))
    assert isinstance(headers, list)
    spelled = draw(st.sampled_from([str, str.upper, str.lower, "  {} ".format]))
    assert callable(spelled)
    return profile, [spelled(one) for one in headers]


@given(own_headers())
def test_headers_of_a_tool_never_choose_another_tool(drawn: tuple[Profile, list[str]]) -> None:
    profile, headers = drawn
    chosen = choose_profile(headers, shipped_datasets()[profile.dataset], shipped_profiles())
    assert chosen is not None
    assert chosen.profile.id == profile.id


@given(own_headers(), st.lists(st.text(st.characters(codec="ascii"), max_size=12), max_size=8))
def test_columns_nobody_knows_change_nothing(drawn: tuple[Profile, list[str]], more: list[str]) -> None:
    profile, headers = drawn
    known = {
        normal_header(one) for each in shipped_profiles() for e in each.fields.values() for one in e.headers
    }
    known |= {field.name for field in shipped_datasets()[profile.dataset].fields}
    strange = [f"zz{one}" for one in more if normal_header(f"zz{one}") not in known]
    chosen = choose_profile([*strange, *headers], shipped_datasets()[profile.dataset], shipped_profiles())
    assert chosen is not None
    assert chosen.profile.id == profile.id


def test_profiles_that_promise_more_are_chosen_by_name_only() -> None:
    silent = {one.id: one for one in shipped_profiles() if promises(one)}
    assert set(silent) == NAMED_ONLY
    for profile in silent.values():
        dataset = shipped_datasets()[profile.dataset]
        headers = [entry.headers[0] for entry in profile.fields.values()]
        chosen = choose_profile(headers, dataset, shipped_profiles())
        assert chosen is None or chosen.profile.id != profile.id
        assert set(map_headers(headers, profile).columns) == set(profile.fields)


def test_a_declared_copy_of_a_profile_is_passed_over_until_it_is_named() -> None:
    (incident,) = (one for one in shipped_profiles() if one.id == "servicenow-incident")
    copy = incident.model_copy(update={"id": "aa-day-first", "declared_date_format": True})
    headers = [entry.headers[0] for entry in copy.fields.values()]
    chosen = choose_profile(headers, shipped_datasets()["incident"], [copy, *shipped_profiles()])
    assert chosen is not None
    assert chosen.profile.id == "servicenow-incident"


def test_every_profile_fits_its_dataset() -> None:
    assert check_profiles(shipped_profiles(), shipped_datasets().values()) == ()


def test_a_tool_has_one_detectable_profile_for_a_dataset() -> None:
    pairs = [(one.tool, one.dataset) for one in DETECTED]
    assert len(pairs) == len(set(pairs))
    assert {tool for tool, _ in pairs} == TOOLS


@pytest.mark.parametrize("dataset", ["incident", "request"])
def test_all_eight_tools_export_incidents_and_requests(dataset: str) -> None:
    assert {one.tool for one in DETECTED if one.dataset == dataset} == TOOLS


def test_ids_and_files_agree() -> None:
    for profile in shipped_profiles():
        assert profile.id.startswith(profile.tool.split()[0].lower() + "-"), profile.id
