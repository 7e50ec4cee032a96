"""What a backup holds: each file with its size and SHA-256, and what it was taken from."""

import hashlib
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from desk.exit import Code, Stop, bad_input
from directive.value import Value

MANIFEST = "manifest.json"
PREFIX = "dondoc-"
PART = ".part-"
"""How a folder is called that is not whole: being written, or left by what was killed."""
PIECE = 1 << 20

SQLITE, DUMP, ENGINE = "register.db", "register.dump", "temporal.db"
FILES, OUTBOX, SECRET, CLOCK = "files", "outbox", "secret", "clock.json"


class Kept(Value):
    """One file: its path inside the backup, its size in bytes, the SHA-256 of its content."""

    path: str
    size: int
    sha256: str


class Manifest(Value):
    """`at` is the true instant (UTC) at which the register was copied; `revision` names the form of its tables.

    `database` is the register's; `counts` is how many rows its main tables had; `secret` says where that of links was.
    """

    format: int = 1
    release: str
    revision: str
    at: datetime
    database: Literal["sqlite", "postgresql"]
    engine: bool
    secret: Literal["kept", "environment", "none"]
    counts: dict[str, int]
    files: tuple[Kept, ...]

    @property
    def size(self) -> int:
        """All of it, in bytes."""
        return sum(one.size for one in self.files)


def release() -> str:
    """The version of this program."""
    file = Path(__file__).resolve().parents[2] / "pyproject.toml"
    try:
        return str(tomllib.loads(file.read_text(encoding="utf-8"))["project"]["version"])
    except (OSError, ValueError, KeyError):
        return ""


def digest_of(file: Path) -> str:
    """The SHA-256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def read(folder: Path) -> Manifest | None:
    """The manifest of a backup; None where the folder is none, or not a whole one."""
    try:
        return Manifest.model_validate_json((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValidationError, ValueError):
        return None


def whole_ones(place: Path) -> list[Path]:
    """The whole backups in a folder, the oldest first."""
    found = place.glob(f"{PREFIX}*") if place.is_dir() else []
    return sorted(one for one in found if one.is_dir() and read(one) is not None)


def find(place: Path) -> tuple[Path, Manifest]:
    """The backup that is meant: the folder itself, or the newest one in it. Raises Stop."""
    for folder in (place, *reversed(whole_ones(place))):
        manifest = read(folder)
        if manifest is not None and not folder.name.startswith(PART):
            return folder, manifest
    raise bad_input(
        f"{place} không phải một bản sao lưu trọn vẹn, cũng không chứa bản nào",
        f"{place} is no whole backup, and holds none",
        "chọn thư mục dondoc-… do `backup` tạo ra; thư mục .part-… là bản dở dang",
        "name a folder dondoc-… that `backup` made; .part-… are unfinished ones",
        kind="no_backup",
    )


def check(folder: Path, manifest: Manifest) -> None:
    """Read every file and compare. Raises Stop with what is missing or altered."""
    wrong = [f"{one.path} ({why})" for one in manifest.files if (why := _fault(folder, one))]
    if not wrong:
        return
    named = ", ".join(wrong[:5]) + (" …" if len(wrong) > 5 else "")
    raise Stop(
        Code.REFUSED,
        f"bản sao lưu {folder} không còn nguyên vẹn: {named}",
        f"the backup {folder} is not as it was written: {named}",
        "dùng bản sao lưu khác",
        "use another backup",
        kind="backup_altered",
        detail={"backup": str(folder), "files": wrong},
    )


def _fault(folder: Path, one: Kept) -> str:
    file = folder / one.path
    if ".." in Path(one.path).parts or Path(one.path).is_absolute():
        return "path"
    try:
        if not file.is_file():
            return "missing"
        return "" if file.stat().st_size == one.size and digest_of(file) == one.sha256 else "altered"
    except OSError as error:
        return error.strerror or "unreadable"
