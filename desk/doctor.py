"""`doctor`: what is wrong with this installation, and the remedy for each."""

import asyncio

from sqlalchemy.exc import ArgumentError

from desk import screen
from desk.doctor_engine import engine_findings
from desk.doctor_files import file_findings
from desk.doctor_mail import mail_findings, message_findings
from desk.doctor_register import folder_findings, register_findings
from desk.exit import Code, Stop
from desk.finding import Finding, stopped
from desk.language import text
from desk.logs import begin
from desk.office import bad_url, register_down
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
    found = [*folder_findings(), *restoration_findings(), *await _in_the_register()]
    return [*found, *await mail_findings(), *await engine_findings()]


def restoration_findings() -> list[Finding]:
    """Whether something was restored that nobody has settled."""
    try:
        settled_first(settings())
    except Stop as stop:
        return [stopped("restored", stop)]
    return []


async def _in_the_register() -> list[Finding]:
    try:
        register = Register.open(settings().register_address)
    except (ValueError, ArgumentError):
        return [stopped("register", bad_url())]
    try:
        found = await register_findings(register)
        if found[0].well:
            found += [*await message_findings(register), *await file_findings(register)]
        return found
    except RegisterDown as error:
        return [stopped("register", register_down(str(error)))]
    finally:
        await register.close()


def _tell(found: list[Finding]) -> None:
    for one in found:
        screen.say(f"{'✓' if one.well else '✗'} {one.said}", "" if one.well else "bold red")
        if one.remedy:
            screen.say(f"    → {one.remedy}")
