"""One chromium and one house for all tests on a database; each sees the office's clock as the house has it.

The pages run on SQLite and the decisions on PostgreSQL, two houses in all; `--everything` runs both on both.
"""

import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from desk.settings import settings
from tests.browser.chromium import MISSING, a_browser, chromium
from tests.browser.stack import Stack, a_stack
from tests.browser.visiting import Visits
from tests.databases import POSTGRESQL, SQLITE, database_of

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist looks at the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What shares a house has one worker of pytest-xdist, one loop, and a browser that is there."""
    skipped = pytest.mark.skip(reason="no chromium")
    for item in items:
        if not item.path.is_relative_to(HERE):
            continue
        item.add_marker(pytest.mark.xdist_group(f"browser-{database_of(item)}"))
        item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
        item.add_marker(pytest.mark.timeout(180))
        if not chromium() and not os.environ.get("CI"):
            item.add_marker(skipped)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A skipped browser is told, once and loudly."""
    if not chromium() and any(
        "tests/browser" in one.nodeid for one in terminalreporter.stats.get("skipped", ())
    ):
        terminalreporter.write_line(MISSING, yellow=True, bold=True)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The browser; with CI=true a missing one fails here."""
    assert chromium(), MISSING
    async with a_browser() as launched:
        yield launched


@pytest_asyncio.fixture(scope="session", loop_scope="session", params=[SQLITE, POSTGRESQL])
async def house_of_all(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, lend: Callable[[str], str]
) -> AsyncIterator[Stack]:
    """The house, brought to the morning on which the head is asked."""
    folder = tmp_path_factory.mktemp("browser")
    with pytest.MonkeyPatch.context() as show:
        show.setenv("DONDOC_DATA", str(folder))
        settings.cache_clear()
        async with AsyncExitStack() as opened:
            stack = await opened.enter_async_context(a_stack(folder, address=lend(request.param)))
            show.undo()
            settings.cache_clear()
            yield stack


@pytest.fixture
def stack(house_of_all: Stack, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stack]:
    """The house, and the desk's settings as it has them for as long as the test lasts."""
    monkeypatch.setenv("DONDOC_DATA", str(house_of_all.folder))
    monkeypatch.setenv("DONDOC_CLOCK", house_of_all.clock_now)
    settings.cache_clear()
    yield house_of_all
    monkeypatch.undo()
    settings.cache_clear()


@pytest_asyncio.fixture(loop_scope="session")
async def visits(browser: Browser, stack: Stack) -> AsyncIterator[Visits]:
    """People at screens of their own; afterwards none of their pages may have complained."""
    opened = Visits(browser, stack)
    yield opened
    await opened.close()
    assert opened.complaints == []
