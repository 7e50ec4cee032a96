"""The undisturbed run: the same story on a clock that waits for everybody, with the core's own functions.

It is derived and not run. `directive/` decides every move and every mark, in the workflow as here, and the real
register records them; that the workflows do no other than those functions say is what
`tests/whole/test_preview_is_run.py` shows, and a run in which nobody is killed is compared with this one as well
(`python -m tests.survive --kills 0`). A real run beside each one would be late itself on a busy machine.
"""

from datetime import datetime
from pathlib import Path

from directive.event import Event
from directive.moves import move
from directive.record import Transition
from directive.task import Order
from letters.scenario_file import PlannedAct
from register.calendars import shipped_calendar
from register.open import Register
from register.plans import save_directory, save_plan
from tests.register.given import Running
from tests.survive.acts import message, waiting
from tests.survive.ledger import Ledger, read_ledger
from tests.survive.story import BEGINS, ENDS, Story


async def undisturbed(story: Story, file: Path) -> Ledger:
    """What the register holds in the end if nothing is ever late. `file` is a new SQLite file."""
    register = Register.open(f"sqlite+aiosqlite:///{file}")
    try:
        await register.migrate()
        await save_directory(register, story.directory)
        await save_plan(register, story.plan, story.directory.version)
        for order in story.orders:
            await _Life(register, story, order).live()
        return await read_ledger(register)
    finally:
        await register.close()


class _Life:
    """One task, from its assignment to the end of the story."""

    def __init__(self, register: Register, story: Story, order: Order) -> None:
        self._task = Running(register, order, BEGINS)
        self._story = story
        self._acts = story.acts_of(order)
        self._happened: list[Event] = []

    async def live(self) -> None:
        """Whatever comes first, a mark or a person; at one instant the mark."""
        await self._task.start()
        assert self._task.last
        self._happened += self._task.last.events
        while True:
            mark = min((one.at for one in self._task.marks), default=None)
            turns = waiting(self._acts, self._happened, shipped_calendar())
            at = min((one for one in (mark, *(turn for turn, _ in turns)) if one), default=None)
            if at is None or at > ENDS:
                return
            step = self._task.taking(at) if at == mark else self._acting(turns[0][1], at)
            await self._task.settle(step)
            self._happened += step.events

    def _acting(self, act: PlannedAct, at: datetime) -> Transition:
        task = self._task
        said = message(act, task.facts, self._story.directory, at)
        assert task.outlook
        facts, event = move(task.facts, said, task.outlook, task.policy, at)
        return Transition(facts=facts, events=(event,), at=at)
