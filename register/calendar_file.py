"""A working calendar as people edit it, in YAML: read for `calendar import`, with the line of every slip."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any, TypeVar

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from directive.calendar import WorkCalendar
from directive.calendar_days import CalendarDay, CalendarYear, DayKind, OfficeHours

TOP_KEYS = {"version", "hours", "years", "days"}
Row = TypeVar("Row", CalendarDay, CalendarYear)
KINDS = ", ".join(kind.value for kind in DayKind)


class _DatesAsWritten(RoundTripConstructor):
    """Leaves dates to the models, so that a slip such as month 13 is told with its line."""


_DatesAsWritten.add_constructor(
    "tag:yaml.org,2002:timestamp", lambda maker, node: maker.construct_scalar(node)
)


class CalendarFileError(ValueError):
    """A calendar file that cannot be used: what is wrong, its line (from 1; 0 = whole file), and the remedy."""

    def __init__(self, message: str, line: int, remedy: str, name: str = "") -> None:
        super().__init__(f"{name}:{line}: {message} → {remedy}" if name else f"{line}: {message} → {remedy}")
        self.message, self.line, self.remedy, self.name = message, line, remedy, name


def parse_calendar(text: str, name: str) -> WorkCalendar:
    """Read an edited calendar file. Raises CalendarFileError with the line and what to do about it."""
    try:
        yaml = YAML(typ="rt")
        yaml.Constructor = _DatesAsWritten
        loaded = yaml.load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        slip = f"không đọc được YAML: {error.problem}"
        raise CalendarFileError(slip, line, "sửa cú pháp ở dòng này", name) from error
    except YAMLError as error:
        raise CalendarFileError("không đọc được YAML", 0, "so với tệp lịch mẫu vietnam.yaml", name) from error
    if not isinstance(loaded, Mapping):
        raise CalendarFileError("tệp không phải là lịch làm việc", 1, "bắt đầu từ tệp mẫu vietnam.yaml", name)
    return _Reader(name).calendar(loaded)


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name

    def fail(self, message: str, line: int, remedy: str) -> CalendarFileError:
        return CalendarFileError(message, line, remedy, self.name)

    def calendar(self, loaded: Mapping[str, Any]) -> WorkCalendar:
        for key in loaded:
            if key not in TOP_KEYS:
                known = ", ".join(sorted(TOP_KEYS))
                raise self.fail(f"không có mục «{key}»", _line(loaded, key), f"chỉ dùng: {known}")
        version = loaded.get("version")
        if not isinstance(version, str) or not version.strip():
            raise self.fail(
                "thiếu version", _line(loaded, "version"), "đặt tên bản, ví dụ version: vn-2027-01"
            )
        hours = self.hours(loaded)
        years = tuple(self.row(CalendarYear, row, line) for row, line in self.rows(loaded, "years"))
        days: dict[date, int] = {}
        read: list[CalendarDay] = []
        for row, line in self.rows(loaded, "days"):
            day = self.row(CalendarDay, row, line)
            if day.day in days:
                slip = f"ngày {day.day:%d/%m/%Y} đã có ở dòng {days[day.day]}"
                raise self.fail(slip, line, "bỏ một trong hai dòng")
            if day.kind is DayKind.SWAP_WORKED and day.day.weekday() < 5:
                slip = f"{day.day:%d/%m/%Y} không phải thứ Bảy, Chủ nhật"
                raise self.fail(slip, line, "swap_worked chỉ dùng cho cuối tuần")
            days[day.day] = line
            read.append(day)
        covered = {year.year for year in years}
        for number, line in ((day.year, line) for day, line in days.items()):
            if number not in covered:
                remedy = f"thêm {{year: {number}}} vào years"
                raise self.fail(f"năm {number} không có trong years", line, remedy)
        return WorkCalendar(version=version.strip(), days=tuple(read), hours=hours, years=years)

    def hours(self, loaded: Mapping[str, Any]) -> OfficeHours:
        raw = loaded.get("hours") or {}
        line = _line(loaded, "hours")
        if not isinstance(raw, Mapping):
            raise self.fail("hours phải là bốn giờ", line, 'ví dụ {morning_start: "07:30", …}')
        try:
            return OfficeHours(**{key: time.fromisoformat(str(value)) for key, value in raw.items()})
        except (ValidationError, ValueError) as error:
            remedy = 'viết "07:30" trong ngoặc kép, theo thứ tự trong ngày'
            raise self.fail("giờ làm việc không hợp lệ", line, remedy) from error

    def rows(self, loaded: Mapping[str, Any], key: str) -> list[tuple[Mapping[str, Any], int]]:
        raw = loaded.get(key)
        if not isinstance(raw, Sequence) or isinstance(raw, str):
            remedy = f"thêm mục {key}: với mỗi dòng một - {{…}}"
            raise self.fail(f"thiếu danh sách {key}", _line(loaded, key), remedy)
        lines = [raw.lc.item(i)[0] + 1 for i in range(len(raw))] if hasattr(raw, "lc") else [0] * len(raw)
        for row, line in zip(raw, lines, strict=True):
            if not isinstance(row, Mapping):
                remedy = "viết - {day: 2026-01-01, kind: holiday, …}"
                raise self.fail(f"dòng trong {key} không phải {{…}}", line, remedy)
        return list(zip(raw, lines, strict=True))

    def row(self, model: type[Row], row: Mapping[str, Any], line: int) -> Row:
        try:
            return model(**dict(row))
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            remedies = {"kind": f"dùng một trong: {KINDS}", "day": "viết ngày dạng 2026-01-31"}
            remedy = remedies.get(field, "xem dòng mẫu")
            if first["type"] == "missing":
                remedy = f"thêm {field}: … vào dòng này"
            raise self.fail(f"{field} không hợp lệ ({first['msg']})", line, remedy) from error


def _line(loaded: Mapping[str, Any], key: str) -> int:
    marks = getattr(loaded, "lc", None)
    if marks is None or key not in loaded:
        return 1
    return int(marks.key(key)[0]) + 1
