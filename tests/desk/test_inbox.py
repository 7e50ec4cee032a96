"""`inbox` as it is printed: what is to be acknowledged or added stands beside the questions."""

import json
from pathlib import Path

import pytest

from desk import look, screen
from directive.clock import OfficeClock
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from register.reading import duties
from tests.register.given import DIRECTIVE, Running, directory, local, plan


async def test_a_task_that_awaits_acknowledgement_is_printed_with_its_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    register = Register.open(f"sqlite+aiosqlite:///{tmp_path / 'register.db'}")
    await register.migrate()
    await save_directory(register, directory())
    await save_plan(register, plan(), "d1")
    task = Running(register, (await orders_of(register, DIRECTIVE, OfficeClock()))[0])
    await task.start()
    mine = [one for one in await duties(register, "officer-so-a", local(2)) if one.asks]
    await register.close()

    screen.console.cache_clear()
    look._show_inbox([], mine, directory())
    told = capsys.readouterr().out
    assert "1346-CV/ĐU/1.1 · so-a: chờ xác nhận tiếp nhận" in told
    assert "với vai trò: đầu mối so-a" in told
    assert "bằng `acknowledge`" in told
    monkeypatch.setattr(screen, "_json", True)
    look._show_inbox([], mine, directory())
    (plain,) = json.loads(capsys.readouterr().out)
    screen.console.cache_clear()
    assert (plain["awaits"], plain["task"], plain["role"]) == ("acknowledgement", task.id, "officer:so-a")
