"""What the delivery workflow calls: one round through the outbox."""

from temporalio import activity

from activities.alive import signs_of_life
from directive.record import Delivered, Round
from notices.channel import Way
from notices.link import Links
from notices.owed import owed
from notices.round import look
from register.open import Register

MOST_OWED = 100
"""More people than that are not named in a history: the round did not get through."""


class Delivering:
    """Sends what is due through one channel; with `links` to the page, where there is one."""

    def __init__(self, register: Register, channel: Way, links: Links | None = None) -> None:
        self._register, self._channel, self._links = register, channel, links

    @activity.defn
    async def deliver(self, due: Round) -> Delivered:
        """Send what is ready at this attempt's instant. Raises RegisterDown: the server tries again.

        What the channel does not take is noted and tried again at the instant that is given back.

        An attempt that comes hours after the first takes what has been written since, and keeps the quiet hours.
        Who was not reached is told to the history: after a restoration nobody else would know.
        """
        now = due.instant(activity.info().started_time)
        async with signs_of_life():
            next_at = await look(self._register, self._channel, now=now, links=self._links)
            left = await owed(self._register, now)
        through = len(left) <= MOST_OWED
        return Delivered(next_at=next_at, through=through, owed=tuple(sorted(left)) if through else ())
