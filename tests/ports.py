"""Ports for the servers of tests: chosen now, listened on later, and left for a while when a server is killed.

Meanwhile nobody else may take one: no other test process, and no outgoing connection, to which the kernel gives the
ports above these; a client that tries again and again to reach its dead server could even be connected to itself.
"""

from random import SystemRandom

from desk.ports import Claims

_claims = Claims()
_BELOW_OUTGOING = range(10_000, 20_000)


def own_port() -> int:
    """A port that is this process's until its end."""
    chance = SystemRandom()  # the other one is seeded alike in every process
    while not _claims.take(port := chance.choice(_BELOW_OUTGOING)):
        pass
    return port
