"""The people of the story as a process: acts when something has happened, through the same door as the command line.

It keeps nothing. Killed in the middle of an act and run again, it looks into the register and goes on: an act that
is recorded counts once by its message id. A refusal is written down and tried again, since nobody here may be refused.
"""

import asyncio
import sys
from pathlib import Path

from temporalio.client import Client

from desk import engine
from desk import exit as way_out
from desk.acting import act_on, case_of
from desk.exit import Code, Stop
from desk.saying import By, now
from desk.settings import settings
from directive.event import Event
from letters.scenario_file import PlannedAct
from register.calendars import shipped_calendar
from register.open import Register, RegisterDown
from tests.survive.acts import said, speaker, waiting
from tests.survive.ledger import last_line, lines_of
from tests.survive.story import Story, message_id, read_story

LOOK = 0.2
AT_ONCE = 8
REFUSED = "refused.log"


class Actor:
    """Everybody who acts in the story."""

    def __init__(self, story: Story, register: Register, client: Client) -> None:
        self._story, self._register, self._client = story, register, client
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._acting: dict[str, asyncio.Task[None]] = {}

    async def play(self) -> None:
        """Look, act, look again, until every act is recorded."""
        seen, happened = -1, dict[str, list[Event]]()
        while True:
            if seen != (seen := await last_line(self._register)):
                lines = await lines_of(self._register)
                happened = {task: [line.event for line in found] for task, found in lines.items()}
            done = {event.id for found in happened.values() for event in found}
            if all(message_id(act) in done for act in self._story.acts):
                return
            turns = [
                (order.task.id, act)
                for order in self._story.orders
                for at, act in waiting(
                    self._story.acts_of(order), happened.get(order.task.id, []), shipped_calendar()
                )
                if at <= now()
            ]
            for task, act in turns:  # who is not answered for long keeps nobody else waiting
                if message_id(act) not in self._acting:
                    self._acting[message_id(act)] = asyncio.create_task(self._act(task, act))
            for name in [name for name, one in self._acting.items() if one.done()]:
                self._acting.pop(name).result()  # a fault of ours ends the process, and is seen
            await asyncio.sleep(LOOK)  # people look into their inbox now and then

    async def _act(self, task: str, act: PlannedAct) -> None:
        async with self._turns:
            try:
                case = await case_of(self._register, task)
                who = speaker(act, case.facts, case.directory, now())
                by = By(who, message_id=message_id(act), typed_by="survive")
                await act_on(self._register, self._connected, case, act.act, by, said(act))
            except Stop as stop:
                if stop.code is not Code.UNREACHABLE:
                    _note(f"{message_id(act)} {stop.kind}: {stop}")
            except RegisterDown:
                return

    async def _connected(self) -> Client:
        return self._client


def _note(refused: str) -> None:
    with (settings().data / REFUSED).open("a", encoding="utf-8") as out:
        out.write(refused + "\n")


async def main(folder: Path) -> None:
    """Act in the story of a folder until it is over. Raises Stop where there is no engine."""
    register = Register.open(settings().register_address)
    await Actor(read_story(folder), register, await engine.connect()).play()
    await register.close()


if __name__ == "__main__":
    way_out.run(lambda: asyncio.run(main(Path(sys.argv[1]))))
