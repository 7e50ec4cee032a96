"""Pictures of every page for the documents: `python -m tests.browser.pictures docs/pictures`.

The example's letter and a second plan run through the real workflows on a skipped clock until the morning of
1/7/2026; people open their pages in chromium at a desk and on a telephone. Each picture is under 250 KiB.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from playwright.async_api import Browser, Page

from desk.settings import settings
from directive.due import OFFICE_ZONE, utc
from tests.browser.chromium import DESK, PHONE, Size, a_browser, context_of
from tests.browser.stack import Letter, Stack, a_stack

HERE = Path(__file__).parent
SECOND = Letter(
    HERE / "ke-hoach.yaml",
    HERE / "ke-hoach-dien-bien.yaml",
    utc(datetime(2026, 6, 15, 8, 0, tzinfo=OFFICE_ZONE)),
)
LARGEST = 250 * 1024
TALLEST = 1500
"""Pixels of a picture that shows more than the first screen."""
TASK, APPROVAL = Stack.task("1.2", "ubnd-tinh"), Stack.task("2", "du-so-tc")
HEAD, MONITOR, APPROVER, OFFICER = "ubnd.pct", "vp-du.cvp", "du.pbt", "ubnd.cv"
Then = Callable[[Page], Awaitable[None]]


async def _as_it_is(_page: Page) -> None:
    """Nothing is touched."""


async def _commit(page: Page) -> None:
    """The first answer stands open, a day is picked."""
    await page.locator("#c-commit > summary").click()
    await page.locator("#c-commit input[type=radio]").nth(5).check(force=True)
    await page.mouse.move(0, 0)


class Shot(NamedTuple):
    """One picture: its name, who looks at which page, and how."""

    name: str
    who: str
    path: str
    size: Size = DESK
    dark: bool = False
    lang: str = "vi"
    then: Then = _as_it_is
    whole: bool = False


QUESTION = f"cau-hoi/{TASK}/escalation.1"
SHOTS = (
    Shot("dang-nhap", "", "dang-nhap"),
    Shot("viec-dien-thoai", HEAD, "viec", PHONE),
    Shot("viec", OFFICER, "viec"),
    Shot("cau-hoi", HEAD, QUESTION, whole=True),
    Shot("cau-hoi-dien-thoai", HEAD, QUESTION, PHONE),
    Shot("cau-hoi-tra-loi-dien-thoai", HEAD, QUESTION, PHONE, then=_commit, whole=True),
    Shot("nghiem-thu-dien-thoai", APPROVER, f"cau-hoi/{APPROVAL}/approval.1", PHONE, whole=True),
    Shot("nghiem-thu-toi", APPROVER, f"cau-hoi/{APPROVAL}/approval.1", dark=True),
    Shot("nhiem-vu", MONITOR, f"nhiem-vu/{TASK}"),
    Shot("nop-bao-cao-dien-thoai", OFFICER, f"nhiem-vu/{TASK}/bao-cao", PHONE, whole=True),
    Shot("xin-gia-han", HEAD, f"nhiem-vu/{TASK}/xin-gia-han"),
    Shot("bang", MONITOR, "bang", whole=True),
    Shot("bang-toi", MONITOR, "bang", dark=True),
    Shot("bang-dien-thoai", MONITOR, "bang", PHONE),
    Shot("bao-cao", MONITOR, "bao-cao"),
    Shot("bao-cao-dien-thoai", MONITOR, "bao-cao", PHONE),
    Shot("vang-mat", HEAD, "vang-mat"),
    Shot("board-en", MONITOR, "bang", lang="en"),
)


async def take(browser: Browser, stack: Stack, shot: Shot, folder: Path) -> None:
    """Take one picture."""
    context = await context_of(
        browser, shot.size, dark=shot.dark, lang="en-GB" if shot.lang == "en" else "vi-VN"
    )
    if shot.who:
        await stack.sign_in(context, shot.who)
    page = await context.new_page()
    await page.goto(f"{stack.url}{shot.path}{'?lang=en' if shot.lang == 'en' else ''}")
    await shot.then(page)
    file = folder / f"{shot.name}.png"
    if shot.whole:
        tall = await page.evaluate("document.documentElement.scrollHeight")
        await page.set_viewport_size({"width": shot.size.width, "height": min(tall, TALLEST)})
    await page.screenshot(path=file)
    await context.close()
    if file.stat().st_size > LARGEST:
        raise SystemExit(f"{file}: {file.stat().st_size} bytes are more than {LARGEST}")


async def main(folder: Path) -> None:
    """Take all pictures."""
    with tempfile.TemporaryDirectory(prefix="dondoc-pictures-") as data:
        os.environ["DONDOC_DATA"] = data
        settings.cache_clear()
        async with a_browser() as browser, a_stack(Path(data), more=(SECOND,)) as stack:
            os.environ["DONDOC_CLOCK"] = stack.clock_now
            settings.cache_clear()
            for shot in SHOTS:
                await take(browser, stack, shot, folder)


if __name__ == "__main__":
    into = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures")
    into.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(into))
