"""Values as a cached task holds them, of which a worker has thousands."""

from functools import lru_cache
from typing import TypeVar

from directive.value import Value

T = TypeVar("T")
V = TypeVar("V", bound=Value)

_NONE_GIVEN: set[str] = set()


def held_once(value: T) -> T:
    """The equal value that was met before, among the last ten thousand: what tasks have in common is held once.

    A policy is 30 KiB, and every task of an office carries one; a mark is half of one KiB, and a task has seventeen.
    """
    return _met(value)  # type: ignore[return-value]


@lru_cache(10_000)
def _met(value: object) -> object:
    return value


def lean(value: V) -> V:
    """The value itself, and those in it, without pydantic's notes of which fields were given.

    Nobody asks for them, and each is 200 bytes to 2 KiB. A copy of the value has notes of its own again.
    """
    object.__setattr__(value, "__pydantic_fields_set__", _NONE_GIVEN)
    for part in vars(value).values():
        if isinstance(part, Value):
            lean(part)
    return value
