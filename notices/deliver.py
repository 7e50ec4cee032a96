"""Delivery: gather what waits, decide each message once, hand it to the channel, and say when to look again.

Safe at every line: what was decided but not sent is sent first by the next call, with the same content and id.
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
from notices.channel import Channel, Undeliverable
from notices.digests import digests_of_today
from notices.gather import Batch, Delivery, plan_delivery
from notices.letter import compose
from notices.office import Office
from notices.standing_in import handed_over
from register.models import Message, Notice, OutMessage
from register.office import current_calendar, current_directory, load_calendar
from register.open import Register
from register.outbox import (
    AlreadyDecided,
    decide_message,
    facts_of,
    hand_over,
    mark_failed,
    mark_sent,
    note_next,
    unsent,
    waiting_notices,
)
from register.plans import load_plan

log = structlog.get_logger()


class NotAllSent(Exception):
    """Some messages are decided but the channel failed; they are sent first at the next call."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__(f"{len(messages)} messages could not be sent yet")
        self.messages = tuple(messages)


async def deliver(register: Register, channel: Channel, *, now: datetime) -> datetime | None:
    """Send what is ready at `now` (the office's instant, UTC); the next instant at which something will be.

    A message whose reader is unknown or has no address is marked as failed, which doctor shows, and tried again
    at each call. Raises NotAllSent after all others are out where the channel failed, RegisterDown.
    """
    left, waiting = await unsent(register), await waiting_notices(register)
    if not left and not waiting:
        await note_next(register, None)
        return None
    directory = await current_directory(register)
    post = _Post(register, channel, directory, now)
    for undelivered in left:
        await post.send(undelivered)
    office = await _office(register, directory, waiting, now)
    calendar = await current_calendar(register)
    next_at: datetime | None = None
    again: datetime | None = None
    for policy, notices in _by_policy(waiting, office):
        delivery = await _plan(register, notices, now, policy, calendar, office)
        moved = handed_over(delivery.batches, office)
        if moved:
            await hand_over(register, moved)
            return await deliver(register, channel, now=now)  # gather anew: the new readers hold their roles
        if delivery.lapsed:
            await decide_message(
                register, None, lapsed={one.id: "no_longer_holds" for one in delivery.lapsed}
            )
        for batch in delivery.batches:
            message = await asyncio.to_thread(compose, batch, office)  # a second for hundreds of tasks
            if await _decide(register, batch, message):
                await post.send(message)
            else:
                again = now  # some of it was carried or has lapsed meanwhile: the rest waits for nobody
        next_at = min((at for at in (next_at, delivery.next_at, again) if at), default=None)
    await note_next(register, next_at)
    log.info("delivered", waiting=len(waiting), sent=post.sent, failed=len(post.failed), next_at=str(next_at))
    if post.broken:
        raise NotAllSent(post.broken)
    return next_at


async def _plan(
    register: Register,
    waiting: Sequence[Notice],
    now: datetime,
    policy: DeliveryPolicy,
    calendar: WorkCalendar,
    office: Office,
) -> Delivery:
    def holds(notice: Notice) -> bool:
        return still_holds(notice.kind, notice.question, notice.cycle, office.facts[notice.task])

    today = await digests_of_today(register, now, policy, calendar)
    return plan_delivery(waiting, now, policy, calendar, today, holds=holds)


async def _decide(register: Register, batch: Batch, message: OutMessage) -> bool:
    """Store the message; False where another delivery was faster, which then has the notices."""
    stronger = {notice.id: message.id for notice in batch.muted}
    try:
        await decide_message(register, message, muted=stronger)
    except AlreadyDecided:
        log.warning("message_already_decided", message=message.id)
        return False
    return True


class _Post:
    """The way of each decided message through the channel."""

    def __init__(self, register: Register, channel: Channel, directory: Directory, now: datetime) -> None:
        self.register, self.channel, self.directory, self.now = register, channel, directory, now
        self.sent = 0
        self.failed: list[str] = []
        self.broken: list[str] = []

    async def send(self, message: OutMessage | Message) -> None:
        """Hand one message over and note it; a failure does not hold up the others."""
        out = OutMessage.model_validate({name: getattr(message, name) for name in OutMessage.model_fields})
        try:
            await self._hand_over(out)
        except Undeliverable as error:
            self.failed.append(out.id)
            await mark_failed(self.register, out.id, error.reason, self.now)
            log.warning("message_undeliverable", message=out.id, reason=error.reason)
        except OSError as error:  # a full disk, a server that is down: it may pass
            self.broken.append(out.id)
            await mark_failed(self.register, out.id, type(error).__name__, self.now)
            log.warning("channel_failed", message=out.id, error=type(error).__name__)
        else:
            await mark_sent(self.register, out.id, self.now)
            self.sent += 1

    async def _hand_over(self, message: OutMessage) -> None:
        reader = self.directory.person_by_id.get(message.person)
        if reader is None:
            raise Undeliverable("unknown_person")
        if not reader.email:
            raise Undeliverable("no_address")
        await self.channel.send(message, reader)


async def _office(
    register: Register, directory: Directory, waiting: Sequence[Notice], now: datetime
) -> Office:
    facts = await facts_of(register, sorted({notice.task for notice in waiting}))
    plans = {
        name: await load_plan(register, name) for name in sorted({notice.directive for notice in waiting})
    }
    versions = sorted({one.calendar for one in facts.values()})
    calendars = {version: await load_calendar(register, version) for version in versions}
    return Office(directory=directory, plans=plans, facts=facts, calendars=calendars, now=now)


def _by_policy(waiting: Sequence[Notice], office: Office) -> Iterable[tuple[DeliveryPolicy, list[Notice]]]:
    """Each person under one policy of delivery: that of the newest directive among what waits for them."""
    newest: dict[str, Plan] = {}
    for notice in waiting:
        plan = office.plans[notice.directive]
        held = newest.setdefault(notice.person, plan)
        if (plan.directive.issued, plan.directive.id) > (held.directive.issued, held.directive.id):
            newest[notice.person] = plan
    parts: dict[str, tuple[DeliveryPolicy, list[Notice]]] = {}
    for notice in waiting:
        policy = newest[notice.person].policy.delivery
        parts.setdefault(policy.model_dump_json(), (policy, []))[1].append(notice)
    return parts.values()
