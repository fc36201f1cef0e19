"""InputIssue: something wrong with the inputs, said as data so that nothing is lost and nothing guessed."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from auditkit.base.place import Place

Severity = Literal["error", "warning", "note"]


class InputIssue(BaseModel):
    """One thing wrong with an input: where, what, and what to do about it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    """Stable kebab-case code, documented in docs/input-issues.md."""
    severity: Severity
    """error: the thing could not be used; warning: used with a limit; note: worth knowing."""
    place: Place
    message: str
    """What is wrong, one sentence."""
    hint: str
    """What to do, one sentence."""

    def __str__(self) -> str:
        """Render as ``place: message What to do: hint``."""
        return f"{self.place}: {self.message} {self.hint}"
