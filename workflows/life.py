"""The life that a task and an approval share: one loop, one alarm, one way in for messages and one record."""

from collections.abc import Sequence
from datetime import datetime

from temporalio import workflow
from temporalio.common import RawValue

from directive.details import details
from directive.envelope import Misfit, misfit, opened
from directive.event import Event, EventKind
from directive.mark import Mark, name_of
from directive.message import Act, Door, Message
from directive.moves import SKEW, move
from directive.outlook import unseen
from directive.record import (
    Admission,
    Carried,
    Receipt,
    TaskEnd,
    TaskStart,
    TaskView,
    Transition,
    fold,
)
from directive.refusal import Reason, Refused
from directive.taking import take
from directive.task import Facts
from directive.thrift import lean
from directive.wire import ANSWER_QUESTION, PARENT_MOVED
from workflows import calls
from workflows.alarm import Alarm
from workflows.doors import door, refusal


class Life:
    """The task is a value: handlers check and move it, `live` records what happened and takes the marks that are due.

    A workflow of its own has `@workflow.init` and `@workflow.run`, as the engine asks, says how it begins, and adds
    the doors that are its own; those below are for all.
    """

    def __init__(self, start: TaskStart) -> None:
        self._start = lean(start)
        self._order = start.order
        self._clock = start.order.clock
        self._alarm = Alarm(self._clock)
        self._pending: list[Event] = []
        self._taken: list[Mark] = []
        self._by_update, self._outdated, self._records = False, False, 0
        self._inbox: list[Message] = []  # mostly empty: a deque is 760 bytes even then
        self._recorded: set[str] = set()
        self._receipts: dict[str, Receipt] = {}
        if start.carried:
            self._facts, self._outlook = start.carried.facts, start.carried.outlook.thrifty()
            self._receipts = {receipt.message: receipt for receipt in start.carried.receipts}
            self._recorded = set(self._receipts)
        else:
            self._facts, first = self.begin(start)
            self._outlook = unseen(self._facts, self._now())
            if start.submission:
                self._happened(start.submission, first)
            else:
                self._pending.append(first)

    def begin(self, start: TaskStart) -> tuple[Facts, Event]:
        """The facts as they are at the start, and the first event."""
        raise NotImplementedError

    async def live(self) -> TaskEnd:
        """Until the task is closed: record what happened, let signals in, take what is due, wait."""
        while not self._at_rest_for_ever():
            if self._pending or self._outdated:
                await self._record()
            elif self._inbox:
                await self._let_in(self._inbox.pop(0))
            elif self._alarm.rang:
                self._take_due(self._alarm.heard())
            elif self._is_long():
                self._begin_anew()
            else:
                await self._wait()
        self._alarm.cancel()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return TaskEnd(task=self._facts.task.id, state=self._facts.state, at=self._facts.last_at)

    progress = door(Act.PROGRESS, "The unit tells how far it has come, or supplies what was asked for.")
    report = door(Act.REPORT, "The unit hands in its report with evidence, or its document anew.")
    answer = door(Act.ANSWER, "A person answers an open question.")
    withdraw = door(Act.WITHDRAW, "The task no longer has to be done, or the document is taken back.")

    @workflow.signal(
        dynamic=True, description="`answer_question`: the same as the update `answer`, for machines."
    )
    def signalled(self, name: str, sent: Sequence[RawValue]) -> None:
        """Any signal: let in by the register, and recorded as refused where it is bad.

        Under its own name with a typed message, one that cannot be read would be dropped unseen, and one with
        too few or too many arguments would fail this workflow's task for ever.
        """
        if name == PARENT_MOVED:
            self._outdated = True  # what bounds this deadline has moved: the register is asked anew
            return
        data = sent[0].payload.data if sent else b""
        message = opened(data)
        if name != ANSWER_QUESTION or len(sent) != 1:
            field = "signal" if name != ANSWER_QUESTION else "message"
            message = misfit(data, Reason.UNREADABLE, {"field": field})
        if message.id in self._receipts:
            return
        if isinstance(message, Misfit):
            self._refuse(message, message.reason, message.detail)
        else:
            self._inbox.append(message.model_copy(update={"act": Act.ANSWER, "door": Door.SIGNAL}))

    @workflow.query
    def view(self) -> TaskView:
        """What the task knows of itself."""
        return TaskView(facts=self._facts, outlook=self._outlook, work=self._order.work)

    @workflow.query
    def marks(self) -> tuple[Mark, ...]:
        """What will happen if nobody acts."""
        return self._outlook.marks

    def check(self, message: Message) -> None:
        """Refuse an act that a rule forbids; a repeated message is let through to its receipt."""
        if message.id in self._receipts:
            return
        try:
            self._moved(message)
        except Refused as refused:
            raise refusal(refused.reason, _as_text(refused)) from refused

    async def do(self, message: Message) -> Receipt:
        """Move the value, then wait until the act is recorded: nobody hears "done" before it is."""
        if message.id not in self._receipts:
            self._move(message)
            self._by_update = True
        await workflow.wait_condition(lambda: message.id in self._recorded)
        return self._receipts[message.id]

    def _move(self, message: Message) -> None:
        self._facts, event = self._moved(message)
        self._happened(message, event)

    def _moved(self, message: Message) -> tuple[Facts, Event]:
        skew = SKEW * self._clock.scale
        return move(self._facts, message, self._outlook, self._order.policy, self._now(), skew)

    def _happened(self, message: Message | Misfit, event: Event) -> None:
        self._pending.append(event)
        self._receipts[message.id] = Receipt(
            task=self._facts.task.id,
            message=message.id,
            kind=event.kind,
            at=event.at,
            state=self._facts.state,
            detail=event.detail,
        )

    async def _let_in(self, message: Message) -> None:
        """A signal's role is checked in the register; what is refused is recorded and told to its sender."""
        admission = Admission(
            task=self._facts.task.id,
            actor=message.actor,
            role=message.role,
            at=message.at,
            officer=self._facts.officer_in(message.role),
        )
        admitted = await calls.admit(admission)
        if message.id in self._receipts:
            return
        if not admitted.welcome:
            self._refuse(message, Reason.NOT_WELCOME, {"role": message.role})
            return
        try:
            self._move(message.model_copy(update={"on_behalf_of": admitted.on_behalf_of}))
        except Refused as refused:
            self._refuse(message, refused.reason, _as_text(refused))

    def _refuse(self, message: Message | Misfit, reason: Reason, detail: dict[str, str]) -> None:
        event = Event(
            id=message.id,
            kind=EventKind.ANSWER_REFUSED,
            at=self._now(),
            to_people=(message.actor,) if message.actor else (),
            actor=message.actor,
            role=message.role,
            door=Door.SIGNAL,
            reason=reason,
            urgent=True,
            detail=detail,
        )
        self._facts = self._facts.having(revision=self._facts.revision + 1)
        self._happened(message, event)

    async def _record(self) -> None:
        """One transition, one record. Facts may move on meanwhile: their events wait for the next one."""
        events, taken = tuple(self._pending), tuple(self._taken)
        expected = self._outlook.without(self._facts.settled)
        transition = Transition(
            facts=self._facts, events=events, taken=taken, at=self._now(), expects=name_of(expected)
        )
        remotely, self._records = self._by_update, self._records + 1
        self._pending, self._taken, self._by_update, self._outdated = [], [], False, False
        recorded = await calls.record(transition, remotely=remotely)
        self._facts = lean(fold(self._facts, transition, recorded.vacant, recorded.known, self._order.policy))
        self._outlook = recorded.seen(expected)
        self._recorded.update(event.id for event in events)
        workflow.set_current_details(details(self._facts, self._outlook, self._order))

    def _take_due(self, rang_at: datetime) -> None:
        due = tuple(mark for mark in self._outlook.marks if mark.at <= rang_at)
        if not due:
            return
        at = max(rang_at, self._facts.last_at)
        self._facts, events = take(self._facts, due, at, self._order.policy)
        self._pending.extend(events)
        superseded = {event.id for event in events if event.kind is EventKind.SUPERSEDED}
        self._taken.extend(mark for mark in due if mark.key not in superseded)

    async def _wait(self) -> None:
        self._alarm.set(min((mark.at for mark in self._outlook.marks), default=None))
        await workflow.wait_condition(
            lambda: bool(
                self._pending or self._outdated or self._inbox or self._alarm.rang or self._is_long()
            )
        )

    def _is_long(self) -> bool:
        """Whether to begin anew, never while somebody waits; in a replay events may be fewer by now, not records."""
        long = workflow.info().is_continue_as_new_suggested() or 0 < self._start.records <= self._records
        return long and workflow.all_handlers_finished()

    def _at_rest_for_ever(self) -> bool:
        return self._facts.closed and not self._pending and not self._inbox

    def _begin_anew(self) -> None:
        receipts = tuple(self._receipts.values())[-500:]
        carried = Carried(facts=self._facts, outlook=self._outlook, receipts=receipts)
        workflow.continue_as_new(self._start.model_copy(update={"carried": carried}))

    def _now(self) -> datetime:
        return self._clock.office(workflow.now())


def _as_text(refused: Refused) -> dict[str, str]:
    return {key: str(value) for key, value in refused.detail.items()}
