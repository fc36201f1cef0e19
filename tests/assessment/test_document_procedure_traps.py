"""Documents that look like one and show nothing: each trap is written out."""

import pytest
from document_samples import GOOD, examine, item, reasons, written

COVER = GOOD.partition("## Purpose")[0]
RULE = "An emergency change is authorised by the duty manager and is reviewed within two days."
KINDS = "Changes are sorted into three categories by their risk and their extent."
HEADINGS_ONLY = (
    "# Change management policy\n\n## How emergency changes are authorised and reviewed by the manager\n\n"
    "## The three categories of change and how they are told apart from each other\n"
)


def earns_nothing(text: str, says: str) -> None:
    found = examine(text)
    assert (found.outcome, found.examined, found.quotes) == ("no_evidence", 0, ())
    assert says in reasons(found)


def test_headings_without_content() -> None:
    earns_nothing(HEADINGS_ONLY, "holds headings without content")
    earns_nothing(COVER + "## Emergency changes\n\n## Categories of change\n", "without sentences")


@pytest.mark.parametrize(
    "hole",
    [
        "The policy of [Company name] applies to <insert scope>.",
        "Owner: TBD",
        "The board meets on <...> and decides.",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
        "| Reviewer | to be defined |",
        "The manager is {{change_manager}}.",
        "Approved on [dd/mm/yyyy]",
        "<_Describe here how changes are assessed and who takes part in it._>",
    ],
)
def test_a_template_with_placeholders(hole: str) -> None:
    earns_nothing(GOOD + f"\n{hole}\n\n{hole}\n", "is a template, not a document")


def test_a_template_that_says_so_or_is_called_so() -> None:
    earns_nothing(GOOD + "\nHow to use this template: fill in what applies to you.\n", "is a template")
    earns_nothing(GOOD.replace("# Change", "# <Insert name> change"), "is a template")
    called = examine({item(title="Template: change policy"): written(GOOD)})
    assert "it is called 'Template: change policy'" in reasons(called)
    filed = examine({item(file="change-policy-template.md"): written(GOOD, "change-policy-template.md")})
    assert "it is called 'change-policy-template.md'" in reasons(filed)


def test_a_single_open_point_in_a_long_document_is_no_template() -> None:
    long = GOOD + "".join(f"\nRule number {n} is followed by every team at all sites.\n" for n in range(40))
    assert examine(long + "\nThe number of the hotline is TBD for one site.\n").outcome == "met"


@pytest.mark.parametrize(
    "instead",
    [
        "There is no procedure for emergency changes in the company at present.",
        "The handling of emergency changes has not yet been defined by the board.",
        "How emergency changes are handled will be defined in the next version of the policy.",
        "The emergency change procedure is planned for next year, together with the new tool.",
        "A procedure for emergency changes is being drafted by the change manager at the moment.",
        "We intend to write a procedure for emergency changes once the new tool is there.",
        "The emergency change procedure is handled by the manager. This has not been implemented yet.",
        "An emergency change is authorised by <name of the manager> and is reviewed within two days.",
        "Emergency changes, normal changes, the board, the approval of changes, the review and the rollback",
        "4.3 How emergency changes are authorised and by whom in the company .......... 12",
        "4.3 How emergency changes are authorised and by whom in the company 12",
        "Emergency changes",
    ],
)
def test_what_is_no_statement_covers_no_topic(instead: str) -> None:
    found = examine(GOOD.replace(RULE, instead))
    assert found.outcome == "no_evidence"
    assert [one.topic for one in found.quotes] == ["categories"]
    assert "Not found in EV-001: Emergency changes." in reasons(found)


@pytest.mark.parametrize(
    "heading", ["Planned for 2027", "Not yet implemented", "4. Table of contents", "Roadmap"]
)
def test_what_stands_below_a_heading_of_plans_or_contents_covers_nothing(heading: str) -> None:
    text = GOOD.replace(RULE, f"## {heading}\n\n{RULE.rstrip('.')}")
    assert "Emergency changes" in reasons(examine(text))


def test_a_denial_elsewhere_in_the_paragraph_does_not_take_the_rule_away() -> None:
    assert examine(GOOD.replace(RULE, f"{RULE} There is no second approval.")).outcome == "met"


def test_a_document_that_only_says_that_there_is_none() -> None:
    text = (
        "# Change management policy\n\nThere is no policy on change management in the company at present.\n"
    )
    earns_nothing(text, "says only that something is missing or planned (evidence/policy.md:3)")


def test_a_list_of_keywords() -> None:
    text = "# Change management policy\n\nemergency change, categories, approval, rollback\n\nboard, review, window\n"
    earns_nothing(text, "is a list of keywords without sentences")


def test_a_table_of_contents() -> None:
    lines = "\n\n".join(
        f"{n}. How emergency changes of the company are authorised and reviewed ........ {n}"
        for n in range(1, 5)
    )
    earns_nothing(f"# Change management policy\n\n{lines}\n", "is a table of contents")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Status: released", "Status: OBSOLETE - replaced by version 3"),
        ("Status: released", "Status: in review"),
        ("Version: 2.0", "Version: 2.0 draft"),
        ("# Change management policy", "# Change management policy (superseded)"),
        ("## Purpose", "DRAFT\n\n## Purpose"),
        ("## Purpose", "This document has been superseded by the policy of 2026.\n\n## Purpose"),
        ("## Purpose", "Superseded by: NW-026\n\n## Purpose"),
    ],
)
def test_a_draft_or_superseded_version_by_its_own_words(old: str, new: str) -> None:
    earns_nothing(GOOD.replace(old, new), "not in force")


@pytest.mark.parametrize("file", ["policy_DRAFT_v0.3.md", "archive/policy.md", "policy-old.md"])
def test_a_file_or_folder_that_is_called_so(file: str) -> None:
    assert "not in force" in reasons(examine({item(file=file): written(GOOD, file)}))


def test_what_the_document_says_of_others_is_not_said_of_itself() -> None:
    text = (
        GOOD
        + "\nA plan that is superseded is kept for three years.\n\nA draft is marked as such by its owner.\n"
    )
    assert examine(text).outcome == "met"


@pytest.mark.parametrize(
    "theirs",
    [
        ("# Change management policy", "# Contoso Ltd change management policy"),
        ("## Purpose", "Contoso Hosting GmbH\n\n## Purpose"),
        ("Approved by: Anna Berg", "Approved by: Anna Berg, Contoso Inc."),
        ("## Purpose", "© 2024 Contoso\n\n## Purpose"),
    ],
)
def test_a_document_of_another_organisation(theirs: tuple[str, str]) -> None:
    foreign = GOOD.replace("This policy of Kleinwerk applies", "This policy applies").replace(*theirs)
    earns_nothing(foreign, "is a document of another organisation: it names Contoso")
    assert examine(foreign, organisation="").outcome == "met"


def test_a_document_that_names_us_may_name_others_and_one_that_names_nobody_counts() -> None:
    assert examine(GOOD.replace("## Purpose", "Contoso Hosting GmbH\n\n## Purpose")).outcome == "met"
    assert examine(GOOD.replace("This policy of Kleinwerk applies", "This policy applies")).outcome == "met"


def test_a_document_in_force_only_after_the_period() -> None:
    earns_nothing(
        GOOD.replace("2026-01-01", "2026-10-01"), "takes effect on 2026-10-01, after the audit period"
    )
    late = GOOD.replace("- Effective from: 2026-01-01\n", "").replace("2025-12-20", "2026-10-01")
    earns_nothing(late, "was approved on 2026-10-01, after the audit period")


def test_the_register_cannot_date_a_document_back() -> None:
    late = written(GOOD.replace("2026-01-01", "2026-10-01"))
    assert "takes effect on 2026-10-01" in reasons(examine({item(effective_at="2026-01-01"): late}))
