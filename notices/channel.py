"""What every channel does: take one message over, or say why it never can."""

from typing import Protocol

from directive.directory import Person
from register.models import OutMessage


class Undeliverable(Exception):
    """The message cannot reach its reader as things are; `reason` is shown by doctor. Trying again alone is no help."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Channel(Protocol):
    """A way out of the house. The same message may come twice; a channel that can, then repeats nothing."""

    async def send(self, message: OutMessage, reader: Person) -> None:
        """Take the message over for good. Raises Undeliverable; anything else is a failure that may pass."""
