"""`doctor` names what degrades the register's side: a lock, marks that are owed, webhooks, the mail server's login."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desk.doctor_lock import BUSY_MS
from directive.clock import OfficeClock
from register.hook_outbox import leave_in_peace
from register.hooks import add_hook
from register.open import Register, RegisterDown
from register.out_of_reach import Why
from register.plans import orders_of, save_plan
from tests.degraded.examined import examined
from tests.notices.mail_server import PASSWORD, USER, Mailbox, certified, listening
from tests.register.given import DIRECTIVE, Running, plan

NOW = datetime.now(UTC)


async def test_a_locked_register_is_called_locked_by_commands_and_by_doctor(
    kept: Register, installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = sqlite3.connect(installation / "register.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    impatient = Register.open(f"sqlite+aiosqlite:///{installation / 'register.db'}", busy_ms=50)
    with pytest.raises(RegisterDown) as down:
        await impatient.writing(lambda _: None)
    await impatient.close()
    assert down.value.why is Why.LOCKED
    monkeypatch.setattr("desk.doctor.BUSY_MS", BUSY_MS // 40)
    locked = (await examined(monkeypatch))["register_write"]
    assert not locked.well
    assert "bị khóa" in locked.said
    assert locked.detail["kind"] == "register_locked"
    holder.close()
    assert (await examined(monkeypatch))["register_write"].well


async def test_marks_that_nobody_records_are_counted_with_their_tasks(
    kept: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await examined(monkeypatch))["marks"].well
    await save_plan(kept, plan(), "d1")
    order = (await orders_of(kept, DIRECTIVE, OfficeClock()))[0]
    await Running(kept, order).start()
    owed = (await examined(monkeypatch))["marks"]
    assert not owed.well, "June 2026 has passed, and no engine took a mark"
    assert owed.detail["tasks"] == [order.task.id]
    assert owed.detail["count"] > 1


async def test_a_webhook_that_takes_nothing_is_named_with_how_often(
    kept: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("dms", "bao-cao"):
        await add_hook(kept, name, f"https://{name}.example.invalid/x", (), NOW)
    assert (await examined(monkeypatch))["webhooks"].well
    for _ in range(3):
        await leave_in_peace(kept, "dms", NOW + timedelta(minutes=5), "timed_out")
    found = (await examined(monkeypatch))["webhook"]
    assert (found.detail["name"], found.detail["failures"]) == ("dms", 3)
    assert "webhook test dms" in found.remedy


async def test_a_mail_server_that_takes_no_login_or_speaks_no_tls_is_told_apart_from_a_dead_one(
    kept: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = {"DONDOC_MAIL_FROM": "Đôn Đốc <dondoc@tinh.example>", "DONDOC_SECRET": "s" * 32}
    async with listening(Mailbox(), tmp_path) as server:
        sound |= {"DONDOC_SMTP_URL": f"smtp://{USER}@127.0.0.1:{server.port}"}
        sound |= {"DONDOC_SMTP_CA": str(tmp_path / "certificate.pem"), "DONDOC_SMTP_PASSWORD": PASSWORD}
        found = await examined(monkeypatch, **sound)
        assert USER in found["mail"].said
        assert found["mail"].well
        wrong = await examined(monkeypatch, **{**sound, "DONDOC_SMTP_PASSWORD": "quên rồi"})
        assert not wrong["mail_login"].well
        assert wrong["mail_login"].detail["code"] == 535
        (tmp_path / "other").mkdir()
        certified(tmp_path / "other")
        other = {"DONDOC_SMTP_CA": str(tmp_path / "other" / "certificate.pem")}
        strange = await examined(monkeypatch, **{**sound, **other})
    assert not strange["mail_tls"].well
    dead = await examined(monkeypatch, **sound)
    assert not dead["mail"].well
