"""Signing in by the office's provider: by a verified e-mail, for this browser and this moment only."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from joserfc.jwk import RSAKey

from answers.app import build
from answers.house import House
from answers.oidc_settings import Oidc, oidc_from_environment
from desk.exit import Stop
from register.audit import audited
from tests.answers.conftest import Browser, browser_of
from tests.answers.given import dump, hidden
from tests.answers.provider import CLIENT, CLIENT_SECRET, ISSUER, Provider

BACK = "/dang-nhap/oidc/xong"


@pytest.fixture(scope="module")
def key() -> RSAKey:
    return RSAKey.generate_key(2048, parameters={"kid": "1"})


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
async def browser(house: House, provider: Provider) -> AsyncIterator[Browser]:
    """A browser at a page whose office has a provider."""
    settings = Oidc(ISSUER, CLIENT, CLIENT_SECRET, provider.transport)
    async with browser_of(build(replace(house, oidc=settings))) as opened:
        yield opened


async def begun(browser: Browser, provider: Provider) -> dict[str, str]:
    """A sign-in begun here and done there."""
    left = await browser.get("/dang-nhap/oidc?next=/phien")
    assert left.status_code == 303
    assert left.headers["location"].startswith(f"{ISSUER}/login?")
    return provider.sign_in(left.headers["location"])


async def test_a_verified_address_of_the_directory_signs_in(
    browser: Browser, provider: Provider, house: House
) -> None:
    before = await dump(house.register)
    shown = await browser.get(BACK, params=await begun(browser, provider))
    assert "head-so-a" in shown.text
    assert await dump(house.register) == before  # the GET has written nothing
    entered = await browser.post(BACK, data=hidden(shown))
    assert (entered.status_code, entered.headers["location"]) == (303, "/phien")
    assert "tài khoản cơ quan" in (await browser.get("/phien")).text
    last = (await audited(house.register))[0]
    assert (last.did, last.person, last.way) == ("sign_in", "head-so-a", "oidc")


REFUSED: list[dict[str, Any]] = [
    {"email_verified": False},
    {"email": ""},
    {"email": "nobody@example.invalid"},
    {"aud": "somebody-else"},
    {"iss": "https://other.test"},
    {"exp": 1},
    {"nonce": "another"},
]


@pytest.mark.parametrize("changes", REFUSED, ids=lambda one: next(iter(one)))
async def test_what_the_provider_does_not_vouch_for_is_refused(
    browser: Browser, provider: Provider, house: House, changes: dict[str, Any]
) -> None:
    provider.changes = changes
    before = await dump(house.register)
    shown = await browser.get(BACK, params=await begun(browser, provider))
    assert shown.status_code == 409
    assert (await browser.post(BACK, data=hidden(await browser.get("/dang-nhap")))).status_code == 409
    assert await dump(house.register) == before


async def test_a_token_that_another_key_has_signed_is_refused(
    browser: Browser, provider: Provider, key: RSAKey
) -> None:
    provider.signs_with = key
    assert (await browser.get(BACK, params=await begun(browser, provider))).status_code == 409


async def test_what_another_browser_has_begun_is_refused(
    browser: Browser, provider: Provider, house: House
) -> None:
    params = await begun(browser, provider)
    async with browser_of(browser._transport.app) as victim:  # type: ignore[attr-defined]
        assert (await victim.get(BACK, params=params)).status_code == 409
    assert (await browser.get(BACK, params={**params, "state": "x"})).status_code == 409
    assert (
        await browser.get(BACK, params={"error": "access_denied", "state": params["state"]})
    ).status_code == 409


async def test_a_provider_that_does_not_answer_is_told(browser: Browser, provider: Provider) -> None:
    provider.app.router.routes.clear()
    answer = await browser.get("/dang-nhap/oidc")
    assert answer.status_code == 409
    assert "đăng nhập bằng liên kết gửi qua thư" in answer.text.lower()


async def test_without_a_provider_there_is_no_such_page(house: House) -> None:
    async with browser_of(build(house)) as plain:
        assert (await plain.get("/dang-nhap/oidc")).status_code == 404
        assert "/dang-nhap/oidc" not in (await plain.get("/dang-nhap")).text


def test_the_settings_are_whole_and_https_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert oidc_from_environment() is None
    monkeypatch.setenv("DONDOC_OIDC_ISSUER", f"{ISSUER}/")
    with pytest.raises(Stop, match="incomplete"):
        oidc_from_environment()
    monkeypatch.setenv("DONDOC_OIDC_CLIENT_ID", CLIENT)
    monkeypatch.setenv("DONDOC_OIDC_CLIENT_SECRET", CLIENT_SECRET)
    assert oidc_from_environment() == Oidc(ISSUER, CLIENT, CLIENT_SECRET)
    monkeypatch.setenv("DONDOC_OIDC_ISSUER", "http://idp.test")
    with pytest.raises(Stop, match="https"):
        oidc_from_environment()
