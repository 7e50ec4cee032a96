"""What the people of a parent see of its children, and those of a child of its parent."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from directive.clock import OfficeClock
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from tests.desk.conftest import command
from tests.register.given import DIRECTIVE, Running, directory, due, local, plan, planned

Said = Callable[..., CompletedProcess[str]]
PARENT, CHILD = f"task:{DIRECTIVE}:1:so-a", f"task:{DIRECTIVE}:1.1:so-b"


@pytest.fixture
async def say(tmp_path: Path) -> Said:
    """Commands on a register with a parent due on 30/6, an open child of another unit due on 15/6 and a done one."""
    data = tmp_path / "var"
    data.mkdir()
    register = Register.open(f"sqlite+aiosqlite:///{data / 'register.db'}")
    await register.migrate()
    early = due(date(2026, 6, 15))
    family = plan(
        planned("1"),
        planned("1.1", ("so-b",), parent="1", due=early),
        planned("1.2", parent="1", due=early),
        planned("2"),
    )
    await save_directory(register, directory())
    await save_plan(register, family, "d1")
    tasks = [Running(register, order) for order in await orders_of(register, DIRECTIVE, OfficeClock())]
    for task in tasks:
        await task.start()
    await tasks[2].report(local(2, 9))
    await tasks[2].approve(local(2, 10))
    await register.close()
    clock = OfficeClock.starting(local(3), datetime.now(UTC))
    return lambda *words: command(*words, data=data, DONDOC_CLOCK=clock.model_dump_json())


async def test_show_lists_the_children_and_names_the_parent(say: Said) -> None:
    shown = say("show", PARENT).stdout
    assert "Nhiệm vụ con (2): còn 1 nhiệm vụ con chưa xong" in shown
    assert "1.1  so-b: chờ tiếp nhận, trong hạn" in shown
    assert "1.2  so-a: đã hoàn thành, hạn 15/06/2026" in shown
    assert f"nhiệm vụ cha: {PARENT}" in say("show", CHILD).stdout
    children = json.loads(say("show", PARENT, "--json").stdout)["children"]
    assert (children[0]["id"], children[0]["due_after_parent"]) == (CHILD, False)
    assert "Nhiệm vụ con" not in say("show", f"task:{DIRECTIVE}:2:so-a").stdout


async def test_a_parent_may_be_handed_in_before_its_children_and_its_people_are_told(say: Said) -> None:
    told = say("report", PARENT, "--as", "officer-so-a", "--text", "Xong", "--dry-run")
    assert told.returncode == 0, told.stderr
    assert "còn 1 nhiệm vụ con chưa xong: 1.1 (so-b)" in told.stdout


async def test_a_deadline_before_the_childrens_names_them(say: Said) -> None:
    words = ["amend-deadline", PARENT, "--as", "leader", "--reason", "Làm sớm", "--dry-run", "--day"]
    told = say(*words, "2026-06-10").stdout
    assert "1 nhiệm vụ con có hạn sau hạn mới (hết ngày 10/06/2026): 1.1 (so-b)" in told
    assert json.loads(say(*words, "2026-06-10", "--json").stdout)["children_due_after"] == [CHILD]
    assert "nhiệm vụ con" not in say(*words, "2026-06-20").stdout


async def test_a_childs_deadline_after_its_parents_is_refused_with_both_dates(say: Said) -> None:
    words = ["--reason", "Chờ số liệu", "--day", "2026-07-01", "--dry-run"]
    told = say("request-extension", CHILD, "--as", "officer-so-b", *words)
    assert told.returncode == 1
    assert "ngày 01/07/2026 muộn hơn thời hạn 30/06/2026 của nhiệm vụ cha" in told.stderr
