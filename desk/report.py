"""A report as every door makes and sends it; once sent, it stays as it was."""

from datetime import datetime

from desk import words
from desk.exit import Code, Stop, bad_input
from desk.office import directory_in_use
from desk.report_file import Frozen
from directive.directory import Directory
from directive.value import kept
from register.offices import Offices, offices
from register.open import Register
from register.plans import NotRecorded, Saved
from register.report import Report, draw
from register.sent_reports import Letters, NamesNone, SentReport, send, sent, untold
from register.summary import Period


def office_of(directory: Directory, works: Offices, who: str = "") -> str:
    """The monitoring office whose report it is: the one the person works in, else the first; empty where none is."""
    monitoring = [one for one in directory.units if one.code in (set(directory.monitoring) or works.monitors)]
    own = [one.code for one in monitoring if who and who in (one.head, *one.officers, *one.leadership)]
    return next(iter((*own, *(one.code for one in monitoring))), "")


async def drawn(
    register: Register,
    period: Period,
    now: datetime,
    *,
    directive: str = "",
    units: tuple[str, ...] | None = None,
    who: str = "",
) -> Report:
    """The report of a period as it stands `now` (UTC). Raises Stop for a period that has not begun."""
    if period.begins and period.begins > now:
        raise bad_input(
            "kỳ báo cáo này chưa bắt đầu",
            "this period has not begun",
            "chọn kỳ khác",
            "choose another period",
            kind="bad_period",
        )
    directory = await directory_in_use(register)
    office = office_of(directory, await offices(register), who)
    return await draw(register, period, now, directive=directive, units=units, office=office)


async def freeze(
    register: Register,
    report: Report,
    who: str,
    way: str,
    now: datetime,
    *,
    replaces: str = "",
    reason: str = "",
    letters: Letters = untold,
) -> tuple[SentReport, bool]:
    """Send a report: from now on it stays as it is. True where it is new, False where it was sent before.

    `letters` tell of a new one; they are in the outbox when this returns, for delivery to be woken.

    Raises Stop where one was sent for its period that it does not replace, or where the reason is missing.
    """
    _check(report, replaces, reason)
    more = {"replaces": replaces, "reason": kept(reason).strip()}
    try:
        made, saved = await send(register, report, at=now, by=who, way=way, letters=letters, **more)
    except NamesNone as error:
        raise _another(error.existing) from error
    return made, saved is Saved.NEW


def _check(report: Report, replaces: str, reason: str) -> None:
    if report.units is not None:
        raise bad_input(
            "chỉ gửi báo cáo về mọi đơn vị",
            "only a report about all units is sent",
            "bỏ bộ lọc đơn vị",
            "leave the units out",
            kind="bad_period",
        )
    if report.first is None or report.last is None:
        raise bad_input(
            "báo cáo gửi đi phải có ngày đầu và ngày cuối kỳ",
            "a report that is sent needs the first and the last day of its period",
            "chọn tháng, quý, năm hoặc hai ngày",
            "choose a month, a quarter, a year or two days",
            kind="bad_period",
        )
    if replaces and not reason.strip():
        raise bad_input(
            "báo cáo thay báo cáo đã gửi phải nêu lý do",
            "a report that replaces another needs a reason",
            "ghi ngắn gọn vì sao phải thay",
            "say in a few words why",
            kind="reason_missing",
        )


def _another(existing: str) -> Stop:
    if not existing:
        return Stop(
            Code.REFUSED,
            "báo cáo được nêu để thay không phải báo cáo đang dùng của kỳ này",
            "the report to be replaced is not the one that stands for this period",
            "mở lại danh sách báo cáo đã gửi",
            "look at the list of sent reports again",
            kind="other_report",
        )
    return Stop(
        Code.REFUSED,
        f"kỳ này đã có báo cáo {existing} được gửi; báo cáo đã gửi không sửa được",
        f"report {existing} was sent for this period; a sent report cannot be changed",
        f"nếu phải đính chính, gửi báo cáo mới thay {existing} và nêu lý do",
        f"to correct it, send a new one that replaces {existing}, with the reason",
        kind="report_sent",
        detail={"existing": existing},
    )


def moved_on() -> Stop:
    """What to say where the figures are no longer those that were shown to whoever sends them."""
    return Stop(
        Code.REFUSED,
        "số liệu đã khác với bản bạn vừa xem; báo cáo chưa được gửi",
        "the figures are no longer those you were shown; the report was not sent",
        "xem lại số liệu rồi chốt",
        "look at them again, then send",
        kind="figures_moved",
    )


async def one_sent(register: Register, report_id: str) -> SentReport:
    """A report that was sent. Raises Stop."""
    try:
        return await sent(register, report_id)
    except NotRecorded as error:
        raise bad_input(
            f"không có báo cáo «{report_id}»",
            f"there is no report «{report_id}»",
            "xem danh sách báo cáo đã gửi",
            "see the list of sent reports",
            kind="not_found",
        ) from error


def frozen(made: SentReport, names: words.Names) -> Frozen:
    """What a file says of a sent report."""
    return Frozen(made.id, made.sent_at, names(made.sent_by), made.replaces, made.reason)
