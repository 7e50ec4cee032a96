"""Fifty tasks of a letter in a house on fire: server, worker, starter and delivery are killed dozens of times.

The register then holds what it would hold had nobody died, as a set of causes; `make survive` kills hundreds.
"""

from pathlib import Path

import pytest

from tests.survive.__main__ import patiently, say, told, wrong_with
from tests.survive.run import Wish

pytestmark = [pytest.mark.xdist_group("survive"), pytest.mark.timeout(1500)]

SEED = 1
A_FEW = 24
DAY = 25.0
"""Seconds that a day of the office lasts at least: the other tests take half of the machine."""


async def test_a_letter_survives_every_death_of_server_worker_starter_and_delivery(tmp_path: Path) -> None:
    outcome = await patiently(tmp_path, Wish(SEED, apart=4.0, shortest=DAY), say)
    if outcome.late and not outcome.wrong:
        pytest.skip(f"NOT SHOWN HERE, this machine left no time to recover: {outcome.late[0]}")
    assert wrong_with(outcome) == [], told(outcome)
    assert outcome.kills.total() >= A_FEW
    assert {"worker", "server", "starter", "worker itself"} <= outcome.kills.keys()
    assert outcome.merged
