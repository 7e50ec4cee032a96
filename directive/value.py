"""The base of every model: a frozen value that knows all its fields."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen pydantic model. Unknown fields are refused, so that a slip in a file or a message is seen.

    Models that travel on the wire only ever gain fields, each with a default (`docs/decisions.md`).
    A model is built when it is first used: a short command uses few. What works in threads builds all of them first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def build_all(base: type[Value] = Value) -> None:
    """Build every model that has been imported, so that no two threads build one at once."""
    for model in base.__subclasses__():
        model.model_rebuild()
        build_all(model)
