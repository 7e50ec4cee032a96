"""People at screens, and what their pages complain of."""

from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Browser, BrowserContext, Page

from answers.cookies import LANG
from tests.browser.chromium import DESK, Seen, Size, context_of, too_wide
from tests.browser.stack import Stack

AXE = Axe()
CHECKED = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}


class Visits:
    """Opens contexts, and closes all of them."""

    def __init__(self, browser: Browser, stack: Stack) -> None:
        self._browser, self._stack = browser, stack
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    async def screen(
        self, person: str = "", size: Size = DESK, *, dark: bool = False, lang: str = "vi"
    ) -> Page:
        """A page at a screen of its own, signed in as `person` where one is named."""
        context = await context_of(self._browser, size, dark=dark, lang="vi-VN" if lang == "vi" else "en-GB")
        self._contexts.append(context)
        seen = Seen(context, self._stack.url)
        seen.complaints = self.complaints
        if person:
            await self._stack.sign_in(context, person)
        if lang != "vi":
            await context.add_cookies([{"name": LANG, "value": lang, "url": self._stack.url}])
        page = await context.new_page()
        page.set_default_timeout(80_000)
        return page

    async def close(self) -> None:
        """Close every screen."""
        for context in self._contexts:
            await context.close()


async def faults(page: Page) -> list[str]:
    """What axe finds wrong, and what makes the page scroll sideways."""
    found = (await AXE.run(page, options=CHECKED)).response["violations"]
    wrong = [
        f"{one['id']}: {node['target']} {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for one in found
        for node in one["nodes"]
    ]
    return wrong + [f"too wide: {one}" for one in await too_wide(page)]
