"""Ports of the loopback address."""

import socket
import sys

from desk.exit import Code, Stop


def free(port: int) -> bool:
    """Whether nothing listens on the port."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True


def any_port() -> int:
    """A port that is free now."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


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
        """A free port, claimed."""
        while True:
            if self.take(port := any_port()):
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
