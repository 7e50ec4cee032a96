"""Of `doctor`: whether there is room on the disks that the register, messages and evidence are written to."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from desk.finding import Finding, well, wrong
from desk.settings import settings

MIB, GIB = 2**20, 2**30
FULL = 64 * MIB
"""Below this the next hours may fail: SQLite needs as much again as it writes, and logs grow too."""
NEARLY = GIB
"""Below this, or below a tenth of a smaller disk, there is still time to make room."""


class Disk(NamedTuple):
    """One file system and the folders of ours on it; sizes in bytes."""

    folders: tuple[Path, ...]
    total: int
    free: int

    @property
    def full(self) -> bool:
        """Whether writing may fail at any moment."""
        return self.free < min(FULL, self.total // 20)

    @property
    def nearly_full(self) -> bool:
        """Whether room has to be made soon."""
        return self.free < min(NEARLY, self.total // 10)


def room_findings() -> list[Finding]:
    """What is left on each disk; one finding, or one for each disk that runs out."""
    disks = _disks(_folders())
    short = [_short(disk) for disk in disks if disk.full or disk.nearly_full]
    if short:
        return short
    least = min((disk.free for disk in disks), default=0)
    return [well("room", f"Ổ đĩa còn chỗ: {_size(least)}", f"Room on the disk: {_size(least)}", free=least)]


def _short(disk: Disk) -> Finding:
    named, left = ", ".join(str(one) for one in disk.folders), _size(disk.free)
    vi = f"Ổ đĩa sắp đầy (còn {left}, cần ít nhất 1 GiB hoặc một phần mười ổ): {named}"
    en = f"The disk is nearly full ({left} left, a GiB or a tenth of it is needed): {named}"
    if disk.full:
        vi = f"Ổ đĩa đã đầy (còn {left}): {named}; việc và thư không ghi được"
        en = f"The disk is full ({left} left): {named}; nothing can be recorded"
    return wrong(
        "room",
        vi,
        en,
        "giải phóng chỗ hoặc mở rộng ổ đĩa; chuyển bản sao lưu và nhật ký cũ (*.log) đi nơi khác, "
        "không xóa register.db, temporal.db, files; việc đang chờ tự ghi khi có chỗ",
        "make room or enlarge the disk; move backups and old logs (*.log) elsewhere, never delete register.db, "
        "temporal.db or files; what waits is recorded by itself once there is room",
        folders=[str(one) for one in disk.folders],
        free=disk.free,
        total=disk.total,
        full=disk.full,
    )


def _folders() -> Iterable[Path]:
    chosen = settings()
    yield chosen.data
    yield chosen.files_folder
    if not chosen.smtp_url:
        yield chosen.outbox_folder
    _, sqlite, file = chosen.register_address.partition("sqlite+aiosqlite:///")
    if sqlite and file:
        yield Path(file).parent


def _disks(folders: Iterable[Path]) -> list[Disk]:
    """The folders by the file system they are on, or will be made on; each is told by its own name once."""
    by_device: dict[int, list[Path]] = {}
    for folder in folders:
        there = next(one for one in (folder, *folder.resolve().parents) if one.exists())
        here = by_device.setdefault(there.stat().st_dev, [])
        if not any(folder.resolve().is_relative_to(one.resolve()) for one in here):
            here.append(folder)
    return [_disk(tuple(here)) for here in by_device.values()]


def _disk(folders: tuple[Path, ...]) -> Disk:
    there = next(one for one in (folders[0], *folders[0].resolve().parents) if one.exists())
    usage = shutil.disk_usage(there)
    free = (
        usage.free if os.statvfs(there).f_files == 0 or os.statvfs(there).f_favail else 0
    )  # or no file can be made
    return Disk(folders, usage.total, free)


def _size(free: int) -> str:
    return f"{free / GIB:.1f} GiB" if free >= GIB else f"{free // MIB} MiB"
