"""An extension is negotiated: asked for, granted, refused, met with a counter-offer. One scenario a test."""

from datetime import date
from pathlib import Path
from typing import Any

from desk.stage import open_stage
from directive.due import end_of_day
from directive.light import LightKind
from directive.message import Act, Door, Message
from directive.policy import SilentDecision
from directive.question import Choice, QuestionKind
from directive.record import Receipt
from register.reading import marks_of
from register.reading import task as card_of
from tests.register import given
from tests.whole.witness import Witness
from tests.workflows.negotiation import JULY_10, JULY_20, LAST_DAY, Negotiation, negotiating
from tests.workflows.office import (
    END_OF_JUNE,
    HEAD,
    LEADERSHIP,
    OFFICER,
    an_office,
    local,
    standard_policy,
)
from tests.workflows.test_task import due_on, refused_as


async def test_a_granted_extension_moves_marks_light_and_row_and_keeps_the_original(tmp_path: Path) -> None:
    begun = given.local(1, 9)
    one = given.plan(given.planned("1"))
    async with open_stage(one, given.directory(), as_of=begun, folder=tmp_path, work=Witness().work) as stage:
        await stage.assign()
        await stage.skip_to(given.local(29, 9))
        name = f"task:{given.DIRECTIVE}:1:so-a"
        assert (await card_of(stage.register, name, given.local(29, 9))).row.light.kind is LightKind.DUE_SOON

        said: list[tuple[Act, str, str, dict[str, Any]]] = [
            (Act.REQUEST_EXTENSION, "officer-so-a", "officer:so-a", {"day": JULY_20, "reason": "Chờ"}),
            (Act.ANSWER, "approver", "approver:du", {"choice": Choice.GRANT}),
        ]
        for act, actor, role, more in said:
            message = Message(
                id=f"M-{act}", act=act, actor=actor, role=role, at=await stage.now(), door=Door.CLI, **more
            )
            handle = stage.staff.client.get_workflow_handle(name)
            await handle.execute_update(act, message, id=message.id, result_type=Receipt)

        row = (await card_of(stage.register, name, given.local(30, 9))).row
        assert (row.due_day, row.due_at, row.original_due_day) == (JULY_20, end_of_day(JULY_20), LAST_DAY)
        assert (row.light.kind, row.extensions) == (LightKind.IN_TIME, 1)
        ahead = [(one.kind, one.at) for one in await marks_of(stage.register, name)][:5]
        assert ahead == [
            ("reminded", given.local(13, month=7)),
            ("reminded", given.local(15, month=7)),
            ("reminded", given.local(17, month=7)),
            ("reminded", given.local(20, month=7)),
            ("escalated", given.local(21, month=7)),
        ]


async def test_after_a_refusal_the_ladder_goes_on_the_next_working_day() -> None:
    async with negotiating("1/7") as talk:
        await talk.ask()
        await talk.office.until(local("3/7", "10:00"))  # a Friday; level 2 was planned for 08:00
        await talk.answer(Choice.REFUSE, reason="Không đủ căn cứ")
        await talk.office.until(local("6/7", "09:00"))
        assert talk.climbed() == [(1, local("1/7")), (2, local("6/7"))]
        facts = await talk.facts()
        assert (facts.due, facts.extensions, facts.questions[0].kind) == (END_OF_JUNE, 0, "escalation")


async def test_an_accepted_counter_offer_is_the_new_deadline() -> None:
    async with negotiating() as talk:
        await talk.ask(JULY_20)
        await talk.answer(Choice.COUNTER, day=JULY_10)
        assert (await talk.facts()).due == END_OF_JUNE  # an offer moves nothing
        await talk.answer(Choice.ACCEPT, HEAD)
        facts = await talk.facts()
        assert facts.due
        assert (facts.due.day, facts.original_due, facts.extensions) == (JULY_10, END_OF_JUNE, 1)
        assert facts.questions == ()


async def test_after_a_declined_counter_offer_the_deadline_stands_and_the_ladder_goes_on() -> None:
    async with negotiating("1/7") as talk:
        await talk.ask(JULY_20)
        await talk.answer(Choice.COUNTER, day=JULY_10)
        await talk.office.until(local("3/7", "10:00"))
        await talk.answer(Choice.DECLINE, HEAD, reason="Không kịp")
        await talk.office.until(local("6/7", "09:00"))
        assert talk.climbed() == [(1, local("1/7")), (2, local("6/7"))]
        facts = await talk.facts()
        assert (facts.due, facts.extensions) == (END_OF_JUNE, 0)


async def test_a_counter_offer_lies_between_the_deadline_and_the_date_asked_for() -> None:
    async with negotiating() as talk:
        await talk.ask(JULY_20)
        for day, reason in (
            (LAST_DAY, "date_not_later"),
            (JULY_20, "counter_not_earlier"),
            (date(2026, 7, 21), "counter_not_earlier"),
        ):
            assert await refused_as(talk.answer(Choice.COUNTER, day=day)) == reason
        await talk.bound(JULY_10)
        assert await refused_as(talk.answer(Choice.COUNTER, day=date(2026, 7, 13))) == "after_parent"
        assert [one.kind for one in (await talk.facts()).questions] == [QuestionKind.EXTENSION]


async def test_a_second_request_waits_for_the_first_and_for_a_counter_offer() -> None:
    async with negotiating() as talk:
        await talk.ask(JULY_20)
        assert await refused_as(talk.ask(JULY_10, HEAD)) == "request_open"
        await talk.answer(Choice.COUNTER, day=JULY_10)
        assert await refused_as(talk.ask(JULY_20)) == "request_open"
        await talk.answer(Choice.DECLINE, HEAD, reason="Không kịp")
        assert (await talk.ask(JULY_20)).kind == "extension_requested"


async def test_a_request_for_a_day_that_is_not_later_is_refused() -> None:
    async with negotiating() as talk:
        before = await talk.facts()
        for day in (date(2026, 6, 29), LAST_DAY):
            assert await refused_as(talk.ask(day)) == "date_not_later"
        assert await talk.facts() == before
        await talk.office.until(local("2/7", "09:00"))
        assert await refused_as(talk.ask(date(2026, 7, 1))) == "date_past"


async def test_no_more_extensions_are_asked_for_than_the_policy_allows() -> None:
    async with negotiating() as talk:
        for day in range(1, talk.office.policy.extension_times + 1):
            await talk.ask(date(2026, 7, day))
            receipt = await talk.answer(Choice.GRANT)
            assert receipt.detail["count"] == str(day)
        assert await refused_as(talk.ask(JULY_20)) == "too_often"
        assert (await talk.facts()).original_due == END_OF_JUNE


async def test_an_unanswered_request_climbs_its_own_ladder_and_lapses() -> None:
    async with negotiating() as talk:
        await talk.ask()
        await talk.office.until(local("21/7", "09:00"))
        assert talk.since("extension_requested") == [
            ("extension_requested", None),
            ("question_pressed", local("25/6")),  # those asked
            ("question_pressed", local("29/6")),  # the leadership
            ("question_pressed", local("6/7")),
            ("question_final", local("13/7")),
            ("question_lapsed", local("20/7")),
            ("extension_refused", None),
            ("escalated", local("21/7")),  # the ladder has rested until then
        ]
        facts = await talk.facts()
        assert (facts.due, facts.extensions) == (END_OF_JUNE, 0)


async def test_silence_grants_no_child_a_day_after_its_parents_deadline() -> None:
    """An office may let silence grant. The parent's deadline moves before the day that was asked for."""
    policy = standard_policy()
    granting = policy.questions[QuestionKind.EXTENSION].model_copy(
        update={"decide": SilentDecision(after=20, choice=Choice.GRANT)}
    )
    policy = policy.model_copy(update={"questions": {**policy.questions, QuestionKind.EXTENSION: granting}})
    async with negotiating(policy=policy) as talk:
        await talk.ask(date(2026, 7, 31))
        await talk.bound(date(2026, 7, 24))
        await talk.office.until(local("20/7", "09:00"))
        assert [kind for kind, _ in talk.since("question_lapsed")] == ["question_lapsed", "extension_refused"]
        assert (await talk.facts()).due == END_OF_JUNE


async def test_who_asks_does_not_decide_nor_does_a_substitute_for_them() -> None:
    async with negotiating() as talk:
        await talk.ask(actor="cv")
        tries: list[tuple[str, dict[str, str]]] = [
            ("cv", {}),
            ("ld", {"on_behalf_of": "cv"}),
            ("ld", {"typed_by": "cv"}),
        ]
        for actor, more in tries:
            assert await refused_as(talk.answer(Choice.GRANT, actor=actor, **more)) == "own_report"
        assert (await talk.answer(Choice.GRANT, actor="ld")).kind == "extension_granted"


async def test_a_childs_request_beyond_its_parents_deadline_is_refused() -> None:
    async with an_office() as office:
        office.ledger.parent_due = due_on(JULY_10)
        talk = Negotiation(office, await office.start(END_OF_JUNE))
        assert await refused_as(talk.ask(date(2026, 7, 11))) == "after_parent"
        await talk.ask(JULY_10)
        assert await refused_as(
            office.act(talk.task, "amend_deadline", LEADERSHIP, day=JULY_20, reason="Gia hạn")
        ) == ("after_parent")
        assert (await talk.answer(Choice.GRANT)).detail["day"] == str(JULY_10)


async def test_the_report_takes_the_request_back() -> None:
    async with negotiating() as talk:
        await talk.ask()
        await talk.office.act(talk.task, "report", OFFICER, text="Đã hoàn thành")
        assert [one.kind for one in (await talk.facts()).questions] == [QuestionKind.APPROVAL]
        assert await refused_as(talk.answer(Choice.GRANT)) == "no_question"
        await talk.office.until(local("26/6", "09:00"))
        pressed = [
            one.question for one in talk.office.ledger.of(talk.task.id) if one.kind == "question_pressed"
        ]
        assert [one.partition(".")[0] for one in pressed] == ["approval"]
        facts = await talk.facts()
        assert (facts.due, facts.extensions) == (END_OF_JUNE, 0)
