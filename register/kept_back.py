"""What an older register would send a second time: the notices and messages that had left before it was restored."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select, update

from directive.calendar import WorkCalendar
from directive.event import Event
from directive.plan import Plan
from directive.policy import DeliveryPolicy
from directive.task import Facts
from register.memory import Memory
from register.office import calendar_of
from register.open import Register
from register.outbox import LAPSED
from register.outbox_tables import messages, notices
from register.plans import plan_of
from register.sending import DECIDED, EXPIRED, FAILED
from register.tables import events, tasks
from register.waiting import WAITING

CHUNK = 500
RESTORED = "restored"
"""The reason of what is not sent, since people were told before the register was restored."""

Leaves = Callable[[Event, DeliveryPolicy, WorkCalendar, str], datetime]
"""When delivery sends a notice of an event at the earliest (UTC), of a directive with this urgency."""


class Reached(NamedTuple):
    """How far delivery had come: whatever was due by `until` (office, UTC) had left, but for who was still `owed` some.

    `sure` where the round itself said so; one of an older release did not tell whether anything got through.
    """

    until: datetime
    owed: frozenset[str] = frozenset()
    sure: bool = True

    def told(self, person: str, due: datetime) -> bool:
        """Whether a person had been told of what was due then (UTC)."""
        return due <= self.until and person not in self.owed


async def keep_back_told(register: Register, before: datetime, reached: Reached, leaves: Leaves) -> int:
    """What waited at `before` (office, UTC) and had left since is not sent again: notices, and decided messages.

    How many there were. Messages only where delivery is `sure` to have sent them: they were tried more than once, and
    nothing tells whether a try got through. Raises NotRecorded, RegisterDown.
    """

    def write(connection: Connection) -> int:
        gone = [
            name
            for name, person, due in _waiting(connection, register.memory, before, leaves)
            if reached.told(person, due)
        ]
        for some in _chunks(gone):
            lapsed = update(notices).where(notices.c.id.in_(some))
            connection.execute(lapsed.values(status=LAPSED, reason=RESTORED))
        sent = _undelivered(connection, before, reached) if reached.sure else []
        for some in _chunks(sent):
            expired = update(messages).where(messages.c.id.in_(some))
            connection.execute(expired.values(status=EXPIRED, error=RESTORED, begun_at=None, retry_at=None))
        return len(gone) + len(sent)

    return await register.writing(write)


def leaves_at(
    connection: Connection, memory: Memory, plan: Plan, event: Event, facts: Facts, leaves: Leaves
) -> datetime:
    """When a notice of an event is due (UTC), by the task's own calendar. Raises NotRecorded."""
    calendar = calendar_of(connection, memory, facts.calendar)
    return leaves(event, plan.policy.delivery, calendar, plan.urgency)


def _waiting(
    connection: Connection, memory: Memory, before: datetime, leaves: Leaves
) -> Iterator[tuple[str, str, datetime]]:
    """The notices that waited at an instant, each with its person and when it would leave."""
    wanted = (
        select(notices.c.id, notices.c.person, events.c.body, tasks.c.facts)
        .join(events, (events.c.task == notices.c.task) & (events.c.id == notices.c.event))
        .join(tasks, tasks.c.id == notices.c.task)
        .where(notices.c.status == WAITING, notices.c.written <= before)
    )
    for row in connection.execute(wanted).all():
        facts = Facts.model_validate_json(row.facts)
        plan = plan_of(connection, memory, facts.task.directive)
        event = Event.model_validate_json(row.body)
        yield row.id, row.person, leaves_at(connection, memory, plan, event, facts, leaves)


def _undelivered(connection: Connection, before: datetime, reached: Reached) -> list[str]:
    """The messages that were decided and had not left at an instant; who wanted to sign in then waits for none."""
    due = func.coalesce(messages.c.retry_at, messages.c.decided_at).label("due")
    wanted = select(messages.c.id, messages.c.person, due).where(
        messages.c.status.in_((DECIDED, FAILED)),
        messages.c.kind != "sign_in",
        messages.c.decided_at <= before,
    )
    return [row.id for row in connection.execute(wanted) if reached.told(row.person, row.due)]


def _chunks(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
