"""`doctor`: what is wrong with this installation, and the remedy for each."""

import asyncio
from collections.abc import Callable, Sequence

from sqlalchemy.exc import ArgumentError

from desk import screen
from desk.doctor_clock import database_clock
from desk.doctor_engine import engine_findings
from desk.doctor_files import file_findings
from desk.doctor_hooks import hook_findings
from desk.doctor_lock import BUSY_MS, lock_findings
from desk.doctor_mail import mail_findings, message_findings
from desk.doctor_owed import owed, owed_finding
from desk.doctor_register import folder_findings, register_findings
from desk.doctor_room import room_findings
from desk.exit import Code, Stop
from desk.finding import Finding, stopped, wrong
from desk.language import text
from desk.logs import begin
from desk.office import bad_url
from desk.out_of_reach import out_of_reach
from desk.restored import settled_first
from desk.settings import settings
from register.open import Register, RegisterDown


def doctor() -> None:
    """Look at everything and tell it. Raises Stop with what is wrong, where something is."""
    begin()
    found = asyncio.run(examine())
    _tell(found)
    ill = [one for one in found if not one.well]
    if ill:
        raise Stop(
            Code.REFUSED,
            f"{len(ill)} điều cần xử lý",
            f"{len(ill)} things to mend",
            "làm theo cách xử lý ghi ở từng điều, rồi chạy lại `doctor`",
            "do what stands beside each, then run `doctor` again",
            kind="not_well",
            detail={"findings": [one.told() for one in found]},
        )
    screen.answer({"findings": [one.told() for one in found]})
    screen.say(text("Mọi thứ đều ổn.", "All is well."), "green")


async def examine() -> list[Finding]:
    """Everything there is to find, in the order in which to mend it."""
    in_register, tasks = await _in_the_register()
    disks = [*_read(folder_findings), *_read(room_findings), *_read(restoration_findings)]
    found = [*disks, *in_register]
    return [*found, *await mail_findings(), *await engine_findings(tasks)]


def _read(look: Callable[[], list[Finding]]) -> list[Finding]:
    """What a look finds; a disk that fails must not hide what else there is to find."""
    try:
        return look()
    except OSError as error:
        return [
            wrong(
                "disk",
                f"Không đọc được thư mục dữ liệu: {error}",
                f"The data folder cannot be read: {error}",
                "kiểm tra ổ đĩa và quyền của thư mục; sao lưu ngay những gì còn đọc được",
                "see to the disk and the folder's permissions; back up at once what can still be read",
            )
        ]


def restoration_findings() -> list[Finding]:
    """Whether something was restored that nobody has settled."""
    try:
        settled_first(settings())
    except Stop as stop:
        return [stopped("restored", stop)]
    return []


async def _in_the_register() -> tuple[list[Finding], Sequence[str]]:
    """What the register tells, and the tasks whose marks it waits for."""
    try:
        register = Register.open(settings().register_address, busy_ms=BUSY_MS)
    except (ValueError, ArgumentError):
        return [stopped("register", bad_url())], ()
    try:
        found = await register_findings(register)
        if not found[0].well:
            return found, ()
        found += [*await lock_findings(register), *await database_clock(register)]
        waits_for = await owed(register)
        found += [owed_finding(waits_for), *await message_findings(register), *await hook_findings(register)]
        return [*found, *await file_findings(register)], waits_for.tasks
    except RegisterDown as error:
        return [stopped("register", out_of_reach(error))], ()
    finally:
        await register.close()


def _tell(found: list[Finding]) -> None:
    for one in found:
        screen.say(f"{'✓' if one.well else '✗'} {one.said}", "" if one.well else "bold red")
        if one.remedy:
            screen.say(f"    → {one.remedy}")
