"""Why an act was refused, and what to do instead: (sentence vi, sentence en, remedy vi, remedy en).

`{…}` are the refusal's details, already in words; `desk/words.py` fills them.
"""

from directive.refusal import Reason

Refusal = tuple[str, str, str, str]

_SHOW_VI, _SHOW_EN = "xem `show {task}`", "look at `show {task}`"
_DAY_VI, _DAY_EN = "thêm --day NGÀY, ví dụ --day 15/07/2026", "add --day DATE, for example --day 2026-07-15"
_LATER_VI, _LATER_EN = "chọn ngày muộn hơn bằng --day", "choose a later date with --day"
_ASK_VI, _ASK_EN = "liên hệ bên giao việc để quyết định", "ask the assigning side to decide"

REFUSALS: dict[Reason, Refusal] = {
    Reason.CLOSED: ("nhiệm vụ {state}", "the task is {state}", _SHOW_VI, _SHOW_EN),
    Reason.WRONG_STATE: (
        "không thể {act} khi nhiệm vụ {state}", "one cannot {act} while the task is {state}",
        _SHOW_VI, _SHOW_EN),
    Reason.WRONG_ROLE: (
        "vai trò {role} không được {act}", "the role {role} may not {act}",
        "dùng --as với người có vai trò phù hợp", "use --as with a person whose role may"),
    Reason.OWN_REPORT: (
        "không ai được tự quyết định báo cáo hoặc đề nghị của chính mình",
        "nobody decides on their own report or request",
        "để người khác có thẩm quyền quyết định", "let another competent person decide"),
    Reason.NO_QUESTION: (
        "câu trả lời này cần đúng một câu hỏi đang mở; hiện có {count}",
        "this answer needs exactly one open question; there are {count}",
        "xem câu hỏi bằng `show {task}`, rồi thêm --question MÃ",
        "see the questions with `show {task}`, then add --question ID"),
    Reason.NOT_ASKED: (
        "câu hỏi {question} không hỏi {role}", "the question {question} does not ask {role}",
        "`show {task}` cho biết ai được hỏi", "`show {task}` tells who is asked"),
    Reason.WRONG_CHOICE: (
        "không thể trả lời «{choice}» cho câu hỏi này", "«{choice}» is no answer to this question",
        "chọn --choice một trong: {allowed}", "choose --choice among: {allowed}"),
    Reason.ALREADY_VOTED: (
        "người này đã trả lời câu hỏi {question}", "this person has answered the question {question} already",
        "không cần làm gì thêm; " + _SHOW_VI, "nothing more to do; " + _SHOW_EN),
    Reason.IN_THE_FUTURE: (
        "thời điểm {at} ở tương lai (bây giờ là {now})", "the instant {at} lies ahead (now is {now})",
        "chỉnh đồng hồ máy này", "set the clock of this machine right"),
    Reason.BEFORE_LAST_EVENT: (
        "thời điểm {at} sớm hơn sự việc đã ghi gần nhất ({last})",
        "the instant {at} lies before the last recorded event ({last})",
        "chỉnh đồng hồ máy này", "set the clock of this machine right"),
    Reason.DATE_MISSING: ("thiếu ngày để {act}", "a date is missing to {act}", _DAY_VI, _DAY_EN),
    Reason.DATE_NOT_LATER: (
        "ngày {day} không muộn hơn thời hạn hiện tại {due}", "{day} is not later than the present deadline {due}",
        _LATER_VI, _LATER_EN),
    Reason.DATE_PAST: ("ngày {day} đã qua", "{day} has passed", _LATER_VI, _LATER_EN),
    Reason.TOO_FAR: (
        "ngày {day} quá xa: chính sách cho chậm nhất đến {furthest}",
        "{day} is too far: the policy allows {furthest} at the latest",
        "chọn ngày sớm hơn; nếu là cam kết thì xin gia hạn bằng `request-extension`",
        "choose an earlier date; instead of a commitment, ask with `request-extension`"),
    Reason.TOO_OFTEN: (
        "đã dùng hết {times} lần mà chính sách cho phép", "the {times} times that the policy allows are used up",
        _ASK_VI, _ASK_EN),
    Reason.REASON_MISSING: (
        "thiếu lý do để {act}", "a reason is missing to {act}",
        "thêm --reason \"…\"", "add --reason \"…\""),
    Reason.PERSON_MISSING: (
        "thiếu người nhận việc", "the person who takes over is missing",
        "thêm --person MÃ (xem `directory check`)", "add --person ID (see `directory check`)"),
    Reason.SAME_OFFICER: (
        "{person} đang là đầu mối của nhiệm vụ này", "{person} is the officer of this task already",
        "chọn người khác bằng --person", "choose somebody else with --person"),
    Reason.NOTHING_HANDED_IN: (
        "chưa có nội dung để {act}", "there is nothing to {act} with",
        "thêm --text, --document SỐ/NGÀY hoặc --evidence TÊN=LIÊN-KẾT",
        "add --text, --document NUMBER/DATE or --evidence NAME=LINK"),
    Reason.REQUEST_OPEN: (
        "một đề nghị cùng loại đang chờ quyết định", "a request of this kind is waiting for its decision",
        "chờ quyết định; " + _SHOW_VI, "wait for it; " + _SHOW_EN),
    Reason.NO_DEADLINE: (
        "nhiệm vụ chưa có thời hạn nên không thể {act}", "the task has no deadline, so one cannot {act}",
        "bên giao việc đặt thời hạn bằng `amend-deadline`", "the assigning side sets one with `amend-deadline`"),
    Reason.AFTER_PARENT: (
        "ngày {day} muộn hơn thời hạn {due} của nhiệm vụ cha", "{day} is later than the parent task's deadline, {due}",
        "chọn ngày không muộn hơn {due}, hoặc đề nghị bên giao việc lùi hạn nhiệm vụ cha trước (`amend-deadline`)",
        "choose a date not after {due}, or have the assigning side move the parent's first (`amend-deadline`)"),
    Reason.COUNTER_NOT_EARLIER: (
        "ngày {day} không sớm hơn ngày {asked} mà đơn vị xin", "{day} is not earlier than {asked}, the date asked for",
        "đồng ý bằng `grant`; muốn cho muộn hơn thì dùng `amend-deadline`",
        "agree with `grant`; to give more time use `amend-deadline`"),
    Reason.TOO_SOON: (
        "vừa đôn đốc xong; lần sau sớm nhất ngày {day}", "nudged a moment ago; again on {day} at the earliest",
        "đôn đốc lại từ ngày {day}", "nudge again from {day}"),
    Reason.DECIDED_SINCE: (
        "thời hạn đã được quyết định lại thành hết ngày {due}, không đếm lại theo lịch nữa",
        "the deadline has been decided anew ({due}) and is not counted any more",
        "chạy lại `replan`: nhiệm vụ chuyển lịch, thời hạn giữ nguyên",
        "run `replan` again: the task moves to the calendar and keeps its deadline",
    ),
    Reason.HOUR_OVER: (
        "việc giao bắt đầu lúc {at}; quá một giờ thì không rút lại được nữa",
        "the assignment began at {at}; after an hour it cannot be taken back",
        "thu hồi bằng `withdraw --directive {task}`: mọi đơn vị được báo",
        "use `withdraw --directive {task}`: every unit is told"),
    Reason.NOTHING_CHANGES: (
        "quyết định này không thay đổi gì", "this decision changes nothing",
        "kiểm tra lại ngày hoặc bản lịch; " + _SHOW_VI, "check the date or the calendar's version; " + _SHOW_EN),
    Reason.NOT_FOR_APPROVALS: (
        "văn bản trình duyệt không có việc «{act}»", "a document for approval knows no act “{act}”",
        "chỉ có `answer`, `report` (trình lại), `progress` (bổ sung) và `withdraw` (rút); " + _SHOW_VI,
        "there are `answer`, `report` (submit again), `progress` (supply more) and `withdraw`; " + _SHOW_EN),
    Reason.DOCUMENT_MISSING: (
        "{grade} phải có số và ngày văn bản", "{grade} needs the number and date of its document",
        "thêm --document SỐ/NGÀY, ví dụ 12-TB/ĐU/15/07/2026",
        "add --document NUMBER/DATE, for example 12-TB/ĐU/2026-07-15"),
    Reason.DATE_AHEAD: (
        "văn bản ghi ngày {day}, chưa đến ngày đó", "the document is dated {day}, which lies ahead",
        "kiểm tra lại ngày của văn bản", "check the document's date"),
    Reason.NOT_WELCOME: (
        "người gửi không giữ vai trò {role}", "the sender does not hold the role {role}",
        "gửi lại với vai trò đang giữ (xem `directory check`)",
        "send it again in a role that they hold (see `directory check`)"),
    Reason.TOO_LONG: (
        "«{field}» quá dài: tối đa {limit}", "«{field}» is too long: at most {limit}",
        "rút gọn, phần dài để trong văn bản kèm theo (--document)",
        "shorten it and put the rest into a document (--document)"),
    Reason.UNREADABLE: (
        "«{field}» thiếu hoặc không dùng được", "«{field}» is missing or cannot be used",
        "sửa «{field}» rồi gửi lại; " + _SHOW_VI, "mend «{field}» and send it again; " + _SHOW_EN),
}  # fmt: skip
