"""The base of every model: a frozen value that knows all its fields."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen pydantic model. Unknown fields are refused, so that a slip in a file or a message is seen.

    Models that travel on the wire only ever gain fields, each with a default (`docs/decisions.md`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
