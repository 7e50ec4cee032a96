"""Waking the delivery: for what a door puts into the outbox itself, such as a link to sign in."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from directive.wire import DELIVERY, WAKE

if TYPE_CHECKING:
    from temporalio.client import Client

Connect = Callable[[], Awaitable["Client"]]


async def wake_delivery(connect: Connect) -> None:
    """Let delivery look into the outbox now. Raises Stop where the engine is not there.

    What is in the outbox is not lost then: delivery looks first when it starts.
    """
    from temporalio.service import RPCError, RPCStatusCode

    from desk.engine import lost

    client = await connect()
    try:
        await client.get_workflow_handle(DELIVERY).signal(WAKE)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise lost(error) from error
