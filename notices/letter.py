"""A message as its reader sees it: the batch's lines in sections, long lists folded, as text and as HTML."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from directive.due import local_day
from directive.value import Value
from notices.dates import day_words
from notices.gather import MOST_URGENT, Batch
from notices.line import Line, line_of
from notices.office import Office, full_name
from notices.page import PAGES, rendered
from notices.words import Words, words
from register.outbox_models import OutMessage

_LABELS = ("how", "how_many", "how_there", "code", "contents", "inbox")
CARDS = 3
"""Up to so many notices of one directive and kind are told one by one; more become a table."""
ROWS = 60
"""A table's rows; further tasks are named by their codes, so that the mail stays light on a telephone."""
SUBJECT_WORK = 70


class Row(Value):
    """One row of a folded list: a task, with every unit it is about, and what differs from row to row.

    `link` leads to the task where the row is about one unit.
    """

    code: str
    work: str
    units: tuple[str, ...]
    due: str
    extra: tuple[str, ...] = ()
    link: str = ""


class Section(Value):
    """The notices of one directive and kind. `line` is the first; `rows` are filled where the list is folded."""

    head: str
    line: Line
    lines: tuple[Line, ...]
    rows: tuple[Row, ...] = ()
    rest: tuple[str, ...] = ()
    common: dict[str, str] = {}
    ways: tuple[tuple[str, str], ...] = ()


def compose(batch: Batch, office: Office) -> OutMessage:
    """The message with frozen content. Its id follows from the notices it tells, so that a repeat has the same."""
    reader = office.person(batch.person)
    said = words(reader.language)
    lines = [line_of(notice, office) for notice in batch.told]
    sections, about = _sections(lines), office.facts[batch.told[0].task].task.kind
    system = office.system(batch.told[0])
    facts = {
        "lang": said.language,
        "greeting": said.say(f"address.{system}.greeting", name=full_name(reader)),
        "closing": said.say(f"address.{system}.closing"),
        "subject": _subject(lines, sections, words(reader.language, about), office.now),
        "sections": sections,
        "label": {name: said.say(f"labels.{name}") for name in _LABELS},
        "rest_of": lambda count: said.say("labels.rest", count=count),
        "footer": said.say("labels.footer"),
        "inbox": office.links.inbox if office.links else "",
        "fire": said.say("titles.fire") if _is_fire(lines) else "",
    }
    return OutMessage(
        id=message_id(batch, office.now),
        person=batch.person,
        decided_at=office.now,
        subject=str(facts["subject"]),
        text=rendered("message.txt.j2", facts),
        html=rendered("message.html.j2", facts),
        notices=tuple(notice.id for notice in batch.told),
    )


def message_id(batch: Batch, decided_at: datetime) -> str:
    """`20260701T010031Z-<hash>`: sorts by instant, and says nothing about the person."""
    said = "\n".join((batch.person, *sorted(notice.id for notice in batch.told)))
    return f"{decided_at:%Y%m%dT%H%M%S}Z-{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def _sections(lines: Sequence[Line]) -> tuple[Section, ...]:
    """Consecutive lines of one directive, kind and way of being told; the order of telling stays."""
    order: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        notice = line.notice
        order.setdefault((notice.directive, notice.kind, str(notice.copied), str(line.urgent)), []).append(
            line
        )
    return tuple(_section(tuple(group)) for group in order.values())


def _section(lines: tuple[Line, ...]) -> Section:
    first = lines[0]
    if len(lines) <= CARDS:
        return Section(head=first.head, line=first, lines=lines)
    fields = ("says", "asks", "why", "following", "late")
    common = {
        name: getattr(first, name) for name in fields if len({getattr(one, name) for one in lines}) == 1
    }
    differing = [name for name in ("asks", "following", "late") if name not in common]
    rows = _rows(lines, differing)
    facts = {"unit": {one.unit for one in lines}, "due": {one.due for one in lines}}
    common |= {name: found.pop() for name, found in facts.items() if len(found) == 1}
    ways = first.ways if len({tuple(label for label, _ in one.ways) for one in lines}) == 1 else ()
    return Section(
        head=f"{first.head} ({len(lines)})",
        line=first,
        lines=lines,
        rows=rows[:ROWS],
        rest=tuple(row.code for row in rows[ROWS:]),
        common=common,
        ways=tuple((label, command.format(task=_pattern(lines))) for label, command in ways),
    )


def _rows(lines: Sequence[Line], differing: Sequence[str]) -> tuple[Row, ...]:
    """One row a task; units that share a task and its deadline share the row."""

    def same(line: Line) -> tuple[str, str, str, tuple[str, ...]]:
        extra = [getattr(line, name) for name in differing]
        extra += [f"{label}: {text}" for label, text in line.quoted]
        return line.notice.code, line.work, line.due, tuple(one for one in extra if one)

    rows: list[Row] = []
    for (code, work, due, extra), group in groupby(sorted(lines, key=same), key=same):
        members = list(group)
        units = tuple(f"{line.unit} ({line.notice.unit})" for line in members)
        link = members[0].link if len(members) == 1 else ""
        rows.append(Row(code=code, work=work, units=units, due=due, extra=extra, link=link))
    return tuple(sorted(rows, key=lambda row: _natural(row.code)))


def _natural(code: str) -> tuple[tuple[int, int | str], ...]:
    """Codes as people count: 2 before 10."""
    return tuple(
        (0, int(part)) if part.isdigit() else (1, part) for part in code.replace("-", ".").split(".")
    )


def _pattern(lines: Sequence[Line]) -> str:
    """A task's id with CODE and UNIT where the rows differ."""
    notice = lines[0].notice
    code = notice.code if len({line.notice.code for line in lines}) == 1 else "CODE"
    unit = notice.unit if len({line.notice.unit for line in lines}) == 1 else "UNIT"
    return f"task:{notice.directive}:{code}:{unit}"


def _subject(lines: Sequence[Line], sections: Sequence[Section], said: Words, now: datetime) -> str:
    first = lines[0]
    day = day_words(local_day(now), said.language)
    urgent = sum(line.urgent for line in lines)
    facts: dict[str, object] = {
        "head": first.head,
        "number": first.notice.number,
        "day": day,
        "count": len(lines),
    }
    if len(lines) == 1:
        subject = said.say("titles.one", work=_short(first.work), **facts)
    elif len(sections) == 1:
        subject = said.say("titles.same", **facts)
    elif urgent:
        subject = said.say("titles.escalations", urgent=urgent, others=len(lines) - urgent, **facts)
    else:
        subject = said.say("titles.digest", **facts)
    return f"{said.say('titles.fire')}: {subject}" if _is_fire(lines) else subject


def _is_fire(lines: Sequence[Line]) -> bool:
    return any(line.notice.urgency == MOST_URGENT for line in lines)


def _short(work: str) -> str:
    work = " ".join(work.split())
    return work if len(work) <= SUBJECT_WORK else f"{work[:SUBJECT_WORK].rsplit(' ', 1)[0]}…"


def _for(command: str, line: Line) -> str:
    """A command for one task."""
    return command.format(task=line.notice.task)


PAGES.globals["command_for"] = _for
