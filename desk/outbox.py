"""`outbox`: the messages that did not get through, and sending them again."""

from desk import person, screen, words
from desk.exit import Stop, bad_input
from desk.language import text
from desk.office import directory_in_use, with_register
from desk.waking import wake_delivery
from directive.directory import Directory
from register.open import Register
from register.outbox import hold
from register.sending import try_again
from register.troubles import Trouble, named, troubles

MOST = 200
ALL = "all"


def show() -> None:
    """List what failed, was refused or may have gone out twice. Raises Stop."""

    async def work(register: Register) -> tuple[list[Trouble], Directory]:
        try:
            directory = await directory_in_use(register)
        except Stop:
            directory = Directory(version="", units=(), people=())
        return await troubles(register, MOST), directory

    found, directory = with_register(work)
    screen.answer([one.model_dump(mode="json") for one in found])
    if not found:
        screen.say(text("Mọi thư đều đã đi.", "Every message got through."))
        return
    names = person.namer(directory)
    columns = [
        text("Thư", "Message"),
        text("Người nhận", "Reader"),
        text("Tiêu đề", "Subject"),
        text("Tình trạng", "How it stands"),
    ]
    screen.table(columns, [[one.id, names(one.person), one.subject, standing(one)] for one in found])
    screen.say(
        text(
            "Sửa địa chỉ trong danh bạ thì thư tự gửi lại; hoặc `outbox retry ID` (`outbox retry all`: tất cả).",
            "A new address in the directory sends them by itself; or `outbox retry ID` (`all`: every one).",
        )
    )


def standing(one: Trouble) -> str:
    """How a message stands, in words."""
    told = one.error or "—"
    if one.status == "refused":
        to = f" ({one.refused_to})" if one.refused_to else ""
        return text(f"không gửi được{to}: {told}", f"refused{to}: {told}")
    if one.status == "failed":
        at = words.moment(one.retry_at) if one.retry_at else text("lượt tới", "the next round")
        return text(
            f"đã thử {one.attempts} lần: {told}; thử lại {at}",
            f"tried {one.attempts} times: {told}; again {at}",
        )
    return text(f"đã gửi; có thể đến {one.repeats + 1} lần", f"sent; may have come {one.repeats + 1} times")


def retry(message: str) -> None:
    """Send a message again now, or `all` of them. Raises Stop where there is none."""
    from desk.engine import connect

    async def work(register: Register) -> tuple[int, Stop | None]:
        found = await named(register, "" if message == ALL else message)
        if not found or (len(found) > 1 and message != ALL and message not in found):
            raise _which(message, len(found))
        wanted = [message] if message in found else found
        tried = await try_again(register, wanted)
        await hold(register, None, 0)  # whoever asks has mended the line
        try:
            await wake_delivery(connect)
        except Stop as stop:
            return tried, stop
        return tried, None

    tried, asleep = with_register(work)
    screen.answer({"retried": tried, "now": asleep is None})
    screen.say(text(f"Gửi lại {tried} thư.", f"Sending {tried} messages again."), "green")
    if asleep:
        screen.say(
            text("Máy chủ chưa chạy; thư sẽ đi khi worker chạy lại.", "They go out once the worker runs."),
            "yellow",
        )


def _which(typed: str, count: int) -> Stop:
    vi = f"{count} thư có mã bắt đầu bằng «{typed}»" if count else f"không có thư nào bị kẹt có mã «{typed}»"
    en = (
        f"{count} messages begin with «{typed}»"
        if count
        else f"no message that is stuck has the id «{typed}»"
    )
    return bad_input(vi, en, "xem `outbox list`", "see `outbox list`", kind="unknown_message")
