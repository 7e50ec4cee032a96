"""Which hosts are this machine: what goes to them may go unencrypted, so a wrong yes would show it to a network."""

import pytest

from desk.engine import is_here
from desk.loopback import is_loopback


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.10", "::1"])
def test_these_are_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["", "0.0.0.0", "10.0.0.1", "::", "localhost.example.invalid", "127.0.0.1.example.invalid"]
)
def test_these_are_not(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize("target", ["127.0.0.1:7233", "localhost:7233", "[::1]:7233"])
def test_an_engine_here_is_known_by_its_host_whatever_its_port(target: str) -> None:
    assert is_here(target)
    assert not is_here("temporal.example.invalid:7233")
