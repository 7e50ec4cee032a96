"""The tasks that are a person's own, and what is asked of them now."""

from datetime import date

from directive.directory import Absence
from directive.message import Act
from directive.question import Choice
from register.plans import save_directory
from register.reading import Awaits, duties
from tests.register.given import Running, directory, local


async def test_a_new_task_waits_for_its_officer_s_acknowledgement_and_stands_with_the_head(
    running: Running,
) -> None:
    (officer,) = await duties(running.register, "officer-so-a", local(1, 9))
    (head,) = await duties(running.register, "head-so-a", local(1, 9))
    assert (officer.role, officer.awaits, officer.asks) == ("officer:so-a", Awaits.ACKNOWLEDGEMENT, True)
    assert (head.role, head.awaits, head.asks) == ("head:so-a", Awaits.ACKNOWLEDGEMENT, False)
    assert await duties(running.register, "officer-so-b", local(1, 9)) == []
    await running.act(Act.ACKNOWLEDGE, local(1, 10), "officer-so-a", "officer:so-a")
    (officer,) = await duties(running.register, "officer-so-a", local(1, 11))
    assert (officer.awaits, officer.asks) == (Awaits.REPORT, False)


async def test_what_has_to_be_added_is_asked_of_the_unit_until_it_is_given(running: Running) -> None:
    await running.report(local(3, 10))
    (one,) = await duties(running.register, "officer-so-a", local(3, 11))
    assert (one.awaits, one.asks) == (Awaits.DECISION, False)
    said = {"choice": Choice.ASK_MORE, "reason": "thiếu số liệu"}
    await running.act(Act.ANSWER, local(4), "approver", "approver:du", **said)
    (one,) = await duties(running.register, "officer-so-a", local(4, 9))
    assert (one.awaits, one.asks) == (Awaits.MORE, True)
    await running.act(Act.PROGRESS, local(4, 10), "officer-so-a", "officer:so-a", text="số liệu đây")
    (one,) = await duties(running.register, "officer-so-a", local(4, 11))
    assert not one.asks
    await running.approve(local(5))
    assert await duties(running.register, "officer-so-a", local(5, 9)) == []


async def test_a_task_goes_with_its_new_officer_and_to_whoever_stands_in(running: Running) -> None:
    await running.act(Act.REASSIGN, local(2), "head-so-a", "head:so-a", person="other")
    assert await duties(running.register, "officer-so-a", local(2, 9)) == []
    away = Absence(person="other", start=date(2026, 6, 3), end=date(2026, 6, 5), delegate="deputy")
    await save_directory(running.register, directory("d2", (away,)))
    (one,) = await duties(running.register, "deputy", local(4))
    assert (one.role, one.on_behalf_of, one.asks) == ("officer:so-a", "other", True)
    assert await duties(running.register, "deputy", local(8)) == []
