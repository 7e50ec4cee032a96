"""A register in PostgreSQL goes into a backup while it is in use, and comes back into an empty database."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.backup import command
from desk.backup.manifest import DUMP, read, whole_ones
from desk.backup.restore import restore
from desk.exit import Stop
from desk.settings import settings
from directive.clock import OfficeClock
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from register.reading import events, facts_of
from tests import postgres
from tests.register.given import DIRECTIVE, Running, directory, plan


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in [one for one in os.environ if one.startswith("DONDOC_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DONDOC_DATA", str(tmp_path / "var"))
    yield tmp_path
    settings.cache_clear()


def on(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_REGISTER_URL", url)
    settings.cache_clear()


async def lived(url: str) -> str:
    register = Register.open(url)
    await save_directory(register, directory())
    await save_plan(register, plan(), "d1")
    first, *_ = await orders_of(register, DIRECTIVE, OfficeClock())
    task = Running(register, first)
    await task.start()
    await task.take_next()
    await register.close()
    return task.id


async def story(url: str, task: str) -> object:
    register = Register.open(url)
    told = (await facts_of(register, [task]), await events(register, task))
    await register.close()
    return told


def test_a_dump_comes_back_into_an_empty_database_and_into_no_other(
    cluster: postgres.Cluster, database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = asyncio.run(lived(database))
    on(database, monkeypatch)
    command.backup(folder / "backups", None)
    (whole,) = whole_ones(folder / "backups")
    manifest = read(whole)
    assert manifest
    assert (manifest.database, manifest.counts["events"], manifest.engine) == ("postgresql", 2, False)
    assert (whole / DUMP).exists()

    with pytest.raises(Stop) as full:
        restore(whole, None, replace=True, dry_run=False)
    assert full.value.kind == "database_not_empty"
    empty = cluster.empty()
    try:
        on(cluster.url(empty), monkeypatch)
        restore(whole, None, replace=False, dry_run=False)
        assert asyncio.run(story(cluster.url(empty), task)) == asyncio.run(story(database, task))
    finally:
        cluster.drop(empty)


def test_without_pg_dump_nothing_is_written_and_the_next_step_is_named(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(database, monkeypatch)
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(Stop) as missing:
        command.backup(folder / "backups", None)
    assert missing.value.kind == "no_pg_dump"
    assert "postgresql-client" in missing.value.remedy_en
    assert whole_ones(folder / "backups") == []
