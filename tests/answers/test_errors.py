"""What goes wrong is told in words with the next step, with every header, and nothing of the inside is shown."""

from dataclasses import replace
from pathlib import Path

import pytest

from answers.app import build
from answers.house import House
from register.open import Register
from tests.answers.conftest import SignIn, browser_of


async def test_a_register_that_is_down_is_told_and_health_says_so(house: House) -> None:
    gone = Register.open("sqlite+aiosqlite:////nowhere/register.db")
    async with browser_of(build(replace(house, register=gone))) as browser:
        assert (await browser.get("/dang-nhap")).status_code == 200
        browser.cookies.set("dondoc-session", "x")
        shown = await browser.get("/phien")
        health = await browser.get("/suc-khoe")
        program = await browser.get("/api/v1/toi")
    await gone.close()
    assert (shown.status_code, health.status_code) == (503, 503)
    assert "không mở được sổ theo dõi" in shown.text.lower()
    assert "nowhere" not in shown.text + health.text + program.text


async def test_a_slip_of_our_own_is_kept_in_the_log_and_told_without_its_inside(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desk.settings import settings

    monkeypatch.setenv("DONDOC_LOG", str(tmp_path / "log"))
    settings.cache_clear()
    app = build(house)

    async def slips() -> None:
        raise ZeroDivisionError("the inside")

    app.get("/slips")(slips)
    async with browser_of(app) as browser:
        answer = await browser.get("/slips?lang=en")
    settings.cache_clear()
    assert answer.status_code == 500
    assert "an internal error (ZeroDivisionError)" in answer.text.replace("An internal", "an internal")
    assert "the inside" not in answer.text
    assert "content-security-policy" in answer.headers
    assert "the inside" in (tmp_path / "log").read_text("utf-8")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/khong-co", 404),
        ("DELETE", "/viec", 405),
        ("GET", "/nhiem-vu/task:none", 404),
        ("GET", "/nhiem-vu/%00", 404),
        ("GET", "/cau-hoi/task:none/q", 404),
        ("GET", "/bang", 403),
        ("GET", "/minh-chung/" + "0" * 64, 404),
        ("GET", "/nhiem-vu/" + "x" * 3_000, 404),
    ],
)
async def test_each_kind_of_error_has_a_page_with_the_next_step(
    signed_in_as: SignIn, method: str, path: str, status: int
) -> None:
    officer = await signed_in_as("officer-so-a")
    for lang in ("vi", "en"):
        answer = await officer.request(method, f"{path}?lang={lang}")
        assert answer.status_code == status
        assert f'<html lang="{lang}">' in answer.text
        assert 'class="skip"' in answer.text


async def test_an_address_with_a_nul_is_told_as_unreadable_before_any_database_is_asked(
    signed_in_as: SignIn,
) -> None:
    officer = await signed_in_as("officer-so-a")
    answer = await officer.get("/nhiem-vu/task:du.1346-cv-du-2026:1.1:so-a?da=%00")
    assert answer.status_code == 422
    assert "không đọc được" in answer.text
