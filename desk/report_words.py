"""A report in words: its columns, its title, and the sentences that sum it up."""

from datetime import datetime, timedelta
from typing import NamedTuple

from desk import periods
from desk.language import text
from directive.due import OFFICE_ZONE
from directive.message import Grade
from register.counted import Figure
from register.models import SummaryRow
from register.report import Report
from register.sent_reports import SentHeading
from register.summary import Period

Pair = tuple[str, str]


class Column(NamedTuple):
    """A column of figures: the heading it stands under, its own, and the figure; None for the longest time overdue."""

    group: Pair
    name: Pair
    figure: Figure | None
    alone: bool = False

    @property
    def label(self) -> str:
        """The whole heading, as a table without groups has it; one that stands `alone` is clear without its group."""
        group, name = text(*self.group), text(*self.name)
        return f"{group} {name}" if group and not self.alone else name[:1].upper() + name[1:]

    def value(self, row: SummaryRow) -> int:
        """The figure of a row."""
        return self.figure.of(row) if self.figure else row.longest_overdue


_DONE, _RUNS, _NONE = ("Hoàn thành", "Completed"), ("Đang thực hiện", "Running"), ("", "")

COLUMNS: tuple[Column, ...] = (
    Column(_NONE, ("kỳ trước chuyển sang", "carried over"), Figure.CARRIED),
    Column(_NONE, ("nhận trong kỳ", "received"), Figure.RECEIVED),
    Column(_DONE, ("đúng hạn", "on time"), Figure.COMPLETED_ON_TIME),
    Column(_DONE, ("quá hạn", "late"), Figure.COMPLETED_LATE),
    Column(_NONE, ("thu hồi", "withdrawn"), Figure.WITHDRAWN),
    Column(_RUNS, ("trong hạn", "in time"), Figure.RUNNING_IN_TIME),
    Column(_RUNS, ("trong đó sắp đến hạn", "of these due soon"), Figure.DUE_SOON, alone=True),
    Column(_RUNS, ("quá hạn", "overdue"), Figure.RUNNING_OVERDUE),
    Column(_RUNS, ("quá hạn lâu nhất (ngày)", "longest overdue (days)"), None, alone=True),
    Column(_NONE, ("đôn đốc", "nudges"), Figure.NUDGED),
    Column(_NONE, ("phê bình", "criticisms"), Figure.CRITICISED),
    Column(_NONE, ("kiểm điểm", "reviews"), Figure.REVIEWED),
    Column(_NONE, ("gia hạn", "extensions"), Figure.EXTENSIONS),
)

OVERDUE_COLUMNS: tuple[Pair, ...] = (
    ("TT", "No."),
    ("Văn bản", "Directive"),
    ("Mã", "Code"),
    ("Nhiệm vụ", "Task"),
    ("Đơn vị chủ trì", "Lead unit"),
    ("Tình trạng", "State"),
    ("Thời hạn", "Deadline"),
    ("Quá hạn (ngày)", "Overdue (days)"),
    ("Đôn đốc (lần)", "Nudges"),
    ("Gia hạn (lần)", "Extensions"),
)


def period_of(report: Report | SentHeading) -> Period:
    """The period that it is about."""
    return Period(first=report.first, last=report.last)


def title(report: Report | SentHeading) -> str:
    """What it is about, as the line under "BÁO CÁO" has it."""
    about = periods.words(period_of(report))
    directive = report.directive
    number = report.number if isinstance(report, SentHeading) else report.names.get(directive, directive)
    of = text(f"theo văn bản số {number}, ", f"under {number}, ") if directive else ""
    return text(
        f"Tình hình thực hiện nhiệm vụ được giao {of}{about}", f"How the tasks assigned stand, {of}{about}"
    )


def part(report: Report) -> str:
    """Whose part of the whole it is, where it is not the whole."""
    if report.units is None:
        return ""
    names = [report.names.get(one, one) for one in report.units]
    if not names:
        return text("Kỳ này đơn vị không có nhiệm vụ.", "The unit has no tasks in this period.")
    said = ", ".join(names[:3]) + ("…" if len(names) > 3 else "")
    return text(f"Trích số liệu của {said}.", f"The figures of {said} only.")


def as_of(moment: datetime) -> str:
    """The instant that figures are of: the end of a day, or a clock time."""
    local = (moment + timedelta(microseconds=1)).astimezone(OFFICE_ZONE)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        day = f"{local - timedelta(days=1):%d/%m/%Y}"
        return text(f"hết ngày {day}", f"the end of {day}")
    said = f"{moment.astimezone(OFFICE_ZONE):%d/%m/%Y}"
    at = moment.astimezone(OFFICE_ZONE)
    return text(f"{at:%H} giờ {at:%M} phút ngày {said}", f"{at:%H:%M} on {said}")


def number(count: int) -> str:
    """A count as people write it: 1.290 in Vietnamese, 1,290 in English."""
    return f"{count:,}".replace(",", text(".", ",")) if count > 999 else str(count)


def whole(report: Report) -> str:
    """What there was to do, and what became of it."""
    row = report.total
    done = row.completed_on_time + row.completed_late
    runs = row.running_in_time + row.running_overdue
    gone = text(f"; thu hồi {number(row.withdrawn)}", f"; {number(row.withdrawn)} withdrawn")
    return text(
        f"Tổng số {number(row.carried + row.received)} nhiệm vụ: {number(row.carried)} từ kỳ trước chuyển sang, "
        f"{number(row.received)} nhận trong kỳ. Đã hoàn thành {number(done)} nhiệm vụ, trong đó đúng hạn "
        f"{number(row.completed_on_time)}, quá hạn {number(row.completed_late)}{gone if row.withdrawn else ''}. "
        f"Đang thực hiện {number(runs)} nhiệm vụ, trong đó trong hạn {number(row.running_in_time)} (sắp đến hạn "
        f"{number(row.due_soon)}), quá hạn {number(row.running_overdue)}.",
        f"{number(row.carried + row.received)} tasks in all: {number(row.carried)} carried over, "
        f"{number(row.received)} received. {number(done)} completed: {number(row.completed_on_time)} on time, "
        f"{number(row.completed_late)} late{gone if row.withdrawn else ''}. {number(runs)} running: "
        f"{number(row.running_in_time)} in time ({number(row.due_soon)} due soon), "
        f"{number(row.running_overdue)} overdue.",
    )


def pressed(report: Report) -> str:
    """What was done to press for them."""
    row = report.total
    urged, blamed, reviewed = (row.nudges_by_grade.get(grade, 0) for grade in Grade)
    return text(
        f"Đã đôn đốc {number(urged)} lượt, phê bình {number(blamed)} lượt, yêu cầu kiểm điểm {number(reviewed)} lượt; "
        f"cho gia hạn {number(row.extensions)} lượt.",
        f"{number(urged)} nudges, {number(blamed)} criticisms, {number(reviewed)} calls for a review; "
        f"{number(row.extensions)} extensions granted.",
    )


def late(report: Report) -> str:
    """What is overdue."""
    if not report.overdue:
        return text("Không có nhiệm vụ quá hạn.", "No task is overdue.")
    units = len({one.unit for one in report.overdue})
    count, longest = number(len(report.overdue)), number(report.total.longest_overdue)
    return text(
        f"Có {count} nhiệm vụ của {number(units)} đơn vị đang thực hiện quá hạn, lâu nhất {longest} ngày.",
        f"{count} tasks of {number(units)} units are overdue, the longest by {longest} days.",
    )
