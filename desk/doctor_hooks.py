"""Of `doctor`: webhooks whose receivers take nothing, and events that were given up."""

from datetime import UTC, datetime, timedelta

from desk import words
from desk.finding import Finding, well, wrong
from desk.settings import settings
from desk.wording.webhooks import said
from register.hooks import HookStanding, hook_standings
from register.open import Register

FORGOTTEN = timedelta(hours=1)
"""By the wall: an endpoint that answers takes an event within seconds."""


async def hook_findings(register: Register) -> list[Finding]:
    """One for each webhook in use that fails or has given events up. Raises RegisterDown."""
    used = [one for one in await hook_standings(register) if one.hook.stopped_at is None]
    ill = [_ill(one) for one in used if one.hook.failures or one.refused]
    ill += [_forgotten(one) for one in used if not one.hook.failures and _waits_too_long(one)]
    if not used or ill:
        return ill
    return [well("webhooks", f"{len(used)} webhook nhận sự kiện", f"{len(used)} webhooks take their events")]


def _waits_too_long(one: HookStanding) -> bool:
    """Not one that was refused, and is tried again hours later."""
    oldest = None if one.error else one.oldest
    return oldest is not None and oldest < settings().clock.office(datetime.now(UTC) - FORGOTTEN)


def _forgotten(one: HookStanding) -> Finding:
    name, since = one.hook.name, words.moment(one.oldest) if one.oldest else "—"
    return wrong(
        "webhook",
        f"Webhook {name}: {one.waiting} sự kiện chờ từ {since} mà không ai gửi",
        f"The webhook {name}: {one.waiting} events wait since {since} and nobody posts them",
        f"xem worker và máy chủ Temporal ở dưới; khởi động lại worker, hoặc `webhook test {name}`",
        f"see worker and engine below; start the worker again, or `webhook test {name}`",
        name=name,
        waiting=one.waiting,
    )


def _ill(one: HookStanding) -> Finding:
    name, counted = (
        one.hook.name,
        {"waiting": one.waiting, "given_up": one.refused, "failures": one.hook.failures},
    )
    why = f" ({said(one.error, name)})" if one.error else ""
    if one.hook.failures:
        since = words.moment(one.oldest) if one.oldest else "—"
        return wrong(
            "webhook",
            f"Webhook {name} không nhận, {one.hook.failures} lượt liền{why}; {one.waiting} sự kiện chờ từ {since}",
            f"The webhook {name} takes nothing, {one.hook.failures} times in a row{why}; "
            f"{one.waiting} events wait since {since}",
            f"sửa hệ thống nhận hoặc địa chỉ, thử bằng `webhook test {name}`; sự kiện chờ tự gửi lại",
            f"mend the receiver or its address, try it with `webhook test {name}`; what waits is sent by itself",
            name=name,
            **counted,
        )
    return wrong(
        "webhook",
        f"Webhook {name}: {one.refused} sự kiện không gửi được sau nhiều lần thử",
        f"The webhook {name}: {one.refused} events were given up",
        f"xem `webhook list`, sửa hệ thống nhận, rồi `webhook retry {name}`",
        f"see `webhook list`, mend the receiver, then `webhook retry {name}`",
        name=name,
        **counted,
    )
