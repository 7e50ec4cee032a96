"""What all tests share: how many histories are tried, and a Hypothesis that neither hurries nor keeps a database."""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "office",
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("office")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--histories 10000` tries more random lives of a task than the suite's 500."""
    parser.addoption("--histories", type=int, default=500, help="random histories of a task to try (500)")


@pytest.fixture(scope="session")
def histories(request: pytest.FixtureRequest) -> int:
    """How many random histories to try."""
    return int(request.config.getoption("--histories"))
