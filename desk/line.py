"""A long-lived door's line to the engine: one client for all its requests, and a quick word when nothing answers.

Temporal is imported at the first call: a door stands open the sooner.
"""

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from temporalio.client import Client


class Line:
    """Connects at the first call; called again, gives the same client while the engine answers."""

    def __init__(self) -> None:
        self._client: Client | None = None
        self._connecting = asyncio.Lock()

    async def __call__(self) -> "Client":
        """The client. Raises Stop where nothing answers."""
        from desk.engine import DEFAULT_ADDRESS, address, connect, listens, not_there

        async with self._connecting:
            if self._client is None:
                self._client = await connect()
                return self._client
        target = address().get("target_host", DEFAULT_ADDRESS)
        if not await listens(target):
            raise not_there(target)
        return self._client
