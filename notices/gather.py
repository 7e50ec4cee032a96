"""Gathering: which waiting notices go out now, to whom, in one message each, and when to look again.

Pure: the instant comes in as a value. The rules are those of `domain.md` §5: one digest a working day in the
morning, urgent notices at once but gathered, nothing in quiet hours except hỏa tốc, higher levels mute lower ones.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from directive.calendar import WorkCalendar
from directive.due import local_day, utc
from directive.policy import DeliveryPolicy
from directive.value import Value
from notices.hours import digest_instant, is_open, next_open, same_day
from notices.mute import split
from register.outbox_models import Notice

MOST_URGENT = "hỏa tốc"


class Batch(Value):
    """One message: what `person` is told, in the order of telling, and what is muted by it.

    `digest_day` is the working day whose one digest this is; None for a message of urgent notices only.
    """

    person: str
    told: tuple[Notice, ...]
    muted: tuple[Notice, ...] = ()
    digest_day: date | None = None


class Delivery(Value):
    """What is ready now. `lapsed` holds no more and is told to nobody; `next_at` is when to look again (UTC)."""

    batches: tuple[Batch, ...] = ()
    lapsed: tuple[Notice, ...] = ()
    next_at: datetime | None = None


def always(_: Notice) -> bool:
    """Every notice still holds."""
    return True


def plan_delivery(
    waiting: Sequence[Notice],
    now: datetime,
    policy: DeliveryPolicy,
    calendar: WorkCalendar,
    last_digest: Mapping[str, date],
    holds: Callable[[Notice], bool] = always,
    coming: frozenset[str] = frozenset(),
) -> Delivery:
    """What goes out at `now` (UTC) of all that waits.

    `last_digest` is the working day of each person's last digest, `holds` says whether a notice's state still
    holds, `coming` are the people for whom more is on its way. With the same `waiting`, nothing more is ready before
    `next_at`; only what waited for more and would meet the quiet hours may be ready sooner, and then goes at `next_at`.
    """
    now = utc(now)
    lapsed = tuple(notice for notice in waiting if not holds(notice))
    gone = {notice.id for notice in lapsed}
    by_person: dict[str, list[Notice]] = {}
    for notice in waiting:
        if notice.id not in gone:
            by_person.setdefault(notice.person, []).append(notice)
    batches: list[Batch] = []
    looks: list[datetime] = []
    for person in sorted(by_person):
        pile = _Pile(by_person[person], now, policy, calendar, last_digest.get(person), person in coming)
        batch, later = pile.taken()
        if batch:
            batches.append(batch)
        if later:
            looks.append(later)
    return Delivery(batches=tuple(batches), lapsed=lapsed, next_at=min(looks, default=None))


class _Pile:
    """Everything that waits for one person."""

    def __init__(
        self,
        notices: Sequence[Notice],
        now: datetime,
        policy: DeliveryPolicy,
        calendar: WorkCalendar,
        last_digest: date | None,
        coming: bool,
    ) -> None:
        self.notices = notices
        self.now, self.policy, self.calendar = now, policy, calendar
        self.last_digest, self.coming = last_digest, coming
        self.fire = [notice for notice in notices if notice.urgency == MOST_URGENT]
        plain = [notice for notice in notices if notice.urgency != MOST_URGENT]
        self.urgent = [notice for notice in plain if notice.urgent]
        self.ordinary = [notice for notice in plain if not notice.urgent]

    def taken(self) -> tuple[Batch | None, datetime | None]:
        """The message that goes out now, if any, and when the rest is ready."""
        ready, day = self.ready()
        if ready is not None and ready <= self.now:
            return self.batch(self.notices, self.digest_day(day)), None
        if not self.fire:
            return None, ready
        if not is_open(self.now, self.policy, self.calendar):
            return self.batch(self.fire, None), ready
        # The digest still gathers, and stays the one of its day; one that only waited for what goes now goes with it.
        rest = _Pile(self.ordinary, self.now, self.policy, self.calendar, self.last_digest, self.coming)
        later, day = rest.ready()
        if later is not None and later <= self.now:
            return self.batch(self.notices, self.digest_day(day)), None
        return self.batch([*self.fire, *self.urgent], None), later

    def batch(self, notices: Sequence[Notice], day: date | None) -> Batch:
        told, muted = split(notices)
        return Batch(person=self.notices[0].person, told=told, muted=muted, digest_day=day)

    def digest_day(self, day: date | None) -> date | None:
        """The day whose digest a message is that goes out now: it holds something due by that digest."""
        if day is None or digest_instant(day, self.policy, self.calendar) > self.now:
            return None
        return day

    def ready(self) -> tuple[datetime | None, date | None]:
        """From when on everything but hỏa tốc may go out, and the day of the digest that is next."""
        digest, day = self.digest() if self.ordinary else (None, None)
        if not self.urgent:
            return digest, day
        at_once = self.opens(self.window([utc(notice.written) for notice in self.urgent]))
        if digest is None or day is None:
            return at_once, day
        morning = digest_instant(day, self.policy, self.calendar)
        if at_once < morning or not same_day(at_once, morning):
            return min(at_once, digest), day
        # Both belong to one message: they wait for each other, as long as the window allows.
        arrivals = [utc(notice.written) for notice in self.urgent] + self.arrivals(morning)
        together = max(self.window(arrivals), self.now)
        if is_open(together, self.policy, self.calendar) and same_day(together, morning):
            return together, day
        return min(at_once, digest), day

    def digest(self) -> tuple[datetime, date]:
        """From when on the next digest may go out, and its day: the first that is not used and has something."""
        first = min(_belongs(notice) for notice in self.ordinary)
        day = self.calendar.roll_forward(local_day(max(first, self.now)))
        if self.last_digest:
            day = max(day, self.calendar.add_working_days(self.last_digest, 1))
        while True:
            morning = digest_instant(day, self.policy, self.calendar)
            if first <= morning:
                gathered = max(self.window(self.arrivals(morning)), self.now)
                # So late in the day that it cannot wait any more; or written where the day is closed for a while.
                for at in (gathered, max(morning, self.now), self.opens(gathered)):
                    if is_open(at, self.policy, self.calendar) and same_day(at, morning):
                        return at, day
            day = self.calendar.add_working_days(day, 1)

    def arrivals(self, morning: datetime) -> list[datetime]:
        """When the notices of a digest came; what came before the morning waits with those that come then."""
        return [max(utc(notice.written), morning) for notice in self.ordinary if _belongs(notice) <= morning]

    def window(self, arrivals: Sequence[datetime]) -> datetime:
        """The end of gathering: nothing new for a while, or at most so long after the first.

        What is on its way counts as new now, but puts nothing off until the next morning.
        """
        quiet = timedelta(seconds=self.policy.gather_seconds)
        longest = min(arrivals) + timedelta(seconds=self.policy.gather_at_most_seconds)
        end = min(max(arrivals) + quiet, longest)
        later = min(self.now + quiet, longest)
        if self.coming and later > end and is_open(later, self.policy, self.calendar):
            return later
        return end

    def opens(self, at: datetime) -> datetime:
        return next_open(max(at, self.now), self.policy, self.calendar)


def _belongs(notice: Notice) -> datetime:
    """The instant that decides which digest a notice belongs to: its plan's, though it was written seconds later."""
    return min(utc(notice.planned), utc(notice.at)) if notice.planned else utc(notice.at)
