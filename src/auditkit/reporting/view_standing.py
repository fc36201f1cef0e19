"""Where things stand, for pictures: growth over engagements, clauses against target and year before, processes by attribute."""

from fractions import Fraction

from auditkit.base.language import ENGLISH, say, short_day, spoken, translated
from auditkit.catalog.lens import Lens
from auditkit.improvement.earlier import EarlierRun, Share
from auditkit.reporting.numbers import range_text, share_text, whole
from auditkit.reporting.view_index import Index
from auditkit.reporting.view_progress_model import Axis, Growth, GrowthStep, Heat, HeatCell, Radar

LEAST_AXES = 3


def build_growth(index: Index) -> Growth:
    """Return the conforming requirements of each engagement up to this one; nothing where this one is the only one."""
    by = index.run.assessment.measures.by_requirement
    now = Share(conforming=by.conforming, not_assessed=by.not_assessed, total=by.denominator)
    engagement = index.run.engagement
    known = [(one.engagement, one.as_of, one.requirements) for one in index.run.earlier]
    known.append((engagement.id, engagement.as_of, now))
    if len(known) < 2:
        return Growth(steps=(), spoken="")
    steps = tuple(
        GrowthStep(
            name=name,
            at=at,
            conforming=share.conforming,
            not_assessed=share.not_assessed,
            total=share.total,
        )
        for name, at, share in known
    )
    return Growth(
        steps=steps,
        spoken=" ".join(
            say(
                "{name}, {day}: {conforming} of {total} requirements conform, {open} not assessed.",
                name=one.name,
                day=short_day(one.at),
                conforming=whole(one.conforming),
                total=whole(one.total),
                open=whole(one.not_assessed),
            )
            for one in steps
        ),
    )


def build_radar(index: Index) -> Radar:
    """Return the clauses of the first level with what is known to conform, now and in the engagement before."""
    before = index.run.earlier[-1] if index.run.earlier else None
    axes = [
        Axis(
            clause=one.clause,
            title=one.title,
            now=Fraction(one.conforming, total),
            high=Fraction(one.conforming + one.not_assessed, total),
            before=_share_before(before, one.clause),
        )
        for one in index.run.assessment.clauses
        if len(index.lineage.get(one.clause, ())) == 1 and (total := one.requirements - one.not_applicable)
    ]
    if len(axes) < LEAST_AXES:
        return Radar(axes=(), before="", spoken="")
    return Radar(
        axes=tuple(axes),
        before=before.engagement if before else "",
        spoken=" ".join(_spoken_axis(one) for one in axes),
    )


def _share_before(before: EarlierRun | None, clause: str) -> Fraction | None:
    share = before.clauses.get(clause) if before else None
    return Fraction(share.conforming, share.total) if share and share.total else None


def _spoken_axis(axis: Axis) -> str:
    now = share_text(axis.now) if axis.high == axis.now else range_text(axis.now, axis.high)
    if axis.before is None:
        return f"{axis.clause} {axis.title}: {now}."
    return say(
        "{clause} {title}: {now}, before {before}.",
        clause=axis.clause,
        title=axis.title,
        now=now,
        before=share_text(axis.before),
    )


def build_heat(index: Index) -> Heat:
    """Return processes by attributes of the services, from the two lenses, where the report has both."""
    lenses = {lens.id: lens for lens in index.run.lenses}
    process, attribute = lenses.get("process"), lenses.get("service-attributes")
    if process is None or attribute is None:
        return Heat(columns=(), rows=(), spoken="")
    columns = _members(index, attribute)
    rows = tuple(
        (title, tuple(_cell(index, points & members) for members in columns.values()))
        for title, points in _members(index, process).items()
    )
    kept = tuple(row for row in rows if any(cell.total for cell in row[1]))
    return Heat(
        columns=tuple(columns) if kept else (),
        rows=kept,
        spoken=" ".join(_spoken_row(title, cells, tuple(columns)) for title, cells in kept),
    )


def _members(index: Index, lens: Lens) -> dict[str, frozenset[str]]:
    return {translated(group.title): frozenset(index.members(group)) for group in lens.groups}


def _cell(index: Index, points: frozenset[str]) -> HeatCell:
    counts = index.counts(sorted(points))
    return HeatCell(
        conforming=counts.conforming,
        nonconforming=counts.nonconforming,
        total=counts.total - counts.not_applicable,
    )


def _spoken_row(title: str, cells: tuple[HeatCell, ...], columns: tuple[str, ...]) -> str:
    parts = [_spoken_cell(column, cell) for column, cell in zip(columns, cells, strict=True) if cell.total]
    return f"{title}: {'; '.join(parts)}."


def _spoken_cell(column: str, cell: HeatCell) -> str:
    name = column.lower() if spoken() == ENGLISH else column
    said = say(
        "{name} {conforming} of {total}",
        name=name,
        conforming=whole(cell.conforming),
        total=whole(cell.total),
    )
    if not cell.nonconforming:
        return said
    return say("{counted}, {number} nonconforming", counted=said, number=whole(cell.nonconforming))
