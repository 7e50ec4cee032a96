"""What the workflow of the webhooks calls: one round of posting, and one webhook tried."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from temporalio import activity

from activities.alive import signs_of_life
from directive.hook import Ping, Pinged
from directive.record import Delivered, Round
from notices.cloud_event import ping
from notices.hooks import post
from notices.webhook import Secrets, Verdict, a_poster
from register.hook_outbox import answers_again
from register.hooks import hook_of
from register.open import Register


class Posting:
    """Posts to other systems, with the secrets that they were given."""

    def __init__(self, register: Register, secrets: Secrets) -> None:
        self._register = register
        self._secrets = secrets

    @activity.defn
    async def post_events(self, due: Round) -> Delivered:
        """Post what is due at this attempt's instant and comes due while it goes on. Raises RegisterDown."""
        stamp = _passing(activity.info().started_time)
        async with signs_of_life():
            return Delivered(
                next_at=await post(
                    self._register, self._secrets, now=lambda: due.instant(stamp()), stamp=stamp
                )
            )

    @activity.defn
    async def ping(self, asked: Ping) -> Pinged:
        """Try one webhook now; one that answers is no longer left in peace. Raises NoSuchHook, RegisterDown."""
        hook = await hook_of(self._register, asked.hook)
        stamp = _passing(activity.info().started_time)
        async with a_poster(self._secrets, stamp) as poster:
            begun = stamp()
            answer = await poster.post(hook.name, hook.url, ping(hook.name, begun))
        taken = answer.verdict is Verdict.TAKEN
        if taken:
            await answers_again(self._register, hook.name)
        return Pinged(
            taken=taken, said=answer.said, milliseconds=int((stamp() - begun) / timedelta(milliseconds=1))
        )


def _passing(started: datetime) -> Callable[[], datetime]:
    """The true time from the instant at which the engine started an attempt."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    return lambda: started + timedelta(seconds=loop.time() - begun)
