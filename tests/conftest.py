"""What all tests share: how many histories are tried, and a Hypothesis that neither hurries nor keeps a database.

It prints how to see a failure again, since the examples are others in each run.
"""

from collections.abc import Iterator

import hypothesis.core
import pytest
import structlog
from hypothesis import HealthCheck, is_hypothesis_test, settings
from hypothesis.vendor.pretty import RepresentationPrinter

from tests import forking

settings.register_profile(
    "office",
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("office")

pytest_plugins = ["tests.databases"]

SHRINKING = 480


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--histories 10000` tries more random lives of a task than the suite's 500."""
    parser.addoption("--histories", type=int, default=500, help="random histories of a task to try (500)")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that may take longest come first, so that no worker is left alone with one; chance orders the rest.

    Hypothesis makes a failing example small in up to five minutes: ended before, it has told nobody of it.
    """
    items.sort(key=lambda item: -max((mark.args[0] for mark in item.iter_markers("timeout")), default=0))
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker(pytest.mark.timeout(SHRINKING), append=False)


@pytest.fixture(scope="session")
def histories(request: pytest.FixtureRequest) -> int:
    """How many random histories to try."""
    return int(request.config.getoption("--histories"))


@pytest.fixture(scope="session", autouse=True)
def _examples_are_told() -> None:
    """Schemathesis, once imported, makes Hypothesis print a failing example without its values; they are put back."""
    hypothesis.core.RepresentationPrinter = RepresentationPrinter  # type: ignore[attr-defined] # not ours either


@pytest.fixture(scope="session", autouse=True)
def _no_process_is_left() -> Iterator[None]:
    """What forked our programs ends with the tests."""
    yield
    forking.end()


@pytest.fixture(autouse=True)
def _own_log() -> Iterator[None]:
    """A command that ran in this process logs to this test's stderr, which ends with it: the next logs anew."""
    yield
    structlog.reset_defaults()


class _AtOnce:
    """Tells each failure when it happens, whole: a suite that is stopped from without has not told in vain."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self._terminal = terminal

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._terminal.write_line(f"\nFAILED {report.nodeid} ({report.when})\n{report.longreprtext}")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Only where there is a terminal: not in the workers of pytest-xdist."""
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal is not None:
        config.pluginmanager.register(_AtOnce(terminal))
