"""Settling what the survey found, one task after the other: killed anywhere and run again it goes on."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from desk.finding import Finding
from desk.repair import words
from desk.repair.begun import Beginning
from desk.repair.compared import Step
from desk.repair.delivered import reached
from desk.repair.files import missing_evidence, note_again, sweep_parts
from desk.repair.survey import Case, Survey, Surveyor
from desk.restored import Restored
from desk.settings import settings
from directive.wire import DELIVERY, WEBHOOKS
from register.hook_outbox import note_asleep
from register.kept_back import Leaves, Reached, keep_back_told
from register.office import NotRecorded
from register.open import Register
from register.outbox import held, note_next
from register.rebuild import rebuild

if TYPE_CHECKING:
    from temporalio.client import Client


class Done(NamedTuple):
    """What a repair did: events written, notices `kept_back` as told before or `waiting` to go out, files noted."""

    events: int
    kept_back: int
    waiting: int
    files: int
    swept: int
    left: tuple[Finding, ...]


class Settling:
    """One repair, after the yes."""

    def __init__(
        self, client: "Client", register: Register, leaves: Leaves, told: Restored | None, surveyor: Surveyor
    ) -> None:
        self._register, self._leaves, self._told, self._surveyor = register, leaves, told, surveyor
        self._client = client
        self._beginning = Beginning(client, register)
        self._left: list[Finding] = []
        self._events = self._kept_back = self._waiting = self._files = 0

    async def settle(self, survey: Survey, shown: Callable[[int], None]) -> Done:
        """Do all of it, then look again at what was touched. Raises RegisterDown, RPCError."""
        come = await self._delivery()
        await self._keep_back(come)
        ordered = sorted(survey.cases, key=lambda case: case.verdict.step is not Step.REGISTER)
        for count, case in enumerate(ordered, start=1):
            await self._task(case, come)
            shown(count)
        for directive in survey.directives:
            await self._beginning.directive(directive)
        for name in survey.lives:
            await self._beginning.long_life(name)
        await self._note_files(survey)
        await self._wake()
        left = await self._still_left(survey)
        return Done(self._events, self._kept_back, self._waiting, self._files, sweep_parts(), tuple(left))

    async def _delivery(self) -> Reached | None:
        """How far delivery had come, as far as anybody can tell: a mail twice is better than one that never came."""
        come = await reached(self._client, settings().clock, self._told.at if self._told else None)
        if come is None or come.sure:
            return come
        _, rounds_down = await held(self._register)
        if not rounds_down:
            return come
        self._left.append(words.delivery_unknown())
        return None

    async def _keep_back(self, come: Reached | None) -> None:
        """What the older register has waiting and the newer engine has had delivered: at the first repair only."""
        if come is None or self._told is None or self._told.what == "engine" or self._told.settled_at:
            return
        before = settings().clock.office(self._told.backed_up_at)
        if come.until > before:
            self._kept_back += await keep_back_told(self._register, before, come, self._leaves)

    async def _note_files(self, survey: Survey) -> None:
        """Of every task but those that could not be written."""
        stuck = {one.detail.get("task") for one in self._left}
        count, lost = await note_again(self._register, [one for one in survey.files if one.task not in stuck])
        self._files += count
        self._left += lost

    async def _wake(self) -> None:
        """What the register has noted of the outbox's sleep is of another time than the sleep itself."""
        await note_next(self._register, None)
        await note_asleep(self._register, None)
        for name in (DELIVERY, WEBHOOKS):
            await self._beginning.wake(name)

    async def _task(self, case: Case, come: Reached | None) -> None:
        task = case.verdict.task
        try:
            if case.verdict.step is Step.REGISTER and case.line:
                rebuilt = await rebuild(self._register, task, case.line.lived, self._leaves, come)
                self._events += len(rebuilt.events)
                self._kept_back += rebuilt.kept_back
                self._waiting += rebuilt.waiting
            elif case.held:
                await self._beginning.task(case.held, anew=case.verdict.step is Step.ANEW)
        except NotRecorded as error:
            self._left.append(words.missing(task, error.kind, error.name))

    async def _still_left(self, survey: Survey) -> list[Finding]:
        stuck = {one.detail.get("task") for one in self._left}
        touched = [case.verdict.task for case in survey.cases if case.verdict.task not in stuck]
        again = await self._surveyor.again(touched) if touched else []
        after = {(one.about, one.said) for one in survey.left}
        new = [one for one in self._surveyor.left if (one.about, one.said) not in after] if touched else []
        return [
            *survey.left,
            *new,
            *self._left,
            *(words.differs(case.verdict.task) for case in again),
            *await missing_evidence(self._register),
        ]
