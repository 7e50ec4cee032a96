"""Many at once on the real server: nudges have their numbers, one message counts once, the late hear who was first."""

import asyncio
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from desk.exit import Stop
from directive.event import EventKind
from directive.message import Act
from directive.question import Choice, QuestionKind
from directive.record import Receipt
from tests.databases import Database
from tests.register.given import STANDARD, plan, planned
from tests.whole.house import gone
from tests.whole.living import Living, Task, living

pytestmark = pytest.mark.timeout(180)

FREELY = STANDARD.model_copy(update={"nudge_gap": 0})
MANY, CROWD = 50, 100


async def test_fifty_nudges_at_once_are_numbered_without_gap_or_repeat(
    tmp_path: Path, database: Database
) -> None:
    free = plan(planned("free"), number="2000-CV/ĐU", policy=FREELY)
    async with living(tmp_path, database.fresh(), plan(planned("held")), free) as house:
        done = await nudged(house, house.tasks["free"])
        assert [one for one in done if not isinstance(one, Receipt)] == []
        assert await numbers(house, house.tasks["free"]) == list(range(1, MANY + 1))
        assert (await house.facts(house.tasks["free"])).nudges == MANY

        throttled = await nudged(house, house.tasks["held"])
        refused = Counter(one.kind for one in throttled if isinstance(one, Stop))
        assert refused == {"too_soon": MANY - 1}
        assert await numbers(house, house.tasks["held"]) == [1]


async def test_a_crowd_is_served_by_an_engine_that_takes_ten_at_a_time(
    tmp_path: Path, database: Database
) -> None:
    """An office's own engine may be as it comes. More than ten at once make it forget those whom it has let in."""
    free = plan(planned("free"), number="2000-CV/ĐU", policy=FREELY)
    few = ("--dynamic-config-value", "history.maxInFlightUpdates=10")
    async with living(tmp_path, database.fresh(), free, server_options=few) as house:
        done = await nudged(house, house.tasks["free"])
        assert [one for one in done if not isinstance(one, Receipt)] == []
        assert await numbers(house, house.tasks["free"]) == list(range(1, MANY + 1))


async def nudged(house: Living, task: Task) -> list[Receipt | Stop | None]:
    """Everybody of the assigning side nudges at once."""
    voices = [("leader", "leadership:du"), ("assigner", "assigner:du"), ("head-vp", "head:vp")]
    sayings = [
        house.message(f"N-{number}", Act.NUDGE, *voices[number % len(voices)]) for number in range(MANY)
    ]
    return await asyncio.gather(*(house.say(task, one) for one in sayings))


async def numbers(house: Living, task: Task) -> list[int]:
    """The numbers of the nudges as they stand in the register, in its order."""
    return [int(one.detail["number"]) for one in await house.events(task) if one.kind is EventKind.NUDGED]


async def test_one_message_counts_once_and_the_second_answer_hears_who_was_first(
    tmp_path: Path, database: Database
) -> None:
    async with living(tmp_path, database.fresh(), plan(planned("1"))) as house:
        (task,) = house.tasks.values()
        await house.do(task, "R-1", Act.REPORT, "officer-so-a", "officer:so-a", text="đã làm xong")
        approval = (await house.facts(task)).open_question(QuestionKind.APPROVAL)
        assert approval
        await a_hundred_times(house, task, approval.id)
        assert await house.kinds(task) == ["assigned", "reported", "approved"]
        await after_the_close(house, task, approval.id)
        assert await house.kinds(task) == ["assigned", "reported", "approved"]


async def a_hundred_times(house: Living, task: Task, question: str) -> None:
    """The same message a hundred times at once, and beside it other answers to the same question."""
    said = {"question": question, "choice": Choice.APPROVE}
    once = house.message("A-1", Act.ANSWER, "approver", "approver:du", **said)
    others = [
        house.message(f"A-{number}", Act.ANSWER, "approver", "approver:du", **said) for number in range(2, 5)
    ]
    heard = await asyncio.gather(*(house.say(task, one) for one in (*[once] * CROWD, *others)))
    assert [one for one in heard[:CROWD] if isinstance(one, Stop)] == []
    receipts = {one.model_dump_json() for one in heard[:CROWD] if isinstance(one, Receipt)}
    assert len(receipts) == 1, "everybody hears the same"
    for other in heard[CROWD:]:
        assert isinstance(other, Stop), "one answer decides"
        assert other.kind == "closed"
        assert other.detail["decided"] == {
            "by": "approver", "on_behalf_of": "", "kind": "approved", "at": heard_at(heard[0])
        }  # fmt: skip


def heard_at(receipt: Receipt | Stop | None) -> str:
    """When it was decided, by the receipt."""
    assert isinstance(receipt, Receipt)
    return receipt.at.isoformat()


async def after_the_close(house: Living, task: Task, question: str) -> None:
    """By the command line: the same id is told what it did, and another one who decided what and when."""
    commands = [
        answer(house, task, question, "A-1"),
        answer(house, task, question, "A-1"),
        answer(house, task, question, "A-9"),
    ]
    codes = [await gone(one) for one in commands]
    first, second, late = (said(house, one) for one in commands)
    assert codes == [0, 0, 1], house.house.logs()
    assert first["event"] == second["event"]
    assert first["event"]["id"] == "A-1"
    decided = late["error"]["decided"]
    assert (decided["by"], decided["kind"]) == ("approver", "approved")
    assert decided["at"] == first["event"]["at"].replace("Z", "+00:00")
    assert "approver" in late["error"]["message"]


def answer(house: Living, task: Task, question: str, name: str) -> Any:
    """`answer`, as a person types it."""
    words = [
        "answer",
        task.id,
        "--as",
        "approver",
        "--choice",
        "approve",
        "--question",
        question,
        "--message-id",
        name,
    ]
    return house.house.command(*words, "--json")


def said(house: Living, process: Any) -> dict[str, Any]:
    """What a command said, as JSON."""
    place = house.house.processes.index(process)
    text = (house.house.folder / f"process-{place}.log").read_text("utf-8")
    found: dict[str, Any] = json.loads(text[text.index("{") :])
    return found
