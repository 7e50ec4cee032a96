"""A person whose act takes long is not left before a silent page."""

import pytest
from playwright.async_api import Route, expect

from tests.browser.chromium import PHONE
from tests.browser.stack import Stack
from tests.browser.visiting import Visits, faults

TASK = Stack.task("1.2", "ubnd-tinh")
SAID = "không cần gửi lại"
pytestmark = pytest.mark.on("sqlite")


async def _goes_on(route: Route) -> None:
    """The page stays as it is for as long as a POST has no answer; so it does for this one."""
    if route.request.method == "POST":
        await route.fulfill(status=204)
    else:
        await route.continue_()


async def test_what_takes_longer_than_five_seconds_says_so_below_its_button(
    stack: Stack, visits: Visits
) -> None:
    page = await visits.screen(size=PHONE)
    await page.clock.install()
    await page.goto(stack.link("ubnd.pct", TASK))
    await page.route("**/*", _goes_on)
    await page.locator("#c-commit > summary").click()
    await page.locator("#c-commit input[type=radio]").first.check(force=True)
    await page.locator("#c-commit").get_by_role("button").click()
    await page.clock.run_for(4_000)
    await expect(page.get_by_role("button", name="Đang gửi…")).to_be_visible()
    await expect(page.get_by_role("main")).not_to_contain_text(SAID)
    await page.clock.run_for(2_000)
    await expect(page.locator("#c-commit").get_by_role("status")).to_contain_text(SAID)
    assert await faults(page) == []
