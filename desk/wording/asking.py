"""What a question asks, as the title of its page; and what each answer is called on its button and leads to: (vi, en).

`{unit}` is the lead unit, `{day}` the date that is asked for or offered.
"""

from directive.opening import NOT_ACKNOWLEDGED
from directive.question import Choice, QuestionKind

Pair = tuple[str, str]

HEADS: dict[str, Pair] = {
    QuestionKind.APPROVAL: ("Báo cáo của {unit} chờ nghiệm thu", "The report of {unit} waits for acceptance"),
    "document": ("Văn bản của {unit} trình phê duyệt", "A document of {unit} waits for approval"),
    QuestionKind.EXTENSION: ("{unit} xin gia hạn đến {day}", "{unit} asks for an extension until {day}"),
    QuestionKind.COUNTER: ("Bên giao việc đề nghị thời hạn khác: {day}", "Another date is offered: {day}"),
    QuestionKind.ESCALATION: (
        "Đã quá hạn, chưa nhận được báo cáo của {unit}",
        "Past its deadline, no report of {unit} has come",
    ),
    NOT_ACKNOWLEDGED: (
        "{unit} chưa xác nhận tiếp nhận nhiệm vụ",
        "{unit} has not acknowledged the task",
    ),
    QuestionKind.OBSTACLE: (
        "{unit} nêu vướng mắc, cần quyết định",
        "{unit} names an obstacle and asks for a decision",
    ),
    QuestionKind.NOT_OURS: (
        "{unit} báo nhiệm vụ không thuộc đơn vị mình",
        "{unit} says that the task is not theirs",
    ),
    QuestionKind.SUSPENSION: (
        "Nhiệm vụ đang tạm dừng: dừng tiếp hay cho chạy lại?",
        "The task is suspended: renew or resume?",
    ),
}

ONCE: dict[str, Pair] = {
    QuestionKind.APPROVAL: ("Nghiệm thu báo cáo của {unit}", "Acceptance of the report of {unit}"),
    "document": ("Phê duyệt văn bản của {unit}", "Approval of a document of {unit}"),
    QuestionKind.EXTENSION: (
        "Đề nghị gia hạn của {unit} đến {day}",
        "Extension asked for by {unit}, until {day}",
    ),
    QuestionKind.COUNTER: ("Thời hạn khác được đề nghị: {day}", "Another date that was offered: {day}"),
    QuestionKind.ESCALATION: ("Hỏi {unit} về báo cáo quá hạn", "{unit} was asked about its overdue report"),
    NOT_ACKNOWLEDGED: ("Hỏi {unit} về việc tiếp nhận nhiệm vụ", "{unit} was asked to acknowledge the task"),
    QuestionKind.OBSTACLE: ("Vướng mắc của {unit}", "An obstacle of {unit}"),
    QuestionKind.NOT_OURS: ("Ý kiến của {unit} về đơn vị chủ trì", "Whether the task is that of {unit}"),
    QuestionKind.SUSPENSION: ("Xem lại việc tạm dừng", "The suspension was reviewed"),
}
"""The same once it is closed: the title of the page that tells what was decided."""

BUTTONS: dict[Choice, Pair] = {
    Choice.APPROVE: ("Nghiệm thu", "Accept the report"),
    Choice.RETURN: ("Trả lại", "Return the report"),
    Choice.ASK_MORE: ("Yêu cầu bổ sung", "Ask for more"),
    Choice.GRANT: ("Đồng ý gia hạn", "Grant the extension"),
    Choice.REFUSE: ("Không đồng ý", "Refuse"),
    Choice.COUNTER: ("Đề nghị ngày khác", "Offer another date"),
    Choice.ACCEPT: ("Chấp nhận ngày được đề nghị", "Accept the date"),
    Choice.DECLINE: ("Không chấp nhận", "Decline the date"),
    Choice.COMMIT: ("Cam kết ngày hoàn thành", "Commit to a date"),
    Choice.EXTEND: ("Xin gia hạn", "Ask for an extension"),
    Choice.REASSIGN: ("Giao người khác thực hiện", "Give it to another officer"),
    Choice.OBSTACLE: ("Nêu vướng mắc", "Name an obstacle"),
    Choice.NOT_OURS: ("Báo không thuộc đơn vị", "Say that it is not ours"),
    Choice.REPORT: ("Nộp báo cáo", "Hand in the report"),
    Choice.RESOLVE: ("Giải quyết vướng mắc", "Resolve the obstacle"),
    Choice.AGREE: ("Đồng ý, không thuộc đơn vị", "Agree: it is not theirs"),
    Choice.RENEW: ("Tạm dừng tiếp", "Renew the suspension"),
    Choice.RESUME: ("Cho chạy lại", "Resume the task"),
}

DOCUMENT_BUTTONS: dict[Choice, Pair] = {
    Choice.APPROVE: ("Phê duyệt", "Approve"),
    Choice.RETURN: ("Trả lại để hoàn thiện", "Return for revision"),
    Choice.REFUSE: ("Không phê duyệt", "Refuse"),
}
"""The same for a document that waits for approval."""

MEANS: dict[Choice, Pair] = {
    Choice.APPROVE: ("Nhiệm vụ hoàn thành.", "The task is done."),
    Choice.RETURN: (
        "Đơn vị làm lại theo lý do và ngày ghi dưới đây.",
        "The unit redoes it by the reason and day given.",
    ),
    Choice.ASK_MORE: (
        "Chưa quyết định; đơn vị bổ sung rồi hỏi lại.",
        "Nothing is decided; the unit adds what is missing and you are asked again.",
    ),
    Choice.GRANT: ("Thời hạn chuyển sang ngày đơn vị xin.", "The deadline moves to the date asked for."),
    Choice.REFUSE: ("Thời hạn và nhiệm vụ giữ nguyên.", "The deadline and the task stay as they are."),
    Choice.COUNTER: (
        "Đơn vị được hỏi có nhận ngày này không.",
        "The unit is asked whether it takes this date.",
    ),
    Choice.ACCEPT: ("Thời hạn chuyển sang ngày này.", "The deadline moves to this date."),
    Choice.DECLINE: ("Thời hạn giữ nguyên.", "The deadline stays."),
    Choice.COMMIT: (
        "Tạm ngừng đôn đốc đến hết ngày cam kết; quá ngày đó mà chưa có báo cáo thì hỏi cấp tiếp theo.",
        "Nobody above is asked until the end of that day; without a report by then the next level is.",
    ),
    Choice.EXTEND: (
        "Bên giao việc quyết định; trong khi chờ, tạm ngừng đôn đốc.",
        "The assigning side decides; nobody is pressed meanwhile.",
    ),
    Choice.REASSIGN: (
        "Người nhận được báo ngay và phải xác nhận tiếp nhận.",
        "They are told at once and asked to acknowledge.",
    ),
    Choice.OBSTACLE: (
        "Bên giao việc quyết định; trong khi chờ, tạm ngừng đôn đốc.",
        "The assigning side decides; nobody is pressed meanwhile.",
    ),
    Choice.NOT_OURS: (
        "Bên giao việc quyết định nhiệm vụ thuộc đơn vị nào.",
        "The assigning side decides whose it is.",
    ),
    Choice.REPORT: ("Báo cáo được chuyển đến người nghiệm thu.", "The report goes to those who accept it."),
    Choice.RESOLVE: ("Đơn vị tiếp tục thực hiện.", "The unit goes on."),
    Choice.AGREE: ("Nhiệm vụ được thu hồi khỏi đơn vị.", "The task is withdrawn from the unit."),
    Choice.RENEW: (
        "Đồng hồ tiếp tục dừng đến ngày xem lại.",
        "The clock stands until it is looked at again.",
    ),
    Choice.RESUME: (
        "Đồng hồ chạy lại; thời hạn lùi theo số ngày đã dừng.",
        "The clock runs; the deadline moves by the days it stood.",
    ),
}

DOCUMENT_MEANS: dict[Choice, Pair] = {
    Choice.APPROVE: ("Văn bản qua bước này.", "The document passes this stage."),
    Choice.RETURN: ("Đơn vị hoàn thiện rồi trình lại.", "The unit revises it and submits it again."),
    Choice.REFUSE: (
        "Việc trình kết thúc, văn bản không được phê duyệt.",
        "It ends here: the document is refused.",
    ),
}

REFUSED_BUTTONS: dict[QuestionKind, Pair] = {
    QuestionKind.APPROVAL: ("Không nghiệm thu", "Refuse the report"),
    QuestionKind.EXTENSION: ("Không gia hạn", "Refuse the extension"),
    QuestionKind.OBSTACLE: ("Không chấp nhận vướng mắc", "Do not accept the obstacle"),
    QuestionKind.NOT_OURS: ("Vẫn thuộc đơn vị", "It stays theirs"),
}
REFUSED_MEANS: dict[QuestionKind, Pair] = {
    QuestionKind.APPROVAL: (
        "Báo cáo không được nghiệm thu; nhiệm vụ tiếp tục, thời hạn giữ nguyên.",
        "The report is not accepted; the task goes on, its deadline stays.",
    ),
    QuestionKind.EXTENSION: ("Thời hạn giữ nguyên.", "The deadline stays."),
    QuestionKind.OBSTACLE: ("Đơn vị tiếp tục thực hiện.", "The unit goes on with it."),
    QuestionKind.NOT_OURS: ("Nhiệm vụ vẫn thuộc đơn vị.", "The task stays with the unit."),
}
"""What a No means, question by question."""
