"""Webhooks at the door: added, listed with what became of their events, removed."""

from collections.abc import Sequence

from desk import screen, webhook_input, words
from desk.exit import Code, Stop, bad_input
from desk.language import lang, text
from desk.office import make, with_register
from desk.saying import now
from desk.secret import new_webhook_secret, webhook_secret, webhook_variable
from desk.wording.events import EVENTS
from desk.wording.webhooks import said
from directive.event import EventKind
from register.hooks import (
    Added,
    Hook,
    HookDiffers,
    HookStanding,
    NoSuchHook,
    add_hook,
    hook_standings,
    remove_hook,
)
from register.open import Register


def add(name: str, url: str, kinds: Sequence[str]) -> None:
    """Send events to `url` from now on. Raises Stop."""
    name, url, chosen = webhook_input.name(name), webhook_input.address(url), webhook_input.kinds(kinds)

    async def work(register: Register) -> Added:
        await make(register)
        try:
            return await add_hook(register, name, url, chosen, now())
        except HookDiffers as error:
            raise _differs(error.hook) from error

    added = with_register(work, may_make=True)
    variable = webhook_variable(name)
    fresh = "" if added is Added.SAME or webhook_secret(name) else new_webhook_secret()
    told = {"name": name, "url": url, "kinds": chosen, "added": added, "variable": variable, "secret": fresh}
    screen.answer(told)
    if added is Added.SAME:
        screen.say(text(f"Đã có sẵn: {name}", f"Was there already: {name}"), "green")
        return
    screen.say(text(f"Đã thêm webhook {name}: {url}", f"Added the webhook {name}: {url}"), "green")
    _tell_next(name, variable, fresh)


def _tell_next(name: str, variable: str, fresh: str) -> None:
    if fresh:
        vi = "Đặt biến này cho worker, và cùng khóa cho hệ thống nhận (không lưu ở đâu, chỉ hiện một lần):"
        en = "Set this for the worker, and the same for the receiving system (kept nowhere, shown once):"
        screen.say(text(vi, en))
        screen.say(f"  {variable}={fresh}")
    screen.say(text(f"Rồi thử: webhook test {name}", f"Then try it: webhook test {name}"))


def show() -> None:
    """List the webhooks, and what could not be sent. Raises Stop."""
    found = with_register(hook_standings)
    screen.answer([one.model_dump(mode="json") for one in found])
    if not found:
        screen.say(text("Chưa có webhook nào.", "There are no webhooks."))
        return
    columns = [
        text("Tên", "Name"),
        text("Địa chỉ", "Address"),
        text("Chờ", "Waiting"),
        text("Đã gửi", "Sent"),
        text("Bỏ", "Given up"),
        text("Tình trạng", "Standing"),
    ]
    screen.table(columns, [_row(one) for one in found])
    for one in found:
        _tell_given_up(one)


def _row(one: HookStanding) -> list[str]:
    numbers = [str(count) for count in (one.waiting, one.sent, one.refused)]
    return [one.hook.name, one.hook.url, *numbers, _standing(one)]


def _standing(one: HookStanding) -> str:
    hook = one.hook
    if hook.stopped_at:
        return text("đã bỏ lúc ", "removed at ") + words.moment(hook.stopped_at)
    told = [said(one.error, hook.name)] if one.error else []
    if hook.quiet_until and hook.quiet_until > now():
        told.append(text("thử lại lúc ", "tried again at ") + words.moment(hook.quiet_until))
    if one.oldest:
        told.append(text("chờ từ ", "waiting since ") + words.moment(one.oldest))
    return "; ".join(told) or text("đang dùng", "in use")


def _tell_given_up(one: HookStanding) -> None:
    if not one.refused:
        return
    name = one.hook.name
    screen.say()
    screen.say(text(f"Không gửi được tới {name}:", f"Given up for {name}:"), "bold")
    columns = [text("Nhiệm vụ", "Task"), text("Sự kiện", "Event"), text("Từ", "Since"), text("Lý do", "Why")]
    rows = [
        [gone.task, _kind(gone.kind), words.moment(gone.since), said(gone.error, name)]
        for gone in one.given_up
    ]
    screen.table(columns, rows)
    more = one.refused - len(rows)
    if more:
        screen.say(text(f"… và {more} sự kiện nữa.", f"… and {more} more."))
    screen.say(text(f"Gửi lại: webhook retry {name}", f"Send them anew: webhook retry {name}"))


def _kind(kind: EventKind) -> str:
    return EVENTS[kind][0 if lang() == "vi" else 1]


def remove(name: str) -> None:
    """Send nothing more to it; what waits is given up. Raises Stop."""

    async def work(register: Register) -> int:
        try:
            return await remove_hook(register, name, now())
        except NoSuchHook as error:
            raise unknown(name) from error

    waited = with_register(work)
    screen.answer({"name": name, "given_up": waited})
    screen.say(text(f"Đã bỏ webhook {name}.", f"Removed the webhook {name}."), "green")
    if waited:
        vi = f"{waited} sự kiện đang chờ không được gửi; thêm lại rồi `webhook retry {name}` thì gửi."
        en = f"{waited} waiting events are not sent; add it again and `webhook retry {name}` sends them."
        screen.say(text(vi, en))


def unknown(name: str) -> Stop:
    """There is no such webhook in use."""
    return bad_input(
        f"không có webhook «{name}»",
        f"there is no webhook «{name}»",
        "xem `webhook list`; thêm bằng `webhook add`",
        "see `webhook list`; add one with `webhook add`",
        kind="unknown_webhook",
    )


def _differs(held: Hook) -> Stop:
    kinds = ", ".join(held.kinds)
    return Stop(
        Code.REFUSED,
        f"webhook «{held.name}» đang gửi tới {held.url} ({kinds or 'mọi sự kiện'})",
        f"the webhook «{held.name}» goes to {held.url} ({kinds or 'all events'})",
        f"chọn tên khác, hoặc bỏ nó trước: `webhook remove {held.name}`",
        f"choose another name, or remove it first: `webhook remove {held.name}`",
        kind="webhook_differs",
        detail={"name": held.name, "url": held.url, "kinds": list(held.kinds)},
    )
