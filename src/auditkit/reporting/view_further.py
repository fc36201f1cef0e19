"""Section 10: what was concluded about the further catalogs of an integrated audit."""

from auditkit.assessment.model import Measures
from auditkit.base.language import message, say, translated
from auditkit.reporting import words
from auditkit.reporting.model import FurtherResult
from auditkit.reporting.numbers import counted_range, interval_text, whole
from auditkit.reporting.view_index import Index
from auditkit.reporting.view_results import build_blocks, build_clauses
from auditkit.reporting.view_scales import FurtherView, InferenceRow

_SUPPOSED = {
    "conforms": words.Mark(key="open", symbol="○", said=message("may conform")),
    "nonconforming": words.Mark(key="unconfirmed", symbol="△", said=message("may not conform")),
}


def build_further(index: Index) -> tuple[FurtherView, ...]:
    """Word each further catalog with the same look-ups as the first one."""
    return tuple(_further(index, one) for one in index.run.further)


def _further(index: Index, result: FurtherResult) -> FurtherView:
    run = index.run.model_copy(
        update={"catalog": result.catalog, "assessment": result.assessment, "further": (), "overlay": {}}
    )
    own = Index(run)
    measures = result.assessment.measures
    head = result.catalog.head
    name = f"{head.id}:"
    return FurtherView(
        id=head.id,
        title=head.name,
        about=translated(head.title),
        note=words.sentence(" ".join(part for part in (translated(head.source_note), head.origin) if part)),
        sentence=_sentence(measures),
        share=interval_text(measures.by_requirement),
        clauses=tuple(
            row.model_copy(update={"clause": row.clause.removeprefix(name)}) for row in build_clauses(own)
        ),
        blocks=tuple(
            block.model_copy(
                update={
                    "conforming": block.conforming.replace(name, ""),
                    "not_assessed": block.not_assessed.replace(name, ""),
                }
            )
            for block in build_blocks(own)
            if block.rows or block.conforming
        ),
        crosswalk=translated(result.crosswalk),
        inferences=_inferences(own, result, name),
    )


def _sentence(measures: Measures) -> str:
    by_requirement = measures.by_requirement
    return say(
        "{conforming} of {total} requirements conform, {nonconforming} do not, {open} are not assessed; {confirmed} of "
        "{points} points are confirmed.",
        conforming=whole(by_requirement.conforming),
        total=whole(by_requirement.denominator),
        nonconforming=whole(by_requirement.nonconforming),
        open=whole(by_requirement.not_assessed),
        confirmed=whole(measures.confirmed_points),
        points=whole(measures.coverage_total),
    )


def _inferences(own: Index, result: FurtherResult, name: str) -> tuple[InferenceRow, ...]:
    """Word what may be supposed of clauses that nobody assessed; an assessed clause speaks for itself."""
    rows = []
    for one in result.inferences:
        points = own.points_within(f"{name}{one.target}")
        counts = own.counts(points)
        if one.value == "not_assessed" or (points and not counts.not_assessed):
            continue
        clause = own.clauses.get(f"{name}{one.target}")
        rows.append(
            InferenceRow(
                target=one.target,
                title=clause.title if clause else "",
                mark=_SUPPOSED[one.value],
                rests_on=", ".join(one.rests_on),
                says=" ".join(one.says),
                assessed=counted_range(counts.conforming, counts.not_assessed, counts.total),
            )
        )
    return tuple(rows)
