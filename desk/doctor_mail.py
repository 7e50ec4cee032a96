"""Of `doctor`: how mail leaves the house, and which messages did not get through."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from desk import words
from desk.doctor_login import login_finding
from desk.exit import Stop
from desk.finding import Finding, stopped, well, wrong
from desk.mail import mail_from, mail_server
from desk.saying import now
from desk.secret import secret
from desk.settings import settings
from register.open import Register
from register.outbox import delivery_wakes_at, held, outbox_due
from register.troubles import counts

OVERDUE = timedelta(minutes=15)
"""After so long past its instant, nobody delivers."""
FORGOTTEN = timedelta(hours=1)
"""A notice waits for its digest, but then delivery knows when it wakes."""


async def mail_findings() -> list[Finding]:
    """Whether the way out is set and answers, and whether letters can lead to the page."""
    try:
        server = mail_server()
        mail_from()
        key = secret()
    except Stop as stop:
        return [stopped("mail", stop)]
    if server is None:
        folder = settings().outbox_folder
        return [well("mail", f"Thư được ghi vào {folder}", f"Messages are written into {folder}")]
    return [await login_finding(server), _links(key)]


def _links(key: str) -> Finding:
    page = urlsplit(settings().page_url)
    if not key or not page.hostname:
        return wrong(
            "links",
            "Thư không có liên kết tới trang web: chưa đặt DONDOC_PAGE_URL hoặc DONDOC_SECRET",
            "Letters have no links to the page: DONDOC_PAGE_URL or DONDOC_SECRET is not set",
            "đặt cả hai, cùng giá trị cho worker và trang web: DONDOC_PAGE_URL=https://… là địa chỉ người dùng mở được",
            "set both, the same for worker and page: DONDOC_PAGE_URL=https://… is where people reach the page",
        )
    if page.scheme != "https":
        return wrong(
            "links",
            f"Liên kết trong thư không được mã hóa: {settings().page_url}",
            f"The links in letters are not encrypted: {settings().page_url}",
            "đặt trang web sau một máy chủ HTTPS và ghi DONDOC_PAGE_URL=https://…",
            "put the page behind HTTPS and set DONDOC_PAGE_URL=https://…",
        )
    return well("links", f"Thư dẫn tới {settings().page_url}", f"Letters lead to {settings().page_url}")


async def message_findings(register: Register) -> list[Finding]:
    """What did not get through, what may have gone twice, and whether anybody delivers. Raises RegisterDown."""
    found = await counts(register)
    return [*_stuck(found), await _line(register), await _delivers(register)]


def _stuck(found: dict[str, int]) -> list[Finding]:
    told: list[Finding] = []
    if found["refused"]:
        told.append(
            wrong(
                "refused",
                f"{found['refused']} thư không đến được người nhận",
                f"{found['refused']} messages cannot reach their readers",
                "xem `outbox list`; sửa địa chỉ trong danh bạ, hoặc `outbox retry`",
                "see `outbox list`; mend the addresses in the directory, or `outbox retry`",
                count=found["refused"],
            )
        )
    if found["failed"]:
        told.append(
            wrong(
                "failed",
                f"{found['failed']} thư gửi chưa được, đang tự thử lại",
                f"{found['failed']} messages failed and are being tried again",
                "xem lý do ở `outbox list`",
                "see why in `outbox list`",
                count=found["failed"],
            )
        )
    if not told:
        told.append(well("messages", "Không có thư nào bị kẹt", "No message is stuck"))
    if found["repeated"]:
        times = found["repeated"]
        told.append(
            well(
                "repeated",
                f"{times} lần thư có thể đã đi hai lần do mất điện hoặc đứt đường truyền (cùng một Message-ID)",
                f"{times} times a message may have gone twice, after a crash or a dropped line (the same Message-ID)",
                count=times,
            )
        )
    return told


async def _line(register: Register) -> Finding:
    until, failures = await held(register)
    if not failures or until is None:
        return well("line", "Đường gửi thư thông", "Messages are being taken")
    at = words.moment(until)
    return wrong(
        "line",
        f"Đường gửi thư không nhận thư, {failures} lượt liền; lượt tới lúc {at}",
        f"Nothing is taken, {failures} rounds in a row; the next one at {at}",
        "xem lý do ở `outbox list`, sửa máy chủ thư hoặc chỗ ghi, rồi `outbox retry all`",
        "see why in `outbox list`, mend the mail server or the folder, then `outbox retry all`",
        failures=failures,
    )


def _ago(instant: datetime) -> timedelta:
    """How long an instant of the office has passed by the wall: a folder for trying out has a faster clock."""
    return datetime.now(UTC) - settings().clock.engine(instant)


async def _delivers(register: Register) -> Finding:
    at, waits = await delivery_wakes_at(register), await outbox_due(register)
    late = (at is not None and _ago(at) > OVERDUE) or (
        at is None and waits is not None and _ago(waits) > FORGOTTEN
    )
    if not late:
        return well("delivery", "Việc gửi thông báo đúng giờ", "Delivery is on time")
    since = words.moment(at or waits or now())
    return wrong(
        "delivery",
        f"Thông báo đáng lẽ đi từ {since} vẫn chưa được gửi",
        f"Notices have been due since {since} and nobody delivers",
        "kiểm tra worker và máy chủ Temporal ở dưới; khởi động lại `make up` hoặc worker",
        "see worker and engine below; start `make up` or the worker again",
    )
