"""The updates of a task, all of one shape: a validator that refuses by a rule, a handler that moves the value."""

from typing import Any, Protocol, cast

from temporalio import workflow
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError

from directive.envelope import Misfit, opened
from directive.message import Act, Message
from directive.record import Receipt
from directive.refusal import Reason


class Task(Protocol):
    """What an update needs of its workflow."""

    def check(self, message: Message) -> None:
        """Refuse what a rule forbids."""

    async def do(self, message: Message) -> Receipt:
        """Move, and wait until it is recorded."""


def door(act: Act, description: str) -> Any:
    """The update named after `act`, with its validator. A message for another act counts as this one."""

    class Door:
        """Methods, since the SDK reads the argument's type behind a bare `self`.

        The argument is taken raw: what cannot be read as a message is refused like anything else, with its reason.
        """

        async def update(self, sent: RawValue) -> Receipt:
            return await cast(Task, self).do(_read(sent, act))

        def validate(self, sent: RawValue) -> None:
            cast(Task, self).check(_read(sent, act))

    Door.update.__qualname__ = act.value
    defined = workflow.update(name=act.value, description=description)(Door.update)
    defined.validator(Door.validate)
    return defined


def refusal(reason: Reason, detail: dict[str, str]) -> ApplicationError:
    """A refusal as an update's caller hears it: the reason as its type, what fills the sentence as its detail."""
    return ApplicationError(reason, detail, type=reason.value, non_retryable=True)


def _read(sent: RawValue, act: Act) -> Message:
    message = opened(sent.payload.data)
    if isinstance(message, Misfit):
        raise refusal(message.reason, message.detail)
    return message.model_copy(update={"act": act})
