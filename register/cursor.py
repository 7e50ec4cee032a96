"""Tasks for programs: one piece after the other by id, so that none is missed or told twice while others change."""

from datetime import datetime

from sqlalchemy import select

from register.boards import BOARD
from register.choosing import conditions
from register.lists import board
from register.models import TaskFilter, TaskRow
from register.open import Register
from register.tables import directives, tasks


async def tasks_after(
    register: Register, chosen: TaskFilter, now: datetime, after: str, limit: int
) -> list[TaskRow]:
    """The first `limit` of the tasks chosen whose ids come after one; lights are those at `now` (UTC).

    Raises RegisterDown.
    """
    wanted = select(*BOARD).join(directives, directives.c.id == tasks.c.directive)
    wanted = wanted.where(*conditions(chosen, now), tasks.c.id > after).order_by(tasks.c.id).limit(limit)
    async with register.read() as connection:
        return await board(connection, register.memory, wanted, now)
