"""Hearing from a process that `up` starts how it stands, as systemd hears a service (sd_notify(3)).

What says that a service is ready is then one thing for systemd and for `up`: the service itself.
"""

import asyncio
import socket
from pathlib import Path


class Readiness:
    """One process's line; `address` is what it finds in `NOTIFY_SOCKET`. Close it when nobody listens any more."""

    def __init__(self, folder: Path, name: str) -> None:
        self.address = str(folder / name)
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._line.bind(self.address)
        self._line.setblocking(False)

    async def heard(self, within: float) -> bool:
        """Whether the process says that it is ready within so many seconds, or as many as it asks for meanwhile."""
        loop = asyncio.get_running_loop()
        until = loop.time() + within
        while True:
            try:
                async with asyncio.timeout_at(until):
                    told = await loop.sock_recv(self._line, 4096)
            except TimeoutError:
                return False
            name, _, value = told.decode().partition("=")
            if name == "READY":
                return True
            if name == "EXTEND_TIMEOUT_USEC":
                until = max(until, loop.time() + int(value) / 1_000_000)

    def close(self) -> None:
        """Listen no more: what the process says later goes nowhere, and hinders nobody."""
        self._line.close()
        Path(self.address).unlink(missing_ok=True)
