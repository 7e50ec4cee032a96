"""`backup DIR`: the whole installation into one dated folder, while everything runs."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select, table

from desk import screen
from desk.backup.databases import COUNTED
from desk.backup.manifest import Manifest
from desk.backup.writing import Writing, prune, sweep
from desk.bar import progress
from desk.exit import Code, Stop, bad_input
from desk.folder import hold_still, make_folder
from desk.language import text
from desk.office import with_register
from desk.restored import settled_first
from desk.settings import Settings, settings
from register.migrate import revision_of
from register.open import Register

Server = tuple[str, str, dict[str, int]]


def backup(place: Path, keep: int | None) -> None:
    """Write one, and let go of older ones where `keep` says how many to hold. Raises Stop."""
    chosen = settings()
    _outside(place, chosen)
    make_folder(chosen)
    with hold_still(chosen, alone=False):
        settled_first(chosen)  # half an installation would count as a whole backup, and let good ones go
        server = with_register(_server)
        os.umask(0o077)
        try:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _held(place):
                sweep(place)
                writing = Writing(chosen, place)
                whole, manifest = _written(writing, server)
                gone = prune(place, keep, lambda one: None) if keep else []
        except OSError as error:
            raise _no_room(place, error) from error
    _tell(whole, manifest, writing.linked, gone)


async def _server(register: Register) -> Server | None:
    """Where the register is a PostgreSQL: its address, its form, its counts."""
    revision = await revision_of(register)
    if register.dialect == "sqlite":
        return None
    async with register.read() as connection:
        counts = {
            name: int(await connection.scalar(select(func.count()).select_from(table(name))) or 0)
            for name in COUNTED
        }
    return settings().register_address, revision, counts


def _written(writing: Writing, server: Server | None) -> tuple[Path, Manifest]:
    writing.databases(server)
    sources = writing.sources()
    with progress(text("Đang sao lưu tệp", "Backing up files"), len(sources)) as shown:
        for count, (source, path) in enumerate(sources, start=1):
            try:
                writing.take(source, path)
            except FileNotFoundError:  # a message that was being given its name
                continue
            shown(count)
    return writing.finish(bool(os.environ.get("DONDOC_SECRET", "").strip()))


@contextmanager
def _held(place: Path) -> Iterator[None]:
    """One backup at a time in a folder: what looks unfinished there is left by a dead one. Raises Stop."""
    with (place / ".lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Stop(
                Code.REFUSED,
                f"một lệnh backup khác đang ghi vào {place}",
                f"another backup is being written into {place}",
                "chờ lệnh đó xong, rồi chạy lại nếu cần",
                "wait for it to end, then run this again if need be",
                kind="backup_running",
            ) from error
        yield


def _outside(place: Path, chosen: Settings) -> None:
    data, wanted = chosen.data.resolve(), place.resolve()
    if wanted.exists() and not wanted.is_dir():
        raise bad_input(
            f"{place} không phải thư mục",
            f"{place} is no folder",
            "chọn một thư mục, tốt nhất trên đĩa khác",
            "name a folder, best on another disk",
            kind="bad_folder",
        )
    if wanted == data or data in wanted.parents:
        raise bad_input(
            f"{place} nằm trong thư mục dữ liệu {chosen.data}: mất đĩa là mất cả hai",
            f"{place} lies in the data folder {chosen.data}: one disk would take both",
            "chọn thư mục khác, tốt nhất trên đĩa khác",
            "name another folder, best on another disk",
            kind="backup_inside",
        )


def _no_room(place: Path, error: OSError) -> Stop:
    why = error.strerror or type(error).__name__
    return Stop(
        Code.UNREACHABLE,
        f"không ghi được bản sao lưu vào {place} ({why}); các bản cũ còn nguyên",
        f"the backup cannot be written into {place} ({why}); the older ones are as they were",
        "kiểm tra dung lượng đĩa và quyền ghi, rồi chạy lại",
        "check the room on the disk and the right to write, then run this again",
        kind="backup_failed",
    )


def _tell(whole: Path, manifest: Manifest, linked: int, gone: list[Path]) -> None:
    told = {
        "backup": str(whole),
        **manifest.model_dump(mode="json", exclude={"files"}),
        "files": len(manifest.files),
        "linked": linked,
        "bytes": manifest.size,
        "pruned": [str(one) for one in gone],
    }
    screen.answer(told)
    size = manifest.size / 1_000_000
    counts = manifest.counts
    screen.say(text(f"Đã sao lưu vào {whole}", f"Backed up into {whole}"), "green")
    screen.say(
        text(
            f"  {counts['tasks']} nhiệm vụ, {counts['events']} sự kiện; {len(manifest.files)} tệp, {size:.1f} MB"
            f" ({linked} tệp dùng chung với bản trước); đã kiểm tra lại toàn bộ",
            f"  {counts['tasks']} tasks, {counts['events']} events; {len(manifest.files)} files, {size:.1f} MB"
            f" ({linked} shared with the backup before); all of it was read again",
        )
    )
    if not manifest.engine:
        screen.say(
            text(
                "  Máy chủ Temporal không chạy trên tệp của thư mục này: sao lưu cơ sở dữ liệu của nó riêng.",
                "  The engine has no file in this folder: back its own database up as well.",
            ),
            "yellow",
        )
    if manifest.secret == "environment":  # noqa: S105 - where it is, not what it is
        screen.say(
            text(
                "  DONDOC_SECRET lấy từ môi trường, không có trong bản sao lưu: cất giữ riêng.",
                "  DONDOC_SECRET comes from the environment and is not in the backup: keep it apart.",
            ),
            "yellow",
        )
    for one in gone:
        screen.say(text(f"  Đã xóa bản cũ {one.name}", f"  Removed the old {one.name}"))
