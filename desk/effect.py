"""What an act would change, or has changed: the old and the new timeline of one task, in words and as JSON.

A dry run is the act itself on paper: the same `move` judges it by the register's facts and the same marks follow;
nothing is sent and nothing recorded.
"""

from datetime import datetime
from typing import NamedTuple

from desk import below, person, screen, words
from desk.changes import Change, Timeline, Way, changes, due_moves, timeline
from desk.language import text
from desk.office import directory_in_use
from desk.saying import known_calendar, now
from directive.calendar import WorkCalendar
from directive.directory import Directory
from directive.due import Due, local_day
from directive.event import Event
from directive.mark import Mark
from directive.message import Message
from directive.moves import move
from directive.outlook import look_ahead
from directive.policy import Policy
from directive.record import Transition, fold
from directive.refusal import Refused
from directive.task import Facts
from register.family import parent_due
from register.office import load_calendar
from register.open import Register
from register.plans import load_plan
from register.reading import task
from register.telling import vacancies

WAYS = {
    Way.STAYS: ("giữ", "stays"),
    Way.MOVES: ("dời", "moves"),
    Way.GOES: ("bỏ", "goes"),
    Way.COMES: ("thêm", "comes"),
}


class Effect(NamedTuple):
    """A task before and after an act; `event` is what the act records."""

    task: str
    before: Timeline
    after: Timeline
    event: Event | None = None

    @property
    def changes(self) -> tuple[Change, ...]:
        """Each mark of the two timelines once."""
        return changes(self.before, self.after)

    @property
    def due_moves(self) -> bool:
        """Whether the deadline in force is another one."""
        return due_moves(self.before, self.after)


class Paper(NamedTuple):
    """What an act on paper is judged by; `calendars` by their versions."""

    policy: Policy
    directory: Directory
    calendars: dict[str, WorkCalendar]
    parent_due: Due | None = None

    def act(self, facts: Facts, message: Message) -> tuple[Facts, Event]:
        """The facts after an act, as the record would fold them, and its event. Raises Refused."""
        calendar = self.calendars[facts.calendar]
        outlook = look_ahead(facts, self.policy, calendar, message.at, self.parent_due)
        moved, event = move(facts, message, outlook, self.policy, max(message.at, facts.last_at))
        transition = Transition(facts=moved, events=(event,), at=event.at)
        nobody = vacancies(transition, (event,), self.directory, local_day(event.at))
        return fold(moved, transition, (event.id,) if nobody else (), (), self.policy), event

    def effect(self, facts: Facts, message: Message) -> Effect:
        """What an act would make of a task. Raises Stop where a rule refuses it."""
        try:
            moved, event = self.act(facts, message)
        except Refused as refused:
            names = person.namer(self.directory)
            raise person.refused(refused.reason, dict(refused.detail), facts.task.id, names) from refused
        return self.between(facts, moved, message.at, event)

    def between(self, before: Facts, after: Facts, at: datetime, event: Event | None = None) -> Effect:
        """A task as it was and as it is."""
        old, new = (timeline(one, self.policy, self.calendars[one.calendar], at) for one in (before, after))
        return Effect(before.task.id, old, new, event)


async def paper(register: Register, facts: Facts, *versions: str) -> Paper:
    """What acts on a task are judged by, with the calendars of `versions` beside its own. Raises Stop."""
    wanted = {version for version in (facts.calendar, *versions) if version}
    return Paper(
        policy=(await load_plan(register, facts.task.directive)).policy,
        directory=await directory_in_use(register),
        calendars={version: await calendar_named(register, version) for version in sorted(wanted)},
        parent_due=await parent_due(register, facts),
    )


async def of(register: Register, facts: Facts, message: Message) -> Effect:
    """What an act would make of a task if it were done at the message's instant; nothing is written.

    Raises Stop as the act itself would: a rule's refusal, or a calendar that the register lacks.
    """
    return (await paper(register, facts, message.calendar)).effect(facts, message)


async def tell(register: Register, facts: Facts, message: Message) -> None:
    """The dry run of one act: what it would record, and the old and the new timeline. Raises Stop as the act would."""
    found = await of(register, facts, message)
    names = person.namer(await directory_in_use(register))
    under = await children_after(register, facts, found)
    screen.answer({"dry_run": True, "act": message.act, **plain(found), **under.plain()})
    screen.say(text("Chạy thử, chưa ghi gì.", "A dry run: nothing is recorded."), "yellow")
    if found.event:
        screen.say(f"{text('Sẽ ghi', 'Would record')}: {words.event(found.event, names)}.")
        told = words.roles((*found.event.to, *found.event.copy_to), names)
        if told:
            screen.say(f"  {text('sẽ báo', 'would tell')}: {told}")
    show(found, names)
    below.tell(under, names)


async def children_after(register: Register, facts: Facts, found: Effect) -> below.Concerned:
    """The task's children that the act concerns."""
    old, new = found.before, found.after
    return await below.concerned(register, facts, new.state, old.due, new.due, now())


async def after(register: Register, before: Facts, at: datetime) -> Effect:
    """What has become of a task since the door read its facts as `before`, as the register has it now."""
    card = await task(register, before.task.id)
    return (await paper(register, before, card.facts.calendar)).between(before, card.facts, at)


async def calendar_named(register: Register, version: str) -> WorkCalendar:
    """A version of the working calendar. Raises Stop where the register lacks it."""
    await known_calendar(register, version)
    return await load_calendar(register, version)


def show(effect: Effect, names: words.Names) -> None:
    """Print the old and the new timeline."""
    old, new = effect.before, effect.after
    _pair(text("Trạng thái", "State"), words.word(old.state), words.word(new.state))
    _pair(text("Thời hạn", "Deadline"), words.due(old.due), words.due(new.due))
    _pair(text("Đèn", "Light"), words.light(old.light), words.light(new.light))
    _pair(text("Lịch làm việc", "Calendar"), old.calendar, new.calendar)
    found = effect.changes
    screen.say(f"{text('Các mốc, nếu không ai làm gì', 'Marks, if nobody acts')}: {sums(found)}", "bold")
    table(found, names)


def table(found: tuple[Change, ...], names: words.Names) -> None:
    """Print marks with their old and new instants."""
    columns = [text("Thay đổi", "Change"), text("Trước", "Before"), text("Sau", "After"), text("Mốc", "Mark")]
    if found:
        screen.table(columns, [_cells(one, names) for one in found])


def sums(found: tuple[Change, ...]) -> str:
    """How many marks move, come, go and stay."""
    counts = {way: sum(one.way is way for one in found) for way in Way}
    told = [f"{count} {text(*WAYS[way])}" for way, count in counts.items() if count]
    return ", ".join(told) or text("không có", "none")


def _pair(name: str, old: str, new: str) -> None:
    screen.say(f"  {name}: {old}" if old == new else f"  {name}: {old} → {new}")


def _cells(one: Change, names: words.Names) -> list[str]:
    old, new = one.before, one.after
    said = words.mark(one.mark, names)
    if old and new and (old.to, old.copy_to) != (new.to, new.copy_to):
        said = f"{words.mark(old, names)} ⇒ {said}"
    return [text(*WAYS[one.way]), _at(old), _at(new), said]


def _at(mark: Mark | None) -> str:
    return words.moment(mark.at) if mark else "—"


def plain(effect: Effect) -> dict[str, object]:
    """The effect as JSON: `before` and `after` with deadline and light, `changes` mark by mark."""
    return {
        "task": effect.task,
        "event": effect.event.model_dump(mode="json", exclude_defaults=True) if effect.event else None,
        "deadline_moves": effect.due_moves,
        "before": _timeline(effect.before),
        "after": _timeline(effect.after),
        "changes": plain_changes(effect),
    }


def plain_changes(effect: Effect) -> list[dict[str, object]]:
    """Each mark with its instants before and after, as JSON."""
    return [_change(one) for one in effect.changes]


def _timeline(one: Timeline) -> dict[str, object]:
    return {"state": one.state, "calendar": one.calendar, "due": one.due, "light": one.light}


def _change(one: Change) -> dict[str, object]:
    mark = one.mark
    return {
        "change": one.way,
        "key": mark.key,
        "kind": mark.kind,
        "level": mark.level,
        "offset": mark.offset,
        "before": one.before and one.before.at,
        "after": one.after and one.after.at,
        "to": mark.to,
        "copy_to": mark.copy_to,
    }
