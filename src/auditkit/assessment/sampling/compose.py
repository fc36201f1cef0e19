"""Put a new sample together from what an auditor asks for: attributes, design and the rows drawn."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from pydantic import ValidationError

from auditkit.assessment.sampling.design import DesignFault, Drawn
from auditkit.assessment.sampling.model import (
    Answered,
    Sample,
    SampleAttribute,
    SampleDesign,
    SampledPopulation,
    SampleItem,
)
from auditkit.assessment.sampling.state import with_drawn
from auditkit.catalog.model import Basis

_NOBODY = SampledPopulation(count=1, digest="", evidence=())


class SampleRequest(NamedTuple):
    """What an auditor asks for."""

    dataset: str
    point: str
    attributes: tuple[str, ...]
    """Claims; one that begins with a point id and a colon is for that point."""
    design: SampleDesign
    where: str = "TRUE"
    basis: Basis = "standard"
    evidence: str | None = None
    place: str = ""
    title: str = ""
    id: str | None = None
    """None: the next that is free."""
    drawn_by: str | None = None
    """None: the lead auditor."""
    drawn_at: date | None = None
    """None: the day the engagement speaks of."""


def design_of(**values: Any) -> SampleDesign:
    """Return a design; DesignFault says in words what does not fit. Values that are None take their default."""
    try:
        return SampleDesign.model_validate({name: one for name, one in values.items() if one is not None})
    except ValidationError as error:
        raise DesignFault(_in_words(error)) from error


def attributes_of(request: SampleRequest, is_point: Callable[[str], bool]) -> tuple[SampleAttribute, ...]:
    """Return the attributes, numbered; DesignFault when one cannot be used."""
    found = []
    for number, written in enumerate(request.attributes, 1):
        point, colon, text = written.partition(":")
        own = bool(colon) and is_point(point.strip())
        try:
            found.append(
                SampleAttribute(
                    id=f"a{number}",
                    text=(text if own else written).strip(),
                    point=point.strip() if own else request.point,
                    basis=request.basis,
                    evidence=request.evidence,
                    place=request.place,
                )
            )
        except ValidationError as error:
            raise DesignFault(_in_words(error)) from error
    return tuple(found)


def compose(
    request: SampleRequest,
    identifier: str,
    attributes: Sequence[SampleAttribute],
    drawn: Drawn,
    cells: dict[str, str],
    by: str,
    at: date,
) -> Sample:
    """Return the sample, nothing answered yet."""
    first = drawn.items[0].row
    blank = Sample(
        id=identifier,
        title=request.title or f"{request.dataset}: {attributes[0].text}",
        dataset=request.dataset,
        where=request.where,
        attributes=tuple(attributes),
        drawn_by=by,
        drawn_at=at,
        design=request.design,
        population=_NOBODY,
        acceptable=0,
        items=(
            SampleItem(
                key=first.key,
                evidence=first.evidence,
                file=first.file,
                row=first.row,
                cells="",
                results={one.id: Answered() for one in attributes},
            ),
        ),
    )
    return Sample.model_validate(with_drawn(blank, drawn, cells).model_dump())


def _in_words(error: ValidationError) -> str:
    return "; ".join(
        ": ".join([*(str(step) for step in one["loc"]), one["msg"].removeprefix("Value error, ")])
        for one in error.errors()
    )
