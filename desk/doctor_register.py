"""Of `doctor`: the data folder, the register, the directory in force."""

import os
from datetime import date
from pathlib import Path

from desk.exit import Stop
from desk.finding import Finding, stopped, well, wrong
from desk.office import directory_in_use, look_for_file
from desk.saying import now
from desk.settings import settings
from directive.directory import Directory, Unit
from directive.due import local_day
from register.migrate import is_current
from register.open import Register

SHOWN = 10


def folder_findings() -> list[Finding]:
    """Whether what has to be written can be written."""
    chosen = settings()
    folders = {"data": chosen.data, "files": chosen.files_folder}
    if not chosen.smtp_url:
        folders["outbox"] = chosen.outbox_folder
    closed = [folder for folder in folders.values() if not _writable(folder)]
    if not closed:
        return [
            well(
                "folders",
                f"Thư mục dữ liệu ghi được: {chosen.data}",
                f"Folders can be written: {chosen.data}",
            )
        ]
    named = ", ".join(str(one) for one in closed)
    return [
        wrong(
            "folders",
            f"Không ghi được vào {named}",
            f"{named} cannot be written",
            "cấp quyền ghi cho người chạy dịch vụ, hoặc đặt DONDOC_DATA, DONDOC_OUTBOX tới chỗ khác",
            "let the service's user write there, or set DONDOC_DATA, DONDOC_OUTBOX to another place",
            folders=[str(one) for one in closed],
        )
    ]


def _writable(folder: Path) -> bool:
    """Whether files can be made in the folder, or it could itself be made."""
    there = next(one for one in (folder, *folder.resolve().parents) if one.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


async def register_findings(register: Register) -> list[Finding]:
    """Whether the register can be read, and by this release; whom its directory cannot reach. Raises RegisterDown."""
    try:
        look_for_file()
    except Stop as stop:
        return [stopped("register", stop)]
    if not await is_current(register):
        return [
            wrong(
                "register",
                "Sổ theo dõi có dạng của bản phần mềm khác",
                "The register has the form of another release",
                "sao lưu, rồi khởi động lại worker (hoặc `make up`): sổ được nâng cấp khi khởi động",
                "back it up, then start the worker (or `make up`) again: it brings the register up to date",
            )
        ]
    found = [well("register", "Sổ theo dõi mở được, đúng phiên bản", "The register opens and is up to date")]
    try:
        directory = await directory_in_use(register)
    except Stop as stop:
        return [*found, stopped("directory", stop)]
    return [*found, _addresses(directory, local_day(now()))]


def _addresses(directory: Directory, today: date) -> Finding:
    """Whether everybody who holds a role can be written to."""
    people = {code for unit in directory.units for code in _people_of(unit, today)}
    mute = sorted(code for code in people if code and not _address(directory, code))
    if not mute:
        return well(
            "directory",
            f"Danh bạ {directory.version}: {len(people)} người giữ vai trò đều có địa chỉ thư",
            f"Directory {directory.version}: all {len(people)} people with a role have an address",
        )
    named = ", ".join(mute[:SHOWN]) + (" …" if len(mute) > SHOWN else "")
    return wrong(
        "directory",
        f"{len(mute)} người giữ vai trò chưa có địa chỉ thư: {named}",
        f"{len(mute)} people with a role have no mail address: {named}",
        "ghi email cho họ trong tệp danh bạ, rồi `directory import FILE`",
        "write their addresses into the directory file, then `directory import FILE`",
        people=mute,
    )


def _people_of(unit: Unit, today: date) -> set[str]:
    acting = {one.person for one in unit.acting if one.covers(today)}
    return {unit.head, *acting, *unit.officers, *unit.approvers, *unit.leadership, *unit.assigners} - {""}


def _address(directory: Directory, code: str) -> str:
    person = directory.person_by_id.get(code)
    return person.email if person else ""
