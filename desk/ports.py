"""Ports of the loopback address."""

import socket

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


def taken(port: int) -> Stop:
    """What to say of a port that is in use."""
    return Stop(
        Code.USAGE,
        f"cổng {port} đang được dùng",
        f"the port {port} is in use",
        "chọn cổng khác bằng --port, --ui-port, hoặc bỏ trống để tự chọn",
        "choose another with --port, --ui-port, or leave them out",
        kind="port_taken",
    )
