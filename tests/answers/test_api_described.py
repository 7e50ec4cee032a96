"""The API is what its description says, for good requests and bad ones: schemathesis finds nothing.

`DONDOC_TEST_API=50` sends every request it can think of, and 50 by chance for each operation; the suite sends some.
"""

import asyncio
import os
from pathlib import Path

import pytest

from answers.app import build
from desk.settings import settings as office_settings
from tests.answers.described import found, house_in, settings

pytestmark = pytest.mark.timeout(600)
TASK = "task:du.1346-cv-du-2026:1.1:so-a"
BY_CHANCE = int(os.environ.get("DONDOC_TEST_API", "0"))


def test_schemathesis_finds_nothing(tmp_path: Path, begun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_DATA", str(tmp_path))
    office_settings.cache_clear()
    house, token = house_in(tmp_path, begun)
    wrong, tried = found(build(house), settings(token, TASK, BY_CHANCE), one_in=1 if BY_CHANCE else 60)
    asyncio.run(house.register.close())
    office_settings.cache_clear()
    assert wrong == []
    assert len(tried) == 25
    assert min(tried.values()) >= 15
