"""Populations and samples for tests: rows written as texts, answers as words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from auditkit.assessment.model import EvidenceRef
from auditkit.assessment.sampling.compose import SampleRequest, attributes_of, compose, design_of
from auditkit.assessment.sampling.design import draw
from auditkit.assessment.sampling.model import Answered, Sample
from auditkit.assessment.sampling.population import Population, PopulationRow, PopulationState
from auditkit.assessment.sampling.state import population_state

EVIDENCE = (EvidenceRef(id="EV-002", file="evidence/records/changes.csv", sha256="0" * 64),)
POINT = "8.5.1.3-3a"


def population(
    rows: int | Mapping[str, str | None],
    *,
    unknown: int = 0,
    numeric: bool = False,
    limits: Sequence[str] = (),
) -> Population:
    """So many rows C-1, C-2, ..., or rows by key with what the draw goes by."""
    given = {f"C-{number}": None for number in range(1, rows + 1)} if isinstance(rows, int) else rows
    return Population(
        rows=tuple(
            PopulationRow(key, "EV-002", "evidence/records/changes.csv", None, at, by)
            for at, (key, by) in enumerate(given.items(), 2)
        ),
        unknown=unknown,
        numeric=numeric,
        evidence=EVIDENCE,
        limits=tuple(limits),
    )


def drawn(rows: Population, *attributes: str, **design: Any) -> Sample:
    """Draw SA-001; without more it is a simple sample by 95 %, 5 % and none expected."""
    wanted = {"method": "simple", "seed": "2026", "confidence_percent": 95, "tolerable_percent": 5} | design
    request = SampleRequest(
        "change", POINT, attributes or ("risk assessed before decision",), design_of(**wanted)
    )
    found = draw(request.design, rows)
    cells = {one.row.key: f"cells of {one.row.key}" for one in found.items}
    return compose(
        request, "SA-001", attributes_of(request, lambda _: False), found, cells, "P-001", date(2026, 10, 15)
    )


def answered(sample: Sample, *, no: int = 0, unclear: int = 0, open_ones: int = 0) -> Sample:
    """Answer every attribute: the first items no, then not determinable, then not at all, the others yes."""
    words = ["no"] * no + ["not_determinable"] * unclear + [None] * open_ones
    words += ["yes"] * (len(sample.items) - len(words))
    return answered_with(sample, {item.key: word for item, word in zip(sample.items, words, strict=True)})


def answered_with(sample: Sample, words: Mapping[str, str | None]) -> Sample:
    """Answer each item by its key."""
    items = tuple(
        item.model_copy(
            update={
                "results": {
                    one.id: Answered.model_validate({"answer": words[item.key], "note": "as seen"})
                    for one in sample.attributes
                }
            }
        )
        for item in sample.items
    )
    update = {"items": items, "examined_by": "P-002", "examined_at": date(2026, 10, 20)}
    return sample.model_copy(update=update)


def state_of(sample: Sample, rows: Population, changed: Sequence[str] = ()) -> PopulationState:
    """What the population of a sample is now."""
    cells = {one.key: one.cells for one in sample.items} | dict.fromkeys(changed, "other cells")
    return population_state(sample, rows, lambda _: cells)
