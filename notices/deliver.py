"""Delivery: gather what waits, decide each message once, hand it to the channel, and say when to look again.

Safe at every line: what was decided but not sent is sent first by the next call, with the same content and id.
While the channel takes nothing, nothing more is decided: what waits gathers, so that nobody gets a burst later.
"""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime

import structlog

from directive.calendar import WorkCalendar
from directive.directory import Directory
from directive.holds import still_holds
from directive.plan import Plan
from directive.policy import DeliveryPolicy
from notices.alert import alerts
from notices.channel import Way, line_of
from notices.coming import coming
from notices.digests import digests_of_today
from notices.dispatch import Dispatch, address_of
from notices.gather import Batch, Delivery, plan_delivery
from notices.left import ready
from notices.letter import compose
from notices.link import Links
from notices.office import Office
from notices.standing_in import handed_over
from register.office import current_calendar, current_directory, load_calendar
from register.open import Register
from register.outbox import AlreadyDecided, decide_message, facts_of, hand_over, note_next, unsent
from register.outbox_models import Message, Notice, OutMessage
from register.owed import asked_by_owed
from register.plans import load_plans
from register.sending import begin, refused_messages, try_again
from register.waiting import waiting_notices

log = structlog.get_logger()


async def deliver(
    register: Register, channel: Way, *, now: datetime, links: Links | None = None, round_: str = ""
) -> datetime | None:
    """Send what is ready at `now` (the office's instant, UTC); the next instant at which something will be.

    What the channel does not take is tried again after a pause; what can never reach its reader is refused, which
    doctor shows and the monitoring office is told, until the reader has another address. With `links` the messages
    lead to the page. Raises RegisterDown; and what a letter raised that could not be written, once the others are
    out.
    """
    owed = await asked_by_owed(register, now)  # first: a mark that is owed no more is in what waits
    refused, waiting = await refused_messages(register), await waiting_notices(register)
    if not refused and not waiting and not await unsent(register):
        await note_next(register, None, round_)
        return None
    directory = await current_directory(register)
    refused = await _still_refused(register, refused, directory)

    async def begun(message: str) -> None:
        await begin(register, message, now)

    async with line_of(channel, begun) as line:
        post = Dispatch(register, line, directory, now)
        await post.begin()
        looked = _Round(register, directory, post, now, links, coming(owed, directory, now))
        next_at = await looked.run(waiting)
    if looked.spoilt:
        raise looked.spoilt
    await note_next(register, next_at, round_)
    log.info("delivered", waiting=len(waiting), sent=post.sent, failed=post.failed, next_at=str(next_at))
    return next_at


async def _still_refused(
    register: Register, refused: Sequence[Message], directory: Directory
) -> list[Message]:
    """What was refused for the address that its reader still has; the others are tried again."""
    moved = [one for one in refused if address_of(directory, one.person) not in ("", one.refused_to)]
    if moved:
        await try_again(register, [one.id for one in moved])
    return [one for one in refused if one not in moved]


class _Round:
    """One look into the outbox: what was left, what waits, and whom to tell of what could not be sent."""

    def __init__(
        self,
        register: Register,
        directory: Directory,
        post: Dispatch,
        now: datetime,
        links: Links | None,
        more: frozenset[str],
    ) -> None:
        self._register, self._directory, self._post = register, directory, post
        self._now, self._links, self._more = now, links, more
        self.spoilt: Exception | None = None

    async def run(self, waiting: Sequence[Notice]) -> datetime | None:
        """Send; the next instant (UTC) at which there is something to do."""
        calendar = await current_calendar(self._register)
        await self._send_left(calendar)
        while not self._post.closed and await self._send_new(waiting, calendar):
            waiting = await waiting_notices(self._register)  # gather anew: the new readers hold their roles
        if self._post.closed:
            self._post.looks.append(self._post.again)
        await self._tell_of_refused(calendar)
        looks = self._post.looks
        if self._post.down:
            looks = [max(at, self._post.again) for at in looks]
        return min(looks, default=None)

    async def _send_left(self, calendar: WorkCalendar) -> None:
        left = await unsent(self._register)
        for at, message in await ready(self._register, left, self._now, calendar):
            if at <= self._now and self._post.takes(message):
                await self._post.send(message)
            else:
                self._post.looks.append(max(at, self._post.again))

    async def _send_new(self, waiting: Sequence[Notice], calendar: WorkCalendar) -> bool:
        """Decide and send what is ready of the notices; whether some went to other people, to be gathered anew."""
        register, post = self._register, self._post
        office = await _office(register, self._directory, waiting, self._now, self._links)
        for policy, notices in _by_policy(waiting, office):
            delivery = await _plan(register, notices, policy, calendar, office, self._more)
            moved = handed_over(delivery.batches, office)
            if moved:
                await hand_over(register, moved)
                return True
            if delivery.lapsed:
                lapsed = {one.id: "no_longer_holds" for one in delivery.lapsed}
                await decide_message(register, None, lapsed=lapsed)
            post.looks += [delivery.next_at] if delivery.next_at else []
            for batch in delivery.batches:
                if post.closed:
                    post.looks.append(post.again)
                    break
                await self._send_batch(batch, office)
        return False

    async def _send_batch(self, batch: Batch, office: Office) -> None:
        try:
            message = await asyncio.to_thread(compose, batch, office)  # a second for hundreds of tasks
        except Exception as error:  # one that cannot be written holds up no other
            log.exception("letter_not_written", notices=[notice.id for notice in batch.told])
            self.spoilt = error
            return
        if await _decide(self._register, batch, message):
            await self._post.send(message)
        else:  # some of it was carried or has lapsed: the rest waits for nobody
            self._post.looks.append(self._now)

    async def _tell_of_refused(self, calendar: WorkCalendar) -> None:
        refused = await refused_messages(self._register)
        told = await alerts(self._register, refused, self._directory, self._now, calendar)
        self._post.looks += [told.next_at] if told.next_at else []
        for message in told.messages:
            await self._post.send(message)


async def _plan(
    register: Register,
    waiting: Sequence[Notice],
    policy: DeliveryPolicy,
    calendar: WorkCalendar,
    office: Office,
    more: frozenset[str],
) -> Delivery:
    def holds(notice: Notice) -> bool:
        return still_holds(notice.kind, notice.question, notice.cycle, office.facts[notice.task])

    today = await digests_of_today(register, office.now, policy, calendar)
    # Thousands wait after a storm: the loop that they came through has records to answer meanwhile.
    return await asyncio.to_thread(plan_delivery, waiting, office.now, policy, calendar, today, holds, more)


async def _decide(register: Register, batch: Batch, message: OutMessage) -> bool:
    """Store the message; False where another delivery was faster, which then has the notices."""
    stronger = {notice.id: message.id for notice in batch.muted}
    try:
        await decide_message(register, message, muted=stronger)
    except AlreadyDecided:
        log.warning("message_already_decided", message=message.id)
        return False
    return True


async def _office(
    register: Register,
    directory: Directory,
    waiting: Sequence[Notice],
    now: datetime,
    links: Links | None,
) -> Office:
    facts = await facts_of(register, sorted({notice.task for notice in waiting}))
    plans = await load_plans(register, (notice.directive for notice in waiting))
    versions = sorted({one.calendar for one in facts.values()})
    calendars = {version: await load_calendar(register, version) for version in versions}
    return Office(directory=directory, plans=plans, facts=facts, calendars=calendars, now=now, links=links)


def _by_policy(waiting: Sequence[Notice], office: Office) -> Iterable[tuple[DeliveryPolicy, list[Notice]]]:
    """Each person under one policy of delivery: that of the newest directive among what waits for them."""
    newest: dict[str, Plan] = {}
    for notice in waiting:
        plan = office.plans[notice.directive]
        held = newest.setdefault(notice.person, plan)
        if (plan.directive.issued, plan.directive.id) > (held.directive.issued, held.directive.id):
            newest[notice.person] = plan
    parts: dict[DeliveryPolicy, list[Notice]] = {}
    for notice in waiting:
        parts.setdefault(newest[notice.person].policy.delivery, []).append(notice)
    return parts.items()
