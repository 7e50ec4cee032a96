"""`doctor` says what is wrong and how to mend it; `outbox` lists what did not get through and sends it again."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desk import doctor, outbox, screen
from desk.exit import Code, Stop
from desk.finding import Finding
from desk.mail import mail_from, mail_server
from desk.settings import settings
from register.open import Register
from register.outbox import hold, note_next, put_message
from register.outbox_models import OutMessage
from register.plans import save_directory
from register.sending import begin, mark_failed, mark_refused, mark_sent, unsent
from tests.notices.given import directory
from tests.ports import own_port

NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of its own, and an engine that is not there."""
    monkeypatch.setenv("DONDOC_DATA", str(tmp_path))
    monkeypatch.setenv("TEMPORAL_ADDRESS", f"127.0.0.1:{own_port()}")
    monkeypatch.setenv("TEMPORAL_CONFIG_FILE", str(tmp_path / "none.toml"))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


@pytest.fixture
async def register(installation: Path) -> Any:
    opened = Register.open(settings().register_address)
    await opened.migrate()
    await save_directory(opened, directory())
    yield opened
    await opened.close()


def set_to(monkeypatch: pytest.MonkeyPatch, **more: str) -> None:
    for name, value in more.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()


def message(name: str) -> OutMessage:
    return OutMessage(
        id=name, person="head", decided_at=NOW, subject="Nhắc việc", text="t", html="<p>t</p>", notices=()
    )


async def found() -> dict[str, Finding]:
    return {one.about: one for one in await doctor.examine()}


def ill(findings: dict[str, Finding]) -> set[str]:
    assert all(one.well or one.remedy for one in findings.values()), "a remedy for each"
    return {about for about, one in findings.items() if not one.well}


async def test_an_installation_without_a_register_or_an_engine_is_told_so() -> None:
    assert ill(await found()) == {"register", "engine"}


async def test_a_sound_installation_lacks_only_the_engine(register: Register) -> None:
    findings = await found()
    assert ill(findings) == {"engine"}
    assert {"folders", "register", "directory", "messages", "line", "delivery", "mail"} <= set(findings)


async def test_messages_that_did_not_get_through_are_counted(register: Register) -> None:
    for name in ("a", "b", "c", "d"):
        await put_message(register, message(name), "notice")
    await mark_failed(register, "a", "too_slow", NOW + timedelta(hours=1))
    await mark_refused(register, "b", "smtp_550: no such user", NOW, "head@example.invalid")
    await mark_refused(register, "c", "no_address", NOW, "")
    for _ in range(3):
        await begin(register, "d", NOW)
    await mark_sent(register, "d", NOW)
    findings = await found()
    assert {"failed", "refused"} <= ill(findings)
    counted = {about: findings[about].detail["count"] for about in ("failed", "refused", "repeated")}
    assert counted == {"failed": 1, "refused": 2, "repeated": 2}
    assert findings["repeated"].well, "nothing to mend, but to know"


async def test_a_line_that_takes_nothing_and_a_delivery_that_sleeps_on_are_found(register: Register) -> None:
    await hold(register, NOW + timedelta(hours=1), 7)
    await note_next(register, NOW - timedelta(hours=1))
    findings = await found()
    assert {"line", "delivery"} <= ill(findings)
    assert findings["line"].detail["failures"] == 7


async def test_people_with_a_role_and_no_address_are_named(register: Register) -> None:
    office = directory()
    people = tuple(one.model_copy(update={"email": ""}) if one.id == "head" else one for one in office.people)
    await save_directory(register, office.model_copy(update={"version": "d2", "people": people}))
    assert (await found())["directory"].detail["people"] == ["head"]


async def test_a_register_of_another_release_is_not_read(register: Register) -> None:
    async with register.write() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    findings = await found()
    assert "register" in ill(findings)
    assert "messages" not in findings


async def test_mail_without_links_without_a_server_or_in_nobodys_name_is_found(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_to(monkeypatch, DONDOC_SMTP_URL=f"smtp://127.0.0.1:{own_port()}")
    assert "mail" in ill(await found())
    set_to(monkeypatch, DONDOC_MAIL_FROM="Đôn Đốc <dondoc@tinh.example>")
    assert {"mail", "links"} <= ill(await found())
    set_to(monkeypatch, DONDOC_SECRET="s" * 32, DONDOC_PAGE_URL="http://dondoc.tinh.example/")
    assert "links" in ill(await found()), "not encrypted"
    set_to(monkeypatch, DONDOC_PAGE_URL="https://dondoc.tinh.example/")
    assert "links" not in ill(await found())


@pytest.mark.parametrize(
    ("url", "ca", "expected"),
    [
        ("smtp://mail.tinh.example", "", ("mail.tinh.example", 587, "starttls")),
        ("smtps://mail.tinh.example", "", ("mail.tinh.example", 465, "at_once")),
        ("smtp://127.0.0.1:25", "", ("127.0.0.1", 25, "none")),
        ("smtp://[::1]:25", "", ("::1", 25, "none")),
        ("smtp://localhost:25", "ca.pem", ("localhost", 25, "starttls")),
        ("smtp://10.0.0.5:25", "", ("10.0.0.5", 25, "starttls")),
    ],
)
def test_mail_leaves_this_machine_by_tls_only(
    monkeypatch: pytest.MonkeyPatch, url: str, ca: str, expected: tuple[str, int, str]
) -> None:
    set_to(monkeypatch, DONDOC_SMTP_URL=url, **({"DONDOC_SMTP_CA": ca} if ca else {}))
    server = mail_server()
    assert server
    assert (server.host, server.port, server.tls) == expected


@pytest.mark.parametrize(
    ("variables", "kind"),
    [
        ({"DONDOC_SMTP_URL": "mail.tinh.example"}, "bad_smtp_url"),
        ({"DONDOC_SMTP_URL": "smtp://a:password@mail.tinh.example"}, "bad_smtp_url"),
        ({"DONDOC_SMTP_URL": "smtp://mail.tinh.example:99999"}, "bad_smtp_url"),
        ({"DONDOC_SMTP_URL": "smtp://a@mail.tinh.example"}, "no_smtp_password"),
        ({"DONDOC_SMTP_URL": "smtp://mail.tinh.example"}, "bad_mail_from"),
        ({"DONDOC_MAIL_FROM": "Đôn Đốc"}, "bad_mail_from"),
    ],
)
def test_settings_of_mail_that_cannot_be_used_are_told(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], kind: str
) -> None:
    set_to(monkeypatch, **variables)
    with pytest.raises(Stop) as stopped:
        _ = mail_server(), mail_from()
    assert (stopped.value.kind, stopped.value.code) == (kind, Code.USAGE)


def test_what_is_wrong_is_one_document_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    screen.speak_json(True)
    try:
        with pytest.raises(Stop) as stopped:
            doctor.doctor()
    finally:
        screen.speak_json(False)
    assert stopped.value.code is Code.REFUSED
    findings = stopped.value.detail["findings"]
    assert isinstance(findings, list)
    assert {"about", "well", "said", "remedy"} <= set(findings[-1])
    assert capsys.readouterr().out == ""


async def test_outbox_lists_what_is_stuck_and_sends_it_again(
    register: Register, capsys: pytest.CaptureFixture[str]
) -> None:
    import asyncio

    for name in ("20260701T010030Z-aa", "20260701T010030Z-bb"):
        await put_message(register, message(name), "notice")
        await mark_refused(register, name, "smtp_550: no such user", NOW, "head@example.invalid")
    await hold(register, NOW + timedelta(hours=1), 7)
    await asyncio.to_thread(outbox.show)
    told = capsys.readouterr().out
    assert "20260701T010030Z-aa" in told
    assert "no such user" in told
    with pytest.raises(Stop, match="2 messages begin with"):
        await asyncio.to_thread(outbox.retry, "2026")
    with pytest.raises(Stop, match="no message that is stuck"):
        await asyncio.to_thread(outbox.retry, "x")
    screen.speak_json(True)
    try:
        await asyncio.to_thread(outbox.retry, "20260701T010030Z-a")
    finally:
        screen.speak_json(False)
    assert json.loads(capsys.readouterr().out) == {"retried": 1, "now": False}
    assert [one.id for one in await unsent(register)] == ["20260701T010030Z-aa"]
