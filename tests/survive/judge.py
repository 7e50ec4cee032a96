"""The judge: compares what a register holds after the fire with the undisturbed run, and names what is wrong.

Compared as sets of causes: which moves and which marks were settled, and whom each was told to. When something
happened may differ by what a recovery takes, and where the outage rule has merged several marks into the newest, the
register says so by a line that names it (`superseded`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from directive.event import EventKind
from directive.task import Facts
from register.telling import NOBODY
from tests.survive.lawful import DECIDED, Unlawful, replayed
from tests.survive.ledger import Ledger, Line, Told
from tests.survive.story import Story

ABSORBED = "absorbed"
_OF_A_QUESTION = re.compile(r"[a-z_]+\.\d+\.s\d+\.")
_ASKED_SINCE = re.compile(r"a\d{14}\.")


class Settled(NamedTuple):
    """How a cause was settled: the event's kind, or `absorbed` by a stronger mark; `by` is what superseded it."""

    how: str
    by: str = ""


Causes = dict[str, Settled]


def causes(lines: Iterable[Line]) -> Causes:
    """The settled causes of one task, by keys that do not hold the second of the assignment."""
    found: Causes = {}
    named = _namer(_keys(lines))
    for line in lines:
        found[named(line.event.id)] = Settled(
            line.event.kind, named(line.event.reason) if _gave_way(line) else ""
        )
        found.update({named(key): Settled(ABSORBED) for key in line.absorbed})
    return found


def verdict(story: Story, expected: Ledger, found: Ledger) -> list[str]:
    """Everything wrong with `found`; empty where the house has survived."""
    return [
        *_compared(expected, found),
        *_once(found),
        *_lawful(story, found),
        *_notices(expected, found),
        *_carried(found),
    ]


def _gave_way(line: Line) -> bool:
    return line.event.kind is EventKind.SUPERSEDED


def _keys(lines: Iterable[Line]) -> Iterator[str]:
    return (key for line in lines for key in (line.event.id, *line.absorbed))


def _namer(keys: Iterable[str]) -> "_Names":
    stamps = sorted({found[0] for key in keys if (found := _ASKED_SINCE.match(key))})
    return _Names({stamp: f"a#{number}." for number, stamp in enumerate(stamps, 1)})


class _Names:
    """The key of an acknowledgement's mark holds when it was asked for; here it is counted instead."""

    def __init__(self, stamps: Mapping[str, str]) -> None:
        self._stamps = stamps

    def __call__(self, key: str) -> str:
        found = _ASKED_SINCE.match(key)
        return key.replace(found[0], self._stamps.get(found[0], found[0])) if found else key


def _compared(expected: Ledger, found: Ledger) -> Iterator[str]:
    """Causes lost, causes that nobody knows, causes settled in another way."""
    for task in sorted(expected.lines.keys() | found.lines.keys()):
        wanted, held = causes(expected.lines.get(task, ())), causes(found.lines.get(task, ()))
        for key in sorted(wanted.keys() - held.keys()):
            if not _needless(key, held):
                yield f"{task}: {key} ({wanted[key].how}) is lost"
        for key in sorted(held.keys() - wanted.keys()):
            yield f"{task}: {key} ({held[key].how}) has no cause in the undisturbed run"
        for key in sorted(wanted.keys() & held.keys()):
            if wanted[key].how != held[key].how and not _merged(key, held):
                yield f"{task}: {key} is {held[key].how} and not {wanted[key].how}"


def _merged(key: str, held: Causes) -> bool:
    """Whether the register says that an outage has merged this mark into a newer one, which it holds as taken."""
    by = held[key].by
    return held[key].how == EventKind.SUPERSEDED and by in held and held[by].how != EventKind.SUPERSEDED


def _needless(key: str, held: Causes) -> bool:
    """A line that nobody could be asked is needless where the mark was merged into a newer one."""
    mark = key.removesuffix(NOBODY)
    return mark != key and mark in held and _merged(mark, held)


def _once(found: Ledger) -> Iterator[str]:
    """Every cause is settled once: by an event of its own or by a stronger mark, and no event twice."""
    for task, lines in sorted(found.lines.items()):
        keys = Counter(key for line in lines for key in (line.event.id, *line.absorbed))
        yield from (f"{task}: {key} is settled {count} times" for key, count in keys.items() if count > 1)
        settled = {line.event.id for line in lines}
        for line in lines:
            of = line.event.id.removesuffix(NOBODY).removesuffix(DECIDED)
            if of not in settled:
                yield f"{task}: {line.event.id} stands without {of}"


def _lawful(story: Story, found: Ledger) -> Iterator[str]:
    """The order is one that the table of moves allows, and leads to what the register says of the task now."""
    for order in story.orders:
        task = order.task.id
        try:
            led_to = replayed(
                story, order, [line.event for line in found.lines.get(task, ())], _since(found, task)
            )
        except Unlawful as error:
            yield f"{task}: {error}"
            continue
        if task in found.facts:
            apart = [*_apart(led_to, found.facts[task], found.lines[task])]
            if apart and [*_apart(_stamped(led_to), _stamped(found.facts[task]), found.lines[task])]:
                yield from (f"{task}: {one}" for one in apart)


def _apart(led_to: Facts, held: Facts, lines: Sequence[Line]) -> Iterator[str]:
    wanted, stands = _standing(led_to), _standing(held)
    overtaken = _overtaken(lines, led_to, held)
    for name in wanted:
        if wanted[name] != stands[name] and not (overtaken and name in ("settled", "climbed")):
            yield f"{name} is {stands[name]!r}, and its causes lead to {wanted[name]!r}"


def _stamped(facts: Facts) -> Facts:
    """The same with the marks of an acknowledgement counted, and not named by the second since when it is asked for.

    A step that goes on for long is prolonged by the engine; taken again it may have begun at another second of it.
    """
    named = _namer(facts.settled)
    return facts.model_copy(update={"settled": tuple(named(key) for key in facts.settled)})


def _since(found: Ledger, task: str) -> datetime | None:
    """From when the register counts a task: its assignment, or the same taken again within a day of the office."""
    lines, facts = found.lines.get(task), found.facts.get(task)
    if not lines or facts is None:
        return None
    first = lines[0].event.at
    return facts.assigned_at if first <= facts.assigned_at < first + timedelta(days=1) else first


def _overtaken(lines: Sequence[Line], led_to: Facts, held: Facts) -> bool:
    """Whether what the task does not count as settled are marks that an act right behind them overtook.

    Server and worker died between a mark's record and the end of the workflow's step. The engine then has the mark
    only as due, and the act comes first: what was recorded and told stays, and after the act it is due no more.
    """
    forgotten = set(led_to.settled) - set(held.settled)
    return bool(forgotten) and forgotten <= _right_before_acts(lines)


def _right_before_acts(lines: Sequence[Line]) -> set[str]:
    """The marks of one instant each with an act as the next line."""
    found: set[str] = set()
    for act in (number for number, line in enumerate(lines) if line.event.planned is None and number):
        last = lines[act - 1].event
        found.update(
            key
            for line in lines[:act]
            if line.event.planned is not None and line.event.at == last.at
            for key in (line.event.id, *line.absorbed)
        )
    return found


_COUNTED = ("state", "cycle", "period", "extensions", "rounds", "nudges", "commitments", "due", "officer")


def _standing(facts: Facts) -> dict[str, object]:
    """Where a task stands, by all that does not count the order of its records."""
    asked = [(one.id, one.stage, one.climb.taken) for one in facts.questions]
    climbed = (facts.ack.taken, facts.climb.taken, facts.review.taken)
    counted = {name: getattr(facts, name) for name in _COUNTED}
    settled = sorted(key for key in facts.settled if not _is_over(facts, key))
    return {**counted, "settled": settled, "questions": asked, "climbed": climbed}


def _is_over(facts: Facts, key: str) -> bool:
    """Whether a key is of a question that is answered: the engine need not learn that it had pressed for an answer.

    It forgets that where it dies between the register's commit and its own, and the answer comes first afterwards.
    """
    return bool(_OF_A_QUESTION.match(key)) and not any(
        key.startswith(f"{one.turn}.") for one in facts.questions
    )


def _notices(expected: Ledger, found: Ledger) -> Iterator[str]:
    """The same people hear of the same causes, except of what the register says was merged."""
    wanted, held = _told(expected), _told(found)
    yield from (f"{one} is told {count} times" for one, count in held.items() if count > 1)
    merged = {
        (task, key)
        for task, lines in found.lines.items()
        for key, how in causes(lines).items()
        if how.how == EventKind.SUPERSEDED
    }
    for task, key, person, copied in sorted(wanted.keys() - held.keys()):
        if (task, key) not in merged:
            yield f"{task}: {person} does not hear of {key}{' (copy)' if copied else ''}"
    for task, key, person, copied in sorted(held.keys() - wanted.keys()):
        yield f"{task}: {person} hears of {key}{' (copy)' if copied else ''} and should not"


def _told(ledger: Ledger) -> Counter[tuple[str, str, str, bool]]:
    names = {task: _namer(_keys(lines)) for task, lines in ledger.lines.items()}
    return Counter((one.task, names[one.task](one.cause), one.person, one.copied) for one in ledger.notices)


def _carried(found: Ledger) -> Iterator[str]:
    """Each notice is carried, muted or lapsed for a reason; each message belongs to its reader and is sent."""
    sent = {one.id: one for one in found.messages}
    for one in found.notices:
        if one.status == "decided" and (one.message not in sent or sent[one.message].person != one.person):
            yield f"{_named(one)} is decided, and no message of theirs carries it"
        elif one.status in ("muted", "lapsed", "handed_over") and not one.reason:
            yield f"{_named(one)} is {one.status} without a reason"
    carrying = {one.message for one in found.notices if one.message}
    for message in found.messages:
        if message.status != "sent":
            yield f"message {message.id} is {message.status}, not sent"
        if message.id not in carrying:
            yield f"message {message.id} carries nothing"


def _named(one: Told) -> str:
    return f"{one.task}: {one.cause} to {one.person}"


def posted(found: Ledger, taken: Counter[str]) -> Iterator[str]:
    """What the mail server took, by message: each once, and again only where the register counts a repeat."""
    for message in found.messages:
        count = taken[message.id]
        if not 1 <= count <= 1 + message.repeats:
            yield f"message {message.id} was posted {count} times; the register says {message.repeats} repeats at most"
    yield from (
        f"mail {one} is of no message" for one in sorted(taken.keys() - {one.id for one in found.messages})
    )
