"""Mailed links: opened by whoever and however often, they change nothing; they open one matter to one person."""

from dataclasses import replace
from datetime import timedelta

import pytest

from answers.app import build
from answers.house import House
from tests.answers.conftest import Browser, SignIn, browser_of
from tests.answers.given import dump, link_for
from tests.register.given import Running

TASK = "task:du.1346-cv-du-2026:1.1:so-a"
HEAD = "head-so-a"


async def test_a_link_leads_to_the_clean_address_and_its_token_is_gone(
    browser: Browser, house: House
) -> None:
    answer = await browser.get(link_for(house, HEAD, TASK, "q1"))
    assert (answer.status_code, answer.headers["location"]) == (303, f"/cau-hoi/{TASK}/q1")
    assert answer.headers["referrer-policy"] == "no-referrer"
    whole = await browser.get(link_for(house, HEAD, TASK))
    assert whole.headers["location"] == f"/nhiem-vu/{TASK}"


async def test_scanners_change_nothing_in_the_register(
    browser: Browser, house: House, running: list[Running]
) -> None:
    """GET, HEAD, prefetch, replay, a forwarded link, an ended one, a tampered one, and every link of the pages."""
    good, ended = link_for(house, HEAD, TASK, "q1"), link_for(house, HEAD, TASK, "q1", days=-1)
    tampered = [f"{good}x", good[:-3], good.replace(".", ".A", 1), "/l/", "/l/%00", "/l/" + "A" * 5_000]
    before = await dump(house.register)
    for path in (good, good, ended, *tampered):
        for method, headers in (
            ("GET", {}),
            ("HEAD", {}),
            ("GET", {"Sec-Purpose": "prefetch;prerender"}),
            ("GET", {"User-Agent": "Mimecast"}),
            ("OPTIONS", {}),
        ):
            async with browser_of(build(house), "198.51.100.9") as scanner:
                answer = await scanner.request(method, path, headers=headers, follow_redirects=True)
                assert answer.status_code < 500, (method, path)
    assert await dump(house.register) == before


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
async def test_a_link_itself_takes_nothing_but_a_look(browser: Browser, house: House, method: str) -> None:
    before = await dump(house.register)
    answer = await browser.request(method, link_for(house, HEAD, TASK, "q1"))
    assert answer.status_code in (403, 405)
    assert await dump(house.register) == before


async def test_a_tampered_link_is_refused_in_words(browser: Browser, house: House) -> None:
    answer = await browser.get(link_for(house, HEAD, TASK, "q1") + "x")
    assert answer.status_code == 403
    assert "bị cắt hoặc sửa đổi" in answer.text
    assert "set-cookie" not in answer.headers


async def test_a_link_of_another_secret_is_refused(browser: Browser, house: House) -> None:
    foreign = replace(house, secret="another secret of thirty-two characters")
    assert (await browser.get(link_for(foreign, HEAD, TASK, "q1"))).status_code == 403


async def test_an_ended_link_says_so_and_offers_to_sign_in(browser: Browser, house: House) -> None:
    answer = await browser.get(link_for(house, HEAD, TASK, "q1", days=-1))
    assert answer.status_code == 410
    assert "Liên kết đã hết hạn" in answer.text
    assert "/dang-nhap?next=/cau-hoi/" in answer.text


async def test_the_cookie_of_a_link_ends_with_the_link(browser: Browser, house: House) -> None:
    await browser.get(link_for(house, HEAD, TASK, "q1"))
    later = replace(house, now=lambda: house.now() + timedelta(days=31))
    async with browser_of(build(later)) as slow:
        slow.cookies.update(browser.cookies)
        assert (
            await slow.post("/dang-xuat", data={})
        ).status_code == 403  # no form of theirs counts any more


async def test_a_link_forwarded_to_somebody_signed_in_is_refused_with_both_names(
    signed_in_as: SignIn, house: House
) -> None:
    other = await signed_in_as("head-so-b")
    answer = await other.get(link_for(house, HEAD, TASK, "q1"))
    assert answer.status_code == 403
    assert "gửi cho head-so-a" in answer.text
    assert "đăng nhập là head-so-b" in answer.text
    assert "set-cookie" not in answer.headers


async def test_the_persons_own_session_needs_no_cookie_of_the_link(
    signed_in_as: SignIn, house: House
) -> None:
    head = await signed_in_as(HEAD)
    answer = await head.get(link_for(house, HEAD, TASK, "q1"))
    assert answer.status_code == 303
    assert "set-cookie" not in answer.headers


async def test_a_link_shows_no_list_and_no_other_task(
    browser: Browser, house: House, running: list[Running]
) -> None:
    await browser.get(link_for(house, HEAD, TASK))
    assert (await browser.get(f"/nhiem-vu/{TASK}")).status_code != 303
    other = TASK.replace("1.1", "1.2")
    for path in ("/", "/viec", "/bang", "/bao-cao", "/phien", f"/nhiem-vu/{other}", f"/cau-hoi/{other}/q1"):
        answer = await browser.get(path)
        assert answer.status_code in (303, 404), path
        assert answer.headers.get("location", "/dang-nhap").startswith("/dang-nhap"), path


async def test_a_link_of_somebody_who_has_left_opens_nothing(browser: Browser, house: House) -> None:
    assert (await browser.get(link_for(house, "somebody-else", TASK))).status_code == 403


async def test_two_links_in_two_tabs_open_two_questions(browser: Browser, house: House) -> None:
    from fastapi import Request

    from answers.csrf import token
    from answers.link_cookie import link_for as opened_for

    second = TASK.replace("1.1", "1.2")
    tokens = []
    for task in (TASK, second):
        await browser.get(link_for(house, HEAD, task, "q1"))
        cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        scope = {
            "type": "http",
            "app": build(house),
            "headers": [(b"cookie", cookie.encode())],
            "path_params": {"task": TASK, "question": "q1"},
        }
        found = opened_for(house, Request(scope))
        assert found
        assert found.task == TASK
        tokens.append(token(Request(scope)))
    assert tokens[0] == tokens[1] != ""
