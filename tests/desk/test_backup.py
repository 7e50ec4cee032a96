"""A backup is whole or none, and a restoration puts it in place or leaves things as they are."""

import asyncio
import json
import os
import shlex
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desk import screen
from desk.backup import command
from desk.backup.databases import copy_sqlite
from desk.backup.manifest import MANIFEST, PART, read, whole_ones
from desk.backup.restore import restore
from desk.backup.restoring import Restoring
from desk.backup.writing import Writing
from desk.evidence import keep
from desk.exit import Code, Stop
from desk.folder import hold_still, write_engine
from desk.repair.command import repair
from desk.restored import Restored, note, note_settled, restored, settled_first
from desk.settings import settings
from directive.clock import OfficeClock
from notices.waking import due_at
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from tests.register.given import DIRECTIVE, Running, directory, plan

pytestmark = pytest.mark.timeout(180)

RESTORED = Restored.model_validate(
    {"backup": "x", "what": "all", "backed_up_at": "2026-06-02T00:00:00Z", "at": "2026-06-02T00:00:00Z"}
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as `up` leaves it, with one task, a file of evidence, and an engine's file."""
    folder = tmp_path_factory.mktemp("made") / "var"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        in_folder(folder, patch)
        asyncio.run(_live())
    settings.cache_clear()
    with sqlite3.connect(folder / "temporal.db") as engine:
        engine.execute("CREATE TABLE executions (id TEXT)")
    engine.close()
    (folder / "secret").write_text("s" * 64, encoding="ascii")
    (folder / "outbox").mkdir()
    (folder / "outbox" / "1.eml").write_text("Kính gửi", encoding="utf-8")
    return folder


@pytest.fixture
def data(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder, to do as one likes."""
    folder = Path(shutil.copytree(made, tmp_path / "var"))
    in_folder(folder, monkeypatch)
    yield folder
    settings.cache_clear()
    screen.console.cache_clear()  # it writes to this test's stdout


def in_folder(folder: Path, patch: pytest.MonkeyPatch) -> None:
    for name in [one for one in os.environ if one.startswith(("DONDOC_", "TEMPORAL_"))]:
        patch.delenv(name)
    patch.setenv("DONDOC_DATA", str(folder))
    patch.setenv("TEMPORAL_CONFIG_FILE", str(folder / "none.toml"))
    settings.cache_clear()


async def _live() -> None:
    register = Register.open(settings().register_address)
    await register.migrate()
    await save_directory(register, directory())
    await save_plan(register, plan(), "d1")
    first, *_ = await orders_of(register, DIRECTIVE, OfficeClock())
    task = Running(register, first)
    await task.start()
    await task.take_next()
    await keep(register, _Text(b"%PDF-1.7\n%%EOF"), "bao-cao.pdf", "officer-so-a", first.task.id)
    await register.close()


class _Text:
    def __init__(self, content: bytes) -> None:
        self._left = [content]

    async def read(self, size: int = -1, /) -> bytes:
        return self._left.pop() if self._left else b""


def backed_up(place: Path, keep_only: int | None = None) -> Path:
    command.backup(place, keep_only)
    return whole_ones(place)[-1]


def rows(file: Path, table: str) -> int:
    with sqlite3.connect(file) as opened:
        (count,) = opened.execute(f"SELECT count(*) FROM {table}").fetchone()
    opened.close()
    return int(count)


def refused(kind: str, place: Path, only: str | None = None, *, replace: bool = False) -> Stop:
    with pytest.raises(Stop) as stopped:
        restore(place, only, replace=replace, dry_run=False)
    assert stopped.value.kind == kind
    return stopped.value


def test_a_backup_holds_everything_readable_by_its_owner_only(data: Path, tmp_path: Path) -> None:
    place = tmp_path / "backups"
    whole = backed_up(place)
    manifest = read(whole)
    assert manifest
    paths = {one.path for one in manifest.files}
    assert {"register.db", "temporal.db", "secret", "outbox/1.eml"} < paths
    assert any(path.startswith("files/") for path in paths)
    assert (manifest.counts["tasks"], manifest.counts["events"]) == (1, 2)
    assert manifest.secret == "kept"
    for one in (place, whole, *whole.rglob("*")):
        assert not one.stat().st_mode & 0o077, one


def test_a_backup_taken_while_the_register_is_written_to_is_sound(data: Path, tmp_path: Path) -> None:
    with sqlite3.connect(data / "register.db", isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM marks")
        whole = backed_up(tmp_path / "backups")
        writer.execute("ROLLBACK")
    writer.close()
    assert rows(whole / "register.db", "marks") == rows(data / "register.db", "marks") > 0


def test_what_is_unchanged_takes_no_room_twice_and_old_backups_go(data: Path, tmp_path: Path) -> None:
    place = tmp_path / "backups"
    first, second = backed_up(place), backed_up(place, 2)
    (evidence,) = (one for one in (second / "files").rglob("*") if one.is_file())
    assert evidence.samefile(first / evidence.relative_to(second))
    third = backed_up(place, 2)
    assert whole_ones(place) == [second, third]
    restore(third, None, replace=True, dry_run=False)  # what it shares with a removed one is still there


def test_a_killed_backup_is_never_taken_for_a_whole_one(data: Path, tmp_path: Path) -> None:
    place = tmp_path / "backups"
    place.mkdir()
    killed = Writing(settings(), place)
    killed.databases(None)
    for source, path in killed.sources():
        killed.take(source, path)
    shutil.copy(backed_up(tmp_path / "other") / MANIFEST, killed.part / MANIFEST)  # all but the last line
    refused("no_backup", killed.part)
    refused("no_backup", place)
    whole = backed_up(place)
    assert [one.name for one in place.iterdir() if one.name.startswith(PART)] == []
    assert whole_ones(place) == [whole]


def test_an_altered_backup_is_refused_and_nothing_changes(data: Path, tmp_path: Path) -> None:
    whole = backed_up(tmp_path / "backups")
    with (whole / "register.db").open("r+b") as file:
        file.seek(9_000)
        file.write(b"x")
    before = (data / "register.db").read_bytes()
    assert "register.db" in refused("backup_altered", whole, replace=True).en
    assert (data / "register.db").read_bytes() == before


def test_a_manifest_cannot_name_a_file_elsewhere(data: Path, tmp_path: Path) -> None:
    whole = backed_up(tmp_path / "backups")
    told = json.loads((whole / MANIFEST).read_text(encoding="utf-8"))
    told["files"].append({"path": "../../var/secret", "size": 64, "sha256": "0" * 64})
    (whole / MANIFEST).write_text(json.dumps(told), encoding="utf-8")
    refused("backup_altered", whole, replace=True)


def test_a_backup_of_a_newer_release_is_refused(data: Path, tmp_path: Path) -> None:
    whole = backed_up(tmp_path / "backups")
    manifest = read(whole)
    assert manifest
    newer = manifest.model_copy(update={"revision": "9999"})
    (whole / MANIFEST).write_text(newer.model_dump_json(), encoding="utf-8")
    assert "newer release" in refused("newer_backup", whole, replace=True).en


def test_what_is_there_is_moved_aside_and_everything_comes_back(data: Path, tmp_path: Path) -> None:
    whole = backed_up(tmp_path / "backups")
    with sqlite3.connect(data / "register.db") as later:
        later.execute("DELETE FROM marks")
    later.close()
    refused("not_empty", whole)
    restore(tmp_path / "backups", None, replace=True, dry_run=False)
    (aside,) = data.glob("before-*")
    assert rows(data / "register.db", "marks") > 0 == rows(aside / "register.db", "marks")
    assert {"temporal.db", "secret", "outbox", "files"} < {one.name for one in aside.iterdir()}
    assert (data / "outbox" / "1.eml").exists()
    with pytest.raises(Stop) as waits:
        settled_first(settings())
    assert (waits.value.kind, waits.value.code) == ("not_settled", Code.REFUSED)
    note_settled(settings())
    settled_first(settings())


def test_only_the_register_leaves_the_engine_and_adds_evidence(data: Path, tmp_path: Path) -> None:
    whole = backed_up(tmp_path / "backups")
    (evidence,) = (one for one in (data / "files").rglob("*") if one.is_file())
    evidence.unlink()
    later = data / "files" / "later"
    later.write_text("nộp sau", encoding="utf-8")
    engine = (data / "temporal.db").stat().st_ino
    restore(whole, "register", replace=True, dry_run=False)
    assert (data / "temporal.db").stat().st_ino == engine
    assert evidence.exists()
    assert later.exists()
    told = restored(settings())
    assert told
    assert (told.what, told.whole, told.settled_at) == ("register", True, None)


@pytest.mark.parametrize(("only", "other"), [(None, "register"), ("register", "engine")])
def test_a_restoration_cut_short_is_no_installation(
    only: str | None, other: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way out brings the same half again, never the older other one; what was there first is not forgotten."""
    whole = backed_up(tmp_path / "back ups")

    def killed(self: Restoring, staged: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(Restoring, "_put_in_place", killed)
        with pytest.raises(KeyboardInterrupt):
            restore(whole, only, replace=True, dry_run=False)
    (first,) = data.glob("before-*")
    with pytest.raises(Stop) as half:
        repair(due_at, dry_run=False, yes=True)
    assert half.value.kind == "half_restored"
    words = shlex.split(half.value.remedy_en.split("`")[1])[2:]
    assert words == [str(whole), *(["--only", only] if only else []), "--replace"]
    assert str(first) in str(half.value.detail["aside"])
    refused("half_restored", whole, other, replace=True)
    restore(whole, only, replace=True, dry_run=False)
    assert rows(data / "register.db", "tasks") == 1
    told = restored(settings())
    assert told
    assert str(first) in told.aside


def test_nothing_is_backed_up_and_no_older_one_goes_before_a_restoration_is_settled(
    data: Path, tmp_path: Path
) -> None:
    place = tmp_path / "backups"
    whole = backed_up(place)
    restore(whole, None, replace=True, dry_run=False)
    told = restored(settings())
    assert told
    for state, kind in ((told, "not_settled"), (told.model_copy(update={"whole": False}), "half_restored")):
        note(settings(), state)
        with pytest.raises(Stop) as stopped:
            command.backup(place, 1)
        assert stopped.value.kind == kind
    assert whole_ones(place) == [whole]
    note(settings(), told)
    note_settled(settings())
    assert backed_up(place, 1) != whole


def test_a_backup_and_a_restoration_wait_for_each_other(data: Path, tmp_path: Path) -> None:
    whole = backed_up(tmp_path / "backups")
    with hold_still(settings(), alone=False):
        refused("folder_busy", whole, replace=True)
        backed_up(tmp_path / "others")
    with hold_still(settings(), alone=True), pytest.raises(Stop) as busy:
        command.backup(tmp_path / "backups", None)
    assert busy.value.kind == "folder_busy"


def test_what_a_killed_up_has_left_is_ended_before_its_files_are_moved(data: Path, tmp_path: Path) -> None:
    whole = backed_up(tmp_path / "backups")
    ours = {**os.environ, "DONDOC_DATA": str(data.resolve())}
    with subprocess.Popen(["sleep", "300"], env=ours, start_new_session=True) as left:
        try:
            write_engine(settings(), {"server_pid": left.pid})
            refused("not_empty", whole)
            restore(whole, None, replace=True, dry_run=True)
            assert left.poll() is None
            restore(whole, None, replace=True, dry_run=False)
            assert left.wait(0) is not None
        finally:
            left.kill()


def test_a_folder_of_another_account_is_left_to_that_account(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = backed_up(tmp_path / "backups")
    monkeypatch.setattr(os, "geteuid", lambda: data.stat().st_uid + 1)
    assert "sudo -u" in refused("other_owner", whole, replace=True).remedy_en
    with pytest.raises(Stop) as stopped:
        repair(due_at, dry_run=True, yes=False)
    assert stopped.value.kind == "other_owner"
    assert not (data / "up.lock").exists()


def test_a_refused_pg_restore_and_a_full_disk_change_nothing(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = backed_up(tmp_path / "backups")
    manifest = read(whole)
    assert manifest
    here = sorted(one.name for one in data.iterdir())
    dumped = manifest.model_copy(update={"database": "postgresql"})
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Stop) as missing:
        Restoring(settings(), whole, dumped, "all").do()
    assert missing.value.kind == "no_pg_restore"
    (whole / "secret").unlink()
    with pytest.raises(OSError, match="secret"):
        Restoring(settings(), whole, manifest, "all").do()
    assert sorted(one.name for one in data.iterdir()) == here
    settled_first(settings())


def test_a_postgresql_that_was_filled_and_not_settled_is_not_filled_again(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(settings(), RESTORED.model_copy(update={"whole": False}))
    monkeypatch.setenv("DONDOC_REGISTER_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    settings.cache_clear()
    with pytest.raises(Stop) as half:
        settled_first(settings())
    assert "createdb" in half.value.remedy_en


def test_an_engine_of_another_time_is_moved_with_all_that_stands_beside_it(
    data: Path, tmp_path: Path
) -> None:
    (data / "temporal.db").rename(tmp_path / "temporal.db")
    whole = backed_up(tmp_path / "backups")
    for name in ("temporal.db", "temporal.db-wal", "temporal.db-shm"):
        (data / name).write_text("x", encoding="ascii")
    restore(whole, None, replace=True, dry_run=False)
    assert not list(data.glob("temporal.db*"))
    assert len(list(data.glob("before-*/temporal.db*"))) == 3


def test_a_folder_that_is_in_use_and_a_place_inside_it_are_refused(data: Path, tmp_path: Path) -> None:
    from desk.folder import hold

    whole = backed_up(tmp_path / "backups")
    lock = hold(settings())
    refused("already_up", whole, replace=True)
    lock.close()
    with pytest.raises(Stop) as inside:
        command.backup(data / "backups", None)
    assert inside.value.kind == "backup_inside"


def test_a_restoration_into_another_kind_of_database_is_refused(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = backed_up(tmp_path / "backups")
    monkeypatch.setenv("DONDOC_REGISTER_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    settings.cache_clear()
    refused("other_database", whole)


def test_a_backup_is_one_document_for_programs(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.speak_json(True)
    try:
        command.backup(tmp_path / "backups", None)
    finally:
        screen.speak_json(False)
    told = json.loads(capsys.readouterr().out)
    assert Path(told["backup"]).is_dir()
    assert told["counts"]["tasks"] == 1


@pytest.mark.xdist_group("restored")
def test_a_register_without_any_engine_is_begun_from_by_a_server_of_the_repair_s_own(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second run finds nothing to do; the server is gone, and no other folder's engine was asked."""
    (data / "temporal.db").unlink()
    note(settings(), RESTORED)
    screen.speak_json(True)
    try:
        repair(due_at, dry_run=False, yes=True)
        done = json.loads(capsys.readouterr().out)
        settled_first(settings())
        repair(due_at, dry_run=True, yes=False)
        again = json.loads(capsys.readouterr().out)
    finally:
        screen.speak_json(False)
    (step,) = done["steps"]
    assert (step["task"], step["step"]) == ("task:du.1346-cv-du-2026:1.1:so-a", "start")
    assert done["directives"] == [DIRECTIVE]
    assert (again["steps"], again["directives"], again["workflows"], again["left"]) == ([], [], [], [])
    assert datetime.fromisoformat(done["only_recorded_since"]) == RESTORED.backed_up_at
    assert again["only_recorded_since"] is None, "told once"
    assert not (data / "engine.json").exists()


def test_a_damaged_database_is_not_backed_up(data: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes((data / "register.db").read_bytes()[:4096] + b"\0" * 8192)
    with pytest.raises(Stop) as stopped:
        copy_sqlite(damaged, tmp_path / "copy.db")
    assert stopped.value.kind == "not_copied"
