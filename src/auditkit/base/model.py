"""The base of every model in the house."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """An immutable record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
