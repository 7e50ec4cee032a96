"""Whom an event is told: roles become people by the directory in force. Pure; the rows are written by `record`."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from directive.directory import Directory, Seat, Seats, Vacancy
from directive.event import Event, EventKind
from directive.mark import Mark, strength
from directive.record import Transition
from directive.task import Facts
from directive.value import Value

NOBODY = ".nobody"


class Told(Value):
    """One person who hears of one event, and in which role; `seat.on_behalf_of` is who is away."""

    event: Event
    seat: Seat
    role: str
    copied: bool


class _Office(NamedTuple):
    directory: Directory
    on: date
    facts: Facts

    def seats(self, role: str) -> tuple[Seat, ...]:
        return self._held(role).seats

    def vacancy(self, role: str) -> Vacancy | None:
        return self._held(role).vacancy

    def _held(self, role: str) -> Seats:
        return self.directory.seats(role, self.on, self.facts.officer_in(role))


def tell(transition: Transition, fresh: tuple[Event, ...], directory: Directory, on: date) -> list[Told]:
    """Everyone who hears of the newly written events.

    A person who is asked gets no copy. Of several marks taken together a person hears the strongest; a mark
    that presses for an answer to a question of its own is always told, since no other one stands for it.
    """
    office = _Office(directory, on, transition.facts)
    marks = {mark.key: mark for mark in transition.taken}
    everyone = [told for event in fresh for told in _of_event(event, office)]
    strongest: dict[str, Mark] = {}
    for told in everyone:
        mark = marks.get(told.event.id)
        if mark and not mark.question:
            held = strongest.get(told.seat.person)
            if held is None or strength(mark) > strength(held):
                strongest[told.seat.person] = mark
    return [told for told in everyone if _is_told(marks.get(told.event.id), strongest.get(told.seat.person))]


def _is_told(mark: Mark | None, strongest: Mark | None) -> bool:
    return mark is None or bool(mark.question) or mark is strongest


def _of_event(event: Event, office: _Office) -> Iterator[Told]:
    reached: set[str] = set()
    for role, seat, copied in _addressed(event, office):
        if seat.person not in reached:
            reached.add(seat.person)
            yield Told(event=event, seat=seat, role=role, copied=copied)


def _addressed(event: Event, office: _Office) -> Iterator[tuple[str, Seat, bool]]:
    yield from (("", Seat(person=person), False) for person in event.to_people)
    yield from ((role, seat, False) for role in event.to for seat in office.seats(role))
    yield from ((role, seat, True) for role in event.copy_to for seat in office.seats(role))


def vacancies(
    transition: Transition, fresh: tuple[Event, ...], directory: Directory, on: date
) -> list[Event]:
    """For each event that nobody can be asked, the event that says why, role by role."""
    office = _Office(directory, on, transition.facts)
    return [
        _nobody(event, office, transition.at)
        for event in fresh
        if event.to and not event.to_people and not any(office.seats(role) for role in event.to)
    ]


def _nobody(event: Event, office: _Office, at: datetime) -> Event:
    why = {role: str(office.vacancy(role)) for role in event.to}
    return Event(
        id=event.id + NOBODY,
        kind=EventKind.SKIPPED,
        at=at,
        planned=event.planned,
        level=event.level,
        question=event.question,
        reason=why[event.to[0]],
        role=event.to[0],
        detail=why,
    )


def notice_row(told: Told, task: str, at: datetime) -> dict[str, Any]:
    """The row in the outbox."""
    return {
        "id": f"{task}/{told.event.id}/{told.seat.person}",
        "task": task,
        "event": told.event.id,
        "person": told.seat.person,
        "role": told.role,
        "on_behalf_of": told.seat.on_behalf_of,
        "copied": told.copied,
        "urgent": told.event.urgent,
        "written": at,
        "status": "waiting",
        "reason": "",
        "message": None,
    }
