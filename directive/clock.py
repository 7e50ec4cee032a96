"""The office clock: the one value that differs between production, a rehearsal and a test."""

from datetime import UTC, datetime, timedelta

from pydantic import Field

from directive.value import Value

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class OfficeClock(Value):
    """Maps the engine's instants to the office's and back: `office = engine * scale + shift`.

    The identity in production. Both sides are UTC; `scale` is office seconds per engine second, at least 1.
    """

    shift: timedelta = timedelta()
    scale: int = Field(default=1, ge=1)

    def office(self, engine: datetime) -> datetime:
        """The office instant at an instant of the engine."""
        return EPOCH + ((engine - EPOCH) * self.scale + self.shift)

    def engine(self, office: datetime) -> datetime:
        """The first instant of the engine at which the office clock shows `office` or later."""
        return EPOCH + -((self.shift - (office - EPOCH)) // self.scale)

    @classmethod
    def starting(cls, office: datetime, engine: datetime, scale: int = 1) -> "OfficeClock":
        """The clock that shows `office` when the engine's clock shows `engine`."""
        return cls(shift=(office - EPOCH) - (engine - EPOCH) * scale, scale=scale)
