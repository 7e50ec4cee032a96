"""Ports for the servers of tests: chosen now, listened on later, and left for a while when a server is killed."""

from desk.ports import Claims

_claims = Claims()


def own_port() -> int:
    """A port that is this process's until its end."""
    return _claims.any()
