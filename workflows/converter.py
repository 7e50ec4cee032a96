"""Payloads as pydantic writes them, by one converter for the whole process."""

from typing import ClassVar, Self

from temporalio.contrib.pydantic import PydanticPayloadConverter


class Converter(PydanticPayloadConverter):
    """The same one wherever the SDK asks for a new one, which it does for each task and for each of its activations.

    It keeps nothing of what it converts, only how types are read: a cached task would have that of its own.
    """

    _one: ClassVar[Self | None] = None

    def __new__(cls) -> Self:
        """The converter of this process."""
        if cls._one is None:
            made = super().__new__(cls)
            PydanticPayloadConverter.__init__(made)
            cls._one = made
        return cls._one

    def __init__(self) -> None:
        """It is made once, in `__new__`."""
