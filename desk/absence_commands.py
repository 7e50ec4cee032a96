"""`absence add`, `list` and `withdraw`: what an administrator types, told in words and written into the audit."""

from desk import absences, screen, typed, words
from desk.absences import Hand, Wish
from desk.language import text
from desk.office import directory_in_use, with_register
from desk.person import known, namer, typed_by
from desk.saying import now
from directive.directory import Directory
from directive.due import local_day
from register.absences import AbsenceRow, absences_from
from register.audit import note
from register.open import Register


def add(person: str, first: str, last: str, delegate: str, by: str, reason: str) -> None:
    """Enter an absence. Raises Stop."""
    wish = Wish(person, typed.day(first), typed.day(last), delegate, reason)

    async def work(register: Register) -> None:
        directory = await directory_in_use(register)
        entered = await absences.enter(register, wish, _hand(directory, by), now())
        await _note(register, "absence_add", entered.row)
        alone = [one.model_dump(mode="json") for one in entered.left_alone]
        screen.answer({"absence": entered.row, "left_alone": alone})
        screen.say(f"{text('Đã ghi', 'Recorded')}: {_line(entered.row, directory)}", "green")
        for one in entered.left_alone:
            named = namer(directory)(one.person)
            days = f"{words.day(one.start)}–{words.day(one.end)}"
            screen.say(
                text(
                    f"Lưu ý: trong thời gian đó không ai nhận thay {named} ({days}).",
                    f"Note: on those days nobody stands in for {named} ({days}).",
                ),
                "yellow",
            )

    with_register(work)


def listed() -> None:
    """Tell the absences now and ahead. Raises Stop."""

    async def work(register: Register) -> None:
        directory = await directory_in_use(register)
        rows = await absences_from(register, local_day(now()))
        screen.answer(
            {"absences": rows, "in_directory": [one.model_dump(mode="json") for one in directory.absences]}
        )
        for row in rows:
            screen.say(_line(row, directory))
        if not rows:
            screen.say(text("Không có ai ghi vắng mặt.", "Nobody has entered an absence."))

    with_register(work)


def withdraw(name: str, by: str) -> None:
    """End an absence from today on. Raises Stop."""

    async def work(register: Register) -> None:
        directory = await directory_in_use(register)
        row = await absences.withdraw(register, name, _hand(directory, by), now())
        await _note(register, "absence_withdraw", row)
        screen.answer({"absence": row})
        screen.say(f"{text('Đã rút', 'Withdrawn')}: {_line(row, directory)}", "green")

    with_register(work)


def _hand(directory: Directory, by: str) -> Hand:
    """The person named with `--as`, else the administrator at the keyboard."""
    return Hand(known(directory, by)) if by else Hand(typed_by(), administers=True)


async def _note(register: Register, did: str, row: AbsenceRow) -> None:
    detail = {"absence": row.id, "of": row.person, "delegate": row.delegate}
    await note(register, at=now(), person=typed_by(), way="cli", did=did, detail=detail)


def _line(row: AbsenceRow, directory: Directory) -> str:
    names = namer(directory)
    said = f"{names(row.person)}: {words.day(row.first)}–{words.day(row.last)}, " + text(
        f"{names(row.delegate)} nhận thay", f"{names(row.delegate)} stands in"
    )
    if row.withdrawn_at:
        said += text(
            f", rút lúc {words.moment(row.withdrawn_at)}", f", withdrawn {words.moment(row.withdrawn_at)}"
        )
    return f"{said}  [{row.id}]"
