"""The strict and the light policy on the skipped clock: two tasks from their assignment to their end."""

from datetime import date, datetime, timedelta

from directive.due import OFFICE_ZONE, Due
from directive.question import Choice
from letters.policy_file import shipped_policy
from tests.workflows.office import (
    APPROVER,
    AT_ONCE,
    HEAD,
    LEADERSHIP,
    MONITOR,
    OFFICER,
    Office,
    Task,
    an_office,
    local,
)

BEFORE_TET = datetime(2026, 2, 13, 16, 0, tzinfo=OFFICE_ZONE)  # a Friday; Tết is from Monday to Friday
SUNDAY = Due(day=date(2026, 2, 15), instant=local("15/2", "10:00"), clock_time=True)


def told(office: Office, task: Task) -> list[tuple[str, str, tuple[str, ...]]]:
    """What marks became, by the office's clock; each taken at its instant."""
    lines = []
    for event in office.ledger.of(task.id):
        if event.planned:
            assert timedelta() <= event.at - event.planned < AT_ONCE
            lines.append((f"{event.planned.astimezone(OFFICE_ZONE):%d/%m %H:%M}", event.kind.value, event.to))
    return lines


async def test_a_hoa_toc_task_is_asked_about_by_the_hour_on_a_sunday_and_through_tet() -> None:
    async with an_office(BEFORE_TET, policy=shipped_policy("strict")) as office:
        task = await office.start(SUNDAY)
        await office.until(local("13/2", "17:30"))
        await office.act(task, "acknowledge", OFFICER)
        await office.until(local("15/2", "11:20"))
        await office.act(task, "answer", HEAD, choice=Choice.COMMIT, day=date(2026, 2, 16))
        await office.until(local("17/2", "12:00"))
        await office.act(task, "report", OFFICER, text="Đã xong")
        await office.until(local("17/2", "16:30"))
        await office.act(task, "answer", LEADERSHIP, choice=Choice.APPROVE)
        assert (await task.result()).state == "completed"
        assert told(office, task) == [
            ("13/02 17:00", "acknowledgement_reminded", (OFFICER,)),
            ("14/02 10:00", "reminded", (OFFICER,)),
            ("15/02 06:00", "reminded", (OFFICER,)),
            ("15/02 09:00", "reminded", (OFFICER,)),
            ("15/02 11:00", "escalated", (HEAD,)),
            ("17/02 10:00", "escalated", (MONITOR,)),  # the commitment for the 16th has lapsed
            ("17/02 14:00", "question_pressed", (APPROVER,)),
            ("17/02 16:00", "question_pressed", (LEADERSHIP,)),
        ]


async def test_a_light_task_is_asked_of_the_head_until_its_list_and_ends_with_its_report() -> None:
    async with an_office(policy=shipped_policy("light")) as office:
        task = await office.start()
        await office.until(local("1/6"))
        await office.act(task, "acknowledge", OFFICER)
        await office.until(local("1/9"))
        await office.act(task, "report", OFFICER, text="Đã xong")
        await office.until(local("1/10"))
        await office.act(task, "answer", APPROVER, choice=Choice.APPROVE)
        assert (await task.result()).state == "completed"
        lines = told(office, task)
        assert [line for line in lines if not line[1].startswith("question")] == [
            ("25/06 08:00", "reminded", (OFFICER,)),
            ("30/06 08:00", "reminded", (OFFICER,)),
            ("03/07 08:00", "escalated", (HEAD,)),
            ("17/07 08:00", "escalated_again", (HEAD,)),
            ("31/07 08:00", "escalated_again", (HEAD,)),
            ("14/08 08:00", "final_notice", (HEAD,)),
            ("21/08 08:00", "listed", (MONITOR,)),
            ("27/08 08:00", "listed", (MONITOR,)),  # Saturday 22/8 is worked
        ]
        # 1/9 and 2/9 are days off, 31/8 too: five working days after the report is the 9th.
        assert [line for line in lines if line[1].startswith("question")] == [
            ("09/09 08:00", "question_pressed", (APPROVER,)),
            ("23/09 08:00", "question_pressed", (APPROVER,)),
        ]
        assert not any(LEADERSHIP in to for _, _, to in lines)
