"""What every request that writes has passed: the form is this page's own, and nobody writes faster than people do."""

from fastapi import Request

from answers import csrf, pace
from answers.house import house_of
from answers.reader import known


async def guarded(request: Request) -> None:
    """The dependency of all pages. Raises Stop, TooOften, RegisterDown."""
    if request.method in csrf.READING:
        return
    await csrf.checked(request)
    reader = await known(request)
    if reader:
        house_of(request).pace.tried(pace.ACTS_PERSON, reader.person.id)
