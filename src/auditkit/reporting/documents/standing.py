"""Where things stand, for the report on readiness: a scorecard by process, and the nonconformities that are open."""

from auditkit.base.language import say, say_count
from auditkit.base.model import Record
from auditkit.reporting.documents.forms import NONCONFORMITIES
from auditkit.reporting.documents.index import DocumentIndex
from auditkit.reporting.numbers import whole
from auditkit.reporting.view_index import is_open
from auditkit.reporting.view_model import View
from auditkit.reporting.view_parts import Brief, Counts
from auditkit.reporting.view_summary import brief
from auditkit.reporting.words import Mark

_LENS = "process"
_WORST = ("nonconforming", "not_assessed", "conforms", "not_applicable")


class ScoreRow(Record):
    """One process, or one clause where there are no processes."""

    title: str
    mark: Mark
    counts: Counts
    """Of points."""
    strength: tuple[int, int, int, int]
    """Points by the strongest evidence: nothing, a statement, a document, records examined."""
    stale: int
    """Points whose freshest evidence lies outside the period."""
    findings: tuple[str, ...]
    """Open confirmed nonconformities."""


class Scorecard(Record):
    """All processes; a point of no process stands in a row of its own."""

    about: str
    rows: tuple[ScoreRow, ...]


class OpenFinding(Record):
    """A nonconformity that is open, in one line."""

    brief: Brief
    state: str


class OpenFindings(Record):
    """Confirmed nonconformities that are open, worst first."""

    sentence: str
    rows: tuple[OpenFinding, ...]


def build_scorecard(index: DocumentIndex, _: View) -> Scorecard:
    """Word the standing of each process: verdict, what the evidence is, what is open."""
    lens = next((one for one in index.run.lenses if one.id == _LENS), None)
    groups = [(one.title, index.members(one)) for one in lens.groups] if lens else _by_clause(index)
    seen = {point for _, points in groups for point in points}
    rest = tuple(point for point in index.points if point not in seen)
    return Scorecard(
        about=say(
            "Points by verdict and by the strongest evidence shown for them. A document says how work is meant to be done; only "
            "records that were examined show that it is done so. A point that bears on several processes counts in each."
        ),
        rows=tuple(
            _row(index, title, points) for title, points in (*groups, (say("In no process"), rest)) if points
        ),
    )


def _by_clause(index: DocumentIndex) -> list[tuple[str, tuple[str, ...]]]:
    heads = [one for one in index.clauses.values() if len(index.lineage.get(one.clause, ())) == 1]
    return [(f"{one.clause} {one.title}", index.points_within(one.clause)) for one in heads]


def _row(index: DocumentIndex, title: str, points: tuple[str, ...]) -> ScoreRow:
    verdicts = [index.verdicts[one] for one in points]
    standing = "confirmed" if all(one.standing == "confirmed" for one in verdicts) else "candidate"
    value = next(one for one in _WORST if any(verdict.value == one for verdict in verdicts))
    strengths = [one.strength for one in verdicts]
    found = {
        one.id: one
        for point in points
        for one in index.findings_at.get(point, ())
        if is_open(one) and one.grade in NONCONFORMITIES
    }
    return ScoreRow(
        title=title,
        mark=index.mark(value, standing, points),
        counts=index.counts(points),
        strength=(strengths.count(0), strengths.count(1), strengths.count(2), strengths.count(3)),
        stale=sum(one.stale for one in verdicts),
        findings=tuple(found),
    )


def build_open_findings(index: DocumentIndex, view: View) -> OpenFindings:
    """Word every open nonconformity in a line."""
    states = {one.id: one.state for one in view.findings}
    found = [one for one in index.confirmed if one.grade in NONCONFORMITIES and is_open(one)]
    return OpenFindings(
        sentence=say_count(
            "{number} confirmed nonconformity is open. In full it stands in {place}.",
            "{number} confirmed nonconformities are open. In full they stand in {place}.",
            len(found),
            number=whole(len(found)),
            place=index.place("findings"),
        )
        if found
        else say("No confirmed finding is open."),
        rows=tuple(OpenFinding(brief=brief(index, one), state=states[one.id]) for one in found),
    )
