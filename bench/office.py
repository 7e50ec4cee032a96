"""A province in a register: its units, and letters whose thousands of tasks live like some that really lived."""

from collections.abc import Callable, Sequence
from functools import partial
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import Connection

from bench.lived import COPIED, PATTERN, Pattern
from directive.clock import OfficeClock
from directive.directory import Directory, Group, Person, Unit
from directive.plan import Plan, PlannedTask
from directive.question import Stage
from register.open import Register
from register.plans import orders_of, save_plan
from register.searched import searched_row
from register.tables import searched
from tests.register.given import STANDARD, plan

BRANCHES = ("Khoa học và Công nghệ", "Nội vụ", "Tài chính", "Xây dựng", "Y tế", "Tư pháp", "Công Thương",
            "Nông nghiệp và Môi trường", "Giáo dục và Đào tạo", "Văn hóa, Thể thao và Du lịch")  # fmt: skip
WORKS = (
    "Rà soát, công bố danh mục thủ tục hành chính thuộc thẩm quyền giải quyết của đơn vị, báo cáo kết quả về Văn phòng",
    "Xây dựng kế hoạch chuyển đổi số năm 2026, xác định rõ nguồn lực, tiến độ và người chịu trách nhiệm từng việc",
    "Báo cáo tình hình giải ngân vốn đầu tư công, nêu rõ nguyên nhân chậm và giải pháp tháo gỡ từng dự án",
    "Tổ chức kiểm tra công tác bảo vệ môi trường tại các cụm công nghiệp, xử lý dứt điểm các điểm ô nhiễm kéo dài",
    "Hoàn thành số hóa hồ sơ đất đai, kết nối cơ sở dữ liệu với cơ sở dữ liệu quốc gia về dân cư",
    "Tham mưu văn bản triển khai Nghị quyết số 57-NQ/TW về phát triển khoa học, công nghệ, đổi mới sáng tạo",
)


def province() -> Directory:
    """41 departments, 129 communes and wards, who monitors and who assigns."""
    does = [Unit(code=PATTERN, name="Sở Mẫu")]
    does += [Unit(code=f"so-{n:02}", name=f"Sở {BRANCHES[n % 10]} {n // 10 + 1}") for n in range(40)]
    does += [
        Unit(code=f"xa-{n:03}", name=f"UBND {'phường' if n % 5 == 0 else 'xã'} số {n}") for n in range(129)
    ]
    does = [
        one.model_copy(update={"head": f"head-{one.code}", "officers": (f"officer-{one.code}",)})
        for one in does
    ]
    office = Unit(code="vp", name="Văn phòng", head="head-vp")
    issuer = Unit(
        code="du", name="Đảng ủy", leadership=("leader",), approvers=("approver",), assigners=("assigner",)
    )
    units = (*does, Unit(code="trong", name="Đơn vị chưa có người"), office, issuer)
    known = {one for unit in units for one in (unit.head, *unit.officers, *unit.leadership)} - {""}
    people = tuple(Person(id=one, name=one) for one in sorted(known | {"approver", "assigner"}))
    communes = tuple(one.code for one in does if one.code.startswith("xa-"))
    group = Group(code="xa-phuong", name="UBND các xã, phường", units=communes)
    return Directory(version="bench@1", units=units, people=people, groups=(group,))


class Office(NamedTuple):
    """What was made."""

    tasks: int
    open: int
    events: int
    directives: int


async def make_letters(
    register: Register,
    lived: Sequence[Pattern],
    chance: Random,
    enough: Callable[[Office], bool],
    *,
    closed: float = 0.2,
    series: str = "",
) -> Office:
    """Letters with their tasks until there are `enough`; so many of the tasks are `closed`.

    `series` stands in the letters' numbers and keeps them apart from those of others.
    """
    made = Office(0, 0, 0, 0)
    while not enough(made):
        letter = _letter(made.directives, series, chance)
        await save_plan(register, letter, "bench@1")
        orders = await orders_of(register, letter.directive.id, OfficeClock())
        lives = [_drawn(lived, chance, closed) for _ in orders]
        copies = [life.as_if(order.task, order.work) for life, order in zip(lives, orders, strict=True)]
        lines = await register.writing(partial(_write, copies, letter))
        still = sum(not one.closed for one in lives)
        made = Office(made.tasks + len(copies), made.open + still, made.events + lines, made.directives + 1)
    return made


def _drawn(lived: Sequence[Pattern], chance: Random, closed: float) -> Pattern:
    """A closed life, or an open one; one open task in eight is overdue."""
    wanted, late = chance.random() < closed, chance.random() < 0.125
    return chance.choice([one for one in lived if one.closed == wanted and (wanted or one.late == late)])


def _letter(number: int, series: str, chance: Random) -> Plan:
    """Every fortieth letter goes to all communes with ten tasks, the others to some departments with a few."""
    signed, route = f"{number + 1}-CV{series}/ĐU", (Stage(asks=("approver:du",)),)
    everyone = number % 40 == 0
    planned = []
    for task in range(10 if everyone else chance.randint(2, 12)):
        lead = ("xa-phuong",) if everyone else tuple(f"so-{n:02}" for n in chance.sample(range(40), 6))
        work = f"{chance.choice(WORKS)} ({signed}, mục {task + 1})"
        planned.append(PlannedTask(code=f"{task + 1}", work=work, lead=lead, route=route, monitor="vp"))
    return plan(*planned, number=signed, policy=STANDARD)


def _write(copies: list[dict[str, list[dict[str, Any]]]], letter: Plan, connection: Connection) -> int:
    """The rows of a letter's tasks; gives how many events they have."""
    for table in COPIED:
        rows = [row for one in copies for row in one[table.name]]
        if rows:
            connection.execute(table.insert(), rows)
    connection.execute(searched.insert(), [searched_row(one["tasks"][0], letter) for one in copies])
    return sum(len(one["events"]) for one in copies)
