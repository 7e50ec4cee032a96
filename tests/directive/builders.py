"""Small builders for tests of the core: one order, one policy, and a task that lives on paper."""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from directive.due import OFFICE_ZONE, Due, end_of_day, utc
from directive.event import Event, EventKind
from directive.mark import Mark
from directive.marks import marks
from directive.message import Act, Door, Message
from directive.moves import move
from directive.outlook import look_ahead
from directive.policy import Policy
from directive.question import Choice, Question, QuestionKind, Stage
from directive.record import Transition, fold
from directive.taking import take
from directive.task import Assignment, Facts, Order, Recurrence, assigned
from register.calendars import shipped_calendar

STANDARD = Path(__file__).parents[2] / "letters" / "policies" / "standard.yaml"
CALENDAR = shipped_calendar()

UNIT, ISSUER, OFFICE = "so-khcn", "tinh-uy", "vp-tinh-uy"
OFFICER, HEAD = f"officer:{UNIT}", f"head:{UNIT}"
APPROVER, LEADERSHIP, ASSIGNER = f"approver:{ISSUER}", f"leadership:{ISSUER}", f"assigner:{ISSUER}"
MONITOR = f"head:{OFFICE}"
WHO = {
    OFFICER: "p-officer",
    HEAD: "p-head",
    APPROVER: "p-approver",
    LEADERSHIP: "p-leadership",
    ASSIGNER: "p-assigner",
    MONITOR: "p-monitor",
}


@cache
def standard_policy() -> Policy:
    """The standard policy as shipped."""
    return Policy.model_validate(YAML(typ="safe").load(STANDARD.read_text(encoding="utf-8")))


def policy_with(**changes: object) -> Policy:
    """The standard policy with some rules changed, validated anew."""
    return Policy.model_validate({**standard_policy().model_dump(), **changes})


def local(text: str) -> datetime:
    """An office instant, `2026-06-30 08:00`, in UTC."""
    return utc(datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE))


def said(instant: datetime) -> str:
    """An instant as people in the office say it: `2026-06-30 08:00`."""
    return instant.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M")


def due_on(day: str, clock: str = "") -> Due:
    """A deadline at the end of a day, or at a clock time of it."""
    when = date.fromisoformat(day)
    if not clock:
        return Due(day=when, instant=end_of_day(when), worded=day)
    instant = utc(datetime.combine(when, time.fromisoformat(clock), OFFICE_ZONE))
    return Due(day=when, instant=instant, clock_time=True, worded=f"{clock} {day}")


def make_order(
    due: Due | None = None,
    *,
    policy: Policy | None = None,
    recurrence: Recurrence | None = None,
    route: tuple[Stage, ...] = (Stage(asks=(APPROVER,)),),
) -> Order:
    """An order for one task of one unit."""
    return Order(
        task=Assignment(
            id=f"task:{ISSUER}.1346-cv-tu-2026:t1:{UNIT}",
            directive=f"{ISSUER}.1346-cv-tu-2026",
            code="t1",
            unit=UNIT,
            issuer=ISSUER,
            monitor=OFFICE,
            route=route,
        ),
        work="Rà soát và báo cáo",
        number="1346-CV/TU",
        due=due,
        recurrence=recurrence,
        policy=policy or standard_policy(),
        calendar=CALENDAR.version,
    )


class Paper:
    """A task on paper, kept as the engine keeps it: acts move it, marks are taken together when they are due.

    `vacant` names the roles that nobody holds.
    """

    def __init__(
        self, due: Due | None = None, at: str = "2026-05-29 09:00", vacant: tuple[str, ...] = (), **order: Any
    ) -> None:
        self.order = make_order(due, **order)
        self.policy = self.order.policy
        self.now = local(at)
        self.facts: Facts = assigned(self.order, self.now)
        self.outlook = look_ahead(self.facts, self.policy, CALENDAR, self.now)
        self.events: list[Event] = []
        self.vacant = vacant
        self._ids = count(1)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What the facts call for."""
        return marks(self.facts, self.policy, CALENDAR)

    def plan(self) -> list[str]:
        """The marks as lines: `2026-06-30 08:00 reminded officer:so-khcn`."""
        return [line(mark) for mark in self.marks]

    def act(self, act: Act, role: str, at: str | datetime | None = None, **said: Any) -> Event:
        """Somebody acts, at `at` or now; what is due by then has been taken."""
        if at is not None:
            self.until(at)
        actor = said.pop("actor", WHO.get(role, "p-nobody"))
        said.setdefault("reason", "lý do")
        message = Message(
            id=f"m{next(self._ids)}",
            act=act,
            actor=actor,
            role=role,
            at=said.pop("door", self.now),
            door=Door.CLI,
            **said,
        )
        self.facts, event = move(self.facts, message, self.outlook, self.policy, self.now)
        self._record((event,), ())
        return event

    def answer(self, choice: Choice, role: str, at: str | datetime | None = None, **said: Any) -> Event:
        """Somebody answers the open question that was put to the role."""
        return self.act(Act.ANSWER, role, at, choice=choice, **said)

    def report(self, at: str | datetime | None = None, role: str = OFFICER, **said: Any) -> Event:
        """The unit hands in its report."""
        return self.act(Act.REPORT, role, at, text="Báo cáo", **said)

    def until(self, at: str | datetime) -> list[Event]:
        """Take everything that is due up to an instant, each at its own instant."""
        then = local(at) if isinstance(at, str) else at
        before = len(self.events)
        for _ in range(1000):
            ahead = self.marks
            if not ahead or ahead[0].at > then:
                break
            self.now = max(self.now, ahead[0].at)
            self.take_due()
        else:
            raise AssertionError("the marks never end")
        self.now = max(self.now, then)
        return self.events[before:]

    def outage_until(self, at: str) -> list[Event]:
        """Nothing is taken before an instant, then all that came due at once."""
        self.now = local(at)
        before = len(self.events)
        while any(mark.at <= self.now for mark in self.marks):
            self.take_due()
        return self.events[before:]

    def take_due(self) -> tuple[Event, ...]:
        """Take all marks that are due now, in one transition."""
        due = tuple(mark for mark in self.marks if mark.at <= self.now)
        self.facts, events = take(self.facts, due, self.now, self.policy)
        self._record(events, due)
        return events

    def _record(self, events: tuple[Event, ...], taken: tuple[Mark, ...]) -> None:
        transition = Transition(facts=self.facts, events=events, taken=taken, at=self.now)
        vacant = tuple(one.id for one in events if one.to and all(role in self.vacant for role in one.to))
        self.facts = fold(self.facts, transition, vacant, (), self.policy)
        self.outlook = look_ahead(self.facts, self.policy, CALENDAR, self.now)
        self.events.extend(events)

    def question(self, kind: QuestionKind) -> Question:
        """The open question of a kind."""
        found = self.facts.open_question(kind)
        assert found is not None, f"no open {kind}"
        return found

    def told(self, *kinds: EventKind) -> list[str]:
        """The events of some kinds as lines."""
        return [f"{said(one.at)} {one.kind} {','.join(one.to)}" for one in self.events if one.kind in kinds]


def line(mark: Mark) -> str:
    """A mark as one line."""
    return f"{said(mark.at)} {mark.kind} {','.join(mark.to)}"


def overdue(level: int = 1, **order: Any) -> Paper:
    """A task due on 30/6/2026, acknowledged and silent since, just escalated to `level`."""
    paper = Paper(due_on("2026-06-30"), **order)
    paper.act(Act.ACKNOWLEDGE, OFFICER)
    paper.until({1: "2026-07-01 08:00", 2: "2026-07-03 08:00", 3: "2026-07-07 08:00"}[level])
    return paper


Build = Callable[[], Paper]
