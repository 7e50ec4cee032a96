"""What `explain` asks beside the lists: the marks that were taken, and the messages that carried notices."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from directive.mark import Mark, read_mark
from directive.value import Value
from register.open import Register
from register.outbox_tables import messages
from register.tables import events


class Sent(Value):
    """A message as far as it explains a notice. `status` is decided, sent or failed; expired where it left before."""

    id: str
    subject: str
    status: str
    sent_at: datetime | None
    error: str


async def taken_of(register: Register, task: str) -> dict[str, Mark]:
    """The marks of a task that were taken, by the events they became. Raises RegisterDown."""
    wanted = select(events.c.id, events.c.mark).where(events.c.task == task, events.c.mark.is_not(None))
    async with register.read() as connection:
        return {row.id: read_mark(row.mark) for row in await connection.execute(wanted)}


async def messages_named(register: Register, ids: Iterable[str]) -> dict[str, Sent]:
    """Messages by their ids; unknown ones are left out. Raises RegisterDown."""
    columns = (
        messages.c.id, messages.c.subject, messages.c.status, messages.c.sent_at, messages.c.error,
    )  # fmt: skip
    wanted = select(*columns).where(messages.c.id.in_(sorted(set(ids))))
    async with register.read() as connection:
        rows = (await connection.execute(wanted)).mappings().all()
    return {row["id"]: Sent.model_validate(dict(row)) for row in rows}
