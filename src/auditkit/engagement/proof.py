"""Prove the actions of an engagement by its records, and chart the months of their measures."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from auditkit.assessment.engagement import Parameter
from auditkit.assessment.model import ProcedureResult
from auditkit.base.issue import InputIssue
from auditkit.base.language import say
from auditkit.base.period import Period
from auditkit.base.place import Place
from auditkit.engagement.courses import Course
from auditkit.engagement.open import OpenEngagement
from auditkit.improvement.control_chart import ControlChart, NoChart, chart_of
from auditkit.improvement.earlier import EarlierCount, EarlierRun, count_of
from auditkit.improvement.model import ActionFile
from auditkit.improvement.proof import prove
from auditkit.improvement.proof_model import Before, Proof, ProofRules, ProofTerms


class Proven(NamedTuple):
    """What the records say of the actions, and how the measures went from month to month."""

    proofs: tuple[Proof, ...]
    charts: tuple[ControlChart | NoChart, ...]
    issues: tuple[InputIssue, ...]


def prove_actions(
    opened: OpenEngagement,
    tests: Mapping[str, ProcedureResult],
    courses: Mapping[str, Course],
    earlier: tuple[EarlierRun, ...],
) -> Proven:
    """Return a proof for each action that states a measure, in the order of their ids, and the charts of the courses."""
    proofs, issues = [], []
    for action in sorted(opened.actions, key=lambda one: one.id):
        terms = action.proof
        if terms is None or action.status == "cancelled":
            continue
        course = courses.get(terms.measure)
        if course is None:
            issues.append(_unknown(action, terms))
            continue
        proofs.append(
            prove(
                action,
                terms,
                course.test.title,
                course.months,
                (*course.doubts, *_counted_otherwise(terms, tests[terms.measure], earlier)),
                opened.engagement.period,
                opened.engagement.as_of,
                _rules(opened.parameters),
            )
        )
    least = int(opened.parameters["chart_month_records"].value)
    charts = tuple(_chart(measure, one, opened.engagement.period, least) for measure, one in courses.items())
    return Proven(tuple(proofs), charts, tuple(issues))


def _chart(measure: str, course: Course, period: Period, least: int) -> ControlChart | NoChart:
    if course.months is None:
        why = " ".join(course.doubts) or say("It could not be counted month by month.")
        return NoChart(measure=measure, claim=course.test.title, why=why)
    return chart_of(measure, course.test.title, course.months, period, least)


def _rules(parameters: Mapping[str, Parameter]) -> ProofRules:
    return ProofRules(
        records=int(parameters["proof_records"].value),
        months=int(parameters["proof_months"].value),
        change_share=Fraction(str(parameters["proof_change_share"].value)),
        confidence_share=Fraction(str(parameters["proof_confidence_share"].value)),
    )


def _counted_otherwise(
    terms: ProofTerms, now: ProcedureResult, earlier: tuple[EarlierRun, ...]
) -> tuple[str, ...]:
    """Say where the figure before is not what the earlier engagement it is of counts, or was counted otherwise."""
    before, found = terms.before, []
    for run in earlier:
        if before.at not in (run.period.end, run.as_of) and run.engagement not in before.evidence:
            continue
        then = run.measures.get(terms.measure)
        if then is None:
            found.append(
                say(
                    "{engagement} counts nothing for {measure}.",
                    engagement=run.engagement,
                    measure=terms.measure,
                )
            )
            continue
        if before.sampled_from is None and (then.exceptions, then.examined) != (
            before.exceptions,
            before.examined,
        ):
            found.append(_stated_otherwise(before, run.engagement, then))
        if then.method != count_of(now).method:
            found.append(
                say(
                    "{engagement} counted by other rules or numbers, so the figures cannot be compared.",
                    engagement=run.engagement,
                )
            )
    return tuple(found)


def _stated_otherwise(before: Before, engagement: str, then: EarlierCount) -> str:
    return say(
        "The figure before is stated as {n} of {total}; {engagement} counts {then_n} of {then_total}.",
        n=before.exceptions,
        total=before.examined,
        engagement=engagement,
        then_n=then.exceptions,
        then_total=then.examined,
    )


def _unknown(action: ActionFile, terms: ProofTerms) -> InputIssue:
    return InputIssue(
        code="unknown-measure",
        severity="warning",
        place=Place(file=f"workpapers/actions/{action.id}.yaml", line=1),
        message=f"{action.id} is to be proven by {terms.measure}, which is no record test.",
        hint="Name one of annex B, such as record.change_has_backout_plan.",
    )
