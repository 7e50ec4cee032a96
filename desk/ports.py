"""Ports of the loopback address."""

import socket
import sys
from random import SystemRandom

from desk.exit import Code, Stop

BELOW_OUTGOING = range(10_000, 20_000)
"""Below those that a kernel gives to outgoing connections (from 32,768 on Linux, from 49,152 elsewhere).

One of those could be taken by any connection before its server listens; and a client that tries again and again to
reach a dead server could even be connected to itself.
"""


def free(port: int) -> bool:
    """Whether nothing listens on the port."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True


class Claims:
    """Ports that one `up` means to use: its server takes them seconds later, and another `up` may look meanwhile.

    A claim is a name in Linux's abstract sockets, gone with the process; elsewhere nothing is claimed.
    """

    def __init__(self) -> None:
        self._held: list[socket.socket] = []

    def take(self, port: int) -> bool:
        """Whether the port is free and nobody else has claimed it; it is this process's then."""
        if not free(port):
            return False
        if sys.platform != "linux":
            return True
        claim = socket.socket(socket.AF_UNIX)
        try:
            claim.bind(f"\0dondoc-port-{port}")
        except OSError:
            claim.close()
            return False
        self._held.append(claim)
        return True

    def close(self) -> None:
        """Give them up."""
        while self._held:
            self._held.pop().close()

    def want(self, *ports: int | None) -> None:
        """Take the ports that were asked for, before any usual one could take them away. Raises Stop for one in use."""
        for port in ports:
            if port is not None and not self.take(port):
                raise taken(port)

    def usual(self, port: int) -> int:
        """The usual port where it is free, else any; claimed."""
        return port if self.take(port) else self.any()

    def any(self) -> int:
        """A free port, claimed, that nobody is given by chance before it is listened on."""
        chance = SystemRandom()  # not the common one, which test processes seed alike
        while not self.take(port := chance.choice(BELOW_OUTGOING)):
            pass
        return port


def taken(port: int) -> Stop:
    """What to say of a port that is in use."""
    return Stop(
        Code.USAGE,
        f"cổng {port} đang được dùng",
        f"the port {port} is in use",
        "chọn cổng khác bằng --port, --ui-port, --page-port, hoặc bỏ trống để tự chọn",
        "choose another with --port, --ui-port, --page-port, or leave them out",
        kind="port_taken",
    )
