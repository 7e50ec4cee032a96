"""One timer, renewed only when its instant moves: a wait with a time-out writes two events at every wake-up.

It is the loop's own `call_later`, not a task that sleeps: 3 KiB less of each cached task.
"""

import asyncio
from datetime import datetime

from temporalio import workflow

from directive.clock import OfficeClock


class Alarm:
    """Rings at an instant of the office's clock, and keeps the instant at which it rang.

    A mark counts as due by that instant and never by the clock after a local activity: where a query is answered
    in the same workflow task, the engine hands a local result over in the next one, and a replay in the first.
    """

    def __init__(self, clock: OfficeClock) -> None:
        self._clock = clock
        self._at: datetime | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._rang_at: datetime | None = None

    def set(self, at: datetime | None) -> None:
        """Ring at `at` (UTC, office), or not at all."""
        if at == self._at and not self.rang:
            return
        self.cancel()
        self._at = at
        if at is not None:
            wait = self._clock.engine(at) - workflow.now()
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(max(wait.total_seconds(), 0.001), self._ring)

    @property
    def rang(self) -> bool:
        """Whether the instant has come."""
        return self._rang_at is not None

    def heard(self) -> datetime:
        """The office's instant at which it rang (UTC); it is silent from now on."""
        assert self._rang_at
        rang_at = self._rang_at
        self.cancel()
        return rang_at

    def cancel(self) -> None:
        """Ring no more."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer, self._at, self._rang_at = None, None, None

    def _ring(self) -> None:
        """In the loop's next turn: as older releases did, whose histories have to replay."""
        asyncio.get_running_loop().call_soon(self._rung, self._timer)

    def _rung(self, timer: asyncio.TimerHandle | None) -> None:
        if self._timer is timer:  # else it was cancelled in between
            self._rang_at = self._clock.office(workflow.now())
