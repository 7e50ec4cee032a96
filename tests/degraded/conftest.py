"""What the degraded states share: a data folder of its own for `doctor`, which runs in the test's process."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from desk.settings import settings
from register.open import Register
from register.plans import save_directory
from tests.ports import own_port
from tests.register.given import directory


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder, and an engine that is not there."""
    monkeypatch.setenv("DONDOC_DATA", str(tmp_path))
    monkeypatch.setenv("TEMPORAL_ADDRESS", f"127.0.0.1:{own_port()}")
    monkeypatch.setenv("TEMPORAL_CONFIG_FILE", str(tmp_path / "none.toml"))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


@pytest.fixture
async def kept(installation: Path) -> AsyncIterator[Register]:
    """The register of that folder, with a directory."""
    opened = Register.open(settings().register_address)
    await opened.migrate()
    await save_directory(opened, directory())
    yield opened
    await opened.close()
