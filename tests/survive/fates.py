"""What the seed has in store: which process is killed when, and at which point a worker kills itself."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

POINTS = (
    "assigned", "acknowledged", "reminded", "escalated", "escalated_again", "reported", "returned", "approved",
    "extension_requested", "extension_granted", "question_pressed", "suspension_reviewed", "committed", "superseded",
    "deciding", "begun", "sent", "deciding", "begun", "sent",
)  # fmt: skip
"""Where a worker dies: after the commit of such an event and before the engine hears of it, or in the delivery."""

TARGETS = ("worker", "worker", "worker", "server", "starter", "starter", "both")


class Blow(NamedTuple):
    """A kill from outside: so many seconds after the one before, of which processes.

    A `reckless` one strikes whoever has not yet recovered, too.
    """

    after: float
    target: str
    reckless: bool = False


def blows(chance: Random, apart: float) -> Iterator[Blow]:
    """Kills without end, on average `apart` seconds from one another, now and then two at once."""
    while True:
        after = chance.uniform(0, 2 * apart) if chance.random() < 0.9 else 0.0
        yield Blow(after, chance.choice(TARGETS), chance.random() < 0.15)


def fates(chance: Random) -> Iterator[dict[str, str]]:
    """The environment of each worker that is started: every second one dies by itself, now and then with the server."""
    while True:
        if chance.random() < 0.5:
            yield {}
        else:
            with_server = {"SERVER_TOO": "1"} if chance.random() < 0.3 else {}
            yield {"DIES_AT": chance.choice(POINTS), **with_server}
