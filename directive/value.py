"""The base of every model: a frozen value that knows all its fields; and what people write, as it can be kept."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from directive.regex import regex

_UNKEPT = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


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


def kept(said: str) -> str:
    """What somebody wrote, without control characters but lines and tabs: PostgreSQL keeps no NUL, XML none of them."""
    return _UNKEPT.sub("", said)


Written = Annotated[str, BeforeValidator(lambda said: kept(said) if isinstance(said, str) else said)]
"""Words of a person. They are cleaned, not refused: one such character must not stop the office's mail."""
