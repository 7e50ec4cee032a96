"""The two databases that a register is kept in, as fixtures: a SQLite file, and PostgreSQL where it is installed.

A test that asks for `database` runs once on each. Two things keep that cheap: on PostgreSQL it may take a smaller size
(`Database.whole`, `communes`), and a case marked `on("sqlite")` or `on("postgresql")` runs on that one alone. With
`--everything` all cases run on both, in full size.
"""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest

from register.open import Register
from tests import postgres

SQLITE, POSTGRESQL, BOTH = "sqlite", "postgresql", "both"
ON = "on(name): this case runs on that database alone (or on both), unless --everything asks for both"
MISSING = "PostgreSQL is not installed (apt-get install postgresql): the tests ran on SQLite alone"


def pytest_addoption(parser: pytest.Parser) -> None:
    """How much runs on each database: `--communes 129` is a whole province."""
    more = "every end-to-end test on both databases, in full size"
    parser.addoption("--everything", action="store_true", help=more)
    communes = "communes of ten tasks each that a letter goes to (15)"
    parser.addoption("--communes", type=int, default=15, help=communes)


def pytest_configure(config: pytest.Config) -> None:
    """Marks are known, or refused."""
    config.addinivalue_line("markers", ON)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what a mark sends to the other database."""
    left_out = [] if config.getoption("--everything") else [item for item in items if _elsewhere(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _elsewhere(item: pytest.Item) -> bool:
    mark, here = item.get_closest_marker("on"), database_of(item)
    if not (mark and here) or mark.args[0] == BOTH:
        return False
    return here != (mark.args[0] if postgres.binaries() or postgres.must_be_there() else SQLITE)


def database_of(item: pytest.Item) -> str:
    """The database on which a case runs; empty where it needs none of the two."""
    params = (
        item.callspec.params.values()
        if isinstance(item, pytest.Function) and hasattr(item, "callspec")
        else ()
    )
    return next((one for one in params if one in (SQLITE, POSTGRESQL)), "")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A PostgreSQL that is missing is told, once and loudly."""
    if any(MISSING in str(one.longrepr) for one in terminalreporter.stats.get("skipped", ())):
        terminalreporter.write_line(MISSING, yellow=True, bold=True)


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    """PostgreSQL with one migrated database to copy."""
    found = postgres.binaries()
    if found is None:
        assert not postgres.must_be_there(), MISSING
        pytest.skip(MISSING)
    with postgres.cluster(found) as running:
        running.say(f"CREATE DATABASE {postgres.TEMPLATE} TEMPLATE template0")
        _migrate(running.url(postgres.TEMPLATE))
        running.prepare()
        yield running


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite register just made, to copy: Alembic takes longer than most tests."""
    file = tmp_path_factory.mktemp("made") / "register.db"
    _migrate(file_url(file))
    return file


@pytest.fixture
def in_file(made_file: Path, tmp_path: Path) -> str:
    """The address of an empty register in `register.db` of the test's folder."""
    file = tmp_path / "register.db"
    file.write_bytes(made_file.read_bytes())
    return file_url(file)


def file_url(file: Path) -> str:
    """The address of a register in a file."""
    return f"sqlite+aiosqlite:///{file}"


def _migrate(url: str) -> None:
    async def migrate() -> None:
        register = Register.open(url)
        await register.migrate()
        await register.close()

    with ThreadPoolExecutor(1) as thread:  # a fixture with a loop of its own may be the first to ask
        thread.submit(asyncio.run, migrate()).result()


@pytest.fixture(scope="session")
def lend(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """For what outlives a test: the address of a register on a database; empty for a file where `up` keeps its own.

    It ends with the cluster.
    """

    def address(database: str) -> str:
        if database == SQLITE:
            return ""
        running: postgres.Cluster = request.getfixturevalue("cluster")
        return running.url(running.lend())

    return address


class Database(NamedTuple):
    """Where the registers of one test are."""

    name: str
    """`sqlite` or `postgresql`."""
    fresh: Callable[[], str]
    """Makes an empty register, with its tables; its address."""
    whole: bool
    """Whether a test has its full size here, or the smaller one of the second database."""


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """One of the two databases; what was made in it is gone after the test."""
    whole = request.param == SQLITE or bool(request.config.getoption("--everything"))
    if request.param == SQLITE:
        made, numbers = request.getfixturevalue("made_file"), count(1)

        def copied() -> str:
            file = tmp_path / f"register-{next(numbers)}.db"
            file.write_bytes(made.read_bytes())
            return file_url(file)

        yield Database(SQLITE, copied, whole)
        return
    running, names = request.getfixturevalue("cluster"), list[str]()

    def created() -> str:
        names.append(running.lend())
        return str(running.url(names[-1]))

    yield Database(POSTGRESQL, created, whole)
    for name in names:
        running.take_back(name)


@pytest.fixture
def communes(request: pytest.FixtureRequest, database: Database) -> int:
    """To how many communes a letter goes where a test assigns, acts or takes back while everything is killed.

    On PostgreSQL a third of them, unless `--everything` is asked for.
    """
    many = int(request.config.getoption("--communes"))
    return many if database.whole else max(1, many // 3)
