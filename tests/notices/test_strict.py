"""A directive under the strict policy: told at night and on a Sunday, in words that name the hour."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from directive.clock import OfficeClock
from directive.directory import Person
from directive.due import OFFICE_ZONE, Due, utc
from directive.plan import Plan
from directive.policy import DeliveryPolicy
from letters.policy_file import shipped_policy
from notices.deliver import deliver
from notices.waking import due_at
from register.open import Register
from register.outbox_models import OutMessage
from register.plans import orders_of, save_directory, save_plan
from tests.notices.given import CALENDAR, directory, notice, plan
from tests.register.given import Running, planned

STRICT = shipped_policy("strict")
SATURDAY = datetime(2026, 7, 4, 22, 0, tzinfo=OFFICE_ZONE)  # the task is due then


def hurried() -> Plan:
    due = Due(day=SATURDAY.date(), instant=utc(SATURDAY), clock_time=True)
    whole = plan(planned("1.1", ("so-khcn",), due=due))
    return whole.model_copy(update={"policy": STRICT})


class Caught:
    """A channel that keeps what it is given."""

    def __init__(self) -> None:
        self.messages: list[OutMessage] = []

    async def send(self, message: OutMessage, reader: Person) -> None:
        self.messages.append(message)


@pytest.fixture(params=["vi", "en"])
async def told(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[str, OutMessage]]:
    """What the head is told by level 1, an hour after the deadline on a Saturday night."""
    register = Register.open(f"sqlite+aiosqlite:///{tmp_path / 'register.db'}")
    await register.migrate()
    office = directory(language=request.param)
    await save_directory(register, office)
    whole = hurried()
    await save_plan(register, whole, office.version)
    order = (await orders_of(register, whole.directive.id, OfficeClock()))[0]
    running = Running(register, order, datetime(2026, 7, 4, 13, 0, tzinfo=UTC))  # 20:00
    await running.start()
    channel = Caught()
    while running.marks[0].at <= datetime(2026, 7, 4, 16, 0, tzinfo=UTC):  # 23:00
        await running.take_next()
        assert running.last
        assert await deliver(register, channel, now=running.last.at) is None
    yield request.param, next(one for one in reversed(channel.messages) if one.person == "head")
    await register.close()


async def test_level_1_reaches_the_head_on_a_saturday_night_and_names_the_hour(
    told: tuple[str, OutMessage],
) -> None:
    language, message = told
    assert message.decided_at == datetime(2026, 7, 4, 16, 0, tzinfo=UTC)
    if language == "vi":
        assert message.subject.startswith("HỎA TỐC: ")
        assert "có thời hạn 22 giờ 00 ngày 04/7/2026" in message.text
        assert "đến 23 giờ 00 ngày 04/7/2026 chưa nhận được báo cáo" in message.text
        assert "trả lời trước 01 giờ 00 ngày 05/7/2026" in message.text
        assert "Nếu đến 02 giờ 00 ngày 05/7/2026 chưa nhận được báo cáo" in message.text
    else:
        assert "before 01:00 on 5 July 2026" in message.text
        assert "02:00 on 5 July 2026" in message.text


def test_a_strict_plan_travels_as_hoa_toc_whatever_the_letter_is_marked() -> None:
    assert plan().urgency == ""
    assert plan(urgency="khẩn").urgency == "khẩn"
    assert hurried().urgency == "hỏa tốc"


def test_delivery_is_awake_for_a_strict_notice_at_its_instant() -> None:
    at = utc(SATURDAY)
    event = notice("m1", at).event
    assert due_at(event, STRICT.delivery, CALENDAR, hurried().urgency) == at
    assert due_at(event, DeliveryPolicy(), CALENDAR, plan().urgency).astimezone(OFFICE_ZONE).date() == date(
        2026, 7, 6
    )
