"""Taking an assignment back within its first hour: the whole directive at once, as if it had not been given.

Who was told of a task hears that it is withdrawn; who was not told yet hears nothing at all. An hour is time to see
a slip of the plan and short enough that hardly anybody has begun to work; after it, a withdrawal is told to all.
"""

import hashlib
from datetime import datetime, timedelta

from directive.message import Act, Door, Message
from directive.refusal import Reason, Refused
from directive.value import Value

UNASSIGN_WITHIN = timedelta(hours=1)
"""From the first task that was given, by the office's clock."""


class Unassignment(Value):
    """The decision of one person to take a directive's assignment back; `at` is when it was made (UTC)."""

    directive: str
    at: datetime
    actor: str
    role: str
    on_behalf_of: str = ""
    typed_by: str = ""
    reason: str

    def message(self, task: str, at: datetime) -> Message:
        """The withdrawal of one task, done at `at` (UTC): the same message id for ever."""
        return Message(
            id=message_id(task),
            act=Act.WITHDRAW,
            actor=self.actor,
            role=self.role,
            at=at,
            door=Door.CLI,
            on_behalf_of=self.on_behalf_of,
            typed_by=self.typed_by,
            reason=self.reason,
            unassigned=self.at,
        )


def message_id(task: str) -> str:
    """An assignment is taken back once: the id follows from the task alone."""
    return f"unassign-{hashlib.sha256(task.encode()).hexdigest()[:16]}"


def in_time(decided: datetime, assigned_at: datetime) -> None:
    """Refuse a decision that was made after the first hour."""
    if decided > assigned_at + UNASSIGN_WITHIN:
        raise Refused(Reason.HOUR_OVER, at=assigned_at.isoformat())
