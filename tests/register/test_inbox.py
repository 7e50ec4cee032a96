"""What waits for a person, and who decided what."""

from datetime import date

from directive.directory import Absence
from directive.due import local_day
from directive.event import EventKind
from directive.message import Act
from directive.question import CHOICES, Choice, QuestionKind
from directive.record import Admission, Transition
from register.admission import admit
from register.plans import save_directory
from register.reading import decision_of, inbox, receipt
from tests.register.given import STANDARD, Running, directory, local


async def escalated(running: Running) -> str:
    """Let the task climb to its head; the question's id."""
    while running.marks[0].kind is not EventKind.ESCALATED:
        await running.take_next()
    await running.take_next()
    question = running.facts.open_question(QuestionKind.ESCALATION)
    assert question
    return question.id


async def test_a_report_waits_for_its_approver_for_three_working_days(running: Running) -> None:
    await running.report(local(3, 10))
    (row,) = await inbox(running.register, "approver", local(3, 11))
    assert (row.kind, row.role, row.on_behalf_of) == (QuestionKind.APPROVAL, "approver:du", "")
    assert row.choices == CHOICES[QuestionKind.APPROVAL]
    assert row.until is not None
    assert local_day(row.until) == date(2026, 6, 9)  # 24:00 of Monday 8/6
    assert await inbox(running.register, "officer-so-a", local(3, 11)) == []


async def test_an_escalation_waits_for_the_head_with_that_level_s_answers(running: Running) -> None:
    question = await escalated(running)
    (row,) = await inbox(running.register, "head-so-a", running.facts.last_at)
    assert (row.question, row.choices) == (question, STANDARD.choices_at(1))


async def test_who_stands_in_has_the_question_too_for_as_long_as_the_absence_lasts(running: Running) -> None:
    await escalated(running)
    absence = Absence(person="head-so-a", start=date(2026, 7, 1), end=date(2026, 7, 5), delegate="deputy")
    await save_directory(running.register, directory("d2", (absence,)))
    (row,) = await inbox(running.register, "deputy", local(2, month=7))
    assert (row.role, row.on_behalf_of) == ("head:so-a", "head-so-a")
    assert await inbox(running.register, "deputy", local(6, month=7)) == []


async def test_nobody_finds_their_own_request_to_decide(running: Running) -> None:
    await save_directory(running.register, directory("d2", heads={"so-a": "approver"}))
    await running.act(
        Act.REQUEST_EXTENSION,
        local(3),
        "approver",
        "head:so-a",
        day=date(2026, 7, 15),
        reason="thiếu số liệu",
    )
    assert await inbox(running.register, "approver", local(3)) == []


async def test_an_officer_put_in_charge_has_the_officer_s_questions(running: Running) -> None:
    await running.act(Act.REASSIGN, local(2), "head-so-a", "head:so-a", person="other")
    await running.act(
        Act.REQUEST_EXTENSION, local(3), "other", "officer:so-a", day=date(2026, 7, 15), reason="cần thêm"
    )
    await running.act(
        Act.ANSWER, local(4), "approver", "approver:du", choice=Choice.COUNTER, day=date(2026, 7, 10)
    )
    (row,) = await inbox(running.register, "other", local(4))
    assert (row.kind, row.role) == (QuestionKind.COUNTER, "officer:so-a")
    assert await inbox(running.register, "officer-so-a", local(4)) == []


async def test_a_late_answer_hears_who_decided_what_and_when(running: Running) -> None:
    await running.report(local(3))
    question = running.facts.questions[0].id
    assert await decision_of(running.register, running.id, question) is None
    await running.approve(local(4))
    decided = await decision_of(running.register, running.id, question)
    assert decided
    assert (decided.kind, decided.actor, decided.at) == (EventKind.APPROVED, "approver", local(4))
    assert await decision_of(running.register, running.id, "approval.99") is None


async def test_a_request_that_lapsed_was_decided_by_the_policy_and_by_nobody(running: Running) -> None:
    more = {"day": date(2026, 8, 28), "reason": "thiếu số liệu"}
    await running.act(Act.REQUEST_EXTENSION, local(3), "officer-so-a", "officer:so-a", **more)
    question = running.facts.questions[0].id
    while running.facts.questions:
        await running.take_next()
    decided = await decision_of(running.register, running.id, question)
    assert decided
    assert (decided.kind, decided.actor) == (EventKind.EXTENSION_REFUSED, "")
    assert decided.detail["rule"] == STANDARD.version
    assert await inbox(running.register, "approver", decided.at) == []


async def test_a_lapse_that_the_engine_forgot_is_folded_back_as_it_was_recorded(running: Running) -> None:
    more = {"day": date(2026, 8, 28), "reason": "thiếu số liệu"}
    await running.act(Act.REQUEST_EXTENSION, local(3), "officer-so-a", "officer:so-a", **more)
    while running.marks[0].kind is not EventKind.QUESTION_LAPSED:
        await running.take_next()
    before = running.facts
    await running.take_next()
    decided = running.facts
    forgot = Transition(facts=before, events=(), at=decided.last_at)
    answer = await running.settle(forgot)
    assert [mark.kind for mark in answer.known] == [EventKind.QUESTION_LAPSED]
    assert running.facts == decided


async def test_more_is_offered_to_ask_for_as_often_as_the_policy_allows(running: Running) -> None:
    await running.report(local(3))
    for hour in (9, 10):
        (row,) = await inbox(running.register, "approver", local(3, hour))
        assert Choice.ASK_MORE in row.choices
        more = {"choice": Choice.ASK_MORE, "reason": "thiếu phụ lục"}
        await running.act(Act.ANSWER, local(3, hour), "approver", "approver:du", **more)
    (row,) = await inbox(running.register, "approver", local(3, 11))
    assert Choice.ASK_MORE not in row.choices


async def test_who_typed_a_report_in_does_not_find_it_to_decide(running: Running) -> None:
    await running.report(local(3), typed_by="approver")
    assert await inbox(running.register, "approver", local(3, 9)) == []


async def test_an_escalation_is_decided_by_the_head_s_commitment(running: Running) -> None:
    question = await escalated(running)
    at = running.facts.last_at
    day = local_day(at)
    await running.act(Act.ANSWER, at, "head-so-a", "head:so-a", choice=Choice.COMMIT, day=day)
    decided = await decision_of(running.register, running.id, question)
    assert decided
    assert (decided.kind, decided.actor) == (EventKind.COMMITTED, "head-so-a")


async def test_what_a_withdrawal_made_moot_names_the_withdrawal(running: Running) -> None:
    await running.report(local(3))
    question = running.facts.questions[0].id
    await running.act(Act.WITHDRAW, local(4), "assigner", "assigner:du", reason="không còn cần")
    decided = await decision_of(running.register, running.id, question)
    assert decided
    assert decided.kind is EventKind.WITHDRAWN


async def test_a_repeated_message_finds_its_receipt(running: Running) -> None:
    await running.report(local(3), id="m-1")
    found = await receipt(running.register, running.id, "m-1")
    assert found
    assert (found.kind, found.actor) == (EventKind.REPORTED, "officer-so-a")
    assert await receipt(running.register, running.id, "m-2") is None


async def test_a_signal_is_let_in_by_the_directory_of_its_day(running: Running) -> None:
    absence = Absence(person="head-so-a", start=date(2026, 6, 1), end=date(2026, 6, 5), delegate="deputy")
    await save_directory(running.register, directory("d2", (absence,)))

    async def let_in(actor: str, role: str, day: int) -> tuple[bool, str]:
        asked = Admission(task=running.id, actor=actor, role=role, at=local(day))
        answer = await admit(running.register, asked)
        return answer.welcome, answer.on_behalf_of

    assert await let_in("head-so-a", "head:so-a", 2) == (True, "")
    assert await let_in("deputy", "head:so-a", 2) == (True, "head-so-a")
    assert await let_in("deputy", "head:so-a", 8) == (False, "")
    assert await let_in("deputy", "nonsense", 2) == (False, "")


async def test_a_head_asked_again_because_the_task_is_overdue_has_the_time_of_that_level(
    running: Running,
) -> None:
    await escalated(running)  # the head was asked on 4 June already, to acknowledge
    (row,) = await inbox(running.register, "head-so-a", running.facts.last_at)
    assert local_day(row.asked_at) == date(2026, 6, 5)
    assert row.until is not None
    assert local_day(row.until) == date(2026, 7, 4)  # two working days after 1 July: 24:00 of 3 July
