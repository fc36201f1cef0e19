"""Samples of an engagement: draw, read back, renew, list."""

import re
from pathlib import Path
from typing import Any, NamedTuple

from auditkit.assessment.sampling.compose import SampleRequest, attributes_of, compose
from auditkit.assessment.sampling.design import DesignFault, draw
from auditkit.assessment.sampling.load import FOLDER
from auditkit.assessment.sampling.model import Sample
from auditkit.assessment.sampling.population import Population
from auditkit.assessment.sampling.results import missing_answers, results_of
from auditkit.assessment.sampling.sheet import write_sheet
from auditkit.assessment.sampling.sheet_read import FilledSheet, read_sheet
from auditkit.assessment.sampling.state import suspicions, with_drawn
from auditkit.assessment.sampling.text import foreign_comment, sample_text
from auditkit.base.atomic import new_file, write_whole
from auditkit.base.errors import InputsUnreadable, UsageFault
from auditkit.base.issue import InputIssue
from auditkit.base.yamltext import load_model
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.sample_state import (
    cells_of,
    known_samples,
    population_digests,
    population_of,
    read_exports,
)

_ID = re.compile(r"SA-[0-9]{3,}")


class DrawnSample(NamedTuple):
    """A new sample, the files it was written to, and what the auditor should know."""

    sample: Sample
    written: tuple[Path, ...]
    notes: tuple[str, ...]


def draw_sample(opened: OpenEngagement, request: SampleRequest, *, dry_run: bool = False) -> DrawnSample:
    """Draw a sample and write it with its sheet; UsageFault when it cannot be drawn, naming what to change."""
    points = frozenset(one.id for one in opened.library.whole.points)
    by = request.drawn_by or opened.engagement.lead_auditor
    identifier = request.id or _next_id(opened)
    _refuse(opened, request, identifier, by)
    try:
        attributes = attributes_of(request, points.__contains__)
        exports = read_exports(opened, request.dataset, {})
        population = population_of(opened, request.dataset, request.where, request.design.by, exports)
        drawn = draw(request.design, population)
    except DesignFault as fault:
        raise UsageFault(f"{identifier}: {fault}.") from fault
    strangers = sorted({one.point for one in attributes} - points)
    if strangers:
        raise UsageFault(f"{', '.join(strangers)}: no such point of the catalog.")
    cells = cells_of(exports, drawn)
    at = request.drawn_at or opened.engagement.as_of
    sample = compose(request, identifier, attributes, drawn, cells, by, at)
    written = () if dry_run else _write(opened, sample)
    return DrawnSample(sample, written, _notes(sample, population))


def read_sample(
    opened: OpenEngagement,
    identifier: str,
    sheet: Path | None = None,
    *,
    dry_run: bool = False,
    replace: bool = False,
) -> FilledSheet:
    """Take a filled sheet into its sample; with a fault in the sheet, or ``dry_run``, nothing is written."""
    sample, path = _raw(opened, identifier)
    source = sheet or path.with_suffix(".xlsx")
    if not source.is_file():
        raise UsageFault(f"{source}: there is no such file. Name the filled sheet with --sheet.")
    people = frozenset(one.id for one in opened.engagement.people)
    filled = read_sheet(sample, source, _shown(opened, source), people, replace=replace)
    if filled.changes and not filled.refused and not dry_run:
        write_whole(path, sample_text(filled.sample))
    return filled


def renew_sample(opened: OpenEngagement, identifier: str, *, dry_run: bool = False) -> DrawnSample:
    """Draw a sample again, by its own design, from the population as it is now.

    Answers stay for rows that are drawn again and did not change. UsageFault while the sheet holds answers that
    were not read.
    """
    sample, path = _raw(opened, identifier)
    sheet = path.with_suffix(".xlsx")
    if sheet.is_file():
        people = frozenset(one.id for one in opened.engagement.people)
        unread = read_sheet(sample, sheet, sheet.name, people)
        if unread.changes or unread.refused:
            raise UsageFault(
                f"{identifier}: the sheet holds what was not read, or faults. Run auditkit sample read {identifier}."
            )
    exports = read_exports(opened, sample.dataset, {})
    population = population_of(opened, sample.dataset, sample.where, sample.design.by, exports)
    try:
        drawn = draw(sample.design, population)
    except DesignFault as fault:
        raise UsageFault(f"{identifier}: {fault}.") from fault
    renewed = with_drawn(sample, drawn, cells_of(exports, drawn))
    written = () if dry_run else _write(opened, renewed)
    return DrawnSample(renewed, written, _notes(renewed, population))


def list_samples(opened: OpenEngagement) -> tuple[list[dict[str, Any]], tuple[InputIssue, ...]]:
    """Return one row an attribute, with the state of its sample, and what is wrong with the files."""
    samples, issues = known_samples(opened)
    states = population_digests(opened, samples)
    rows = []
    for sample in samples:
        doubts = suspicions(sample, states[sample.id])
        for one, result in zip(sample.attributes, results_of(sample, states[sample.id]), strict=True):
            answers = [item.results[one.id].answer for item in sample.items]
            missing = missing_answers(sample, one)
            closed = not missing and sample.examined_by is not None and sample.examined_at is not None
            rows.append(
                {
                    "procedure": result.procedure,
                    "point": one.point,
                    "attribute": one.text,
                    "dataset": sample.dataset,
                    "method": sample.design.method,
                    "population": sample.population.count,
                    "items": len(sample.items),
                    "answered": len(sample.items) - missing,
                    "deviations": answers.count("no"),
                    "state": "suspect" if doubts else "complete" if closed else "open",
                    "outcome": result.outcome,
                    "reasons": list(result.reasons),
                }
            )
    return rows, issues


def _refuse(opened: OpenEngagement, request: SampleRequest, identifier: str, by: str) -> None:
    """Raise UsageFault for what is not known, or is there already."""
    if request.dataset not in opened.library.datasets:
        known = ", ".join(sorted(opened.library.datasets))
        raise UsageFault(f"{request.dataset}: there is no such dataset. Known: {known}.")
    if by not in {one.id for one in opened.engagement.people}:
        raise UsageFault(f"{by}: there is no such person in engagement.yaml.")
    if request.evidence is not None and request.evidence not in {one.id for one in opened.register.items}:
        raise UsageFault(f"{request.evidence}: there is no such evidence in the register.")
    for path in (_path(opened, identifier), _path(opened, identifier).with_suffix(".xlsx")):
        if path.exists():
            raise UsageFault(f"{_shown(opened, path)}: the file exists already and was not touched.")


def _notes(sample: Sample, population: Population) -> tuple[str, ...]:
    notes = [f"Limit: {one}; it keeps the result below met." for one in population.limits]
    if sample.population.unknown:
        notes.append(
            f"{sample.population.unknown:,} rows cannot be drawn, because it is unknown whether they belong or what "
            "they weigh; they keep the result below met. Take them in or leave them out in --where."
        )
    if population.told_apart:
        notes.append(
            f"{population.told_apart:,} rows have no {sample.dataset} number of their own and are named by file and row."
        )
    return tuple(notes)


def _raw(opened: OpenEngagement, identifier: str) -> tuple[Sample, Path]:
    """Load one sample as it stands in its file, which is going to be written anew."""
    path = _path(opened, identifier)
    if not path.is_file():
        raise UsageFault(f"{identifier}: there is no {_shown(opened, path)}.")
    loaded = load_model(path, _shown(opened, path), Sample)
    if loaded.model is None:
        raise InputsUnreadable("\n".join(str(issue) for issue in loaded.issues))
    if loaded.model.id != identifier:
        raise InputsUnreadable(
            f"{_shown(opened, path)}: its id is {loaded.model.id}. Rename the file or correct the id."
        )
    line = foreign_comment(path.read_text(encoding="utf-8"))
    if line is not None:
        raise UsageFault(
            f"{_shown(opened, path)}:{line}: the comment would be lost. Move it into a note or the title."
        )
    return loaded.model, path


def _write(opened: OpenEngagement, sample: Sample) -> tuple[Path, ...]:
    path = _path(opened, sample.id)
    sheet = path.with_suffix(".xlsx")
    path.parent.mkdir(parents=True, exist_ok=True)
    with new_file(sheet) as unfinished:
        write_sheet(sample, unfinished)
    write_whole(path, sample_text(sample))
    return path, sheet


def _next_id(opened: OpenEngagement) -> str:
    names = (path.stem for path in (opened.layout.workpapers / FOLDER).glob("SA-*.*"))
    numbers = [int(name[3:]) for name in names if name[3:].isascii() and name[3:].isdigit()]
    return f"SA-{max(numbers, default=0) + 1:03d}"


def _path(opened: OpenEngagement, identifier: str) -> Path:
    if not _ID.fullmatch(identifier):
        raise UsageFault(f"{identifier}: the id of a sample is SA- and a number of three digits.")
    return opened.layout.workpapers / FOLDER / f"{identifier}.yaml"


def _shown(opened: OpenEngagement, path: Path) -> str:
    root = opened.layout.root.resolve()
    resolved = path.resolve()
    return resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else path.name
