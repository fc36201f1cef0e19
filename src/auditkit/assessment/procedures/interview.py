"""The interview and observe procedures: what people said and what was seen on site, from the workpapers.

A statement alone can never make a nonconformity; it can only fail to support a point.
"""

from collections.abc import Iterable

from auditkit.assessment.model import Interview, InterviewAnswer, ProcedureResult, Quote
from auditkit.base.digest import digest_value
from auditkit.base.language import say
from auditkit.base.place import Place
from auditkit.catalog.model import Point


def examine_interviews(point: Point, interviews: Iterable[Interview]) -> tuple[ProcedureResult, ...]:
    """Return a result for ``interview`` and ``observe``, where the point has that procedure."""
    results: list[ProcedureResult] = []
    notes = tuple(interviews)
    for kind, questions in (("interview", point.procedures.interview), ("observe", point.procedures.observe)):
        answers = [
            (note, answer)
            for note in notes
            for answer in note.answers
            if answer.point == point.id and answer.kind == kind and answer.answer.strip()
        ]
        if not questions and not answers:
            continue
        outcomes = [answer.outcome for _, answer in answers]
        outcome = "not_met" if "not_met" in outcomes else "met" if "met" in outcomes else "no_evidence"
        results.append(
            ProcedureResult(
                point=point.id,
                procedure=kind,
                kind=kind,
                title=_title(kind, questions[0] if questions else answers[0][1].question),
                outcome=outcome,
                basis="standard",
                population=len(answers) or None,
                examined=sum(one != "no_evidence" for one in outcomes),
                quotes=_against(kind, answers),
                reasons=_reasons(kind, answers, outcome),
                digest=digest_value(
                    [list(questions), [answer.model_dump(mode="json") for _, answer in answers]]
                ),
            )
        )
    return tuple(results)


def _title(kind: str, question: str) -> str:
    if kind == "interview":
        return say("Interview: {question}", question=question)
    return say("Observation: {question}", question=question)


def _against(kind: str, answers: list[tuple[Interview, InterviewAnswer]]) -> tuple[Quote, ...]:
    """Return what was said or seen that does not support the point, with the notes it stands in."""
    return tuple(
        Quote(
            topic=say("interview") if kind == "interview" else say("observation"),
            evidence=note.id,
            place=Place(file=f"workpapers/interviews, {note.id}"),
            text=answer.answer,
        )
        for note, answer in answers
        if answer.outcome == "not_met"
    )


def _reasons(kind: str, answers: list[tuple[Interview, InterviewAnswer]], outcome: str) -> tuple[str, ...]:
    if not answers:
        return (say("Interview outstanding.") if kind == "interview" else say("Observation outstanding."),)
    if outcome == "not_met":
        against = sorted({note.id for note, answer in answers if answer.outcome == "not_met"})
        return (say("What was said or seen in {notes} does not support it.", notes=", ".join(against)),)
    return ()
