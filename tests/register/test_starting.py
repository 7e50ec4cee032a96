"""A directive's tasks are started batch by batch, from orders that are worked out once."""

import gc
from typing import Any, cast

from temporalio.client import Client
from temporalio.testing import ActivityEnvironment

from activities.starting import Starting
from directive.clock import OfficeClock
from directive.record import Batch, TaskStart
from directive.task import Order
from register.open import Register
from tests.register.given import DIRECTIVE


class Engine:
    """A client that keeps the names of what it was to start."""

    def __init__(self) -> None:
        self.started: list[str] = []

    async def start_workflow(self, name: str, start: TaskStart, **options: Any) -> None:
        """Keep it."""
        self.started.append(start.order.task.id)


def held() -> int:
    """How many orders there are in this process."""
    gc.collect()
    return sum(isinstance(one, Order) for one in gc.get_objects())


async def test_a_worker_keeps_no_orders_of_what_it_has_assigned(assigned: Register) -> None:
    """It kept a province's 21,414 for as long as it worked, 47 MiB of them."""
    engine, before = Engine(), held()
    starting = Starting(assigned, cast(Client, engine))
    batch = Batch(directive=DIRECTIVE, cursor=0, size=1, clock=OfficeClock())
    done = await ActivityEnvironment().run(starting.start_tasks, batch)
    assert held() > before
    while done.cursor < done.total:
        batch = batch.model_copy(update={"cursor": done.cursor})
        done = await ActivityEnvironment().run(starting.start_tasks, batch)
    assert len(engine.started) == done.total > 1
    assert held() == before
