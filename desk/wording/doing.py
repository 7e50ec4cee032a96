"""What the acts of a page are called on their buttons, what each leads to, and the fields of forms: (vi, en)."""

from desk.wording.asking import Pair
from directive.message import Act, Grade

ACTS: dict[Act, Pair] = {
    Act.ACKNOWLEDGE: ("Tiếp nhận", "Acknowledge"),
    Act.REFUSE: ("Báo không thuộc đơn vị", "Say that it is not ours"),
    Act.PROGRESS: ("Báo tiến độ", "Tell progress"),
    Act.REPORT: ("Báo cáo kết quả", "Hand in the report"),
    Act.REQUEST_EXTENSION: ("Xin gia hạn", "Ask for an extension"),
    Act.RAISE_OBSTACLE: ("Nêu vướng mắc", "Name an obstacle"),
    Act.REASSIGN: ("Giao người khác", "Give it to another officer"),
    Act.NUDGE: ("Đôn đốc", "Nudge"),
    Act.AMEND_DEADLINE: ("Sửa thời hạn", "Amend the deadline"),
    Act.SUSPEND: ("Tạm dừng", "Suspend"),
    Act.RESUME: ("Cho chạy lại", "Resume"),
    Act.WITHDRAW: ("Thu hồi", "Withdraw"),
}
DOCUMENT_ACTS: dict[Act, Pair] = {
    Act.REPORT: ("Trình lại", "Submit again"),
    Act.PROGRESS: ("Bổ sung", "Supply more"),
    Act.WITHDRAW: ("Rút văn bản trình", "Take the document back"),
}
SUPPLY: Pair = ("Bổ sung thông tin", "Supply what was asked for")
"""What telling progress is while those asked wait for more."""
SUPPLY_MEANS: Pair = (
    "Người được hỏi nhận ngay và có lại thời gian để quyết định.",
    "Those asked hear of it at once, and their time to decide begins anew.",
)
DOCUMENT_ACTS_MEAN: dict[Act, Pair] = {
    Act.REPORT: ("Văn bản đi lại từ bước đầu.", "The document goes through its stages again."),
    Act.WITHDRAW: (
        "Việc trình kết thúc; không ai phải quyết định nữa.",
        "It ends here; nobody has to decide any more.",
    ),
}

ACTS_MEAN: dict[Act, Pair] = {
    Act.ACKNOWLEDGE: ("Xác nhận đơn vị đã nhận việc.", "The unit confirms that it has the task."),
    Act.REFUSE: (
        "Bên giao việc quyết định nhiệm vụ thuộc đơn vị nào.",
        "The assigning side decides whose it is.",
    ),
    Act.PROGRESS: ("Ghi vào diễn biến của nhiệm vụ.", "It is written into the task's story."),
    Act.REPORT: (
        "Báo cáo được chuyển đến người nghiệm thu; giờ nộp là giờ gửi.",
        "The report goes to those who accept it; it is handed in when it is sent.",
    ),
    Act.REQUEST_EXTENSION: (
        "Bên giao việc quyết định; trong khi chờ, tạm ngừng đôn đốc.",
        "The assigning side decides; nobody is pressed meanwhile.",
    ),
    Act.RAISE_OBSTACLE: (
        "Bên giao việc quyết định; trong khi chờ, tạm ngừng đôn đốc.",
        "The assigning side decides; nobody is pressed meanwhile.",
    ),
    Act.REASSIGN: (
        "Người nhận được báo ngay và phải xác nhận tiếp nhận.",
        "They are told at once and asked to acknowledge.",
    ),
    Act.NUDGE: (
        "Gửi ngay đến đầu mối và người đứng đầu đơn vị, có đánh số.",
        "It goes to the unit's officer and head at once, numbered.",
    ),
    Act.AMEND_DEADLINE: (
        "Mọi mốc nhắc và báo cấp trên chuyển theo thời hạn mới.",
        "Every reminder and escalation moves with it.",
    ),
    Act.SUSPEND: (
        "Dừng đồng hồ; thời hạn lùi theo số ngày làm việc đã dừng.",
        "The clock stands; the deadline moves by the working days it stood.",
    ),
    Act.RESUME: ("Đồng hồ chạy lại.", "The clock runs again."),
    Act.WITHDRAW: ("Đơn vị không còn phải làm nhiệm vụ này.", "The unit need not do it any more."),
}

GRADES: dict[Grade, Pair] = {
    Grade.URGE: ("Đôn đốc", "Nudge"),
    Grade.CRITICISM: (
        "Phê bình – phải có số và ngày văn bản",
        "Criticism – by a document with number and date",
    ),
    Grade.REVIEW: (
        "Yêu cầu kiểm điểm – phải có số và ngày văn bản",
        "Call for a review – by a document with number and date",
    ),
}
