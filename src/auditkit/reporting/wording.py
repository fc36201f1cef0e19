"""What one report calls grades, verdicts and people: the words of its kind and stage over fixed shapes (pure)."""

from collections.abc import Mapping

from auditkit.base.language import say
from auditkit.reporting import words
from auditkit.reporting.words import Mark


class Wording:
    """The vocabulary of one report. Shapes and keys never change; only words do, never what they stand for."""

    def __init__(self, said: Mapping[str, str]) -> None:
        """Keep the words by their keys."""
        self._said = said
        self.grades = {
            grade: mark.model_copy(update={"said": said[grade]}) for grade, mark in words.GRADES.items()
        }
        self.sides = {
            "auditor": said["audit_team"],
            "auditee": said["auditee"],
            "client": said["audit_client"],
        }
        self.nonconforming = words.NONCONFORMING.model_copy(update={"said": said["nonconforming"]})
        self.unconfirmed = words.UNCONFIRMED.model_copy(
            update={"said": say("{nonconforming}, candidate", nonconforming=said["nonconforming"])}
        )

    def __getitem__(self, key: str) -> str:
        """Return the word of a key."""
        return self._said[key]

    def plural(self, grade: str, number: int) -> str:
        """Word a grade in the number that goes with it."""
        return self.grades[grade].word if number == 1 else self._said[f"{grade}_plural"]

    def candidate(self, grade: str) -> Mark:
        """Return the mark of a candidate: hollow, with the grade a rule proposes."""
        if grade not in words.CANDIDATES:
            return self.grades[grade]
        graded = self._said.get(f"{grade}_short", self.grades[grade].word)
        word = say("candidate, graded {grade}", grade=graded)
        return words.CANDIDATES[grade].model_copy(update={"said": word})
