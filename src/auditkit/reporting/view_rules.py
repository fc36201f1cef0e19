"""What the annex on the method says of kind, stage, audit method and grading scheme."""

from auditkit.assessment.conduct import AuditMethod
from auditkit.base.language import message, say, translated
from auditkit.reporting import words
from auditkit.reporting.numbers import long_date
from auditkit.reporting.view_annexes import GradeRow
from auditkit.reporting.view_cover import kind_title
from auditkit.reporting.view_index import Index
from auditkit.reporting.view_parts import Fact

_SAYS = {
    (
        "independence",
        "required",
    ): message("Nobody's judgement on an own area of work decides, unless a safeguard is recorded with it."),
    (
        "independence",
        "advised",
    ): message("Judgements on an own area of work are named among the input issues; they decide."),
    ("advice", "refused"): message("Auditors name neither cause nor remedy; recommendations are refused."),
    (
        "advice",
        "allowed",
    ): message(
        "Recommendations and estimates of effort are printed; they are advice, and no part of a verdict."
    ),
    ("gates", "conclusion"): message("The readiness gates are part of the conclusion."),
    (
        "gates",
        "annex",
    ): message("The readiness gates stand in an annex, with what blocks them."),
    ("evidence_pack", "expected"): message(
        "An evidence pack by clause goes with this report (auditkit pack)."
    ),
    ("record_tests", "inform"): message("At this stage the results of record tests are an early warning."),
    ("clauses", "sampled"): message(
        "Only the clauses of this visit are looked at; the others count as not assessed."
    ),
    (
        "previous_findings",
        "verified",
    ): message("Every nonconformity that earlier audits left open has to be dealt with."),
}


def build_rules(index: Index) -> tuple[Fact, ...]:
    """Word what kind, stage and method ask of this engagement, and who chose them."""
    conduct, scheme = index.run.conduct, index.run.grading
    chosen = index.run.engagement.grading is not None
    says = [
        translated(text) for (name, value), text in _SAYS.items() if getattr(conduct.rules, name) == value
    ]
    title = translated(scheme.title)
    grading = say(
        "{scheme} ({id}), the default of this kind and stage. The first rule that fires decides.",
        scheme=title,
        id=scheme.id,
    )
    if chosen:
        grading = say(
            "{scheme} ({id}), as engagement.yaml chooses. The first rule that fires decides.",
            scheme=title,
            id=scheme.id,
        )
    return (
        Fact(label=say("Kind and stage"), lines=(f"{kind_title(index)}.", translated(conduct.about))),
        Fact(label=say("Rules"), lines=tuple(says)),
        Fact(label=say("Audit method"), lines=_method(index, conduct.method, conduct.method_chosen)),
        Fact(label=say("Grading scheme"), lines=(grading,)),
    )


def _method(index: Index, method: AuditMethod, chosen: bool) -> tuple[str, ...]:
    name, title = method.name, translated(method.title)
    named = say("{method}, {title}, the default of this kind and stage.", method=name, title=title)
    if chosen:
        named = say("{method}, {title}, as engagement.yaml chooses.", method=name, title=title)
    lines = [named, translated(method.about), translated(method.source_note)]
    gone = method.withdrawn_at
    if gone is not None and gone <= index.run.engagement.as_of:
        lines.append(say("This edition was withdrawn on {day}.", day=long_date(gone)))
    return tuple(lines)


def build_grading(index: Index) -> tuple[GradeRow, ...]:
    """Word the rules of the grading scheme in their order, with the number of candidates that each graded."""
    fired = [one.rule for one in index.candidates]
    return tuple(
        GradeRow(
            rule=words.spaced(one.id).replace("-", " "),
            grade=index.words.grades[one.grade].word,
            says=translated(one.says),
            source=translated(one.source),
            fired=sum(rule == one.printed for rule in fired),
        )
        for one in index.run.grading.rules
    )
