"""Long lists: folded by directive and kind, nothing left out, light enough for a telephone."""

from directive.clock import OfficeClock
from directive.directory import Directory, Group, Unit
from directive.event import EventKind
from directive.plan import Plan
from directive.task import assigned
from notices.gather import Batch
from notices.letter import CARDS, ROWS, compose
from notices.office import Office
from tests.notices.given import CALENDAR, directory, local, notice, plan
from tests.register.given import planned


def office(saved: Directory, made: Plan) -> Office:
    orders = list(made.orders(saved, OfficeClock()))
    facts = {order.task.id: assigned(order, local(1, month=6)) for order in orders}
    return Office(saved, {made.directive.id: made}, facts, {CALENDAR.version: CALENDAR}, local(1, 8, 0, 30))


def test_500_tasks_are_one_table_and_every_task_is_named() -> None:
    made = plan(*(planned(str(i), ("so-khcn",), work=f"Việc số {i}") for i in range(1, 501)))
    told = tuple(
        notice(
            "c1.remind.0w",
            local(1),
            EventKind.REMINDED,
            code=str(i),
            person="officer",
            role="officer:so-khcn",
        )
        for i in range(1, 501)
    )
    message = compose(Batch(person="officer", told=told), office(directory(), made))
    assert message.subject == "Nhắc thời hạn: 500 nhiệm vụ (1346-CV/ĐU)"
    assert message.text.count("Đề nghị Ông/Bà gửi báo cáo kết quả") == 1
    assert f"Việc số {ROWS}\n" in message.text
    assert f"Và {500 - ROWS} nhiệm vụ nữa" in message.text
    assert all(f" {i}" in message.text for i in range(1, 501))
    assert "task:du.1346-cv-du-2026:CODE:so-khcn" in message.text
    assert len(message.html.encode()) < 100_000, "Gmail cuts mails above 102 KB"


def test_one_task_of_129_communes_is_one_row() -> None:
    saved = directory()
    communes = tuple(Unit(code=f"xa-{i}", name=f"Xã số {i}", parent="du", head="head") for i in range(1, 130))
    saved = saved.model_copy(
        update={
            "units": (*saved.units, *communes),
            "groups": (Group(code="cac-xa", name="Các xã", units=tuple(unit.code for unit in communes)),),
        }
    )
    made = plan(planned("1", ("cac-xa",)))
    told = tuple(
        notice(
            "c1.level.2", local(1), EventKind.ESCALATED, code="1", unit=unit.code, role="head:vp", copied=True
        )
        for unit in communes
    )
    message = compose(Batch(person="head-vp", told=told), office(saved, made))
    assert message.html.count('<td class="code"') == 1
    assert message.text.count("việc 1\n") == 1
    assert all(f"{unit.name} ({unit.code})" in message.text for unit in communes)


def test_a_few_notices_are_told_one_by_one() -> None:
    made = plan(*(planned(str(i), ("so-khcn",), work=f"Việc số {i}") for i in range(1, 4)))
    told = tuple(
        notice("c1.remind.0w", local(1), EventKind.REMINDED, code=str(i)) for i in range(1, CARDS + 1)
    )
    message = compose(Batch(person="head", told=told), office(directory(), made))
    assert message.text.count("Đề nghị Ông/Bà") == CARDS
    assert "task:du.1346-cv-du-2026:2:so-khcn" in message.text


def test_the_id_follows_from_what_is_told() -> None:
    where = office(directory(), plan())
    one, other = notice("m1", local(1)), notice("m2", local(1))
    first = compose(Batch(person="head", told=(one, other)), where)
    assert first == compose(Batch(person="head", told=(one, other)), where)
    assert first.id != compose(Batch(person="head", told=(one,)), where).id
    assert "head" not in first.id
