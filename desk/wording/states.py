"""States, lights, outcomes, roles: what a task is, in words."""

from directive.directory import Vacancy
from directive.light import LightKind, Outcome
from directive.message import Act, Door, Grade
from directive.question import Choice, QuestionKind
from directive.roles import RoleKind
from directive.task import State
from register.models import Awaits

Pair = tuple[str, str]

STATES: dict[State, Pair] = {
    State.ASSIGNED: ("chờ tiếp nhận", "assigned"),
    State.IN_PROGRESS: ("đang thực hiện", "in progress"),
    State.REPORTED: ("chờ nghiệm thu", "reported"),
    State.COMPLETED: ("đã hoàn thành", "completed"),
    State.SUSPENDED: ("tạm dừng", "suspended"),
    State.WITHDRAWN: ("đã thu hồi", "withdrawn"),
    State.REFUSED: ("không được duyệt", "refused"),
}

LIGHTS: dict[LightKind, Pair] = {
    LightKind.NO_DEADLINE: ("chưa có hạn", "no deadline"),
    LightKind.IN_TIME: ("trong hạn", "in time"),
    LightKind.DUE_SOON: ("sắp đến hạn", "due soon"),
    LightKind.OVERDUE: ("quá hạn", "overdue"),
    LightKind.STOPPED: ("dừng tính hạn", "clock stopped"),
    LightKind.DONE: ("đã xong", "closed"),
}

LIGHT_STYLES: dict[LightKind, str] = {
    LightKind.NO_DEADLINE: "dim",
    LightKind.IN_TIME: "green",
    LightKind.DUE_SOON: "yellow",
    LightKind.OVERDUE: "red",
    LightKind.STOPPED: "blue",
    LightKind.DONE: "dim",
}

OUTCOMES: dict[Outcome, Pair] = {
    Outcome.COMPLETED_ON_TIME: ("hoàn thành đúng hạn", "completed on time"),
    Outcome.COMPLETED_LATE: ("hoàn thành quá hạn", "completed late"),
    Outcome.RUNNING_IN_TIME: ("đang thực hiện trong hạn", "running in time"),
    Outcome.RUNNING_OVERDUE: ("đang thực hiện quá hạn", "running overdue"),
}

ROLES: dict[RoleKind, Pair] = {
    RoleKind.OFFICER: ("đầu mối", "officer"),
    RoleKind.HEAD: ("người đứng đầu", "head"),
    RoleKind.APPROVER: ("người nghiệm thu", "approver"),
    RoleKind.LEADERSHIP: ("thường trực", "standing leadership"),
    RoleKind.ASSIGNER: ("bên giao việc", "assigning side"),
}

VACANCIES: dict[Vacancy, Pair] = {
    Vacancy.NOBODY_RECORDED: ("chưa ghi ai giữ vai trò này", "nobody is recorded in this role"),
    Vacancy.ABSENT: ("người giữ vai trò vắng mặt, không có người thay", "absent without a substitute"),
    Vacancy.UNKNOWN_UNIT: ("danh bạ không có đơn vị này", "the directory does not know the unit"),
}

DOORS: dict[Door, Pair] = {
    Door.PAGE: ("trang web", "page"),
    Door.API: ("API", "API"),
    Door.CLI: ("dòng lệnh", "command line"),
    Door.SIGNAL: ("tín hiệu", "signal"),
}

ACTS: dict[Act, Pair] = {
    Act.ACKNOWLEDGE: ("tiếp nhận", "acknowledge"),
    Act.REFUSE: ("báo không thuộc đơn vị mình", "say that it is not theirs"),
    Act.PROGRESS: ("báo tiến độ", "tell progress"),
    Act.REPORT: ("báo cáo kết quả", "report"),
    Act.ANSWER: ("trả lời", "answer"),
    Act.REQUEST_EXTENSION: ("xin gia hạn", "request an extension"),
    Act.AMEND_DEADLINE: ("sửa thời hạn", "amend the deadline"),
    Act.REASSIGN: ("giao lại cho người khác", "reassign"),
    Act.SUSPEND: ("tạm dừng", "suspend"),
    Act.RESUME: ("tiếp tục", "resume"),
    Act.WITHDRAW: ("thu hồi", "withdraw"),
    Act.NUDGE: ("đôn đốc", "nudge"),
    Act.RAISE_OBSTACLE: ("báo vướng mắc", "raise an obstacle"),
    Act.REPLAN: ("chuyển sang lịch mới", "replan"),
}

GRADES: dict[Grade, Pair] = {
    Grade.URGE: ("đôn đốc", "nudge"),
    Grade.CRITICISM: ("phê bình", "criticise"),
    Grade.REVIEW: ("yêu cầu kiểm điểm", "call for a review"),
}

QUESTIONS: dict[QuestionKind, Pair] = {
    QuestionKind.APPROVAL: ("nghiệm thu báo cáo", "is the report accepted?"),
    QuestionKind.EXTENSION: ("cho gia hạn", "is the extension granted?"),
    QuestionKind.COUNTER: ("nhận ngày được đề nghị", "is the date offered accepted?"),
    QuestionKind.ESCALATION: ("trả lời đôn đốc", "what will be done?"),
    QuestionKind.OBSTACLE: ("giải quyết vướng mắc", "what is decided on the obstacle?"),
    QuestionKind.NOT_OURS: ("xác định nhiệm vụ thuộc đơn vị nào", "is the task another unit's?"),
    QuestionKind.SUSPENSION: ("gia hạn tạm dừng hay tiếp tục", "renew or resume?"),
}

CHOICES: dict[Choice, Pair] = {
    Choice.APPROVE: ("nghiệm thu", "approve"),
    Choice.RETURN: ("trả lại", "return"),
    Choice.ASK_MORE: ("yêu cầu bổ sung thông tin", "ask for more"),
    Choice.GRANT: ("đồng ý", "grant"),
    Choice.REFUSE: ("không đồng ý", "refuse"),
    Choice.COUNTER: ("đề nghị ngày khác", "offer another date"),
    Choice.ACCEPT: ("chấp nhận", "accept"),
    Choice.DECLINE: ("không chấp nhận", "decline"),
    Choice.COMMIT: ("cam kết ngày", "commit to a date"),
    Choice.EXTEND: ("xin gia hạn", "ask for an extension"),
    Choice.REASSIGN: ("giao người khác", "another officer"),
    Choice.OBSTACLE: ("nêu vướng mắc", "name an obstacle"),
    Choice.NOT_OURS: ("không thuộc đơn vị", "not ours"),
    Choice.REPORT: ("nộp báo cáo", "hand in the report"),
    Choice.RESOLVE: ("đã giải quyết", "resolved"),
    Choice.AGREE: ("đúng, không thuộc đơn vị", "agreed: not theirs"),
    Choice.RENEW: ("tiếp tục tạm dừng", "renew the suspension"),
    Choice.RESUME: ("cho chạy lại", "resume"),
}

AWAITS: dict[Awaits, Pair] = {
    Awaits.MORE: ("cần bổ sung thông tin", "more is asked for"),
    Awaits.ACKNOWLEDGEMENT: ("chờ xác nhận tiếp nhận", "to be acknowledged"),
    Awaits.REPORT: ("đang thực hiện, chưa báo cáo", "to be reported"),
    Awaits.DECISION: ("chờ quyết định", "waits for a decision"),
    Awaits.NOTHING: ("tạm dừng", "suspended"),
}

FIELDS: dict[str, Pair] = {
    "id": ("mã của lần gửi", "message id"),
    "act": ("việc làm", "act"),
    "actor": ("người gửi", "actor"),
    "role": ("vai trò", "role"),
    "at": ("thời điểm", "instant"),
    "reason": ("lý do", "reason"),
    "text": ("nội dung", "text"),
    "question": ("câu hỏi", "question"),
    "choice": ("câu trả lời", "answer"),
    "day": ("ngày", "date"),
    "due": ("thời hạn", "deadline"),
    "person": ("người nhận việc", "person"),
    "document": ("văn bản", "document"),
    "document.number": ("số văn bản", "document's number"),
    "document.dated": ("ngày văn bản", "document's date"),
    "evidence": ("minh chứng", "evidence"),
    "calendar": ("bản lịch", "calendar"),
    "grade": ("mức", "grade"),
    "message": ("nội dung gửi đến", "message"),
    "signal": ("tên tín hiệu", "signal's name"),
}
"""The parts of a message as people call them."""

OFFSETS = {"w": ("ngày làm việc", "working days"), "d": ("ngày", "days"), "h": ("giờ", "hours")}
"""What a reminder's distance from the deadline counts, by the last letter of its code."""
