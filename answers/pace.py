"""How often somebody may try: in memory, by a moving window. One page process serves an office, so memory is enough."""

import time
from ipaddress import IPv6Address, IPv6Network, ip_address

from fastapi import Request
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

SIGN_IN_ADDRESS = RateLimitItemPerHour(600, 1, "sign-in-address")
"""A whole office comes from one address of its network, and most of it in the first hour of the morning."""
SIGN_IN_PERSON = RateLimitItemPerHour(10, 1, "sign-in-person")
TOKENS_ADDRESS = RateLimitItemPerMinute(60, 1, "tokens-address")
ACTS_PERSON = RateLimitItemPerMinute(60, 1, "acts-person")
"""Each answer is a deliberate act of a person; 60 a minute is more than anybody decides."""


class TooOften(Exception):
    """Tried too often; may be tried again after `wait` seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"too often, wait {wait} s")
        self.wait = wait


class Pace:
    """Counts what is tried."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def tried(self, item: RateLimitItem, who: str) -> None:
        """Count one try of somebody. Raises TooOften, which counts nothing."""
        if not self._limiter.hit(item, who):
            ends, _ = self._limiter.get_window_stats(item, who)
            raise TooOften(max(1, int(ends - time.time()) + 1))


def address_of(request: Request) -> str:
    """Where a request comes from, for counting: an IPv6 network of 64 bits counts as one."""
    found = request.client.host if request.client else ""
    try:
        address = ip_address(found)
    except ValueError:
        return "?"
    if isinstance(address, IPv6Address) and not address.ipv4_mapped:
        return str(IPv6Network((address, 64), strict=False))
    return str(address)
