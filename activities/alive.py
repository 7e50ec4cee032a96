"""Signs of life of a long activity, so that the server does not wait its whole time for a worker that is dead."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from temporalio import activity

EVERY = 2.0
"""Seconds between two signs; `workflows/calls.py` lets some be missed."""


@asynccontextmanager
async def signs_of_life() -> AsyncIterator[None]:
    """Send heartbeats while the work goes on."""
    beating = asyncio.create_task(_beat())
    try:
        yield
    finally:
        beating.cancel()


async def _beat() -> None:
    while True:
        await asyncio.sleep(EVERY)  # first: what is done in a moment costs the server nothing
        if not activity.info().is_local:
            activity.heartbeat()
