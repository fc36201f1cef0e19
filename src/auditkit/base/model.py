"""The base of every model in the house."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """An immutable record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def is_unset(value: Any) -> bool:
    """Tell whether a field holds nothing: such a field, when it came later, stays out of digests of older files."""
    return value is None or value == "" or value == ()
