"""The register as a door opens it: one event loop, one open register, one word when it cannot be reached."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy.exc import ArgumentError

from desk.exit import Code, Stop
from desk.logs import begin
from desk.out_of_reach import out_of_reach
from desk.settings import settings
from directive.calendar import WorkCalendar
from directive.directory import Directory
from register.calendars import shipped_calendar
from register.open import Register, RegisterDown
from register.plans import NotRecorded, VersionDiffers, current_calendar, current_directory

T = TypeVar("T")


def with_register(work: Callable[[Register], Awaitable[T]], *, may_make: bool = False) -> T:
    """Run `work` with the register open. With `may_make` the work itself calls `make` before it writes.

    Raises Stop where it cannot be reached or was never made.
    """

    async def whole() -> T:
        try:
            register = Register.open(settings().register_address)
        except (ValueError, ArgumentError) as error:
            raise bad_url() from error
        try:
            return await work(register)
        except RegisterDown as error:
            raise out_of_reach(error) from error
        finally:
            await register.close()

    if not may_make:
        look_for_file()
    begin()
    return asyncio.run(whole())


async def make(register: Register) -> None:
    """Make the register, or bring it to this release's form. Raises RegisterDown."""
    file = settings().register_database
    if file is not None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RegisterDown(f"{file.parent}: {error.strerror}") from error
    await register.migrate()


def register_exists() -> bool:
    """Whether there is a register to read; one that is not a file of ours is taken to be there."""
    file = settings().register_database
    return file is None or file.exists()


def look_for_file() -> None:
    """Raises Stop where the register is a file that is not there."""
    file = settings().register_database
    if file is None or file.exists():
        return
    raise Stop(
        Code.UNREACHABLE,
        f"chưa có sổ theo dõi ở {file}",
        f"there is no register at {file}",
        "chạy `make up`, hoặc đặt DONDOC_DATA hay DONDOC_REGISTER_URL cho đúng chỗ",
        "run `make up`, or set DONDOC_DATA or DONDOC_REGISTER_URL to where it is",
        kind="no_register",
    )


async def directory_in_use(register: Register) -> Directory:
    """The directory in force. Raises Stop where none was imported."""
    try:
        return await current_directory(register)
    except NotRecorded as error:
        raise Stop(
            Code.USAGE,
            "chưa có danh bạ nào được nhập",
            "no directory has been imported",
            "nhập bằng `directory import FILE` (hoặc giao một kế hoạch có directory.yaml bên cạnh)",
            "import one with `directory import FILE` (or assign a plan with directory.yaml beside it)",
            kind="no_directory",
        ) from error


async def calendar_in_use(register: Register) -> WorkCalendar:
    """The calendar in force, which the shipped one is until an office imports its own."""
    try:
        return await current_calendar(register)
    except NotRecorded:
        return shipped_calendar()


def bad_url() -> Stop:
    """What to say where the address is none of a register."""
    return Stop(
        Code.USAGE,
        "DONDOC_REGISTER_URL không phải địa chỉ của một sổ theo dõi",
        "DONDOC_REGISTER_URL is not the address of a register",
        "viết như sqlite+aiosqlite:///var/register.db hoặc postgresql+psycopg://…",
        "write it as sqlite+aiosqlite:///var/register.db or postgresql+psycopg://…",
        kind="bad_register_url",
    )


def version_differs(error: VersionDiffers) -> Stop:
    """A file whose version is in the register with other content."""
    return Stop(
        Code.USAGE,
        f"bản «{error.version}» đã có trong sổ theo dõi với nội dung khác",
        f"the version «{error.version}» is in the register with other content",
        "đổi `version:` trong tệp thành tên mới (bản cũ được giữ nguyên)",
        "give the file a new `version:` (the old one stays as it is)",
        kind="version_differs",
        detail={"version": error.version},
    )
