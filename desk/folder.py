"""The data folder of `up`: held by one at a time, with its clock, and with word of where the engine listens."""

import fcntl
import json
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
        why = error.strerror or type(error).__name__
        raise Stop(
            Code.USAGE,
            f"không tạo được thư mục dữ liệu {chosen.data} ({why})",
            f"the data folder {chosen.data} cannot be made ({why})",
            "đặt DONDOC_DATA tới một thư mục ghi được",
            "set DONDOC_DATA to a folder that can be written",
            kind="bad_folder",
        ) from error
