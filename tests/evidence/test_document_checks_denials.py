"""Denials and plans are told from conditions, duties and facts about events."""

import pytest

from auditkit.evidence.document_denials import is_heading_of_plans, refers_back, says_does_not_exist


@pytest.mark.parametrize(
    "text",
    [
        "There is currently no register of suppliers.",
        "There are no risk registers at the sites.",
        "A continuity plan does not exist.",
        "The plan has never been tested.",
        "No formal emergency change procedure has been established.",
        "We do not have a documented escalation process.",
        "The company has no continuity plan.",
        "No one is responsible for capacity.",
        "The procedure is still missing.",
        "We operate without a documented change policy.",
        "The acceptance criteria are to be defined.",
        "Owner: to be decided",
        "When it comes to emergency changes, there is no procedure.",
        "Ein Verfahren für Notfalländerungen existiert noch nicht.",
        "Das Verfahren ist noch zu erstellen.",
    ],
)
def test_a_statement_that_a_thing_is_missing(text: str) -> None:
    assert says_does_not_exist(text)


@pytest.mark.parametrize(
    "text",
    [
        "The emergency change procedure will be defined in the next version.",
        "How emergency changes are handled will be defined.",
        "A continuity plan is planned for next year.",
        "The capacity plan is under development.",
        "It is planned to introduce a procedure for emergency changes.",
        "The escalation procedure will be introduced next year.",
        "We intend to write a procedure for emergency changes.",
        "A policy for emergency changes is being drafted by the board.",
        "Das Verfahren wird noch erarbeitet.",
    ],
)
def test_a_statement_that_a_thing_is_only_planned(text: str) -> None:
    assert says_does_not_exist(text)


@pytest.mark.parametrize(
    "text",
    [
        "If there is no answer within 15 minutes the duty manager is called.",
        "Changes that have not been tested are refused by the board.",
        "Where no workaround is known the problem stays open.",
        "Every emergency change has to be documented within two days.",
        "Every emergency change will be documented within two days.",
        "Targets will be defined and agreed for each service.",
        "The audit scope will be determined by the lead auditor before every audit.",
        "The plan was tested in March and is reviewed every year.",
        "Resources are planned with the annual budget.",
        "The return to normal operation is planned by the site manager and done in a maintenance window.",
        "Customers are informed before planned maintenance.",
        "The next management review is planned for 2027.",
        "No change is made without an approved plan.",
        "This policy is intended to establish controls for every change.",
    ],
)
def test_a_condition_a_duty_or_planned_work_denies_nothing(text: str) -> None:
    assert not says_does_not_exist(text)


@pytest.mark.parametrize(
    "text",
    [
        "There are no open actions from the previous review.",
        "There were no complaints in the period.",
        "There are no known limitations of the system.",
        "There are no additional steps.",
    ],
)
def test_that_nothing_happened_is_a_fact_and_no_denial(text: str) -> None:
    assert not says_does_not_exist(text)


def test_sentences_that_refer_back() -> None:
    assert refers_back("This has not been done yet.")
    assert refers_back("At present there is no such procedure.")
    assert not refers_back("The board has no rule for audits.")


def test_headings_of_plans() -> None:
    assert is_heading_of_plans("5. Planned for 2027")
    assert not is_heading_of_plans("Planned maintenance")
