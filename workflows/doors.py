"""The updates of a task, all of one shape: a validator that refuses by a rule, a handler that moves the value."""

from typing import Any, Protocol, cast

from temporalio import workflow

from directive.message import Act, Message
from directive.record import Receipt


class Task(Protocol):
    """What an update needs of its workflow."""

    def check(self, message: Message) -> None:
        """Refuse what a rule forbids."""

    async def do(self, message: Message) -> Receipt:
        """Move, and wait until it is recorded."""


def door(act: Act, description: str) -> Any:
    """The update named after `act`, with its validator. A message for another act counts as this one."""

    class Door:
        """Methods, since the SDK reads the message's type behind a bare `self`."""

        async def update(self, message: Message) -> Receipt:
            return await cast(Task, self).do(message.model_copy(update={"act": act}))

        def validate(self, message: Message) -> None:
            cast(Task, self).check(message.model_copy(update={"act": act}))

    Door.update.__qualname__ = act.value
    defined = workflow.update(name=act.value, description=description)(Door.update)
    defined.validator(Door.validate)
    return defined
