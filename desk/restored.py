"""Word that a data folder was restored and not settled yet: `up` waits for `doctor --repair`, which reads it."""

import json
import os
import shlex
from datetime import UTC, datetime

from pydantic import ValidationError

from desk.exit import Code, Stop
from desk.settings import Settings
from directive.value import Value


class Restored(Value):
    """What was restored: `what` is all, register or engine; `backed_up_at` and `at` are true instants (UTC).

    `settled_at` is when a repair has gone through; what it could not settle was listed then. `whole` tells that
    everything is in its place; `aside` are the folders with what was there, more than one after a try cut short.
    """

    backup: str
    what: str
    backed_up_at: datetime
    at: datetime
    settled_at: datetime | None = None
    whole: bool = True
    aside: tuple[str, ...] = ()

    @property
    def register_since(self) -> datetime | None:
        """Since when the register lacks what was entered, as long as no repair has said so."""
        return self.backed_up_at if self.what != "engine" and self.settled_at is None else None

    @property
    def again(self) -> str:
        """The command that restores the same once more, and no more than that."""
        half = "" if self.what == "all" else f" --only {self.what}"
        return f"starter.py restore {shlex.quote(self.backup)}{half} --replace"


def restored(chosen: Settings) -> Restored | None:
    """The last restoration of a data folder, if there was one. Raises Stop where its note cannot be read."""
    file = chosen.restored_file
    try:
        return Restored.model_validate_json(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise Stop(
            Code.USAGE,
            f"không đọc được {file}",
            f"{file} cannot be read",
            "chạy lại `restore`, hoặc chuyển tệp này ra chỗ khác nếu thư mục chưa từng được khôi phục",
            "run `restore` again, or move the file away where nothing was ever restored here",
            kind="bad_restored",
        ) from error


def last_try(chosen: Settings) -> Restored | None:
    """The same for a restoration that follows it: what cannot be read is written anew."""
    try:
        return restored(chosen)
    except Stop:
        return None


def note(chosen: Settings, told: Restored) -> None:
    """Leave word, whole or not at all."""
    part = chosen.restored_file.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        file.write(json.dumps(told.model_dump(mode="json"), indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(chosen.restored_file)


def note_settled(chosen: Settings) -> None:
    """A repair has gone through."""
    told = restored(chosen)
    if told is not None:
        note(chosen, told.model_copy(update={"settled_at": datetime.now(UTC)}))


def whole_first(chosen: Settings) -> None:
    """Raises Stop where a restoration was cut short: half of it is no installation."""
    told = restored(chosen)
    if told is not None and not told.whole:
        raise _half(chosen, told)


def same_half_first(chosen: Settings, what: str) -> None:
    """Raises Stop where one half was being restored and now another is asked for; all of a backup leaves no half."""
    told = last_try(chosen)
    if told is not None and not told.whole and what not in ("all", told.what):
        raise _half(chosen, told)


def _half(chosen: Settings, told: Restored) -> Stop:
    empty_vi = empty_en = ""
    if chosen.register_database is None and told.what != "engine":
        empty_vi = "; nếu cơ sở dữ liệu đã có bảng, trước đó tạo một cơ sở dữ liệu trống mới (createdb)"
        empty_vi += " và đặt DONDOC_REGISTER_URL tới đó"
        empty_en = "; where the database has tables by now, first make a new empty one (createdb)"
        empty_en += " and let DONDOC_REGISTER_URL name it"
    return Stop(
        Code.REFUSED,
        f"lần khôi phục {chosen.data} từ {told.backup} chưa hoàn tất",
        f"the restoration of {chosen.data} from {told.backup} was cut short",
        f"chạy lại `{told.again}`{empty_vi}",
        f"run `{told.again}` again{empty_en}",
        kind="half_restored",
        detail=told.model_dump(mode="json"),
    )


def settled_first(chosen: Settings) -> None:
    """Raises Stop where something was restored and no repair has gone through since.

    Work that begins at once would ask people for what they have long handed in.
    """
    whole_first(chosen)
    told = restored(chosen)
    if told is None or told.settled_at is not None:
        return
    raise Stop(
        Code.REFUSED,
        f"{chosen.data} vừa được khôi phục từ {told.backup}, sổ theo dõi và máy chủ chưa được đối chiếu",
        f"{chosen.data} was restored from {told.backup}; register and engine have not been compared yet",
        "chạy `starter.py doctor --repair` (xem trước: thêm --dry-run), rồi chạy lại `up`",
        "run `starter.py doctor --repair` (to look first: --dry-run), then `up` again",
        kind="not_settled",
        detail=told.model_dump(mode="json"),
    )
