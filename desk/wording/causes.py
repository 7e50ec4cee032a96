"""What an unfinished task waits for, in words. `{since}` and `{day}` are days, `{roles}` those who must decide."""

from directive.cause import Cause

Pair = tuple[str, str]

CAUSES: dict[Cause, Pair] = {
    Cause.SUSPENDED: ("đang tạm dừng từ {since}", "suspended since {since}"),
    Cause.AWAITING_APPROVAL: (
        "đã nộp báo cáo, chờ {roles} nghiệm thu từ {since}",
        "the report is handed in and waits for {roles} since {since}"),
    Cause.MORE_WANTED: (
        "được yêu cầu bổ sung thông tin từ {since}, chờ {roles}",
        "more was asked for on {since}, of {roles}"),
    Cause.EXTENSION_ASKED: (
        "xin gia hạn đến {day}, chờ {roles} quyết định từ {since}",
        "an extension until {day} was asked for; waits for {roles} since {since}"),
    Cause.COUNTER_OFFERED: (
        "được đề nghị hạn {day}, chờ {roles} trả lời từ {since}",
        "{day} was offered instead; waits for {roles} since {since}"),
    Cause.OBSTACLE: (
        "đã nêu vướng mắc, chờ {roles} giải quyết từ {since}",
        "an obstacle was raised; waits for {roles} since {since}"),
    Cause.NOT_OURS: (
        "đã báo không thuộc đơn vị mình, chờ {roles} quyết định từ {since}",
        "said not to be theirs; waits for {roles} since {since}"),
    Cause.COMMITTED: (
        "đã cam kết xong trong ngày {day}, chưa có báo cáo",
        "promised by {day}; no report yet"),
    Cause.REASSIGNED: (
        "được giao cho người khác ngày {day}, chưa có báo cáo",
        "given to another officer on {day}; no report yet"),
    Cause.NOBODY_ASKED: (
        "chưa có người để hỏi: thông báo ngày {since} không có người nhận",
        "nobody to ask: the notice of {since} reached nobody"),
    Cause.UNDECIDED: (
        "đã thông báo lần cuối, chưa ai quyết định",
        "after the final notice nobody has decided"),
    Cause.RETURNED: (
        "báo cáo bị trả lại lần {round}, phải làm lại đến {day}, chưa nộp lại",
        "the report was returned (round {round}), to be redone by {day}; not handed in again"),
    Cause.NOT_ACKNOWLEDGED: ("chưa tiếp nhận nhiệm vụ", "not acknowledged"),
    Cause.NO_REPORT: ("chưa nhận được báo cáo", "no report has come"),
}  # fmt: skip

REFUSED: Pair = (
    "báo cáo không được nghiệm thu, chưa nộp lại",
    "the report was not accepted; no other has come",
)
"""A report that was not accepted, without a return that names a day."""

UNANSWERED: Pair = ("{roles} chưa trả lời câu hỏi ngày {since}", "{roles} has not answered since {since}")
REVIEWED: Pair = ("xem lại ngày {day}", "to be looked at again on {day}")
UNHEARD: Pair = ("{unheard} lần hỏi không có người nhận", "{unheard} askings reached nobody")
