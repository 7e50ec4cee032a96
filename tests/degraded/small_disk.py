"""A file system of a few MiB, to be filled and cleared: mounted where that is allowed, else a limit on file sizes."""

import os
import resource
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MIB = 2**20
BALLAST = "ballast"


class SmallDisk:
    """A folder on a disk of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self) -> None:
        """Leave no byte."""
        with (self.folder / BALLAST).open("wb", buffering=0) as file:
            block = MIB
            while block:
                try:
                    if file.write(bytes(block)) < block:
                        block //= 2
                except OSError:
                    block //= 2

    def clear(self) -> None:
        """Make room again."""
        (self.folder / BALLAST).unlink()


@contextmanager
def a_small_disk(folder: Path, mib: int) -> Iterator[SmallDisk | None]:
    """A disk of so many MiB mounted at a folder; None, and loudly, where this machine lets nobody mount."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={mib}m,mode=0700", "dondoc-test", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, check=False, capture_output=True).returncode == 0
    if not mounted:
        warnings.warn(
            UserWarning("NO MOUNT HERE: a limit on file sizes stands for the full disk"), stacklevel=2
        )
        yield None
        return
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def limit(pid: int, largest: int | None) -> None:
    """From now on a process writes no file beyond `largest` bytes; None lifts it."""
    _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(
        pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY if largest is None else largest, hard)
    )
