"""`webhook …` as people type it: what is taken, what is refused and why, and what the list tells."""

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desk import app, screen
from desk.exit import Code, Stop
from desk.saying import now
from desk.settings import settings
from desk.webhook_input import address
from desk.wording.webhooks import SAID, said
from directive.clock import OfficeClock
from register.hook_outbox import Failed, give_up, leave_in_peace, settle
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from tests.register.given import DIRECTIVE, Running, directory, plan, planned

URL = "https://van-ban.example.vn/dondoc"

Say = Callable[..., Any]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A register with an office and a plan, to copy."""
    file = tmp_path_factory.mktemp("made") / "register.db"

    async def make() -> None:
        register = Register.open(f"sqlite+aiosqlite:///{file}")
        await register.migrate()
        await save_directory(register, directory())
        await save_plan(register, plan(planned("1")), "d1")
        await register.close()

    asyncio.run(make())
    return file.read_bytes()


@pytest.fixture
def say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], made: bytes
) -> Iterator[Say]:
    """Run a command in this process and read its JSON, or with `plain` its words."""
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "register.db").write_bytes(made)
    monkeypatch.setenv("DONDOC_DATA", str(tmp_path / "var"))
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
    monkeypatch.delenv("DONDOC_WEBHOOK_SECRET_VAN_BAN", raising=False)
    settings.cache_clear()
    screen.console.cache_clear()

    def says(*words: str, plain: bool = False) -> Any:
        capsys.readouterr()
        app.main(["webhook", *words, *([] if plain else ["--json"])])
        out = capsys.readouterr().out
        return out if plain else json.loads(out)

    yield says
    screen.speak_json(False)
    settings.cache_clear()
    screen.console.cache_clear()


def refused(say: Say, *words: str) -> Stop:
    with pytest.raises(Stop) as stop:
        say(*words)
    assert stop.value.message
    assert stop.value.remedy
    return stop.value


def in_register(work: Callable[[Register], Any]) -> None:
    """Do something to the register that the commands read."""

    async def whole() -> None:
        register = Register.open(settings().register_address)
        await work(register)
        await register.close()

    asyncio.run(whole())


async def one_task(register: Register) -> None:
    """A task is assigned: its event waits."""
    (order,) = await orders_of(register, DIRECTIVE, OfficeClock())
    await Running(register, order).start()


def test_a_webhook_is_added_with_a_secret_that_is_kept_nowhere(say: Say, tmp_path: Path) -> None:
    added = say("add", "van-ban", URL, "--kinds", "approved,assigned", "--kinds", "escalated")
    assert added["kinds"] == ["assigned", "approved", "escalated"]
    assert added["variable"] == "DONDOC_WEBHOOK_SECRET_VAN_BAN"
    assert added["secret"].startswith("whsec_")
    kept = b"".join(file.read_bytes() for file in (tmp_path / "var").iterdir() if file.is_file())
    assert added["secret"].encode() not in kept
    again = say("add", "van-ban", URL, "--kinds", "assigned,approved,escalated")
    assert (again["added"], again["secret"]) == ("same", "")


def test_a_secret_that_is_there_is_not_made_anew(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_WEBHOOK_SECRET_VAN_BAN", "whsec_c2l4LWFuZC10aGlydHktYnl0ZXMtb2YtYS1zZWNyZXQ=")
    assert say("add", "van-ban", URL)["secret"] == ""


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["Văn bản", URL], "bad_webhook_name"),
        (["1", URL], "bad_webhook_name"),
        (["a_b", URL], "bad_webhook_name"),
        (["vb", "http://van-ban.example.vn/"], "webhook_not_https"),
        (["vb", "http://192.168.1.2/"], "webhook_not_https"),
        (["vb", "http://127.0.0.1.example.vn/"], "webhook_not_https"),
        (["vb", "https://user:pass@van-ban.example.vn/"], "bad_webhook_url"),
        (["vb", "https://van-ban.example.vn/#here"], "bad_webhook_url"),
        (["vb", "https://van-ban.example.vn/a b"], "bad_webhook_url"),
        (["vb", "https://văn-bản.vn/"], "bad_webhook_url"),
        (["vb", "https://van-ban.example.vn:99999/"], "bad_webhook_url"),
        (["vb", "https://[::1/"], "bad_webhook_url"),
        (["vb", "file:///etc/passwd"], "bad_webhook_url"),
        (["vb", "van-ban.example.vn"], "bad_webhook_url"),
        (["vb", f"https://a.vn/{'x' * 2000}"], "bad_webhook_url"),
        (["vb", URL, "--kinds", "aproved"], "unknown_kind"),
    ],
)
def test_what_cannot_be_a_webhook_is_refused_with_the_remedy(say: Say, words: list[str], kind: str) -> None:
    stop = refused(say, "add", *words)
    assert (stop.code, stop.kind) == (Code.USAGE, kind)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8090/", "http://localhost/x", "http://[::1]:1/"])
def test_this_machine_needs_no_tls(url: str) -> None:
    assert address(url) == url


def test_a_name_that_is_not_there_is_told(say: Say) -> None:
    assert {refused(say, one, "vb").kind for one in ("test", "retry", "remove")} == {"unknown_webhook"}


def test_another_address_under_a_name_in_use_is_refused(say: Say) -> None:
    say("add", "van-ban", URL)
    stop = refused(say, "add", "van-ban", URL + "/2")
    assert (stop.code, stop.kind) == (Code.REFUSED, "webhook_differs")
    say("remove", "van-ban")
    assert say("add", "van-ban", URL + "/2")["added"] == "again"


def test_without_the_engine_nothing_is_changed(say: Say) -> None:
    say("add", "van-ban", URL)
    in_register(one_task)
    in_register(lambda register: give_up(register, "van-ban", "http_410"))
    for command in ("test", "retry"):
        assert refused(say, command, "van-ban").code is Code.UNREACHABLE
    assert say("list")[0]["refused"] == 1


def test_the_list_tells_what_waits_and_what_was_given_up(say: Say) -> None:
    say("add", "van-ban", URL)
    in_register(one_task)
    (waits,) = say("list")
    assert (waits["waiting"], waits["sent"], waits["refused"]) == (1, 0, 0)
    in_register(
        lambda register: leave_in_peace(register, "van-ban", now().replace(year=2100), "no_connection")
    )
    told = say("list", plain=True)
    assert "không kết nối được" in told
    assert "thử lại lúc" in told
    failed = Failed(seq=1, retry_at=None, error="http_500")
    in_register(lambda register: settle(register, "van-ban", now(), [], [failed]))
    told = say("list", plain=True)
    assert "webhook retry van-ban" in told
    assert "HTTP 500" in told
    (given,) = say("list")[0]["given_up"]
    assert (given["kind"], given["error"]) == ("assigned", "http_500")
    assert say("remove", "van-ban")["given_up"] == 0
    assert "đã bỏ lúc" in say("list", plain=True)


def test_without_webhooks_the_list_says_so(say: Say) -> None:
    assert say("list") == []
    assert "Chưa có webhook" in say("list", plain=True)


def test_every_answer_has_words() -> None:
    codes = [*SAID, "http_302", "http_500"]
    assert all(said(code, "van-ban") != code for code in codes)
    assert "DONDOC_WEBHOOK_SECRET_VAN_BAN" in said("no_secret", "van-ban")
