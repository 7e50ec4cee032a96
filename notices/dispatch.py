"""The way of each decided message through the channel, and when to try again what did not get through."""

import asyncio
from datetime import datetime, timedelta

import structlog

from directive.directory import Directory
from notices.channel import Channel, NotNow, Undeliverable
from register.open import Register
from register.outbox import held, hold
from register.outbox_models import Message, OutMessage
from register.sending import expire, mark_failed, mark_refused, mark_sent, pause

PATIENCE = 120.0
"""Seconds of one round after which no further message is begun: an activity may take five minutes."""
MOST_FAILURES = 3
"""After so many failures in a row that may pass, the channel counts as down."""
SIGN_IN_LIVES = timedelta(minutes=15)

log = structlog.get_logger()


class Dispatch:
    """One round of sending at `now` (the office's instant, UTC), through a channel that may stop taking messages."""

    def __init__(self, register: Register, channel: Channel, directory: Directory, now: datetime) -> None:
        self._register, self._channel, self._directory, self._now = register, channel, directory, now
        self._ends = asyncio.get_running_loop().time() + PATIENCE
        self._failures = 0
        self._rounds_down = 0
        self._held_until: datetime | None = None
        self.sent = 0
        self.failed = 0
        self.looks: list[datetime] = []

    async def begin(self) -> None:
        """Read how the channel was left."""
        self._held_until, self._rounds_down = await held(self._register)

    @property
    def down(self) -> bool:
        """Whether the channel takes nothing now."""
        return self._held_until is not None and self._held_until > self._now

    @property
    def closed(self) -> bool:
        """Whether nothing more is to be begun in this round."""
        return self.down or asyncio.get_running_loop().time() > self._ends

    def takes(self, message: Message) -> bool:
        """Whether the message may be tried in this round; who wants to sign in is not kept waiting by others."""
        return not self.closed or (self.down and message.kind == "sign_in")

    @property
    def again(self) -> datetime:
        """When to look again (UTC) for what a closed round has left: at once if only its time was up."""
        return self._held_until if self._held_until and self.down else self._now

    async def send(self, message: OutMessage) -> None:
        """Hand one message over and note what became of it; its failure does not hold up the others."""
        if isinstance(message, Message) and message.kind == "sign_in" and self._is_stale(message):
            await expire(self._register, message.id)
            return
        try:
            await self._hand_over(message)
        except Undeliverable as error:
            await self._refused(message, error)
        except OSError as error:  # a full disk, a server that is down: it may pass
            await self._failed(message, message.attempts if isinstance(message, Message) else 0, error)
        else:
            await mark_sent(self._register, message.id, self._now)
            await self._took_one()

    def _is_stale(self, message: Message) -> bool:
        return self._now - message.decided_at > SIGN_IN_LIVES

    async def _hand_over(self, message: OutMessage) -> None:
        reader = self._directory.person_by_id.get(message.person)
        if reader is None:
            raise Undeliverable("unknown_person")
        if not reader.email:
            raise Undeliverable("no_address")
        await self._channel.send(message, reader)

    async def _refused(self, message: OutMessage, error: Undeliverable) -> None:
        self.failed += 1
        to = address_of(self._directory, message.person)
        await mark_refused(self._register, message.id, _told(error.reason, error.said), self._now, to)
        log.warning("message_undeliverable", message=message.id, reason=error.reason)

    async def _failed(self, message: OutMessage, attempts: int, error: OSError) -> None:
        self.failed += 1
        self._failures += 1
        known = error if isinstance(error, NotNow) else NotNow(type(error).__name__)
        if not self.down and (known.down or self._failures >= MOST_FAILURES):
            await self._leave_alone()
        # A message that found the line down is tried as soon as that is up again.
        retry_at = None if known.down else self._now + pause(attempts + 1)
        self.looks.append(retry_at or self.again)
        told = _told(known.reason, known.said)
        await mark_failed(self._register, message.id, told, retry_at, uncertain=known.uncertain)
        log.warning("channel_failed", message=message.id, error=known.reason, down=self.down)

    async def _leave_alone(self) -> None:
        """The channel takes nothing: it is asked again by one message after a pause, which grows."""
        self._rounds_down += 1
        self._held_until = self._now + pause(self._rounds_down)
        await hold(self._register, self._held_until, self._rounds_down)

    async def _took_one(self) -> None:
        self.sent += 1
        self._failures = 0
        if self._rounds_down:
            self._rounds_down, self._held_until = 0, None
            await hold(self._register, None, 0)


def address_of(directory: Directory, person: str) -> str:
    """Where a person is written to; empty where they are not known or have no address."""
    known = directory.person_by_id.get(person)
    return known.email if known else ""


def _told(reason: str, said: str) -> str:
    return f"{reason}: {said}" if said else reason
