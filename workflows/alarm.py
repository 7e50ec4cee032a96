"""One timer, renewed only when its instant moves: a wait with a time-out writes two events at every wake-up."""

import asyncio
from datetime import datetime

from temporalio import workflow

from directive.clock import OfficeClock


class Alarm:
    """Rings at an instant of the office's clock."""

    def __init__(self, clock: OfficeClock) -> None:
        self._clock = clock
        self._at: datetime | None = None
        self._timer: asyncio.Task[None] | None = None

    def set(self, at: datetime | None) -> None:
        """Ring at `at` (UTC, office), or not at all."""
        if at == self._at and not self.rang:
            return
        self.cancel()
        self._at = at
        if at is not None:
            wait = self._clock.engine(at) - workflow.now()
            self._timer = asyncio.create_task(workflow.sleep(max(wait.total_seconds(), 0.001)))

    @property
    def rang(self) -> bool:
        """Whether the instant has come."""
        return self._timer is not None and self._timer.done()

    def cancel(self) -> None:
        """Ring no more."""
        if self._timer is not None and not self._timer.done():
            self._timer.cancel()
        self._timer, self._at = None, None
