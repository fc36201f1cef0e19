"""What became of the population of a sample since it was drawn: pure, from the rows as they are now."""

from collections.abc import Callable, Mapping

from auditkit.assessment.sampling.design import DesignFault, Drawn, draw
from auditkit.assessment.sampling.model import Answered, Sample, SampleItem
from auditkit.assessment.sampling.population import Population, PopulationState
from auditkit.base.language import say, whole_text


def population_state(
    sample: Sample, population: Population, cells_of: Callable[[Drawn], Mapping[str, str]]
) -> PopulationState:
    """Draw again from the population as it is now, and compare. ``cells_of`` returns the digests of drawn rows by key."""
    if population.why:
        return PopulationState(limits=population.limits, why=population.why)
    try:
        drawn = draw(sample.design, population)
    except DesignFault as fault:
        return PopulationState(limits=population.limits, why=(str(fault),))
    cells = cells_of(drawn)
    changed = tuple(one.key for one in sample.items if one.key in cells and cells[one.key] != one.cells)
    return PopulationState(
        count=drawn.population.count,
        unknown=drawn.population.unknown,
        digest=drawn.population.digest,
        drawing=with_drawn(sample, drawn, cells).drawing,
        changed=changed,
        limits=population.limits,
    )


def suspicions(sample: Sample, state: PopulationState | None) -> tuple[str, ...]:
    """Return why a sample does not decide any more; empty: it is what it was."""
    if state is None:
        return (say("nobody looked at its population"),)
    if state.why or state.digest is None:
        causes = state.why or (say("no rows were read"),)
        return tuple(say("its population cannot be told: {why}", why=one) for one in causes)
    if state.digest != sample.population.digest:
        return (
            say(
                "its population changed since it was drawn ({then} rows then, {now} now)",
                then=whole_text(sample.population.count),
                now=whole_text(state.count),
            ),
        )
    if state.drawing != sample.drawing:
        return (say("its counts or items are not those that its design draws from the population"),)
    if state.changed:
        named = ", ".join(state.changed[:5])
        if len(state.changed) > 5:
            named = say("{names} and {n} more", names=named, n=len(state.changed) - 5)
        return (say("records changed since they were drawn: {names}", names=named),)
    return ()


def with_drawn(sample: Sample, drawn: Drawn, cells: Mapping[str, str]) -> Sample:
    """Return the sample with what its design draws now; answers stay where a row was drawn before and is unchanged."""
    before = {one.key: one for one in sample.items}
    items = tuple(
        SampleItem(
            key=one.row.key,
            evidence=one.row.evidence,
            file=one.row.file,
            sheet=one.row.sheet,
            row=one.row.row,
            stratum=one.stratum,
            weight=one.weight,
            whole=one.whole,
            cells=cells.get(one.row.key, ""),
            results=_kept(sample, before.get(one.row.key), cells.get(one.row.key)),
        )
        for one in drawn.items
    )
    return sample.model_copy(
        update={"population": drawn.population, "acceptable": drawn.acceptable, "items": items}
    )


def _kept(sample: Sample, before: SampleItem | None, cells: str | None) -> dict[str, Answered]:
    if before is not None and cells is not None and before.cells == cells:
        return before.results
    return {one.id: Answered() for one in sample.attributes}
