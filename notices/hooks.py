"""One round of the webhooks: what is due is posted, in the order of each task, and each failure has its next attempt.

An event that is not taken is tried again after 10 s, then twice as long each time up to 6 h, and given up after three
days. An endpoint that takes nothing at all is left in peace for 10 s, doubling up to ten minutes, and then asked with
one event. Killed at any line, an event may be posted again, with the same id: its reader drops it.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from notices.cloud_event import told
from notices.webhook import WITHIN, Answer, Poster, Secrets, Verdict, a_poster
from register.hook_outbox import (
    Failed,
    HookEvent,
    answers_again,
    due_events,
    give_up,
    hooks_in_use,
    leave_in_peace,
    next_due,
    note_asleep,
    note_looking,
    settle,
)
from register.hooks import Hook
from register.open import Register

log = structlog.get_logger()

FIRST = timedelta(seconds=10)
LONGEST = timedelta(hours=6)
LONGEST_PEACE = timedelta(minutes=10)
GIVEN_UP_AFTER = timedelta(days=3)
AT_ONCE = 8
ROUND = 20.0
"""Seconds after which a round begins nothing new, so that one slow system holds the others up no longer."""

Now = Callable[[], datetime]


async def post(
    register: Register, secrets: Secrets, *, now: Now, stamp: Now, within: float = WITHIN
) -> datetime | None:
    """Post what is due; the next instant (office, UTC) at which something will be, which may have passed already.

    `now` is the office's instant, `stamp` the true one; each attempt has `within` seconds. Raises RegisterDown.
    """
    round_ = await note_looking(register)
    hooks = await hooks_in_use(register)
    if hooks:
        ends = asyncio.get_running_loop().time() + ROUND
        async with a_poster(secrets, stamp, within) as poster:
            await asyncio.gather(*(_Endpoint(register, hook, poster, now).work(ends) for hook in hooks))
    return await _sleep(register, now, round_)


async def _sleep(register: Register, now: Now, round_: str) -> datetime | None:
    """Say until when it sleeps, then look once more: a record that came before calls nobody."""
    said = await next_due(register, now())
    await note_asleep(register, said, round_)
    after = await next_due(register, now())
    if after != said:
        await note_asleep(register, after, round_)
    return min((at for at in (said, after) if at), default=None)


class _Endpoint:
    """One webhook in one round."""

    def __init__(self, register: Register, hook: Hook, poster: Poster, now: Now) -> None:
        self._register, self._hook, self._poster, self._now = register, hook, poster, now
        self._failures = hook.failures

    async def work(self, ends: float) -> None:
        """Post until nothing is due, the endpoint takes nothing, or the round's time is over."""
        if self._hook.quiet_until and self._hook.quiet_until > self._now():
            return
        while asyncio.get_running_loop().time() < ends:
            most = 1 if self._failures else AT_ONCE
            due = await due_events(self._register, self._hook.name, self._now(), most)
            if not due or not await self._post(due):
                return

    async def _post(self, due: list[HookEvent]) -> bool:
        """Post one event of each of some tasks; whether the endpoint takes any more."""
        posts = (self._poster.post(self._hook.name, self._hook.url, told(one)) for one in due)
        answers = await asyncio.gather(*posts)
        at = self._now()
        pairs = list(zip(due, answers, strict=True))
        sent = [one.seq for one, answer in pairs if answer.verdict is Verdict.TAKEN]
        left = [_failed(one, answer, at) for one, answer in pairs if answer.verdict is not Verdict.TAKEN]
        await settle(self._register, self._hook.name, at, sent, left)
        for one in left:
            log.warning("webhook_not_taken", hook=self._hook.name, seq=one.seq, said=one.error)
        if sent and self._failures:
            await answers_again(self._register, self._hook.name)
            self._failures = 0
        return not await self._is_closed(answers, at)

    async def _is_closed(self, answers: list[Answer], at: datetime) -> bool:
        name = self._hook.name
        gone = next((one for one in answers if one.verdict is Verdict.GONE), None)
        if gone:
            await give_up(self._register, name, gone.said)
            await leave_in_peace(self._register, name, at + LONGEST, gone.said)
            return True
        closed = [one for one in answers if one.verdict is Verdict.CLOSED]
        if not closed:
            return False
        peace = max(_doubled(self._failures, LONGEST_PEACE), *(one.wait for one in closed))
        await leave_in_peace(self._register, name, at + peace, closed[0].said)
        await give_up(self._register, name, closed[0].said, before=at - GIVEN_UP_AFTER)
        return True


def _failed(one: HookEvent, answer: Answer, at: datetime) -> Failed:
    over = answer.verdict is Verdict.GONE or at - one.since > GIVEN_UP_AFTER
    again = None if over else at + _doubled(one.attempts, LONGEST)
    return Failed(seq=one.seq, retry_at=again, error=answer.said)


def _doubled(times: int, most: timedelta) -> timedelta:
    return min(FIRST * (1 << min(times, 20)), most)
