"""`doctor` as a test asks it: in this process, with the variables set so."""

import pytest

from desk import doctor
from desk.finding import Finding
from desk.settings import settings


async def examined(monkeypatch: pytest.MonkeyPatch, **more: str) -> dict[str, Finding]:
    """What it finds, by what it is about; every fault comes with a remedy."""
    with monkeypatch.context() as here:
        for name, value in more.items():
            here.setenv(name, value)
        settings.cache_clear()
        found = {one.about: one for one in await doctor.examine()}
    settings.cache_clear()
    assert all(one.well or one.remedy for one in found.values()), "a remedy for each"
    return found
