"""What reads every link before its reader does changes nothing, and a token stays nowhere."""

import re
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.async_api import Request, expect

from tests.answers.given import dump
from tests.browser.stack import Stack
from tests.browser.visiting import Visits

pytestmark = pytest.mark.on("sqlite")


async def test_a_scanner_that_follows_every_link_decides_nothing(stack: Stack, visits: Visits) -> None:
    task = stack.task("3", "vp-du")
    link = stack.link("du.pbt", task)
    before = await dump(stack.register)

    async with httpx.AsyncClient(follow_redirects=True) as scanner:
        seen = await scanner.get(link)
        assert seen.status_code == (await scanner.get(link)).status_code == 200
        await scanner.head(link)
        for href in _hrefs(seen.text):
            await scanner.get(stack.url.rstrip("/") + href)

    page = await visits.screen()
    await page.goto(stack.url + "dang-nhap")
    await page.evaluate(
        """(url) => { const one = document.createElement('link'); one.rel = 'prefetch'; one.href = url;
          document.head.append(one); }""",
        link,
    )
    for _ in range(2):
        await page.goto(link)
    await expect(page.get_by_role("heading", level=1)).to_contain_text("chờ nghiệm thu")
    assert await dump(stack.register) == before
    visits.complaints[:] = [one for one in visits.complaints if "prefetch" not in one]


async def test_the_token_leaves_the_address_and_no_referrer_carries_it(stack: Stack, visits: Visits) -> None:
    link = stack.link("du.pbt", stack.task("3", "vp-du"))
    token = urlsplit(link).path.rpartition("/")[2]
    page = await visits.screen()
    asked: list[Request] = []
    page.on("request", lambda one: asked.append(one))  # noqa: PLW0108 - playwright writes on what it is given
    await page.goto(link)
    assert token not in page.url
    assert token not in await page.content()
    first, *rest = asked
    assert token in first.url
    assert rest
    for one in rest:
        assert token not in one.url
        assert token not in (await one.all_headers()).get("referer", "")
    assert await page.evaluate("document.referrer") == ""
    kept = await page.context.cookies()
    assert all(one["httpOnly"] for one in kept)


async def test_a_forwarded_link_opens_its_question_only(stack: Stack, visits: Visits) -> None:
    link = stack.link("du.pbt", stack.task("3", "vp-du"))
    page = await visits.screen()
    await page.goto(link)
    for path in ("viec", "bang", "bao-cao", "vang-mat"):
        await page.goto(stack.url + path)
        assert "/dang-nhap" in page.url, path


async def test_a_tampered_link_is_refused_in_words(stack: Stack, visits: Visits) -> None:
    link = stack.link("du.pbt", stack.task("3", "vp-du"))
    page = await visits.screen()
    answer = await page.goto(link[:-3] + "xyz")
    assert answer
    assert answer.status in (400, 403, 404)
    await expect(page.get_by_role("alert")).to_be_visible()


def _hrefs(page: str) -> list[str]:
    return [one for one in re.findall(r'href="(/[^"]+)"', page) if "lang=" not in one]
