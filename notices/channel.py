"""What every channel does: take one message over, or say why it does not, now or ever."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Protocol, runtime_checkable

from directive.directory import Person
from register.outbox_models import OutMessage

Begin = Callable[[str], Awaitable[None]]
"""Notes, by a message's id, that the channel is about to take it over and would not recognise it a second time."""


class Undeliverable(Exception):
    """The message cannot reach its reader as things are; `reason` is shown by doctor. Trying again alone is no help.

    `said` is what a server said of it; it may name the reader and does not belong in a log.
    """

    def __init__(self, reason: str, said: str = "") -> None:
        super().__init__(reason)
        self.reason, self.said = reason, said


class NotNow(OSError):
    """The channel has not taken the message, which may pass. `down`: it takes none at all, so leave it alone.

    `uncertain`: it may have taken this one all the same, and what is sent again is then a repeat.
    """

    def __init__(self, reason: str, said: str = "", *, down: bool = False, uncertain: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.said = reason, said
        self.down, self.uncertain = down, uncertain


class Channel(Protocol):
    """A way out of the house. The same message may come twice; it then repeats nothing."""

    async def send(self, message: OutMessage, reader: Person) -> None:
        """Take the message over for good. Raises Undeliverable, NotNow; any other OSError may pass as well."""


@runtime_checkable
class LinedChannel(Protocol):
    """A way out over a line that is opened for one round; it cannot recognise a repeat, so it says when it begins."""

    def line(self, begin: Begin) -> AbstractAsyncContextManager[Channel]:
        """The line, opened with the first message and closed at the end."""


Way = Channel | LinedChannel


def line_of(way: Way, begin: Begin) -> AbstractAsyncContextManager[Channel]:
    """The channel for one round of delivery."""
    return way.line(begin) if isinstance(way, LinedChannel) else nullcontext(way)
