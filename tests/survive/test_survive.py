"""Fifty tasks of a letter in a house on fire: server, worker, starter and delivery are killed dozens of times.

The register then holds what it would hold had nobody died, as a set of causes; `make survive` kills hundreds.
"""

from pathlib import Path

import pytest

from tests.survive.__main__ import patiently, say, told, wrong_with
from tests.survive.run import Wish

pytestmark = [pytest.mark.xdist_group("survive"), pytest.mark.timeout(900)]

SEED = 1
A_FEW = 15


async def test_a_letter_survives_every_death_of_server_worker_starter_and_delivery(tmp_path: Path) -> None:
    outcome = await patiently(tmp_path, Wish(SEED), say)
    assert wrong_with(outcome) == [], told(outcome)
    assert outcome.kills.total() >= A_FEW
    assert {"worker", "server", "starter", "worker itself"} <= outcome.kills.keys()
    assert outcome.merged
