"""Sessions and the audit at the command line: who is signed in, ended at once, and who did what."""

from datetime import UTC, datetime

from desk import screen, words
from desk.language import text
from desk.office import directory_in_use, with_register
from desk.person import known, namer, typed_by
from desk.saying import now as office_now
from register.audit import Entry, audited, note
from register.open import Register
from register.sessions import Session, end_sessions, sessions_of


def show(person: str) -> None:
    """Where a person is signed in. Raises Stop."""

    async def work(register: Register) -> list[Session]:
        found = known(await directory_in_use(register), person)
        return await sessions_of(register, found, datetime.now(UTC))

    rows = with_register(work)
    screen.answer([{**row._asdict(), "id": row.id[:12]} for row in rows])
    if not rows:
        screen.say(text("Không có phiên đăng nhập nào đang mở.", "No open session."))
        return
    columns = [text("Phiên", "Session"), text("Cách", "By"), text("Từ", "Since"), text("Đến", "Until")]
    cells = [[row.id[:12], row.way, words.moment(row.made_at), words.moment(row.ends_at)] for row in rows]
    screen.table(columns, cells)


def end(person: str) -> None:
    """End all sessions of a person, and the sign-in links on their way. Raises Stop."""

    async def work(register: Register) -> int:
        found = known(await directory_in_use(register), person)
        count = await end_sessions(register, found, datetime.now(UTC))
        who = {"person": found, "sessions": count}
        await note(register, at=office_now(), person=typed_by(), way="cli", did="end_sessions", detail=who)
        return count

    count = with_register(work)
    screen.answer({"person": person, "ended": count})
    screen.say(
        text(f"Đã kết thúc {count} phiên của {person}.", f"Ended {count} sessions of {person}."), "green"
    )


def audit(person: str, limit: int) -> None:
    """Who did what by the page and the command line, the newest first. Raises Stop."""

    async def work(register: Register) -> tuple[list[Entry], words.Names]:
        lines = await audited(register, person=person, limit=limit)
        return lines, namer(await directory_in_use(register))

    lines, names = with_register(work)
    screen.answer([line._asdict() for line in lines])
    if not lines:
        screen.say(text("Nhật ký chưa có gì.", "Nothing was audited yet."))
        return
    columns = [
        text("Lúc", "At"),
        text("Ai", "Who"),
        text("Qua", "By"),
        text("Việc", "Did"),
        text("Kết quả", "Result"),
        text("Nhiệm vụ", "Task"),
    ]
    cells = [
        [words.moment(one.at), names(one.person) or "—", one.way, one.did, one.result, one.task or "—"]
        for one in lines
    ]
    screen.table(columns, cells)
