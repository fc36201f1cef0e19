"""The management summary as slides: title, conclusion, findings, gates, plan, where things stand, decisions."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pptx
from pptx.util import Mm

from auditkit.base.atomic import write_whole
from auditkit.base.language import say, say_as
from auditkit.reporting.management import Management, Room, build_management
from auditkit.reporting.office.package import same_bytes
from auditkit.reporting.office.slide_shapes import (
    HEIGHT,
    WIDTH,
    Line,
    add_bar,
    add_logo,
    add_notes,
    add_page,
    add_table,
    add_texts,
)
from auditkit.reporting.office.word_xml import clean
from auditkit.reporting.view_model import Options, View
from auditkit.reporting.words import printable

_ROOM, _ALL = Room(5, 100), Room(1000, 100_000)


def render_slides(view: View, target: Path, options: Options) -> None:
    """Write the slides. Same view, same bytes in one environment."""
    shown, full = (build_management(view, options, room) for room in (_ROOM, _ALL))
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Mm(WIDTH), Mm(HEIGHT)
    made = (_title, _conclusion, _findings, _gates, _plan, _standing, _decisions)
    for number, make in enumerate(made, 1):
        foot = (_subject(shown), say("DRAFT") if shown.cover.draft else "")
        place = say("{number} of {total}", number=number, total=len(made))
        make(deck, shown, (*foot, f"{shown.cover.classification}   {place}"))
    for slide, notes in zip(deck.slides, _notes(full), strict=True):
        add_notes(slide, notes)
    _describe(deck, shown)
    stream = io.BytesIO()
    deck.save(stream)
    write_whole(target, same_bytes(stream.getvalue(), view.cover.as_of_date))


Foot = tuple[str, str, str]


def _title(deck: Any, said: Management, foot: Foot) -> None:
    slide = add_page(deck, said.cover.title, foot)
    add_logo(slide, said.cover.logo, 34)
    lines: list[Line] = [(said.cover.kind, 20, True), (said.cover.auditee, 20, False)]
    lines += [(say("As of {day}", day=said.cover.as_of), 16, False), (said.cover.status, 16, True)]
    add_texts(slide, [*lines, (said.references, 12, False)], 60, 80)


def _conclusion(deck: Any, said: Management, foot: Foot) -> None:
    slide = add_page(deck, say("Conclusion"), foot)
    lines: list[Line] = [(said.headline.text, 24, True)]
    lines += [(text, 16, False) for text in (*said.headline.because, *said.conclusion)]
    if said.own_words:
        lines.append((f"{said.own_words_by}: {said.own_words}", 14, False))
    add_texts(slide, lines, 30, 140)


def _findings(deck: Any, said: Management, foot: Foot) -> None:
    slide = add_page(deck, say("Findings"), foot)
    counts = "; ".join(
        say("{number} {grades} open of {total}", number=one.open, grades=one.name, total=one.total)
        if one.counts_open
        else f"{one.total} {one.name}"
        for one in said.grades
    )
    add_texts(slide, [(counts or say("No finding was raised."), 14, True)], 27, 12)
    if said.findings:
        rows = [
            (
                one.id,
                f"{one.mark.symbol} {one.mark.word}",
                one.what,
                one.extent or say("not counted"),
                ", ".join((one.owner or say("no owner"), one.due or say("no date"))),
            )
            for one in said.findings
        ]
        header = (say("Finding"), say("Grade"), say("What was found"), say("Extent"), say("Owner, due"))
        about = say("Confirmed findings that are open, worst first")
        add_table(slide, about, header, (10, 18, 41, 14, 17), rows, 42)
    _under(slide, said.findings_more)


def _gates(deck: Any, said: Management, foot: Foot) -> None:
    slide = add_page(deck, say("Gates"), foot)
    if said.gates:
        rows = [
            (
                one.title,
                f"{one.mark.symbol} {one.mark.word}",
                str(one.blockers),
                one.earliest or say("not reckoned"),
            )
            for one in said.gates
        ]
        header = (say("Gate"), say("State"), say("Blockers"), say("Earliest"))
        add_table(slide, say("Readiness gates"), header, (25, 18, 12, 45), rows, 42)
    texts: list[Line] = [(text, 14, True) for text in said.forecast]
    add_texts(slide, texts if said.gates else [(say("No gate was examined."), 14, False)], 27, 14)


def _plan(deck: Any, said: Management, foot: Foot) -> None:
    slide = add_page(deck, say("Plan"), foot)
    if said.plan:
        blocks = say("blocks certification")
        rows = [
            (
                one.id,
                f"{one.title} ({one.findings})" + (f"; ■ {blocks}" if one.blocks else ""),
                one.owner,
                one.due,
                f"{one.effort}; {one.status}",
            )
            for one in said.plan
        ]
        header = (say("Item"), say("What is to be done"), say("Owner"), say("Due"), say("Effort, status"))
        add_table(slide, say("Improvement plan in order of priority"), header, (13, 42, 16, 11, 18), rows, 28)
    else:
        add_texts(slide, [(say("No confirmed finding needs work."), 14, False)], 30, 12)
    notes: list[Line] = [(text, 12, False) for text in said.plan_notes]
    add_texts(slide, notes, 128, 32)
    _under(slide, said.plan_more)


def _standing(deck: Any, said: Management, foot: Foot) -> None:
    slide, counts = add_page(deck, say("Where things stand"), foot), said.requirements
    stands = say(
        "Verdicts on {total} requirements; persons confirmed {confirmed}",
        total=counts.total,
        confirmed=counts.confirmed,
    )
    add_texts(slide, [(stands, 14, True)], 27, 9)
    parts = [
        (say_as("figures", "conform"), counts.conforming),
        (say_as("figures", "not assessed"), counts.not_assessed),
        (say_as("figures", "do not conform"), counts.nonconforming),
    ]
    add_bar(slide, parts, 38)
    if said.measures:
        rows = [
            (
                one.name,
                one.figure,
                str(one.conforming),
                str(one.nonconforming),
                str(one.not_assessed),
                str(one.denominator),
                one.method,
            )
            for one in said.measures
        ]
        counted = (say("Conform"), say("Nonconforming"), say("Not assessed"), say_as("total", "Of"))
        header = (say("Measure"), say("Share"), *counted, say("Method"))
        about = say("Figures of conformity, each with its counts and its method")
        add_table(slide, about, header, (18, 14, 10, 15, 9, 5, 29), rows, 62)
    add_texts(slide, [(said.coverage, 12, False), (said.unconfirmed, 12, False)], 142, 28)


def _decisions(deck: Any, said: Management, foot: Foot) -> None:
    slide = add_page(deck, say("Decisions asked of management"), foot)
    lines: list[Line] = [(f"{at}. {text}", 18, False) for at, text in enumerate(said.decisions, 1)]
    add_texts(slide, lines or [(say("None."), 18, False)], 32, 120)
    _under(slide, said.decisions_more)


def _under(slide: Any, text: str) -> None:
    if text:
        add_texts(slide, [(text, 12, False)], 163, 9)


def _notes(full: Management) -> tuple[Sequence[str], ...]:
    """Return the notes of each slide: what stands on it, uncut, and what did not fit on it."""
    return (
        (full.cover.title, full.cover.status, full.references),
        (full.headline.text, *full.headline.because, *full.conclusion, full.own_words),
        [f"{one.id}, {one.points}: {one.what} {one.extent}" for one in full.findings],
        full.forecast,
        [*(f"{one.id}: {one.title} {one.findings}; {one.owner}" for one in full.plan), *full.plan_notes],
        (full.coverage, full.unconfirmed),
        full.decisions,
    )


def _subject(said: Management) -> str:
    return say("{auditee}, as of {day}", auditee=said.cover.auditee, day=said.cover.as_of)


def _describe(deck: Any, said: Management) -> None:
    day = said.cover.as_of_date
    properties = deck.core_properties
    title = (
        say("DRAFT: Management summary: {title}", title=said.cover.title)
        if said.cover.draft
        else say("Management summary: {title}", title=said.cover.title)
    )
    properties.title = clean(printable(title))[:255]
    properties.subject = clean(printable(_subject(said)))[:255]
    properties.author = clean(printable(said.own_words_by))[:255]
    properties.last_modified_by, properties.keywords = "auditkit", say("run {run}", run=said.cover.run_id)
    properties.comments, properties.revision = "", 1
    properties.created = properties.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)
