"""The namespace of the embedded engine: how long it keeps closed runs."""

import asyncio
import os

from desk.program import binary

RETENTION = "720h"
TRIES = 50


async def prepare_namespace(address: str) -> None:
    """Keep closed runs for 30 days: the dev server's default of a day has no flag.

    Asked by the engine's own program, so that `up` need not import the SDK, which takes longer than the engine's start.
    The namespace comes a little later than the port; after `TRIES` it stays as it is.
    """
    command = [binary("temporal"), "operator", "namespace", "update", "--namespace", "default"]
    command += [
        "--retention",
        RETENTION,
        "--address",
        address,
        "--disable-config-file",
        "--disable-config-env",
    ]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("TEMPORAL_")}
    for _ in range(TRIES):
        asked = await asyncio.create_subprocess_exec(
            *command,
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            if await asked.wait() == 0:
                return
        finally:
            if asked.returncode is None:
                asked.kill()
        await asyncio.sleep(0.1)
