"""Telling systemd how the service stands (sd_notify(3)): ready, stopping. Without systemd nothing is told.

`systemctl restart` then returns when the new process is ready, so that one worker after the other can be replaced.
"""

import os
import socket
from contextlib import suppress
from datetime import timedelta

VARIABLE = "NOTIFY_SOCKET"
CHANGING = timedelta(minutes=30)
"""A new index of millions of events, on a slow disk."""


class Supervisor:
    """Whoever started this process and wants to hear from it."""

    def __init__(self, address: str) -> None:
        self._address = address

    @classmethod
    def take(cls) -> "Supervisor":
        """The supervisor named by `NOTIFY_SOCKET`, which children then do not inherit: they are not the service."""
        return cls(os.environ.pop(VARIABLE, ""))

    def getting_ready(self) -> None:
        """It may take up to half an hour until the service is ready: a newer release changes the tables first."""
        self._tell(f"EXTEND_TIMEOUT_USEC={int(CHANGING.total_seconds()) * 1_000_000}")

    def ready(self) -> None:
        """The service does its work from now on."""
        self._tell("READY=1")

    def stopping(self) -> None:
        """It finishes what is begun and takes nothing new."""
        self._tell("STOPPING=1")

    def _tell(self, state: str) -> None:
        if not self._address:
            return
        abstract = self._address.startswith("@")
        where = "\0" + self._address[1:] if abstract else self._address
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.connect(where)  # a supervisor that has gone needs to hear nothing
            line.send(state.encode())
