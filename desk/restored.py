"""Word that a data folder was restored and not settled yet: `up` waits for `doctor --repair`, which reads it."""

import json
import os
from datetime import UTC, datetime

from pydantic import ValidationError

from desk.exit import Code, Stop
from desk.settings import Settings
from directive.value import Value


class Restored(Value):
    """What was restored: `what` is all, register or engine; `backed_up_at` and `at` are true instants (UTC).

    `settled_at` is when a repair has gone through; what it could not settle was listed then. `whole` tells that
    everything is in its place.
    """

    backup: str
    what: str
    backed_up_at: datetime
    at: datetime
    settled_at: datetime | None = None
    whole: bool = True


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
    if told is None or told.whole:
        return
    raise Stop(
        Code.REFUSED,
        f"lần khôi phục {chosen.data} từ {told.backup} bị dở dang",
        f"the restoration of {chosen.data} from {told.backup} was cut short",
        f"chạy lại `starter.py restore {told.backup} --replace`",
        f"run `starter.py restore {told.backup} --replace` again",
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
