"""What happened, or will happen, to a task: (short name vi, en, sentence vi, en).

`{…}` are the event's fields in words: `who` (with whom they stood in for), `day`, `before`, `level`, `number`,
`round`, `count`, `person`, `choice`, `offset`, `to`, `calendar`, `other`. `desk/words.py` fills them.
"""

from directive.event import EventKind as E
from directive.message import Grade

Telling = tuple[str, str, str, str]

EVENTS: dict[E, Telling] = {
    E.ASSIGNED: ("giao nhiệm vụ", "assigned", "giao nhiệm vụ cho {to}", "assigned to {to}"),
    E.ACKNOWLEDGED: ("tiếp nhận", "acknowledged", "{who} tiếp nhận nhiệm vụ", "{who} acknowledged the task"),
    E.PROGRESSED: ("báo tiến độ", "progress", "{who} báo tiến độ", "{who} told the progress"),
    E.REPORTED: ("báo cáo", "reported", "{who} nộp báo cáo kết quả", "{who} handed in the report"),
    E.VOTED: ("trả lời", "voted", "{who} trả lời: {choice}", "{who} answered: {choice}"),
    E.APPROVED: ("nghiệm thu", "approved", "{who} nghiệm thu báo cáo", "{who} approved the report"),
    E.RETURNED: (
        "trả lại", "returned",
        "{who} trả lại báo cáo (lần {round}), làm lại đến {day}",
        "{who} returned the report (round {round}), to be redone by {day}"),
    E.REPORT_REFUSED: (
        "không nghiệm thu", "report refused",
        "{who} không nghiệm thu báo cáo", "{who} did not accept the report"),
    E.MORE_ASKED: (
        "yêu cầu bổ sung thông tin", "more asked for",
        "{who} yêu cầu bổ sung thông tin trước khi quyết định", "{who} asked for more before deciding"),
    E.MORE_GIVEN: (
        "bổ sung thông tin", "more supplied", "{who} bổ sung thông tin", "{who} supplied more"),
    E.EXTENSION_REQUESTED: (
        "xin gia hạn", "extension requested",
        "{who} xin gia hạn đến {day}", "{who} asked for an extension until {day}"),
    E.EXTENSION_GRANTED: (
        "cho gia hạn", "extension granted",
        "gia hạn lần {count} đến {day} (trước đó {before}), do {who} quyết định",
        "extension {count} until {day} (before: {before}), decided by {who}"),
    E.EXTENSION_REFUSED: (
        "không cho gia hạn", "extension refused",
        "{who} không đồng ý gia hạn", "{who} refused the extension"),
    E.COUNTER_OFFERED: (
        "đề nghị ngày khác", "another date offered",
        "{who} đề nghị ngày khác: {day}", "{who} offered {day} instead"),
    E.COUNTER_DECLINED: (
        "không nhận ngày được đề nghị", "offer declined",
        "{who} không chấp nhận ngày được đề nghị", "{who} declined the date offered"),
    E.COMMITTED: ("cam kết", "committed", "{who} cam kết xong trong ngày {day}", "{who} committed to {day}"),
    E.REASSIGNED: (
        "giao người khác", "reassigned",
        "{who} giao lại cho {person}", "{who} reassigned the task to {person}"),
    E.OBSTACLE_RAISED: ("nêu vướng mắc", "obstacle raised", "{who} nêu vướng mắc", "{who} raised an obstacle"),
    E.OBSTACLE_RESOLVED: (
        "giải quyết vướng mắc", "obstacle resolved",
        "{who} cho biết vướng mắc đã được giải quyết", "{who} said that the obstacle is resolved"),
    E.OBSTACLE_REFUSED: (
        "không chấp nhận vướng mắc", "obstacle refused",
        "{who} không chấp nhận vướng mắc", "{who} did not accept the obstacle"),
    E.NOT_OURS_RAISED: (
        "báo không thuộc đơn vị", "said not theirs",
        "{who} báo nhiệm vụ không thuộc đơn vị mình", "{who} said that the task is not theirs"),
    E.NOT_OURS_AGREED: (
        "đồng ý không thuộc đơn vị", "agreed: not theirs",
        "{who} đồng ý nhiệm vụ không thuộc đơn vị và thu hồi", "{who} agreed and withdrew the task from the unit"),
    E.NOT_OURS_REFUSED: (
        "nhiệm vụ vẫn thuộc đơn vị", "still theirs",
        "{who} quyết định nhiệm vụ vẫn thuộc đơn vị", "{who} decided that the task stays with the unit"),
    E.DEADLINE_AMENDED: (
        "sửa thời hạn", "deadline amended",
        "{who} sửa thời hạn thành {day} (trước đó {before})", "{who} set the deadline to {day} (before: {before})"),
    E.SUSPENDED: ("tạm dừng", "suspended", "{who} tạm dừng nhiệm vụ", "{who} suspended the task"),
    E.SUSPENSION_RENEWED: (
        "tạm dừng tiếp", "suspension renewed",
        "{who} cho tạm dừng tiếp đến {day}", "{who} renewed the suspension until {day}"),
    E.RESUMED: ("tiếp tục", "resumed", "{who} cho tiếp tục thực hiện", "{who} resumed the task"),
    E.WITHDRAWN: ("thu hồi", "withdrawn", "{who} thu hồi nhiệm vụ", "{who} withdrew the task"),
    E.NUDGED: ("đôn đốc", "nudged", "{who} đôn đốc lần {number}", "{who} sent nudge no. {number}"),
    E.REPLANNED: (
        "chuyển lịch", "replanned",
        "{who} chuyển nhiệm vụ sang lịch {calendar} (trước đó {before})",
        "{who} moved the task to the calendar {calendar} (before: {before})"),
    E.ANSWER_REFUSED: (
        "câu trả lời bị từ chối", "answer refused",
        "câu trả lời của {who} bị từ chối", "the answer of {who} was refused"),
    E.REMINDED: ("nhắc việc", "reminder", "nhắc {to}", "reminded {to}"),
    E.ACKNOWLEDGEMENT_REMINDED: (
        "nhắc tiếp nhận", "reminder to acknowledge",
        "nhắc {to} tiếp nhận nhiệm vụ", "reminded {to} to acknowledge"),
    E.ACKNOWLEDGEMENT_ESCALATED: (
        "chưa tiếp nhận: báo cấp trên", "not acknowledged: escalated",
        "chưa có xác nhận tiếp nhận, báo {to}", "not acknowledged; {to} was asked"),
    E.ESCALATED: (
        "báo cấp trên, mức {level}", "escalation, level {level}",
        "chưa nhận được báo cáo, hỏi {to} (mức {level})", "no report has come; {to} was asked (level {level})"),
    E.ESCALATED_AGAIN: (
        "báo lại cấp trên, mức {level}", "escalation again, level {level}",
        "vẫn chưa nhận được báo cáo, hỏi lại {to}", "still no report; {to} was asked again"),
    E.FINAL_NOTICE: (
        "thông báo cuối", "final notice",
        "thông báo cuối cùng tới {to}", "the final notice went to {to}"),
    E.LISTED: (
        "vào danh sách cần xử lý", "on the list",
        "đưa vào danh sách cần xử lý của {to}", "put on the list of {to}"),
    E.QUESTION_PRESSED: (
        "nhắc trả lời, mức {level}", "pressed for an answer, level {level}",
        "chưa có trả lời, nhắc {to}", "no answer yet; {to} was pressed"),
    E.QUESTION_FINAL: (
        "nhắc trả lời lần cuối", "pressed for the last time",
        "chưa có trả lời, nhắc {to} lần cuối", "no answer yet; {to} was pressed for the last time"),
    E.QUESTION_LISTED: (
        "câu hỏi vào danh sách cần xử lý", "question on the list",
        "câu hỏi chưa trả lời vào danh sách của {to}", "the unanswered question went on the list of {to}"),
    E.QUESTION_LAPSED: (
        "hết thời gian trả lời", "no answer in time",
        "không có trả lời; theo quy định của chính sách, quyết định là: {choice}",
        "no answer came; by the policy's rule it is decided as: {choice}"),
    E.REVIEW_ASKED: (
        "hỏi tình hình", "review asked",
        "hỏi {to} về tình hình thực hiện (chưa có hạn)", "asked {to} how it stands (no deadline)"),
    E.SUSPENSION_REVIEWED: (
        "xem lại tạm dừng", "suspension reviewed",
        "hỏi {to}: tiếp tục hay tạm dừng thêm", "asked {to} to resume or to renew the suspension"),
    E.SKIPPED: (
        "bỏ qua, không có ai để hỏi", "skipped: nobody to ask",
        "bỏ qua {to}: không có ai để hỏi", "skipped {to}: nobody could be asked"),
    E.SUPERSEDED: (
        "được thay bằng bước mới hơn", "superseded",
        "không gửi: đã có bước mới hơn ({other})", "not sent: a newer step took its place ({other})"),
}  # fmt: skip

DECISIONS: dict[Grade, tuple[str, str]] = {
    Grade.CRITICISM: (
        "{who} phê bình (văn bản số {document} ngày {dated}; lần {number})",
        "{who} recorded a criticism (document {document} of {dated}; no. {number})"),
    Grade.REVIEW: (
        "{who} yêu cầu kiểm điểm (văn bản số {document} ngày {dated}; lần {number})",
        "{who} called for a review (document {document} of {dated}; no. {number})"),
}  # fmt: skip
"""A nudge that is more than a reminder: always by a document."""
