"""Office data at the door: the directory checked, taken in and shown; the calendar shown."""

from pathlib import Path

from desk import screen, sources, words
from desk.files import read_text
from desk.language import lang, text
from desk.office import (
    calendar_in_use,
    directory_in_use,
    make,
    register_exists,
    version_differs,
    with_register,
)
from directive.calendar_days import DayKind
from directive.directory import Directory, Unit
from letters.directory_file import load_directory
from register.calendars import shipped_calendar
from register.open import Register
from register.plans import Saved, VersionDiffers, save_directory

_DAYS = {
    DayKind.HOLIDAY: ("nghỉ lễ", "holiday"),
    DayKind.IN_LIEU: ("nghỉ bù", "day in lieu"),
    DayKind.SWAP_OFF: ("nghỉ hoán đổi", "swapped off"),
    DayKind.SWAP_WORKED: ("làm bù", "worked in exchange"),
}


def import_directory(file: Path) -> None:
    """Take a directory in and use it from now on. Raises Stop."""
    directory = sources.directory_in(file)

    async def work(register: Register) -> Saved:
        await make(register)
        try:
            return await save_directory(register, directory)
        except VersionDiffers as error:
            raise version_differs(error) from error

    saved = with_register(work, may_make=True)
    _tell_saved("directory", directory.version, saved)
    screen.say(_counts(directory))


def check_directory(file: Path | None) -> None:
    """Check a directory file, or list the one in use. Raises Stop."""
    if file is None:
        _show_directory(with_register(directory_in_use))
        return
    directory, problems = load_directory(read_text(file))
    if directory is None:
        raise sources.wrong(file, problems)
    sources.report(file, problems)
    screen.say(_counts(directory))


def _show_directory(directory: Directory) -> None:
    screen.answer(directory.model_dump(mode="json"))
    screen.say(f"{directory.version}: {_counts(directory)}", "bold")
    columns = [
        text("Đơn vị", "Unit"),
        text("Tên", "Name"),
        text("Người đứng đầu", "Head"),
        text("Đầu mối", "Officers"),
    ]
    rows = [[unit.code, unit.name, _heads(unit), ", ".join(unit.officers) or "—"] for unit in directory.units]
    screen.table(columns, rows)


def _heads(unit: Unit) -> str:
    """The head, and who acts as head from when until when."""
    heads = [unit.head] if unit.head else []
    for one in unit.acting:
        ends = words.day(one.end) if one.end else "…"
        heads.append(f"{one.person} ({text('phụ trách', 'acting')} {words.day(one.start)}–{ends})")
    return ", ".join(heads) or "—"


def _counts(directory: Directory) -> str:
    units, groups, people, away = (
        len(part) for part in (directory.units, directory.groups, directory.people, directory.absences)
    )
    return text(
        f"{units} đơn vị, {groups} nhóm, {people} người, {away} lượt vắng mặt.",
        f"{units} units, {groups} groups, {people} people, {away} absences.",
    )


def show_calendar(year: int | None) -> None:
    """The calendar in use: each announced day with its source. Raises Stop."""
    calendar = with_register(calendar_in_use) if register_exists() else shipped_calendar()
    days = [day for day in calendar.days if year in (None, day.day.year)]
    screen.answer({**calendar.model_dump(mode="json"), "days": [day.model_dump(mode="json") for day in days]})
    screen.say(f"{calendar.version}", "bold")
    if not days:
        screen.say(text("Không có ngày đặc biệt.", "No announced days."))
        return
    columns = [text("Ngày", "Day"), text("Loại", "Kind"), text("Tên", "Name"), text("Nguồn", "Source")]
    rows = []
    for day in days:
        doubt = "" if day.confirmed else text(" (dự kiến)", " (provisional)")
        kind = _DAYS[day.kind][0 if lang() == "vi" else 1]
        rows.append([f"{day.day:%d/%m/%Y}", kind + doubt, day.name, day.source])
    screen.table(columns, rows)


def _tell_saved(kind: str, version: str, saved: Saved) -> None:
    screen.answer({"kind": kind, "version": version, "saved": saved.value})
    said = (
        text("Đã nhập", "Imported")
        if saved is Saved.NEW
        else text("Đã có sẵn, đang dùng", "Was there, in use")
    )
    screen.say(f"{said}: {version}", "green")
