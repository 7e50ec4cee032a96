"""Telling the monitoring office what could not be delivered: one message a day to each of its people.

Never about such a message itself, and never to who cannot be reached either.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from directive.calendar import WorkCalendar
from directive.directory import Directory, Person
from directive.due import local_day
from directive.policy import DeliveryPolicy
from directive.roles import RoleKind, role
from directive.task import Facts
from directive.value import Value
from notices.dates import day_words
from notices.hours import digest_instant, next_open
from notices.left import hours_of
from notices.note import Note, compose_note
from notices.office import full_name
from notices.words import words
from register.open import Register
from register.outbox import facts_of
from register.outbox_models import Message, OutMessage
from register.plans import load_plans
from register.sending import last_alerts, put_message

MOST = 40
"""So many are named one by one; doctor shows them all."""


class Told(Value):
    """The messages to send now, stored already, and when there is something to tell again (UTC)."""

    messages: tuple[OutMessage, ...] = ()
    next_at: datetime | None = None


async def alerts(
    register: Register,
    refused: Sequence[Message],
    directory: Directory,
    now: datetime,
    calendar: WorkCalendar,
) -> Told:
    """What the people of the monitoring offices are to hear of the `refused` messages at `now` (UTC).

    Raises RegisterDown.
    """
    refused = [one for one in refused if one.kind == "notice"]
    if not refused:
        return Told()
    tasks = {notice.partition("/")[0] for one in refused for notice in one.notices}
    facts = await facts_of(register, sorted(tasks))
    plans = await load_plans(register, (one.task.directive for one in facts.values()))
    policy, told_before = hours_of(list(plans.values())), await last_alerts(register)
    made: list[OutMessage] = []
    looks: list[datetime] = []
    for reader, concerned in _readers(refused, facts, directory, now).items():
        last = told_before.get(reader)
        news = [one for one in concerned if one.refused_at and (last is None or one.refused_at > last)]
        if not news:
            continue
        at = _from(now, last, policy, calendar)
        if at > now:
            looks.append(at)
            continue
        message = _compose(directory.person_by_id[reader], news, directory, now)
        if await put_message(register, message, "alert"):
            made.append(message)
    return Told(messages=tuple(made), next_at=min(looks, default=None))


def _from(now: datetime, last: datetime | None, policy: DeliveryPolicy, calendar: WorkCalendar) -> datetime:
    """From when on somebody may be told again: outside the quiet hours, and not twice on one day."""
    if last is None or local_day(last) < local_day(now):
        return next_open(now, policy, calendar)
    tomorrow = calendar.roll_forward(local_day(now) + timedelta(days=1))
    return digest_instant(tomorrow, policy, calendar)


def _readers(
    refused: Sequence[Message], facts: Mapping[str, Facts], directory: Directory, now: datetime
) -> dict[str, list[Message]]:
    """Who is told of which messages: the heads and officers of the monitoring offices of their tasks."""
    unreached = {one.person for one in refused}
    found: dict[str, dict[str, Message]] = {}
    for message in refused:
        tasks = {notice.partition("/")[0] for notice in message.notices}
        offices = {facts[task].task.monitor for task in tasks if task in facts} - {""}
        for office in sorted(offices):
            for kind in (RoleKind.HEAD, RoleKind.OFFICER):
                for seat in directory.seats(role(kind, office), local_day(now)).seats:
                    if seat.person not in unreached and directory.person_by_id[seat.person].email:
                        found.setdefault(seat.person, {})[message.id] = message
    return {person: list(messages.values()) for person, messages in found.items()}


def _compose(reader: Person, refused: Sequence[Message], directory: Directory, now: datetime) -> OutMessage:
    said, day = words(reader.language), local_day(now)
    system = "state"
    points = tuple(_point(one, directory, reader) for one in refused[:MOST])
    rest = len(refused) - MOST
    more = (said.say("alert.rest", count=rest),) if rest > 0 else ()
    note = Note(
        subject=said.say("alert.subject", count=len(refused), day=day_words(day, said.language)),
        greeting=said.say(f"address.{system}.greeting", name=full_name(reader)),
        paragraphs=(said.say("alert.says", count=len(refused)),),
        points=(*points, *more),
        after=(said.say("alert.asks"),),
        closing=said.say(f"address.{system}.closing"),
    )
    name = f"alert-{day:%Y%m%d}-{hashlib.sha256(reader.id.encode()).hexdigest()[:16]}"
    return compose_note(name, reader, now, note)


def _point(message: Message, directory: Directory, reader: Person) -> str:
    """One message that did not reach its reader: who, where, what, why."""
    said = words(reader.language)
    person = directory.person_by_id.get(message.person)
    reason = message.error.partition(":")[0]
    known = f"alert.reasons.{reason if said.has(f'alert.reasons.{reason}') else 'smtp'}"
    return said.say(
        "alert.point",
        name=full_name(person) if person else message.person,
        address=message.refused_to,
        subject=message.subject,
        day=day_words(local_day(message.decided_at), said.language),
        reason=said.say(known, said=message.error.partition(": ")[2] or reason),
    )
