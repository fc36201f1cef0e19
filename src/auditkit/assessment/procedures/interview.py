"""The interview and observe procedures: what people said and what was seen on site, from the workpapers.

A statement alone can never make a nonconformity; it can only fail to support a point.
"""

from collections.abc import Iterable

from auditkit.assessment.model import Interview, InterviewAnswer, ProcedureResult, Quote
from auditkit.base.digest import digest_value
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
        word = "interview" if kind == "interview" else "observation"
        results.append(
            ProcedureResult(
                point=point.id,
                procedure=kind,
                kind=kind,
                title=f"{word.capitalize()}: {questions[0] if questions else answers[0][1].question}",
                outcome=outcome,
                basis="standard",
                population=len(answers) or None,
                examined=sum(one != "no_evidence" for one in outcomes),
                quotes=_against(word, answers),
                reasons=_reasons(word, answers, outcome),
                digest=digest_value(
                    [list(questions), [answer.model_dump(mode="json") for _, answer in answers]]
                ),
            )
        )
    return tuple(results)


def _against(word: str, answers: list[tuple[Interview, InterviewAnswer]]) -> tuple[Quote, ...]:
    """Return what was said or seen that does not support the point, with the notes it stands in."""
    return tuple(
        Quote(
            topic=word,
            evidence=note.id,
            place=Place(file=f"workpapers/interviews, {note.id}"),
            text=answer.answer,
        )
        for note, answer in answers
        if answer.outcome == "not_met"
    )


def _reasons(word: str, answers: list[tuple[Interview, InterviewAnswer]], outcome: str) -> tuple[str, ...]:
    if not answers:
        return (f"{word.capitalize()} outstanding.",)
    if outcome == "not_met":
        against = sorted({note.id for note, answer in answers if answer.outcome == "not_met"})
        return (f"What was said or seen in {', '.join(against)} does not support it.",)
    return ()
