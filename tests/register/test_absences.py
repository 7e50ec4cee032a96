"""Absences that people enter themselves: judged, in force at once in every process, ended from today on."""

from datetime import date, timedelta

import pytest

from directive.away import AwayReason, AwayRefused, left_alone, may_enter
from directive.directory import Absence
from directive.event import EventKind
from directive.message import Act
from register.absences import AbsenceRow, absences_from, enter_absence, withdraw_absence
from register.office import current_directory
from register.open import Register
from register.plans import save_directory
from register.reading import inbox, notices_of
from tests.register.given import ASSIGNED, Running, directory, local

TODAY = date(2026, 6, 1)


def row(
    person: str = "head-so-a",
    first: date = date(2026, 7, 1),
    last: date = date(2026, 7, 5),
    delegate: str = "officer-so-b",
    name: str = "a1",
) -> AbsenceRow:
    return AbsenceRow(
        id=name,
        person=person,
        first=first,
        last=last,
        delegate=delegate,
        reason="đi công tác",
        entered_by=person,
        entered_at=ASSIGNED,
    )


async def escalated(running: Running) -> None:
    """Let the task climb until its head is asked, on 1/7."""
    while running.marks[0].kind is not EventKind.ESCALATED:
        await running.take_next()
    await running.take_next()


async def test_an_open_question_is_the_delegate_s_as_soon_as_the_absence_is_entered(running: Running) -> None:
    await escalated(running)
    now = running.facts.last_at
    assert await inbox(running.register, "officer-so-b", now) == []
    await enter_absence(running.register, row())
    (asked,) = await inbox(running.register, "officer-so-b", now)
    assert (asked.role, asked.on_behalf_of) == ("head:so-a", "head-so-a")
    assert await inbox(running.register, "officer-so-b", local(6, month=7)) == []


async def test_a_notice_written_meanwhile_goes_to_the_delegate_and_names_who_is_away(
    running: Running,
) -> None:
    await enter_absence(running.register, row(first=date(2026, 6, 28)))
    await escalated(running)
    notices = await notices_of(running.register, running.id)
    told = [one for one in notices if one.kind is EventKind.ESCALATED and one.role == "head:so-a"]
    assert [(one.person, one.on_behalf_of) for one in told] == [("officer-so-b", "head-so-a")]


async def test_another_process_acts_by_what_the_page_wrote(running: Running, url: str) -> None:
    worker = running.register
    await current_directory(worker)
    page = Register.open(url) if worker.dialect == "sqlite" else worker
    await enter_absence(page, row())
    assert (await current_directory(worker)).absences[0].delegate == "officer-so-b"
    await withdraw_absence(page, "a1", ASSIGNED)
    assert (await current_directory(worker)).absences == ()
    await enter_absence(page, row(first=date(2026, 6, 28), name="a2"))
    await escalated(running)
    assert "officer-so-b" in {one.person for one in await notices_of(worker, running.id)}
    if page is not worker:
        await page.close()


async def test_a_new_directory_keeps_what_people_entered(running: Running) -> None:
    await enter_absence(running.register, row())
    of_file = Absence(person="head-so-a", start=date(2026, 7, 3), end=date(2026, 7, 9), delegate="leader")
    await save_directory(running.register, directory("d2", (of_file,)))
    merged = await current_directory(running.register)
    seats = [merged.seats("head:so-a", date(2026, 7, day)).seats[0].person for day in (1, 4, 8, 10)]
    assert seats == ["officer-so-b", "officer-so-b", "leader", "head-so-a"]


async def test_withdrawn_it_ends_from_that_day_on_and_once(running: Running) -> None:
    await enter_absence(running.register, row())
    await withdraw_absence(running.register, "a1", local(3, month=7))
    merged = await current_directory(running.register)
    assert [(one.start, one.end) for one in merged.absences] == [(date(2026, 7, 1), date(2026, 7, 2))]
    with pytest.raises(AwayRefused, match=AwayReason.ENDED):
        await withdraw_absence(running.register, "a1", local(3, month=7))
    (kept,) = await absences_from(running.register, TODAY)
    assert kept.withdrawn_at == local(3, month=7)
    await enter_absence(running.register, row(first=date(2026, 7, 3), name="a2"))


async def test_the_same_id_again_is_the_same_absence(running: Running) -> None:
    first = await enter_absence(running.register, row())
    assert await enter_absence(running.register, row(delegate="leader")) == first
    assert len(await absences_from(running.register, TODAY)) == 1


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"last": date(2026, 6, 30)}, AwayReason.REVERSED),
        ({"first": date(2026, 5, 31)}, AwayReason.PAST),
        ({"last": date(2026, 7, 1) + timedelta(days=367)}, AwayReason.TOO_LONG),
        ({"delegate": ""}, AwayReason.NO_DELEGATE),
        ({"delegate": "head-so-a"}, AwayReason.SELF),
        ({"delegate": "deputy"}, AwayReason.NO_ROLE),
        ({"person": "leader", "delegate": "head-so-b"}, AwayReason.DELEGATE_AWAY),
        ({"person": "officer-so-c", "delegate": "head-so-b"}, AwayReason.DELEGATE_AWAY),
        ({"person": "head-so-b", "delegate": "leader", "first": date(2026, 7, 5)}, AwayReason.OVERLAP),
    ],
)
async def test_what_does_not_fit_is_refused_and_not_written(
    running: Running, changes: dict[str, object], why: AwayReason
) -> None:
    there = row(person="head-so-b", delegate="officer-so-c", name="there")
    await enter_absence(running.register, there)
    with pytest.raises(AwayRefused, match=why):
        await enter_absence(running.register, row().model_copy(update=changes))
    assert await absences_from(running.register, TODAY) == [there]


def test_two_people_do_not_stand_in_for_each_other() -> None:
    from directive.away import judge

    there = Absence(person="head-so-b", start=TODAY, end=TODAY, delegate="head-so-a")
    wish = Absence(person="head-so-a", start=TODAY, end=TODAY, delegate="head-so-b")
    with pytest.raises(AwayRefused, match=AwayReason.DELEGATE_AWAY):
        judge(directory(absences=(there,)), wish, TODAY)


def test_who_is_left_without_a_delegate_is_told() -> None:
    there = Absence(person="head-so-b", start=TODAY, end=TODAY, delegate="head-so-a")
    wish = Absence(person="head-so-a", start=TODAY, end=TODAY, delegate="leader")
    assert left_alone(directory(absences=(there,)), wish) == (there,)


@pytest.mark.parametrize(
    ("who", "person", "may"),
    [
        ("officer-so-a", "officer-so-a", True),
        ("head-so-a", "officer-so-a", True),
        ("head-so-b", "officer-so-a", False),
        ("officer-so-a", "head-so-a", False),
        ("head-vp", "leader", False),
    ],
)
def test_an_absence_is_entered_by_oneself_or_one_s_head(who: str, person: str, may: bool) -> None:
    assert may_enter(directory(), who, person, TODAY) is may


async def test_an_act_by_the_delegate_is_in_the_name_of_who_is_away(running: Running) -> None:
    await enter_absence(running.register, row(first=date(2026, 6, 2)))
    merged = await current_directory(running.register)
    seat = merged.seat_of("officer-so-b", "head:so-a", date(2026, 6, 2))
    assert seat
    assert seat.on_behalf_of == "head-so-a"
    await running.act(
        Act.REASSIGN, local(2), "officer-so-b", "head:so-a", on_behalf_of="head-so-a", person="other"
    )
    assert running.facts.officer == "other"
