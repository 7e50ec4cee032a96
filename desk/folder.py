"""The data folder of `up`: held by one at a time, with its clock, and with word of where the engine listens."""

import fcntl
import json
import os
import pwd
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO

from desk.exit import Code, Stop
from desk.settings import Settings
from directive.clock import OfficeClock


def hold(chosen: Settings) -> IO[str]:
    """Hold the data folder: only one `up` may work on it."""
    file = chosen.data / "up.lock"
    opened = file.open("a+", encoding="utf-8")
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        opened.close()
        running = engine_of(chosen)
        where = running.get("ui", "")
        raise Stop(
            Code.REFUSED,
            f"một `up` khác đang chạy trên {chosen.data}{f', giao diện {where}' if where else ''}",
            f"another `up` is running on {chosen.data}{f', its UI at {where}' if where else ''}",
            "dùng luôn máy chủ đó, hoặc dừng nó bằng Ctrl-C trước; thư mục khác: DONDOC_DATA=…",
            "use that one, or stop it with Ctrl-C first; for another folder: DONDOC_DATA=…",
            kind="already_up",
            detail=dict(running),
        ) from error
    return opened


def is_up(chosen: Settings) -> bool:
    """Whether somebody holds the data folder: an `up`, or a repair with a server of its own."""
    try:
        with (chosen.data / "up.lock").open("r", encoding="utf-8") as opened:
            fcntl.flock(opened, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


@contextmanager
def hold_still(chosen: Settings, *, alone: bool) -> Iterator[None]:
    """Hold what the data folder consists of: a restoration `alone`, backups together, `up` not at all. Raises Stop.

    The folder itself is what is locked, so that whoever may read it leaves no file of theirs in it.
    """
    try:
        handle = os.open(chosen.data, os.O_RDONLY)
    except OSError as error:
        raise _no_folder(chosen, error) from error
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise Stop(
            Code.REFUSED,
            f"{chosen.data} đang được sao lưu hoặc khôi phục",
            f"{chosen.data} is being backed up or restored",
            "chờ lệnh đó xong, rồi chạy lại",
            "wait for that command to end, then run this again",
            kind="folder_busy",
        ) from error
    try:
        yield
    finally:
        os.close(handle)


def owned(chosen: Settings) -> None:
    """Raises Stop where the data folder is somebody else's: their service could not write to what we leave there."""
    try:
        owner = chosen.data.stat().st_uid
    except OSError:  # there is none yet
        return
    if owner == os.geteuid():
        return
    try:
        name = pwd.getpwuid(owner).pw_name
    except KeyError:
        name = f"#{owner}"
    again = f"sudo -u '{name}' env DONDOC_DATA={shlex.quote(str(chosen.data.resolve()))} …"
    raise Stop(
        Code.REFUSED,
        f"thư mục dữ liệu {chosen.data} là của tài khoản {name}; chưa có gì thay đổi",
        f"the data folder {chosen.data} belongs to the account {name}; nothing has changed",
        f"chạy lại bằng tài khoản đó: `{again}`",
        f"run this as that account: `{again}`",
        kind="other_owner",
        detail={"owner": name},
    )


def set_clock(chosen: Settings, as_of: datetime, speed: int) -> None:
    """Give a new data folder its clock; one that has begun keeps its own, since its tasks carry it."""
    if chosen.clock_file.exists() or (chosen.data / "temporal.db").exists():
        raise Stop(
            Code.REFUSED,
            f"{chosen.data} đã có đồng hồ của nó; --as-of chỉ dùng khi bắt đầu một thư mục dữ liệu mới",
            f"{chosen.data} has its clock; --as-of is for the start of a new data folder",
            "bỏ --as-of, hoặc đặt DONDOC_DATA tới một thư mục mới",
            "leave out --as-of, or set DONDOC_DATA to a new folder",
            kind="clock_set",
        )
    clock = OfficeClock.starting(as_of, datetime.now(UTC), speed)
    chosen.clock_file.write_text(clock.model_dump_json(), encoding="utf-8")


def engine_of(chosen: Settings) -> dict[str, object]:
    """What the running `up` has left word of; empty where there is none."""
    try:
        found = json.loads(chosen.engine_file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_engine(chosen: Settings, told: dict[str, object]) -> None:
    """Leave word for the other commands, and the ids for the next `up` should this one be killed."""
    if told == engine_of(chosen):
        return
    part = chosen.engine_file.with_suffix(".part")
    part.write_text(json.dumps(told), encoding="utf-8")
    part.replace(chosen.engine_file)


def make_folder(chosen: Settings) -> None:
    """Make the data folder. Raises Stop."""
    try:
        chosen.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _no_folder(chosen, error) from error


def _no_folder(chosen: Settings, error: OSError) -> Stop:
    why = error.strerror or type(error).__name__
    return Stop(
        Code.USAGE,
        f"không mở được thư mục dữ liệu {chosen.data} ({why})",
        f"the data folder {chosen.data} cannot be opened ({why})",
        "đặt DONDOC_DATA tới một thư mục ghi được",
        "set DONDOC_DATA to a folder that can be written",
        kind="bad_folder",
    )
