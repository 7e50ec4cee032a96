"""What the delivery workflow calls: one round through the outbox."""

from temporalio import activity

from activities.alive import signs_of_life
from directive.record import Delivered, Round
from notices.channel import Channel
from notices.deliver import deliver
from register.open import Register
from register.outbox import note_next


class Delivering:
    """Sends what is due through one channel."""

    def __init__(self, register: Register, channel: Channel) -> None:
        self._register = register
        self._channel = channel

    @activity.defn
    async def deliver(self, due: Round) -> Delivered:
        """Send what is ready at this attempt's instant. Raises what the channel raises: the server tries again.

        An attempt that comes hours after the first takes what has been written since, and keeps the quiet hours.

        While it looks, every record counts it as asleep and wakes it: a notice that is written between its
        look and its end is not forgotten.
        """
        now = due.instant(activity.info().started_time)
        async with signs_of_life():
            await note_next(self._register, None)
            return Delivered(next_at=await deliver(self._register, self._channel, now=now))
