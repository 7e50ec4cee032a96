"""The dry run of an act on many tasks: each is judged by the same move on what the register holds; nothing is sent."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desk import person, screen, words
from desk.bulk_results import Result, by_reason, line, some_refused, tell_refused
from desk.effect import paper
from desk.language import text
from desk.saying import now
from directive.event import Event
from directive.message import Act
from directive.refusal import Refused
from directive.task import State
from register.open import Register

if TYPE_CHECKING:
    from desk.bulk import Item


async def tell(register: Register, items: Sequence["Item"], before: dict[str, Event], act: Act) -> None:
    """Whether each task would accept the act, and why not. Raises Stop where some would refuse, as the act would."""
    results = [await _judged(register, item) for item in items]
    for task, event in before.items():
        line({"task": task, "message_id": event.id, "result": "done_before"})
    for one in results:
        line(one.plain("would_accept", "would_refuse"))
    groups = by_reason(results)
    refused = sum(len(found) for found in groups.values())
    line({"dry_run": True, "act": act, "accept": len(results) - refused, "refuse": refused})
    if results:
        columns = [text("Nhiệm vụ", "Task"), text("Đơn vị", "Unit"), text("Kết quả", "Result")]
        screen.table(columns, [_cells(one) for one in results])
    screen.say(text("Chạy thử, chưa ghi gì.", "A dry run: nothing is recorded."), "yellow")
    screen.say(
        f"{words.word(act)}: {len(results) - refused} {text('sẽ được nhận', 'would be accepted')}, "
        f"{refused} {text('sẽ bị từ chối', 'would be refused')}"
        + (f", {len(before)} {text('đã làm ở lần trước', 'done by an earlier run')}" if before else "")
    )
    tell_refused(groups)
    if groups:
        raise some_refused(groups, len(results) + len(before), "")


async def _judged(register: Register, item: "Item") -> Result:
    """One task on paper."""
    if item.message is None:
        return Result(item.row, "", item.stop)
    facts = item.case.facts
    message = item.message.model_copy(update={"at": now()})
    try:
        moved, _ = (await paper(register, facts, message.calendar)).act(facts, message)
    except Refused as refused:
        names = person.namer(item.case.directory)
        stop = person.refused(refused.reason, dict(refused.detail), facts.task.id, names)
        return Result(item.row, message.id, stop)
    return Result(item.row, message.id, state=moved.state)


def _cells(one: Result) -> list[str]:
    said = (
        f"{text('từ chối', 'refused')}: {one.stop.message}"
        if one.stop
        else f"→ {words.word(State(one.state))}"
    )
    return [f"{one.row.number}/{one.row.code}", one.row.unit, said]
