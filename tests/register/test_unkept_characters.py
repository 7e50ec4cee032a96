"""What a browser or a program sends may hold characters that no database or file keeps: they stop nothing."""

from pathlib import Path

import pytest

from directive.clock import OfficeClock
from directive.message import Act
from notices.deliver import deliver
from notices.folder import EmlFolder
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from register.reading import events
from register.waiting import waiting_notices
from tests.register.given import DIRECTIVE, Running, directory, local, plan


@pytest.mark.parametrize("unseen", ["\x00", "\x0b", "\x1f"])
async def test_a_reason_with_a_character_that_is_not_kept_reaches_its_reader(
    register: Register, tmp_path: Path, unseen: str
) -> None:
    await save_directory(register, directory())
    await save_plan(register, plan(), "d1")
    task = Running(register, (await orders_of(register, DIRECTIVE, OfficeClock()))[0])
    await task.start()
    reason = f"thiếu{unseen} người,\nchờ bổ sung"
    await task.act(Act.RAISE_OBSTACLE, local(2, 9), "officer-so-a", "officer:so-a", reason=reason)
    assert (await events(register, task.id))[-1].reason == "thiếu người,\nchờ bổ sung"
    following = await deliver(register, EmlFolder(tmp_path / "outbox"), now=local(3, 9))
    while following and following < local(3, 12):
        following = await deliver(register, EmlFolder(tmp_path / "outbox"), now=following)
    assert not await waiting_notices(register)
    assert list((tmp_path / "outbox").glob("*.eml"))
