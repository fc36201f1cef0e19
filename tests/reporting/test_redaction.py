"""Redaction of a run: names gone from everything that is made of it, figures as they were, nothing forgotten."""

from datetime import date
from pathlib import Path
from typing import NamedTuple, get_args

import pytest
from interchange_samples import made as written
from pydantic import BaseModel
from sample_run import sample_run

from auditkit.assessment.engagement import Person
from auditkit.assessment.model import ExceptionRow, Interview, InterviewAnswer
from auditkit.base.place import Place
from auditkit.evidence.model import Approval, EvidenceItem
from auditkit.evidence.privacy_words import PrivacyWords, load_privacy_words
from auditkit.reporting.html import render_html
from auditkit.reporting.interchange.formats import FORMATS, Format
from auditkit.reporting.jsonout import assessment_json
from auditkit.reporting.model import ImpactSummary, Run
from auditkit.reporting.redaction import KEY, PERSON_FIELDS, Redaction, Scope, redact_run
from auditkit.reporting.terminal import summary_text
from auditkit.reporting.view import build_view
from auditkit.reporting.view_model import Options

WORDS = PrivacyWords(posts=("head", "of", "operations", "board", "change"), forms_of_address=("mr", "ms"))
AUDITEES = ("Ewa Nowak", "Karl Petersen", "Rosa Stein")
AUDITORS = ("Anna Lindqvist", "Jonas Weber")


def run() -> Run:
    """The sample run with names where reports print them."""
    base = sample_run()
    items = (
        *base.items,
        EvidenceItem(
            id="EV-003", title="Minutes of Rosa Stein", file="minutes/Rosa Stein.md", kind="document", owner="Head of operations",
            received_from="Rosa Stein", approvals=(Approval(by="Nowak, Ewa"),), note="Mr Petersen wrote it; E. Nowak read it.",
        ),
    )  # fmt: skip
    told = Interview(
        id="IV-002", at=date(2026, 10, 7), interviewee="Rosa Stein", role="clerk", interviewer="P-002",
        answers=(InterviewAnswer(point="8.5.1.3-1", question="Who?", answer="EWA\u00a0NOWAK, and Jonas Weber saw it."),),
    )  # fmt: skip
    row = ExceptionRow(
        evidence="EV-002", place=Place(file="changes.csv", row=3), key="CHG1",
        values={"approver": "Rosa Stein; P07", "title": "asked by rosa stein", "status": "closed", "owner": None},
    )  # fmt: skip
    first = base.record_tests[0]
    test = first.model_copy(update={"result": first.result.model_copy(update={"exception_rows": (row,)})})
    return base.model_copy(
        update={
            "items": items,
            "interviews": (*base.interviews, told),
            "record_tests": (test, *base.record_tests[1:]),
        }
    )


def redacted(scope: Scope = "auditee") -> Run:
    made = run()
    procedure = made.record_tests[0].result.procedure
    redaction = Redaction(made.engagement.people, ["Rosa Stein", "P07", "Change board"], WORDS, scope)
    return redact_run(made, redaction, {procedure: frozenset({"approver", "owner"})})


def everything(made: Run) -> str:
    view = build_view(made)
    parts = (assessment_json(made, view), render_html(view, Options()), summary_text(view, colour=False))
    return "\n".join(parts)


def test_no_auditee_is_named_and_auditors_are() -> None:
    before, after = everything(run()), everything(redacted())
    for name in (*AUDITEES, "Stein", "Petersen", "rosa stein", "EWA\u00a0NOWAK", "P07"):
        assert name in before, "otherwise the test proves nothing"
        assert name not in after, name
    assert all(name in after for name in AUDITORS)
    for shown in ("change manager (P-101)", "Person 1", "Head of operations"):
        assert shown in after


def test_all_takes_the_auditors_too() -> None:
    after = everything(redacted("all"))
    assert not any(name in after for name in (*AUDITEES, *AUDITORS))
    assert "P-001" in after


def test_figures_verdicts_and_digests_are_unchanged() -> None:
    before, after = run(), redacted()
    assert after.assessment.measures == before.assessment.measures
    assert after.assessment.requirements == before.assessment.requirements
    assert [one.passed for one in after.gates] == [one.passed for one in before.gates]
    assert (after.trace, after.lock, after.catalog) == (before.trace, before.lock, before.catalog)
    numbers = ("population", "examined", "exceptions", "unknown", "outcome", "digest")
    for one, two in zip(before.record_tests, after.record_tests, strict=True):
        assert [getattr(one.result, name) for name in numbers] == [
            getattr(two.result, name) for name in numbers
        ]
    view, other = build_view(before), build_view(after)
    assert other.summary.headline == view.summary.headline


def test_cells_of_persons_are_replaced_whole_and_others_searched() -> None:
    (row,) = redacted().record_tests[0].result.exception_rows
    assert row.values == {
        "approver": "Person 1; Person 2", "title": "asked by Person 1", "status": "closed", "owner": None,
    }  # fmt: skip


def test_a_key_that_is_a_person_is_replaced() -> None:
    made = run()
    procedure = made.record_tests[0].result.procedure
    redaction = Redaction(made.engagement.people, [], WORDS, "auditee")
    changed = redact_run(made, redaction, {procedure: frozenset({KEY})})
    assert changed.record_tests[0].result.exception_rows[0].key.startswith("Person ")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("person-4f7k-2qxd", "person-4f7k-2qxd"),
        ("Change board", "Change board"),
        ("change manager", "change manager"),
        ("P-101", "P-101"),
        ("Jonas Weber", "Jonas Weber"),
        ("Ewa Nowak", "change manager (P-101)"),
        ("Somebody Else", "Person 1"),
        ("", ""),
    ],
)
def test_posts_pseudonyms_and_auditors_stay(cell: str, shown: str) -> None:
    assert Redaction(run().engagement.people, [], WORDS, "auditee").person(cell) == shown


@pytest.mark.parametrize(
    ("text", "is_post"),
    [
        ("Head of operations", True),
        ("Change Advisory Board", True),
        ("IT", True),
        ("Leiter der Abteilung", True),
        ("Lena Hoffmann", False),
        ("Hoffmann, head of operations", False),
        ("", False),
    ],
)
def test_the_shipped_words_tell_posts_from_persons(text: str, is_post: bool) -> None:
    path = Path(__file__).resolve().parents[2] / "checklists/privacy.yaml"
    words, issues = load_privacy_words(path, "checklists/privacy.yaml")
    assert issues == ()
    assert words.names_a_post(text) is is_post


def test_a_number_stands_for_one_person_everywhere() -> None:
    redaction = Redaction((), ["Jan Otte", "Lena Hoffmann"], WORDS, "auditee")
    assert redaction.person("lena  hoffmann; Jan Otte") == "Person 2; Person 1"
    assert redaction.text("Otte, Jan met L. Hoffmann") == "Person 1 met Person 2"


def test_the_report_says_that_it_is_redacted() -> None:
    assert "Names of persons of the auditee and the client are replaced" in everything(redacted())
    assert "Redacted" not in everything(run())


def test_every_field_of_a_run_that_by_its_name_holds_a_person_is_known() -> None:
    seen: set[type[BaseModel]] = set()
    pending: list[type[BaseModel]] = [Run]
    while pending:
        model = pending.pop()
        if model in seen:
            continue
        seen.add(model)
        pending += [one for field in model.model_fields.values() for one in nested(field.annotation)]
    names = {
        "owner",
        "approver",
        "author",
        "received_from",
        "asked_of",
        "answered_by",
        "verified_by",
        "interviewee",
    }
    known = {(model.__name__, name) for model, fields in PERSON_FIELDS.items() for name in fields}
    known |= {("Interview", "interviewee")}
    found = {(one.__name__, name) for one in seen for name in one.model_fields if name in names}
    assert found <= known
    assert Person in seen


def nested(annotation: object) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {one for part in get_args(annotation) for one in nested(part)}


class Told(NamedTuple):
    """Something that the run holds and that is no model."""

    by: str
    times: int


def test_what_is_no_model_keeps_its_kind() -> None:
    summary = ImpactSummary.model_construct(source="sheet", analysis=Told("Ewa Nowak", 3), results=())
    redaction = Redaction(sample_run().engagement.people, (), WORDS, "auditee")
    found = redact_run(sample_run().model_copy(update={"impact": summary}), redaction, {}).impact
    assert found is not None
    told = found.analysis
    assert isinstance(told, Told)
    assert "Nowak" not in told.by
    assert told.times == 3


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.id)
def test_formats_of_other_tools_name_nobody(one: Format) -> None:
    text = written(one.id, redacted("all"))
    assert [name for name in (*AUDITEES, *AUDITORS) if name in text] == []
