"""The engine for a repair: the one that runs, or the folder's own, started for as long as the repair takes.

Without a worker nothing moves meanwhile: no mark is taken, nobody is written to.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from temporalio.client import Client
from temporalio.envconfig import ClientConfig
from temporalio.service import RPCError

from desk.children import Child
from desk.engine import connect, listens, quiet_runtime
from desk.exit import Code, Stop
from desk.folder import hold, is_up, make_folder, write_engine
from desk.namespace import prepare_namespace
from desk.ports import Claims
from desk.up_children import Places, end_left_overs, household
from workflows.plugin import plugin

if TYPE_CHECKING:
    from desk.settings import Settings

READY_WITHIN = 60.0
STOP_WITHIN = 15.0


@asynccontextmanager
async def engine_for(chosen: "Settings") -> AsyncIterator[tuple[Client, bool]]:
    """A client, and whether workers may be at work on the same engine. Raises Stop.

    Another machine's engine is named by Temporal's own settings; without any, it is the folder's.
    """
    if ClientConfig.load_client_connect_config().get("target_host") or is_up(chosen):
        yield await connect(), True
        return
    make_folder(chosen)
    lock = hold(chosen)
    try:
        end_left_overs(chosen)
        async with _own(chosen) as client:
            yield client, False
    finally:
        lock.close()


@asynccontextmanager
async def _own(chosen: "Settings") -> AsyncIterator[Client]:
    claims = Claims()
    places = Places(claims.any(), claims.any(), claims.any())
    server = household(chosen, places).server
    try:
        await server.start()
        # Its id for whoever comes after a kill; no address, since there is no worker behind it.
        write_engine(chosen, {"server_pid": server.pid})
        client = await _connected(places.address, server)
        await prepare_namespace(places.address)
        yield client
    finally:
        await server.stop(STOP_WITHIN)
        chosen.engine_file.unlink(missing_ok=True)
        claims.close()


async def _connected(address: str, server: Child) -> Client:
    """A client, once the server answers. Raises Stop where it does not."""
    until = asyncio.get_running_loop().time() + READY_WITHIN
    runtime = quiet_runtime()
    while asyncio.get_running_loop().time() < until and server.pid:
        if await listens(address):
            with suppress(OSError, RuntimeError, RPCError):
                return await Client.connect(address, plugins=[plugin()], runtime=runtime)
        await asyncio.sleep(0.1)
    raise Stop(
        Code.UNREACHABLE,
        "không khởi động được máy chủ để đối chiếu; chưa có gì thay đổi",
        "the server could not be started for the comparison; nothing has changed",
        f"xem {server.log_file}, sửa rồi chạy lại",
        f"see {server.log_file}, mend it and run this again",
        kind="not_started",
    )
