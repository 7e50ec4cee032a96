"""Forms count only from this page, in this browser; what every answer carries; how much and how often."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from answers import pace
from answers.app import build
from answers.csrf import HEADER, token_for
from answers.house import House
from answers.pace import Pace, TooOften
from tests.answers.conftest import Browser, SignIn, browser_of, session_for
from tests.answers.given import dump, hidden

FOREIGN: list[dict[str, str]] = [
    {"Origin": "https://evil.test"},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://page.test.evil.test"},
]


@pytest.mark.parametrize("headers", FOREIGN)
async def test_a_form_of_another_site_changes_nothing(
    signed_in_as: SignIn, house: House, headers: dict[str, str]
) -> None:
    head = await signed_in_as("head-so-a")
    before = await dump(house.register)
    assert (await head.post("/dang-xuat", headers=headers)).status_code == 403
    assert await dump(house.register) == before


async def test_a_form_without_its_token_or_with_another_persons_changes_nothing(
    signed_in_as: SignIn, house: House
) -> None:
    head = await signed_in_as("head-so-a")
    foreign = token_for(house, await session_for(house, "head-so-b"))
    del head.headers["X-CSRF-Token"]
    before = await dump(house.register)
    for given in ("", "x", foreign, token_for(house, "")):
        answer = await head.post("/dang-xuat", data={"csrf": given})
        assert answer.status_code == 403
        assert "biểu mẫu này không còn hiệu lực" in answer.text.lower()
    assert await dump(house.register) == before


async def test_a_browser_that_tells_its_origin_is_served(signed_in_as: SignIn) -> None:
    head = await signed_in_as("head-so-a")
    told = {"Origin": "http://page.test", "Sec-Fetch-Site": "same-origin"}
    assert (await head.post("/dang-xuat", headers=told)).status_code == 303


async def test_an_origin_that_is_kept_back_leaves_it_to_the_token(signed_in_as: SignIn) -> None:
    head = await signed_in_as("head-so-a")
    assert (await head.post("/dang-xuat", headers={"Origin": "null", HEADER: "x"})).status_code == 403
    assert (await head.post("/dang-xuat", headers={"Origin": "null"})).status_code == 303


async def test_files_are_taken_from_people_who_are_known_only(browser: Browser) -> None:
    read: list[bytes] = []

    async def endless() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
        for _ in range(50):
            read.append(b"x" * 100_000)
            yield read[-1]

    brought = {"Content-Type": "multipart/form-data; boundary=x"}
    for path in ("/nhiem-vu/task:a/bao-cao", "/cau-hoi/task:a/q"):
        assert (await browser.post(path, content=endless(), headers=brought)).status_code == 401
    assert not read
    assert (await browser.post("/dang-nhap", content=endless(), headers=brought)).status_code == 413


async def test_every_answer_forbids_what_the_page_does_not_need(browser: Browser) -> None:
    for path in ("/dang-nhap", "/khong-co", "/", "/suc-khoe", "/l/x", "/api/v1/khong-co"):
        headers = (await browser.get(path)).headers
        policy = dict(one.strip().split(" ", 1) for one in headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'", path
        assert "unsafe" not in headers["content-security-policy"]
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert "strict-transport-security" not in headers


async def test_over_https_browsers_are_told_to_stay_there(house: House) -> None:
    async with browser_of(build(replace(house, page_url="https://page.test/"))) as browser:
        headers = (await browser.get("/dang-nhap")).headers
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert "Secure" in headers["set-cookie"]
    assert headers["set-cookie"].startswith("__Host-dondoc-form=")


async def test_a_static_file_with_its_hash_may_be_kept_for_ever(browser: Browser) -> None:
    page = (await browser.get("/dang-nhap")).text
    address = page.partition('href="/static/style.css')[2].partition('"')[0]
    kept = await browser.get(f"/static/style.css{address}")
    assert (kept.status_code, kept.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    assert (await browser.get("/static/none.css?v=1")).headers["cache-control"] == "no-store"


async def test_what_is_too_large_is_refused_before_it_is_read(browser: Browser, house: House) -> None:
    form = hidden(await browser.get("/dang-nhap"))
    answer = await browser.post("/dang-nhap", data={**form, "who": "x" * 300_000})
    assert answer.status_code == 413
    assert "quá lớn" in answer.text

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"x" * 10_000

    piped = {"Content-Type": "application/x-www-form-urlencoded"}
    assert (await browser.post("/dang-nhap", content=endless(), headers=piped)).status_code == 413


async def test_who_asks_for_links_too_often_has_to_wait(
    browser: Browser, house: House, clock: list[float]
) -> None:
    form = hidden(await browser.get("/dang-nhap"))
    answers = [await browser.post("/dang-nhap", data={**form, "who": "head-so-a"}) for _ in range(11)]
    assert [one.status_code for one in answers] == [200] * 10 + [429]
    assert 3_500 < int(answers[-1].headers["retry-after"]) <= 3_601
    assert (await browser.post("/dang-nhap", data={**form, "who": "leader"})).status_code == 200
    clock[0] += 3_601
    assert (await browser.post("/dang-nhap", data={**form, "who": "head-so-a"})).status_code == 200


async def test_an_office_behind_one_address_comes_in_of_a_morning_and_nobody_asks_for_everybody(
    browser: Browser, house: House, clock: list[float]
) -> None:
    form = hidden(await browser.get("/dang-nhap"))
    for _ in range(500):  # the province's officials before us, at the same address
        house.pace.tried(pace.SIGN_IN_ADDRESS, "203.0.113.7")
    assert (await browser.post("/dang-nhap", data={**form, "who": "leader"})).status_code == 200
    for _ in range(99):
        house.pace.tried(pace.SIGN_IN_ADDRESS, "203.0.113.7")
    assert (await browser.post("/dang-nhap", data={**form, "who": "approver"})).status_code == 429


async def test_nobody_answers_faster_than_people_do(
    signed_in_as: SignIn, house: House, clock: list[float]
) -> None:
    head = await signed_in_as("head-so-a")
    for _ in range(60):
        house.pace.tried(pace.ACTS_PERSON, "head-so-a")
    answer = await head.post("/dang-xuat")
    assert answer.status_code == 429
    assert (await head.get("/phien")).status_code == 200
    clock[0] += 61
    assert (await head.post("/dang-xuat")).status_code == 303


def test_an_ipv6_network_counts_as_one_address() -> None:
    from fastapi import Request

    found = {
        pace.address_of(Request({"type": "http", "client": (host, 1)}))
        for host in ("2001:db8::1", "2001:db8::ffff:2")
    }
    assert found == {"2001:db8::/64"}


def test_a_try_that_is_refused_is_not_counted(clock: list[float]) -> None:
    counting = Pace()
    for _ in range(10):
        counting.tried(pace.SIGN_IN_PERSON, "a")
    for _ in range(3):
        with pytest.raises(TooOften):
            counting.tried(pace.SIGN_IN_PERSON, "a")
    clock[0] += 3_601
    counting.tried(pace.SIGN_IN_PERSON, "a")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock by which tries are counted."""
    shown = [1_000_000.0]

    monkeypatch.setattr("time.time", lambda: shown[0])
    return shown
