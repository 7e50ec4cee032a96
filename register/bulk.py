"""What an act on many tasks has done already, told by the ids of its messages."""

from sqlalchemy import select

from directive.event import Event
from register.open import Register
from register.tables import events, tasks


async def recorded_of(register: Register, directive: str, beginning: str) -> dict[str, Event]:
    """The events of a directive's tasks whose id begins so, by task; the first one of each. Raises RegisterDown."""
    wanted = (
        select(events.c.task, events.c.body)
        .join(tasks, tasks.c.id == events.c.task)
        .where(tasks.c.directive == directive, events.c.id.startswith(beginning, autoescape=True))
        .order_by(events.c.seq.desc())
    )
    async with register.read() as connection:
        rows = (await connection.execute(wanted)).all()
    return {row.task: Event.model_validate_json(row.body) for row in rows}
