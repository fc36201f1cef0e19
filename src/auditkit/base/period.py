"""Periods of calendar days, both ends included."""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator


class Period(BaseModel):
    """A period of calendar days, both ends included."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: date
    end: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"period ends ({self.end}) before it starts ({self.start})")
        return self

    def contains(self, day: date) -> bool:
        """Tell whether the day lies in the period."""
        return self.start <= day <= self.end

    def overlaps(self, other: "Period") -> bool:
        """Tell whether the periods share a day."""
        return self.start <= other.end and other.start <= self.end

    def months(self) -> tuple[str, ...]:
        """Return the calendar months touched, as ``YYYY-MM``, in order."""
        first = self.start.year * 12 + self.start.month - 1
        last = self.end.year * 12 + self.end.month - 1
        return tuple(f"{month // 12}-{month % 12 + 1:02d}" for month in range(first, last + 1))

    def __str__(self) -> str:
        """Render as ``2025-10-01 to 2026-09-30``."""
        return f"{self.start} to {self.end}"
