"""JUnit: every requirement once, what fails says why, and nothing that is not assessed passes."""

from xml.etree import ElementTree

from interchange_samples import made, material
from sample_run import CANDIDATE_ID, findings


def cases(**more: object) -> dict[str, ElementTree.Element]:
    """Return the test cases of the sample run by requirement."""
    root = ElementTree.fromstring(made("junit", **more))  # noqa: S314 - our own text
    return {(one.get("name") or "").split()[0]: one for one in root.iter("testcase")}


def test_every_requirement_is_a_case_and_the_counts_are_those_of_the_report() -> None:
    counts = material().view.summary.requirements
    root = ElementTree.fromstring(made("junit"))  # noqa: S314 - our own text
    assert (root.get("tests"), root.get("failures"), root.get("skipped"), root.get("errors")) == (
        str(counts.total),
        str(counts.nonconforming),
        str(counts.not_assessed + counts.not_applicable),
        "0",
    )
    for suite in root.iter("testsuite"):
        assert suite.get("tests") == str(len(suite.findall("testcase")))
    assert list(cases()) == ["4.1-1", "4.1-A1", "8.5.1.3-1", "8.5.1.3-2", "8.6.3-1", "8.6.3-2"]


def test_what_is_not_assessed_is_skipped_with_its_reasons() -> None:
    skipped = cases()["4.1-A1"].find("skipped")
    assert skipped is not None
    assert skipped.get("message") == "not assessed: 4.1-A1: No context analysis was received."


def test_a_failure_names_the_finding_and_its_grade() -> None:
    failure = cases()["8.5.1.3-1"].find("failure")
    assert failure is not None
    assert failure.get("type") == "major"
    assert (failure.get("message") or "").startswith("NC-001, major nonconformity, ")


def test_what_nobody_confirmed_fails_as_a_candidate() -> None:
    failure = cases()["8.6.3-2"].find("failure")
    assert failure is not None
    assert failure.get("type") == "candidate"
    assert CANDIDATE_ID in (failure.get("message") or "")


def test_a_nonconforming_requirement_without_a_finding_still_fails() -> None:
    failure = cases(findings=())["8.5.1.3-1"].find("failure")
    assert failure is not None
    assert failure.get("type") == "confirmed"
    assert "Seen in the documents and records named" in (failure.get("message") or "")


def test_what_conforms_has_neither_and_says_whether_it_is_confirmed() -> None:
    case = cases()["4.1-1"]
    assert [one.tag for one in case] == ["properties"]
    facts = {one.get("name"): one.get("value") for one in case.iter("property")}
    assert (facts["verdict"], facts["standing"]) == ("conforms", "confirmed")
    assert "standing" in made("junit", findings=findings())
