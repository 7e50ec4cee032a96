"""What to do about a refusal on the page, where no command is typed: (vi, en) by the refusal's kind."""

from desk.wording.states import Pair

_LOOK: Pair = ("xem diễn biến của nhiệm vụ", "look at the task's story")
_DAY: Pair = ("chọn ngày khác", "pick another day")

REMEDIES: dict[str, Pair] = {
    "closed": _LOOK,
    "unknown_absence": ("xem lại danh sách vắng mặt", "look at the list of absences"),
    "wrong_state": _LOOK,
    "wrong_role": (
        "việc này dành cho người khác; trang nhiệm vụ cho biết ai được hỏi",
        "it is for somebody else; the task's page tells who is asked",
    ),
    "own_report": (
        "để người khác có thẩm quyền quyết định",
        "let another competent person decide",
    ),
    "no_question": ("câu hỏi không còn mở; " + _LOOK[0], "it is not open any more; " + _LOOK[1]),
    "not_asked": ("trang nhiệm vụ cho biết ai được hỏi", "the task's page tells who is asked"),
    "wrong_choice": ("chọn một trong các câu trả lời trên trang", "choose one of the answers on the page"),
    "already_voted": ("không cần làm gì thêm", "nothing more to do"),
    "in_the_future": (
        "báo người quản trị chỉnh đồng hồ máy chủ",
        "tell the administrator to set the server's clock",
    ),
    "before_last_event": ("thử lại sau ít phút", "try again in a few minutes"),
    "date_missing": ("chọn một ngày", "pick a day"),
    "date_not_later": _DAY,
    "date_past": _DAY,
    "too_far": ("chọn ngày sớm hơn, hoặc xin gia hạn", "pick an earlier day, or ask for an extension"),
    "too_often": ("đề nghị bên giao việc quyết định", "ask the assigning side to decide"),
    "reason_missing": ("ghi lý do", "write the reason"),
    "person_missing": ("chọn người nhận việc", "choose who takes over"),
    "same_officer": ("chọn người khác", "choose somebody else"),
    "other_unit": ("chọn người trong đơn vị", "choose somebody of the unit"),
    "nothing_handed_in": (
        "ghi nội dung, hoặc kèm văn bản hay minh chứng",
        "write something, or add a document or evidence",
    ),
    "request_open": ("chờ quyết định về đề nghị đó", "wait for its decision"),
    "no_deadline": ("bên giao việc đặt thời hạn trước", "the assigning side sets a deadline first"),
    "after_parent": (
        "chọn ngày sớm hơn, hoặc đề nghị bên giao việc lùi hạn nhiệm vụ cha trước",
        "pick an earlier day, or have the parent's deadline moved first",
    ),
    "counter_not_earlier": (
        "đồng ý gia hạn, hoặc chọn ngày sớm hơn ngày được xin",
        "grant it, or pick a day before the one asked for",
    ),
    "nothing_changes": ("kiểm tra lại ngày", "look at the day again"),
    "not_for_approvals": _LOOK,
    "document_missing": ("điền số và ngày văn bản", "fill in the document's number and date"),
    "too_long": ("rút gọn, phần dài để trong tệp kèm theo", "shorten it, and put the rest into a file"),
    "unreadable": ("sửa ô đó rồi gửi lại", "mend that field and send it again"),
    "not_recorded_yet": (
        "bấm gửi lại sau ít phút: không ghi hai lần; nếu lâu, báo người quản trị",
        "send it again in a few minutes, it counts once; tell the administrator if it lasts",
    ),
    "engine_unreachable": (
        "thử lại sau ít phút; nếu lâu, báo người quản trị",
        "try again in a few minutes; tell the administrator if it lasts",
    ),
    "not_running": ("báo người quản trị", "tell the administrator"),
    "update_failed": (
        "thử lại sau ít phút; nếu lâu, báo người quản trị",
        "try again; else tell the administrator",
    ),
    "register_unreachable": (
        "thử lại sau ít phút; nếu lâu, báo người quản trị",
        "try again in a few minutes; tell the administrator if it lasts",
    ),
    "no_directory": ("báo người quản trị nhập danh bạ", "tell the administrator to import the directory"),
}
