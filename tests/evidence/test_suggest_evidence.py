"""What an auditor relies on: the right clause first, with the passage; nothing from nothing; what was not read is said."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from suggest_samples import BUDGET, MAJOR_INCIDENT, WORDS, opened

from auditkit.base.errors import UsageFault
from auditkit.cli.evidence_suggest import suggest as command
from auditkit.engagement.suggest import SuggestOptions, suggest

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
REGISTER = """\
items:
  - {id: EV-001, title: Major incidents, file: a.md, kind: document, document_type: major_incident_procedure}
  - {id: EV-002, title: Budget, file: b.md, kind: document, links: [8.4.1-3], status: superseded}
  - {id: EV-003, title: Incidents, file: c.csv, kind: record_export, dataset: incident}
"""
FILES = {"a.md": MAJOR_INCIDENT, "b.md": BUDGET, "c.csv": "number,priority\nINC1,2\n"}


@pytest.mark.parametrize(
    ("clause", "passage"),
    [
        (
            "8.6.1",
            "The duty manager appoints a major incident manager who leads until the service is restored.",
        ),
        ("8.5.1", "Every request for change is approved by the change advisory board before work begins."),
        ("8.4.3", "The capacity plan says at which utilisation threshold storage is extended and by when."),
        (
            "8.3.4",
            "Each supplier contract names the targets, and supplier performance is reviewed each quarter.",
        ),
        (
            "9.2.2",
            "The audit programme names the lead auditor and the audit criteria of each internal audit.",
        ),
        ("7.6", "Every solution is kept in the knowledge base as a knowledge article with an owner."),
        ("8.6.1", "Jede schwere Störung wird dem Störungsmanagement gemeldet und sofort eskaliert."),
        ("8.7.2", "Der Notfallplan nennt die Wiederanlaufzeit, und die Notfallübung findet jährlich statt."),
        ("8.5.1", "Eine Notfalländerung wird nachträglich vom Änderungsbeirat genehmigt und geprüft."),
        ("9.3", "Die Managementbewertung findet jährlich statt und behandelt den Stand der Maßnahmen."),
    ],
)
def test_a_file_about_a_subject_ranks_its_clause_first_with_the_passage(
    tmp_path: Path, clause: str, passage: str
) -> None:
    text = f"The canteen of the main building is closed on Fridays from now on.\n\n{passage}\n"
    (found,) = suggest(opened(tmp_path / "e", {"a.md": text}), SuggestOptions()).files
    first = found.suggestions[0]
    assert first.clause.startswith(clause)
    assert (first.quote, str(first.place)) == (passage, "evidence/a.md:3")
    assert first.matched


def test_a_requirement_finds_the_file_and_the_very_sentence(tmp_path: Path) -> None:
    found = suggest(opened(tmp_path / "e", FILES, REGISTER), SuggestOptions("8.6.1-7")).requirements
    assert [one.requirement for one in found] == ["8.6.1-7"]
    first = found[0].suggestions[0]
    assert (first.evidence, first.known) == ("EV-001", True)
    assert "review of the major incident" in first.quote


def test_a_clause_is_asked_for_requirement_by_requirement(tmp_path: Path) -> None:
    found = suggest(opened(tmp_path / "e", FILES), SuggestOptions("8.4.1", limit=1)).requirements
    assert [one.requirement for one in found] == ["8.4.1-1", "8.4.1-2", "8.4.1-3"]
    assert {hit.file for one in found for hit in one.suggestions} == {"b.md"}


@pytest.mark.parametrize("content", [WORDS, "# Change management\n\n## Incident management\n"])
def test_a_file_without_sentences_ranks_nothing(tmp_path: Path, content: str) -> None:
    found = suggest(opened(tmp_path / "e", {"a.md": content}), SuggestOptions())
    assert (found.files, [one.file for one in found.silent]) == ((), ["a.md"])


def test_what_cannot_be_read_is_listed_as_such(tmp_path: Path) -> None:
    engagement = opened(tmp_path / "e", {**FILES, "scan.png": PNG}, REGISTER)
    for options in (SuggestOptions(), SuggestOptions("8.6.1")):
        (unread,) = suggest(engagement, options).unreadable
        assert (unread.file, unread.evidence) == ("scan.png", None)
        assert "picture" in unread.why
    assert [
        (one.evidence, "record export" in one.why) for one in suggest(engagement, SuggestOptions()).silent
    ] == [("EV-003", True)]


def test_a_superseded_file_comes_after_those_in_force_and_says_so(tmp_path: Path) -> None:
    register = """\
items:
  - {id: EV-001, title: Budget of old, file: a.md, kind: document, status: superseded}
  - {id: EV-002, title: Budget, file: b.md, kind: document}
"""
    engagement = opened(tmp_path / "e", {"a.md": BUDGET, "b.md": BUDGET}, register)
    (found,) = suggest(engagement, SuggestOptions("8.4.1-1")).requirements
    assert [(hit.evidence, hit.remark) for hit in found.suggestions] == [
        ("EV-002", ""),
        ("EV-001", "the register calls it superseded"),
    ]


def test_links_are_points_the_register_does_not_know_yet(tmp_path: Path) -> None:
    engagement = opened(tmp_path / "e", FILES, REGISTER)
    points = {point.id for point in engagement.library.catalog.points}
    incidents, budget = suggest(engagement, SuggestOptions()).files
    assert incidents.suggestions[0].known
    assert {*incidents.links, *budget.links} <= points
    assert "8.4.1-3" not in budget.links
    assert not {hit.point for hit in incidents.suggestions if hit.known} & set(incidents.links)
    assert budget.remarks == ("the register calls it superseded",)


def test_nothing_is_written_but_the_cache(tmp_path: Path) -> None:
    engagement = opened(tmp_path / "e", FILES, REGISTER)
    before = written(tmp_path / "e")
    suggest(engagement, SuggestOptions())
    assert written(tmp_path / "e") == before


def written(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but those of the cache."""
    found = (path for path in folder.rglob("*") if path.is_file() and ".auditkit-cache" not in path.parts)
    return {str(path): path.read_bytes() for path in found}


def test_a_passage_that_denies_and_a_template_are_marked(tmp_path: Path) -> None:
    denial = "There is no procedure for major incidents in the company at present.\n"
    template = "The capacity plan of [Company name] is approved by [name of manager] every single year.\n"
    denied, unfilled = suggest(
        opened(tmp_path / "e", {"a.md": denial, "b.md": template}), SuggestOptions()
    ).files
    assert denied.suggestions[0].remark == "the passage says that something is missing"
    assert "unfilled template" in unfilled.remarks[0]


def test_only_the_files_asked_for_are_shown_and_no_more_than_the_limit(tmp_path: Path) -> None:
    engagement = opened(tmp_path / "e", FILES, REGISTER)
    (found,) = suggest(engagement, SuggestOptions(files=("EV-001",), limit=1)).files
    assert (found.file, len(found.suggestions)) == ("a.md", 1)
    assert suggest(engagement, SuggestOptions(files=("evidence/a.md",), limit=1)).files == (found,)


@pytest.mark.parametrize("options", [SuggestOptions("9.9.9"), SuggestOptions(files=("no.md",))])
def test_an_unknown_id_or_file_is_wrong_usage(tmp_path: Path, options: SuggestOptions) -> None:
    with pytest.raises(UsageFault, match=options.identifier or "no.md"):
        suggest(opened(tmp_path / "e", FILES), options)


def test_a_heading_asks_for_everything_below_it(tmp_path: Path) -> None:
    found = suggest(opened(tmp_path / "e", FILES), SuggestOptions("8.6")).requirements
    assert {one.requirement.partition("-")[0] for one in found} == {"8.6.1", "8.6.2", "8.6.3"}


def test_another_catalog_is_searched_by_its_statements_and_says_so(tmp_path: Path) -> None:
    engagement = opened(
        tmp_path / "e", {"a.md": BUDGET, "b.md": MAJOR_INCIDENT}, catalog="iso-iec-20000-1-2005"
    )
    found = suggest(engagement, SuggestOptions())
    assert [issue.code for issue in found.issues] == ["vocabulary-missing"]
    assert found.files[0].suggestions[0].clause == "6.4"


def test_the_command_prints_for_people_and_for_programs(tmp_path: Path) -> None:
    opened(tmp_path / "e", {**FILES, "scan.png": PNG}, REGISTER)
    at = ["-e", str(tmp_path / "e")]
    shown = CliRunner().invoke(command, at).output
    assert "EV-001 a.md: Major incidents" in shown
    assert "Not read, so nothing is known of scan.png: it is a picture" in shown
    assert max(map(len, shown.splitlines())) <= 80
    told = json.loads(CliRunner().invoke(command, [*at, "--json", "--limit", "1"]).output)
    assert [(one["evidence"], len(one["suggestions"])) for one in told["files"]] == [
        ("EV-001", 1),
        ("EV-002", 1),
    ]
    assert CliRunner().invoke(command, [*at, "--point", "8.4.1-3"]).output.startswith("8.4.1-3  ")
    assert CliRunner().invoke(command, [*at, "--point", "8.4.1-3", "--clause", "8.6"]).exit_code == 2
