"""One run of a story on the real server: burnt as the seed says, then judged."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import NamedTuple

from directive.clock import OfficeClock
from directive.due import OFFICE_ZONE
from register.open import Register
from tests.notices.mail_server import Mailbox, listening
from tests.survive.engine import ailments, differences
from tests.survive.fire import Fire
from tests.survive.judge import posted, verdict
from tests.survive.ledger import Ledger, last_line, read_ledger
from tests.survive.story import BEGINS, ENDS, OUTAGE, Story, write_story
from tests.survive.undisturbed import undisturbed
from tests.survive.watch import is_behind, is_lost, is_quiet, late
from tests.whole.house import House, kill, until

DAY = 86_400
LOOK = 0.1
LONG = 300.0
NOON = 12
"""From here on the day is left to what is still to be done on it, if anything is."""

RECOVERIES = 3
"""So many recoveries fit into a day of the office."""
ENOUGH = 8
"""So many events have to be recorded after a death before the next one, as long as there is something to be done."""
REFUSED = "refused.log"

Tell = Callable[[str], None]


class Wish(NamedTuple):
    """How a run is to be: `apart` seconds between two kills on average (0: nobody dies), `noticed` how soon the engine
    notices a death, `shortest` how long a day of the office lasts at least (seconds).
    """

    seed: int
    apart: float = 2.5
    noticed: float = 2.0
    shortest: float = 10.0
    register_url: str = ""


class Outcome(NamedTuple):
    """What became of a run. `late` is what did not happen on its day: then nothing can be said of the rest."""

    wish: Wish
    folder: Path
    kills: Counter[str]
    day: float
    seconds: float
    late: list[str]
    wrong: list[str]
    causes: int
    notices: int
    merged: int
    messages: int
    repeats: int


async def run(folder: Path, wish: Wish, tell: Tell) -> Outcome:
    """Burn a story in a new folder and judge what is left."""
    began = time.monotonic()
    story = write_story(folder, wish.seed)
    expected = await undisturbed(story, folder / "undisturbed.db")
    box = Mailbox()
    async with listening(box):
        house = await _house(folder / "house", wish)
        fire = Fire(house, folder, f"smtp://127.0.0.1:{box.port}", *wish[:3], wish.register_url)
        try:
            back = await _comes_back(house)
            fire.noticed = max(wish.noticed, back)
            house.server_options = _noticing(fire.noticed)
            await house.start_server()
            day = max(wish.shortest, RECOVERIES * (back + 2 * fire.noticed))
            house.clock = OfficeClock.starting(BEGINS, datetime.now(UTC), round(DAY / day))
            tell(f"a day of the office lasts {day:.0f} s; the story takes {_days() * day:.0f} s")
            await _burn(fire, story, tell)
            found = await _settled(fire, story)
            slow, wrong = late(story, found, house.now()), list(fire.crashes)
            if not slow:
                wrong += [*verdict(story, expected, found), *posted(found, _taken(box))]
                wrong += [*await _agreed(fire, story), *await ailments(house.client, story)]
        finally:
            fire.end()
            await house.register.close()
    return _outcome(wish, folder, fire, day, time.monotonic() - began, slow, wrong, found)


def _days() -> float:
    return (ENDS - BEGINS).total_seconds() / DAY


async def _house(folder: Path, wish: Wish) -> House:
    folder.mkdir()  # noqa: ASYNC240 - one folder, nobody waits
    house = House(folder)
    if wish.register_url:
        house.register = Register.open(wish.register_url)
    await house.register.migrate()
    return house


def _noticing(seconds: float) -> tuple[str, ...]:
    """How a server is started that gives a workflow task of a dead worker away so soon, and not after ten seconds."""
    return ("--dynamic-config-value", f'history.defaultWorkflowTaskTimeout="{seconds:.1f}s"')


async def _comes_back(house: House) -> float:
    """How long server and worker take to start on this machine, now (seconds). Both are dead when this returns."""
    began = time.monotonic()
    await house.start_server()
    took = time.monotonic() - began
    for _ in range(2):  # the first worker waits for the imports of those that come after it
        began = time.monotonic()
        kill(await house.start_worker())
    took = max(took, time.monotonic() - began)
    assert house.server
    kill(house.server)
    return took


async def _burn(fire: Fire, story: Story, tell: Tell) -> None:
    """Let the story run its course, and kill whom the seed names; while the house is behind after noon, nobody."""
    told = BEGINS
    while (now := fire.house.now()) < ENDS:
        if fire.apart and not fire.outage and OUTAGE[0] <= now < OUTAGE[1]:
            fire.begin_outage()
        fire.outage = fire.outage and now < OUTAGE[1]
        await fire.mend()
        if not fire.outage and await _may_burn(fire, story, now):
            fire.strike()
        if now - told > timedelta(days=1):
            told = now
            if await is_lost(fire.house.register, story, now):
                return
            tell(f"{now.astimezone(OFFICE_ZONE):%A %H:%M}: {fire.killed} killed")
        await asyncio.sleep(LOOK)  # real processes are watched, and they tell nobody


async def _may_burn(fire: Fire, story: Story, now: datetime) -> bool:
    """In the morning as long as something gets done between two deaths; later on while nothing waits to be done.

    One death in seven asks for nothing: it may strike whoever has just come back.
    """
    if not fire.is_time():
        return False
    recorded = await last_line(fire.house.register)
    if fire.reckless or not await is_behind(fire.house.register, story, now):
        fire.recorded = recorded
        return True
    if now.astimezone(OFFICE_ZONE).hour >= NOON or recorded < fire.recorded + ENOUGH:
        return False
    fire.recorded = recorded
    return True


async def _settled(fire: Fire, story: Story) -> Ledger:
    """The fire is out: what is left is done, and what the register then holds."""
    fire.put_out()

    async def quiet() -> bool:
        await fire.mend()
        register = fire.house.register
        return await is_lost(register, story, fire.house.now()) or await is_quiet(register, story)

    await until(quiet, f"the story's end\n{fire.house.logs()}", LONG)
    return await read_ledger(fire.house.register)


async def _agreed(fire: Fire, story: Story) -> list[str]:
    """Engine and register come to agree, and what they do not come to agree on."""
    left: list[str] = ["not asked"]

    async def agree() -> bool:
        nonlocal left
        await fire.mend()
        left = await differences(fire.house.client, fire.house.register, story)
        return not left

    try:
        await until(agree, "engine and register agree")
    except AssertionError:
        return left
    done = {
        one.event.id for lines in (await read_ledger(fire.house.register)).lines.values() for one in lines
    }
    return [f"refused: {line}" for line in _refusals(fire.house) if not _too_early(line, done)]


def _refusals(house: House) -> list[str]:
    file = house.folder / REFUSED
    return sorted(set(file.read_text("utf-8").splitlines())) if file.exists() else []


def _too_early(refusal: str, done: set[str]) -> bool:
    """Whether an answer came while the engine had forgotten the record of its question, and was taken later."""
    act, kind, *_ = refusal.replace(":", "").split()
    return kind == "no_question" and act in done


def _taken(box: Mailbox) -> Counter[str]:
    mails = (message_from_bytes(content, policy=policy.default) for _, content in box.taken)
    return Counter(str(mail["Message-ID"]).strip("<> ").partition("@")[0] for mail in mails)


def _outcome(
    wish: Wish,
    folder: Path,
    fire: Fire,
    day: float,
    seconds: float,
    slow: list[str],
    wrong: list[str],
    found: Ledger,
) -> Outcome:
    lines = [line for lines in found.lines.values() for line in lines]
    merged = sum(line.event.kind == "superseded" for line in lines)
    repeats = sum(one.repeats for one in found.messages)
    counted = (len(lines), len(found.notices), merged, len(found.messages), repeats)
    return Outcome(wish, folder, fire.kills, day, seconds, slow, wrong, *counted)
