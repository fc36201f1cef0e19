"""Bind judgements: record in workpapers/judgements.lock.json what each rests on now."""

from auditkit.assessment.verdicts import bind
from auditkit.assessment.workpapers import write_bindings
from auditkit.base.errors import UsageFault
from auditkit.engagement.examine import RunOptions, examine
from auditkit.engagement.open import OpenEngagement


def bind_judgements(
    opened: OpenEngagement, identifiers: tuple[str, ...] = (), *, again: bool = False
) -> tuple[str, ...]:
    """Bind the named judgements, or all that were never bound; return the ids bound, in order."""
    known = {one.id: one for one in opened.workpapers.judgements}
    for identifier in identifiers:
        if identifier not in known:
            raise UsageFault(f"{identifier}: there is no such judgement in workpapers/judgements.")
    bindings = dict(opened.workpapers.bindings)
    wanted = identifiers or tuple(one for one in known if again or one not in bindings)
    examined = examine(opened, RunOptions())
    points = {point.id: point for point in opened.library.whole.points}
    for identifier in wanted:
        judgement = known[identifier]
        results = examined.results.get(judgement.point, ())
        bindings[identifier] = bind(
            judgement, points[judgement.point], results, examined.evidence_of.get(judgement.point, {})
        )
    write_bindings(opened.layout.bindings, bindings)
    return wanted
