"""Every rule by name, with where it comes from and what it says, for the one who asks why."""

from typing import NamedTuple

BLDS = "Bộ luật Dân sự 2015"


class Rule(NamedTuple):
    """A rule's source, and one sentence in Vietnamese and in English."""

    source: str
    vi: str
    en: str


RULES: dict[str, Rule] = {
    "by_day": Rule(f"{BLDS}, Điều 148.6", "Hạn đến hết ngày đã nêu.", "Until the end of the named day."),
    "before_day": Rule(
        "docs/decisions.md: before_day",
        "«Trước ngày X» là hết ngày X-1; nhiều nơi hiểu là hết ngày X.",
        "'Before day X' ends with day X-1; many offices mean day X.",
    ),
    "until_day": Rule("Thông lệ văn thư", "«Đến ngày X» gồm cả ngày X.", "'To day X' includes day X."),
    "clock": Rule(f"{BLDS}, Điều 148.6", "Hạn theo giờ, không dời.", "A clock time; never moved."),
    "month": Rule(f"{BLDS}, Điều 148", "Đến hết kỳ đã nêu.", "Until the end of the named period."),
    "period": Rule(f"{BLDS}, Điều 148", "Trong kỳ, hạn là hết ngày cuối kỳ.", "A period; due at its end."),
    "end_of_period": Rule(f"{BLDS}, Điều 148", "Hết ngày cuối cùng của kỳ.", "The last day of the period."),
    "before_period": Rule(f"{BLDS}, Điều 148", "Hết ngày liền trước kỳ.", "The last day before the period."),
    "from_now": Rule(
        f"{BLDS}, Điều 147", "Từ ngày văn bản đến hết ngày cuối.", "From the document's date on."
    ),
    "point": Rule(
        f"{BLDS}, Điều 146",
        "Đầu, giữa, cuối kỳ theo Điều 146; nói thường là một khoảng.",
        "Beginning, middle or end of a period by law; in speech a range.",
    ),
    "part_of_month": Rule(f"{BLDS}, Điều 146.1", "Một phần của tháng.", "A part of the month."),
    "weekday": Rule(
        "Thông lệ văn thư", "Thứ trong tuần tính từ ngày văn bản.", "The weekday after the document."
    ),
    "relative_day": Rule("Thông lệ văn thư", "Tính từ ngày văn bản.", "Relative to the document's date."),
    "lunar_day": Rule("Lịch âm Việt Nam (UTC+7)", "Đổi từ âm lịch.", "Converted from the lunar calendar."),
    "before_feast": Rule(
        "Bộ luật Lao động 2019, Điều 112", "Trước ngày lễ, tết.", "Before a public holiday."
    ),
    "counted": Rule(
        f"{BLDS}, Điều 147–148",
        "Thời hạn đếm, chờ biết mốc bắt đầu.",
        "A counted period that needs its anchor.",
    ),
    "counted_from_issue": Rule(
        f"{BLDS}, Điều 147.2, 148.5",
        "Đếm từ ngày văn bản, không tính ngày đầu; gặp ngày nghỉ thì sang ngày làm việc tiếp theo.",
        "Counted from the document's date, first day excluded, moved off days off.",
    ),
    "counted_from_day": Rule(
        f"{BLDS}, Điều 147.2, 148.5",
        "Đếm từ ngày đã nêu, không tính ngày đầu; gặp ngày nghỉ thì sang ngày làm việc tiếp theo.",
        "Counted from the named day, first day excluded, moved off days off.",
    ),
    "counted_from_receipt": Rule(
        f"{BLDS}, Điều 147.2, 148.5", "Đếm từ ngày nhận văn bản.", "Counted from the day of receipt."
    ),
    "before_session": Rule("Thông lệ văn thư", "Theo lịch kỳ họp, phải hỏi.", "By the session's date; ask."),
    "every": Rule("Thông lệ văn thư", "Định kỳ.", "A rhythm."),
    "every_day": Rule("Thông lệ văn thư", "Hằng ngày.", "Every day."),
    "every_week": Rule("Thông lệ văn thư", "Hằng tuần.", "Every week."),
    "every_month": Rule(f"{BLDS}, Điều 148.3", "Hằng tháng.", "Every month."),
    "every_month_working": Rule(
        "Thông lệ văn thư", "Ngày làm việc đầu hoặc cuối kỳ.", "First or last working day."
    ),
    "every_quarter": Rule(f"{BLDS}, Điều 148.3", "Hằng quý hoặc 6 tháng.", "Every quarter or half-year."),
    "every_year": Rule(f"{BLDS}, Điều 148.3", "Hằng năm.", "Every year."),
    "open_wording": Rule(
        "domain.md §2",
        "Không nêu thời hạn: cần ngày rà soát hoặc nhịp báo cáo.",
        "No date: set a review or a rhythm.",
    ),
    "no_deadline": Rule("domain.md §2", "Không có thời hạn.", "No deadline is named."),
    "not_deadline": Rule(
        "domain.md §2",
        "Có mốc thời gian hoặc con số nhưng không phải thời hạn của nhiệm vụ.",
        "A date or number that is no deadline.",
    ),
}

REASONS: dict[str, tuple[str, str]] = {
    "day_out_of_month": ("Tháng không có ngày này.", "The month has no such day."),
    "day_out_of_range": ("Không có ngày này.", "There is no such day."),
    "month_out_of_range": ("Không có tháng này.", "There is no such month."),
    "quarter_out_of_range": ("Không có quý này.", "There is no such quarter."),
    "week_out_of_range": ("Không có tuần này.", "There is no such week."),
    "hour_out_of_range": ("Không có giờ này.", "There is no such hour."),
    "minute_out_of_range": ("Không có phút này.", "There is no such minute."),
    "year_malformed": ("Năm viết sai.", "The year is malformed."),
    "range_reversed": ("Ngày cuối trước ngày đầu.", "The range ends before it begins."),
    "weekday_mismatch": ("Thứ và ngày không khớp.", "Weekday and date disagree."),
    "past_date_needs_confirmation": (
        "Đã qua so với ngày văn bản, phải hỏi.",
        "Before the document's date; ask.",
    ),
    "ocr_suspected": ("Nghi nhận dạng sai chữ số, phải hỏi.", "A misread digit is suspected; ask."),
    "placeholder": ("Ngày để trống.", "The date was left blank."),
    "day_missing": ("Có giờ nhưng thiếu ngày, phải hỏi.", "A time without a day; ask."),
    "month_missing": ("Có ngày nhưng thiếu tháng, phải hỏi.", "A day without a month; ask."),
    "ambiguous_month": ("«thang sau»: tháng sáu hay tháng tới, phải hỏi.", "June or next month; ask."),
}
"""The machine code of each refusal, in Vietnamese and in English."""
