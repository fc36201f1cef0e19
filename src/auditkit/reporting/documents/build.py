"""From a run to what a document shows (pure): `build_document`."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from auditkit.base.language import say, translated
from auditkit.base.model import Record
from auditkit.reporting.documents.evidence import (
    build_document_requests,
    build_evidence,
    build_unregistered_files,
)
from auditkit.reporting.documents.forms import build_forms
from auditkit.reporting.documents.index import DocumentIndex
from auditkit.reporting.documents.outputs import Output
from auditkit.reporting.documents.programme import build_coverage, build_programme
from auditkit.reporting.documents.programme_plan import build_audit_plan
from auditkit.reporting.documents.scope import build_not_in_scope, build_scope
from auditkit.reporting.documents.standing import build_open_findings, build_scorecard
from auditkit.reporting.documents.work import build_quick_wins, build_resources
from auditkit.reporting.model import Run
from auditkit.reporting.numbers import whole
from auditkit.reporting.view import view_of
from auditkit.reporting.view_index import Index
from auditkit.reporting.view_model import View
from auditkit.reporting.view_parts import Entry

_BUILDERS: Mapping[str, Callable[[DocumentIndex, View], Record]] = {
    "quick_wins": build_quick_wins,
    "resources": build_resources,
    "scorecard": build_scorecard,
    "open_findings": build_open_findings,
    "forms": build_forms,
    "evidence": build_evidence,
    "requests": build_document_requests,
    "unregistered": build_unregistered_files,
    "programme": build_programme,
    "coverage": build_coverage,
    "audit_plan": build_audit_plan,
    "scope": build_scope,
    "not_in_scope": build_not_in_scope,
}


class Document(NamedTuple):
    """A document, ready to be printed."""

    output: Output
    title: str
    view: View
    """The view of the run with the sections of this document."""
    own: Mapping[str, Record]
    """What the sections show that only documents have, by section."""
    standing: str
    """How many requirements conform, do not, and are not assessed, and how many of it persons confirmed."""
    note: str
    """What the document is a part of, what it leaves out, and where that stands."""
    elsewhere: Mapping[str, Entry]
    """The sections of the main report that it leaves out, for sentences that refer to them."""


def build_document(run: Run, output: Output) -> Document:
    """Word what a document shows, from the view of the run. The same run gives the same document."""
    index, title = DocumentIndex(run, output), translated(output.title)
    view = view_of(index)
    view = view.model_copy(update={"cover": view.cover.model_copy(update={"kind": title})})
    return Document(
        output=output,
        title=title,
        view=view,
        own={one.id: _BUILDERS[one.id](index, view) for one in view.contents if one.id in _BUILDERS},
        standing=_standing(index, view),
        note=_note(index),
        elsewhere={
            one.id: Entry(id=one.id, number=one.number, title=one.title, place=index.place_in_main(one.id))
            for one in index.left_out
        },
    )


def _standing(index: DocumentIndex, view: View) -> str:
    counts, confirmed = view.summary.requirements, index.run.assessment.measures.confirmed_by_requirement
    return say(
        "Of {total} requirements {conforming} conform, {nonconforming} do not and {open} are not assessed, verdicts that were "
        "computed and not confirmed included. Persons confirmed {sure} as conforming and {sure_not} as nonconforming.",
        total=whole(counts.total),
        conforming=whole(counts.conforming),
        nonconforming=whole(counts.nonconforming),
        open=whole(counts.not_assessed),
        sure=whole(confirmed.conforming),
        sure_not=whole(confirmed.nonconforming),
    )


def _note(index: DocumentIndex) -> str:
    """Say which report this is a part of, and where the rest stands."""
    lead = say(
        "The main report of run {run} is the document “{title}” (audit-report.pdf, audit-report.html); the figures here are "
        "its figures.",
        run=index.run.trace.run_id,
        title=Index(index.run).words["report_title"],
    )
    if not index.left_out:
        return " ".join((lead, say("No section of it is left out here.")))
    sections = "; ".join(say("{title} ({place})", title=one.title, place=one.place) for one in index.left_out)
    rest = say("Only there stand: {sections}.", sections=sections)
    return f"{lead} {rest}"
