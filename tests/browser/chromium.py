"""The system's own chromium, driven by playwright; where there is none the tests say so loudly."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.async_api import Browser, BrowserContext, Page, async_playwright

NEEDED = "DONDOC_CHROMIUM"
MISSING = (
    "tests/browser: no chromium here, so nothing was tried in a browser. "
    f"`apt-get install chromium`, or {NEEDED}=/path/to/chromium"
)


class Size(NamedTuple):
    """A screen."""

    width: int
    height: int
    touch: bool


DESK = Size(1280, 800, False)
PHONE = Size(360, 740, True)


def chromium() -> str:
    """Where it is; empty where there is none."""
    named = os.environ.get(NEEDED, "")
    if named:
        return named if Path(named).exists() else ""
    return next(
        (
            found
            for name in ("chromium", "chromium-browser", "google-chrome")
            if (found := shutil.which(name))
        ),
        "",
    )


@asynccontextmanager
async def a_browser() -> AsyncIterator[Browser]:
    """One browser; each person who looks gets a context of their own in it."""
    async with async_playwright() as driver:
        launched = await driver.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-dev-shm-usage", "--lang=vi"],
            env={**os.environ, "LANGUAGE": "vi"},
        )
        try:
            yield launched
        finally:
            await launched.close()


class Seen:
    """What a page should not do: errors in the console, refusals by its policy, requests to other hosts."""

    def __init__(self, context: BrowserContext, own: str) -> None:
        self.complaints: list[str] = []
        self._own = own
        context.on("console", lambda one: self._console(one.type, one.text))
        context.on("weberror", lambda one: self.complaints.append(f"error: {one.error}"))
        context.on("request", lambda one: self._request(one.url))

    def _console(self, kind: str, said: str) -> None:
        if kind in ("error", "warning") and "Failed to load resource" not in said:
            self.complaints.append(f"{kind}: {said}")

    def _request(self, url: str) -> None:
        if not url.startswith((self._own, "data:")):
            self.complaints.append(f"another host: {url}")


async def context_of(
    browser: Browser, size: Size = DESK, *, dark: bool = False, lang: str = "vi-VN"
) -> BrowserContext:
    """Somebody at a screen."""
    return await browser.new_context(
        viewport={"width": size.width, "height": size.height},
        is_mobile=size.touch,
        has_touch=size.touch,
        device_scale_factor=1,
        color_scheme="dark" if dark else "light",
        locale=lang,
        timezone_id="Asia/Ho_Chi_Minh",
        reduced_motion="reduce",
    )


async def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways; nothing where it does not."""
    found: list[str] = await page.evaluate(
        """() => {
          const wide = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= wide) return [];
          const inside = (one) => { for (let up = one.parentElement; up; up = up.parentElement)
            if (getComputedStyle(up).overflowX !== 'visible') return true; return false; };
          return [...document.querySelectorAll('body *')]
            .filter((one) => one.getBoundingClientRect().right > wide + 1 && !inside(one))
            .map((one) => one.tagName + '.' + one.className + ': ' + one.textContent.trim().slice(0, 60));
        }"""
    )
    return found
