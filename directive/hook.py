"""What travels about webhooks between a door, the workflow and its activity."""

from directive.value import Value


class Ping(Value):
    """Send an event of no meaning to one webhook now, whatever waits for it."""

    hook: str


class Pinged(Value):
    """What became of it. `said` is the answer as a code: `http_204`, `timed_out`, `no_secret` (notices/webhook.py)."""

    taken: bool
    said: str
    milliseconds: int = 0
