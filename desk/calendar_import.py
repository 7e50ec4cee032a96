"""`calendar import`: a version for plans to come; what it would move of the open tasks, moved on a yes."""

import asyncio
import hashlib
import sys
from pathlib import Path
from typing import NamedTuple

import typer

from desk import person, saying, screen, words
from desk.exit import Stop, bad_input
from desk.files import read_text
from desk.language import text
from desk.office import directory_in_use, make, version_differs, with_register
from desk.replanning import Moving, movings, plain, tell
from directive.calendar import WorkCalendar
from directive.directory import Directory
from directive.message import Act, Message
from register.calendar_file import CalendarFileError, parse_calendar
from register.office import NotRecorded, load_calendar
from register.open import Register
from register.plans import Saved, VersionDiffers, save_calendar

FEW = 3
AT_ONCE = 16
"""Tasks that are moved side by side; the engine and the register share one machine."""


class Wish(NamedTuple):
    """How a person wants to go about it."""

    person: str = ""
    role: str = ""
    reason: str = ""
    dry_run: bool = False
    yes: bool = False


def import_calendar(file: Path, wish: Wish) -> None:
    """Take a calendar in, show what it would move, and move it on a yes. Raises Stop."""
    calendar = _calendar_in(file)
    if wish.yes and not wish.person:
        raise _nobody()

    async def work(register: Register) -> None:
        if not wish.dry_run:
            await make(register)
        await _same_content(register, calendar)
        directory = await _directory(register)
        names = person.namer(directory) if directory else words.same
        if wish.person and directory:
            person.known(directory, wish.person)
        found = await movings(register, calendar, saying.now()) if directory else []
        tell(calendar, found, names)
        saved = None if wish.dry_run else await _save(register, calendar)
        moved = 0
        if saved and directory and found and _wanted(found, calendar, wish):
            moved = await _move(register, directory, calendar, found, wish)
        _answer(calendar, found, saved, moved)

    with_register(work, may_make=not wish.dry_run)


def _calendar_in(file: Path) -> WorkCalendar:
    try:
        return parse_calendar(read_text(file), str(file))
    except CalendarFileError as error:
        place = f"{file}:{error.line}" if error.line else str(file)
        said = f"{place}: {error.message}"
        raise bad_input(said, said, error.remedy, error.remedy, kind="bad_calendar") from error


def _nobody() -> Stop:
    return bad_input(
        "--yes cần --as: ai quyết định chuyển lịch",
        "--yes needs --as: who decides to move the tasks",
        "thêm --as NGƯỜI",
        "add --as PERSON",
        kind="usage",
    )


async def _same_content(register: Register, calendar: WorkCalendar) -> None:
    """A version has one content for ever. Raises Stop before anything is shown of another one."""
    try:
        held = await load_calendar(register, calendar.version)
    except NotRecorded:
        return
    if held != calendar:
        raise version_differs(VersionDiffers("calendars", calendar.version))


async def _save(register: Register, calendar: WorkCalendar) -> Saved:
    try:
        return await save_calendar(register, calendar)
    except VersionDiffers as error:
        raise version_differs(error) from error


async def _directory(register: Register) -> Directory | None:
    """The directory in use; without one there is no task either."""
    try:
        return await directory_in_use(register)
    except Stop:
        return None


def _wanted(found: list[Moving], calendar: WorkCalendar, wish: Wish) -> bool:
    """Whether the open tasks are to be moved now."""
    if wish.yes:
        return True
    if wish.person and sys.stdin.isatty() and not screen.json_asked():
        count, version = len(found), calendar.version
        asked = text(f"Chuyển {count} nhiệm vụ sang lịch {version}?", f"Move {count} tasks to {version}?")
        if typer.confirm(asked):
            return True
    screen.say(
        text(
            "Nhiệm vụ đang mở vẫn theo lịch cũ. Để chuyển: chạy lại với --as NGƯỜI --yes, hoặc dùng `replan`.",
            "Open tasks keep their calendar. To move them: run this again with --as PERSON --yes, or use `replan`.",
        )
    )
    return False


async def _move(
    register: Register, directory: Directory, calendar: WorkCalendar, found: list[Moving], wish: Wish
) -> int:
    """Move every task as it was shown; how many were. Safe to repeat: those that have moved are not found again."""
    from desk import engine
    from desk.send import send

    client, free = await engine.connect(), asyncio.Semaphore(AT_ONCE)
    cases = [saying.Case(one.facts, directory) for one in found]

    async def move(case: saying.Case, one: Moving) -> Stop | None:
        async with free:
            try:
                await send(client, register, case, _message(case, one, calendar, wish))
            except Stop as stop:
                return stop
        return None

    stops = await asyncio.gather(*map(move, cases, found))
    failed = {one.facts.task.id: stop for one, stop in zip(found, stops, strict=True) if stop}
    if failed:
        raise _not_all(failed, len(found))
    return len(found)


def _not_all(failed: dict[str, Stop], count: int) -> Stop:
    """Some tasks were not moved: each with its reason."""
    told = "; ".join(f"{task}: {stop.message}" for task, stop in list(failed.items())[:FEW])
    more = " …" if len(failed) > FEW else ""
    moved = count - len(failed)
    return Stop(
        max(stop.code for stop in failed.values()),
        f"đã nhập lịch, chuyển được {moved}/{count} nhiệm vụ; chưa chuyển: {told}{more}",
        f"the calendar is in, {moved} of {count} tasks were moved; not moved: {told}{more}",
        "chạy lại lệnh này: chỉ những nhiệm vụ chưa chuyển được xét",
        "run this again: only those that were not moved are looked at",
        kind="not_all_moved",
        detail={"moved": moved, "failed": {task: stop.kind for task, stop in failed.items()}},
    )


def _message(case: saying.Case, one: Moving, calendar: WorkCalendar, wish: Wish) -> Message:
    """The act that was shown. The same state of a task gives the same id: sent twice it counts once. Raises Stop."""
    facts, version = case.facts, calendar.version
    cause = hashlib.sha256(f"{version}\0{facts.calendar}\0{facts.revision}".encode()).hexdigest()[:20]
    reason = wish.reason or text(
        f"Áp dụng lịch làm việc {version}", f"The working calendar {version} applies"
    )
    said = {"calendar": version, "due": one.due, "reason": reason}
    by = saying.By(wish.person, wish.role, f"replan-{cause}", typed_by=person.typed_by())
    return saying.message(case, Act.REPLAN, by, said)


def _answer(calendar: WorkCalendar, found: list[Moving], saved: Saved | None, moved: int) -> None:
    screen.answer(
        {
            "kind": "calendar",
            "version": calendar.version,
            "saved": saved.value if saved else None,
            "tasks": [plain(one) for one in found],
            "moved": moved,
        }
    )
    if saved is None:
        screen.say(text("Chạy thử, chưa nhập và chưa chuyển gì.", "A dry run: nothing is taken in or moved."))
        return
    done = (
        text("Đã nhập", "Imported")
        if saved is Saved.NEW
        else text("Đã có sẵn, đang dùng", "Was there, in use")
    )
    screen.say(f"{done}: {calendar.version}", "green")
    if moved:
        screen.say(
            text(f"Đã chuyển {moved}/{len(found)} nhiệm vụ.", f"Moved {moved} of {len(found)} tasks."),
            "green",
        )
