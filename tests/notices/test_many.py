"""Many tasks at once: as many messages as people, with one connection and no burst."""

from typing import Any

from sqlalchemy import Connection, insert, select

from directive.clock import OfficeClock
from directive.directory import Directory, Group, Unit
from directive.plan import PlannedTask
from directive.record import Transition
from directive.taking import assignment
from directive.task import assigned
from notices.deliver import deliver
from register.open import Register
from register.outbox_tables import notices
from register.plans import orders_of, save_directory, save_plan
from register.record import record_all
from register.sending import unsent
from register.tables import events
from register.tables import tasks as stored_tasks
from tests.notices.given import directory, local, plan
from tests.notices.mail_server import Mailbox, channel, listening
from tests.register.given import ASSIGNED, DIRECTIVE, planned

MORNING = local(1, 8, 1, month=6)


def office_of(communes: int) -> Directory:
    """Communes with a head each and nobody else; the head does the work."""
    before = directory()
    heads = tuple(
        before.person_by_id["head"].model_copy(update={"id": f"ct-{i}", "email": f"ct-{i}@example.invalid"})
        for i in range(communes)
    )
    units = tuple(
        Unit(code=f"xa-{i}", name=f"Xã {i}", parent="du", head=f"ct-{i}", officers=(f"ct-{i}",))
        for i in range(communes)
    )
    return before.model_copy(
        update={
            "version": "communes",
            "units": (*before.units, *units),
            "people": (*before.people, *heads),
            "groups": (Group(code="cac-xa", name="Các xã", units=tuple(one.code for one in units)),),
        }
    )


async def assign(register: Register, office: Directory, *tasks: PlannedTask) -> int:
    """Assign a plan; how many tasks it has. The first unit's are recorded, those of the others are copied from it."""
    await save_directory(register, office)
    await save_plan(register, plan(*tasks), office.version)
    orders = await orders_of(register, DIRECTIVE, OfficeClock())

    def write(connection: Connection) -> None:
        first, *others = dict.fromkeys(order.task.unit for order in orders)
        for order in orders:
            if order.task.unit == first:
                facts = assigned(order, ASSIGNED)
                start = Transition(facts=facts, events=(assignment(facts),), at=facts.assigned_at)
                record_all(connection, register.memory, [start])
        for table in (stored_tasks, events, notices):
            rows = [dict(row) for row in connection.execute(select(table)).mappings()]
            copies = [moved(row, first, unit) for unit in others for row in rows]
            if copies:
                connection.execute(insert(table), copies)

    await register.writing(write)
    return len(orders)


def moved(row: dict[str, Any], before: str, unit: str) -> dict[str, Any]:
    """A row of one commune's task as that of another one's."""
    number, of = unit.removeprefix("xa-"), before.removeprefix("xa-")
    changed = {
        key: value.replace(before, unit).replace(f"ct-{of}", f"ct-{number}")
        for key, value in row.items()
        if isinstance(value, str)
    }
    return {**{key: value for key, value in row.items() if key != "seq"}, **changed}


async def test_500_tasks_with_one_deadline_and_one_head_are_one_message(register: Register) -> None:
    tasks = (planned(str(i), ("xa-0",), work=f"Việc số {i}") for i in range(1, 501))
    assert await assign(register, office_of(1), *tasks) == 500
    box = Mailbox()
    async with listening(box) as server:
        await deliver(register, channel(server), now=MORNING)
    (mail,) = box.mails
    assert "500 nhiệm vụ" in str(mail["Subject"])
    assert len(box.taken[0][1]) < 300_000


async def test_1290_tasks_of_129_heads_are_129_messages_over_one_connection(register: Register) -> None:
    tasks = (planned(str(i), ("cac-xa",), work=f"Việc số {i}") for i in range(1, 11))
    assert await assign(register, office_of(129), *tasks) == 1290
    box = Mailbox()
    async with listening(box) as server:
        assert await deliver(register, channel(server), now=MORNING) is None
    assert (len(box.taken), len(set(box.readers)), box.connections) == (129, 129, 1)
    assert not await unsent(register)
