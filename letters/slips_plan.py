"""What can be wrong with a plan."""

Row = tuple[str, str, str, str, str]

PLAN: dict[str, Row] = {
    "undecided": (
        "error", "còn câu hỏi chưa quyết định: {question}", "a question is still open: {question}",
        "quyết định, sửa dòng này rồi xóa phần «# ?»", "decide, correct the line, and delete the “# ?”"),
    "no_tasks": (
        "error", "kế hoạch chưa có nhiệm vụ nào", "the plan has no tasks",
        "thêm ít nhất một nhiệm vụ dưới «tasks:»", "add at least one task under “tasks:”"),
    "bad_code": (
        "error", "mã «{code}» không đúng dạng{guess}", "the code “{code}” has the wrong form{guess}",
        "chỉ dùng a–z, 0–9, dấu chấm và gạch nối, tối đa 40 ký tự",
        "use a–z, 0–9, dots and hyphens only, at most 40 characters"),
    "code_twice": (
        "error", "mã nhiệm vụ «{code}» đã dùng ở dòng {first}",
        "the task code “{code}” is already used on line {first}",
        "đặt cho mỗi nhiệm vụ một mã riêng", "give each task a code of its own"),
    "unknown_unit": (
        "error", "danh bạ không có đơn vị «{name}»{guess}", "the directory has no unit “{name}”{guess}",
        "sửa mã, hoặc thêm đơn vị vào danh bạ", "correct the code, or add the unit to the directory"),
    "unknown_lead": (
        "error", "danh bạ không có đơn vị hoặc nhóm «{name}»{guess}",
        "the directory has no unit or group “{name}”{guess}",
        "sửa mã, hoặc thêm vào danh bạ", "correct the code, or add it to the directory"),
    "group_not_unit": (
        "error", "«{name}» là một nhóm, ở đây cần một đơn vị", "“{name}” is a group; one unit is needed here",
        "ghi mã của một đơn vị", "write the code of one unit"),
    "no_lead": (
        "error", "nhiệm vụ «{code}» chưa có đơn vị chủ trì", "the task “{code}” has no lead unit",
        "thêm «lead: [mã đơn vị hoặc nhóm]»", "add “lead: [code of a unit or group]”"),
    "no_head": (
        "error", "đơn vị chủ trì «{unit}» ({name}) chưa có người đứng đầu trong danh bạ",
        "the lead unit “{unit}” ({name}) has no head in the directory",
        "thêm «head: mã người» cho «{unit}» trong danh bạ",
        "add “head: person” to “{unit}” in the directory"),
    "no_officer": (
        "warning", "đơn vị «{unit}» ({name}) chưa có đầu mối: nhắc việc chuyển thẳng lên cấp tiếp theo",
        "the unit “{unit}” ({name}) has no officer: reminders go to the next level at once",
        "thêm «officers: [mã người]» cho «{unit}» trong danh bạ",
        "add “officers: [person]” to “{unit}” in the directory"),
    "monitor_no_head": (
        "warning", "đơn vị theo dõi «{unit}» chưa có người đứng đầu: cấp đôn đốc đó bị bỏ qua",
        "the monitoring unit “{unit}” has no head: its level of escalation is skipped",
        "thêm «head: mã người» cho «{unit}» trong danh bạ",
        "add “head: person” to “{unit}” in the directory"),
    "issuer_no_leadership": (
        "warning",
        "cơ quan ban hành «{unit}» chưa ghi thường trực (leadership): cấp đôn đốc cao nhất bị bỏ qua",
        "the issuer “{unit}” has no standing leadership: the highest level of escalation is skipped",
        "thêm «leadership: [mã người]» cho «{unit}» trong danh bạ",
        "add “leadership: [person]” to “{unit}” in the directory"),
    "no_monitor": (
        "error", "chưa có đơn vị theo dõi", "there is no monitoring unit",
        "thêm «monitor: mã đơn vị» ở đầu kế hoạch", "add “monitor: unit” at the top of the plan"),
    "no_approver": (
        "error", "nhiệm vụ «{code}» không có ai phê duyệt báo cáo",
        "nobody approves the reports of the task “{code}”",
        "thêm «approvers: [approver of the issuer]»", "add “approvers: [approver of the issuer]”"),
    "bad_role": (
        "error", "«{role}» không phải là vai{guess}", "“{role}” is not a role{guess}",
        "viết «approver:mã-đơn-vị» hoặc «approver of the issuer»",
        "write “approver:unit” or “approver of the issuer”"),
    "role_vacant": (
        "error", "vai «{role}» không có ai trong danh bạ", "nobody in the directory holds the role “{role}”",
        "ghi người cho vai đó trong danh bạ, hoặc chọn vai khác",
        "record a person for it in the directory, or choose another role"),
    "role_of_many": (
        "error", "«{role}» không dùng được khi nhiều đơn vị chủ trì",
        "“{role}” cannot be used where several units lead",
        "dùng vai của cơ quan ban hành, hoặc tách nhiệm vụ theo từng đơn vị",
        "use a role of the issuer, or split the task by unit"),
    "only_self": (
        "error", "chỉ có «{person}» vừa báo cáo vừa phê duyệt cho «{unit}»",
        "only “{person}” would both report and approve for “{unit}”",
        "không ai được duyệt báo cáo của chính mình: thêm người phê duyệt khác",
        "nobody approves their own report: add another approver"),
    "bad_quorum": (
        "error", "cần {quorum} người đồng ý nhưng chỉ hỏi {asked} vai",
        "{quorum} must agree but only {asked} roles are asked",
        "giảm «quorum», hoặc ghi «all»", "lower “quorum”, or write “all”"),
    "quorum_too_heavy": (
        "error", "cần {quorum} phần ý kiến đồng ý nhưng tất cả cộng lại chỉ có {asked}",
        "the quorum is {quorum}, but all voices together weigh only {asked}: it can never be reached",
        "giảm «quorum», tăng «weights», hoặc ghi «all»", "lower “quorum”, raise “weights”, or write “all”"),
    "bad_weight": (
        "error", "trọng số {weight} của «{role}» không hợp lệ (từ 1 đến {limit})",
        "the weight {weight} of “{role}” is not possible (1 to {limit})",
        "ghi số nguyên từ 1 đến {limit}", "write a whole number from 1 to {limit}"),
    "voice_not_asked": (
        "error", "«{key}» có «{role}» nhưng bước này không hỏi vai đó (chỉ hỏi: {asked})",
        "“{key}” names “{role}”, whom this stage does not ask (it asks: {asked})",
        "thêm vai đó vào «ask», hoặc bỏ khỏi «{key}»", "add the role to “ask”, or take it out of “{key}”"),
    "veto_idle": (
        "warning", "«veto» không có tác dụng khi câu trả lời đầu tiên đã quyết định («quorum: 1»)",
        "a “veto” does nothing where the first answer decides (“quorum: 1”)",
        "ghi «quorum: all» hoặc một số lớn hơn 1", "write “quorum: all” or a number above 1"),
    "empty_group": (
        "error", "nhóm «{name}» không có đơn vị nào", "the group “{name}” has no units",
        "thêm đơn vị vào nhóm trong danh bạ", "add units to the group in the directory"),
    "unit_twice": (
        "warning", "đơn vị «{unit}» có mặt nhiều lần ở «lead» ({groups}); chỉ giao một lần",
        "the unit “{unit}” stands in “lead” more than once ({groups}); it gets the task once",
        "bỏ bớt nhóm trùng nếu không cố ý", "remove the overlapping group unless it is meant"),
    "supports_itself": (
        "warning", "«{unit}» vừa chủ trì vừa phối hợp", "“{unit}” both leads and supports",
        "bỏ khỏi «supporting»", "remove it from “supporting”"),
    "unknown_parent": (
        "error", "không có nhiệm vụ cha «{parent}»{guess}", "there is no parent task “{parent}”{guess}",
        "sửa mã nhiệm vụ cha", "correct the parent’s code"),
    "parent_cycle": (
        "error", "các nhiệm vụ là cha của nhau: {cycle}", "these tasks are each other’s parents: {cycle}",
        "bỏ «parent» ở một nhiệm vụ", "remove “parent” from one of them"),
    "parent_lead": (
        "error", "nhiệm vụ cha «{parent}» do nhiều đơn vị chủ trì ({leads}), «{unit}» không thuộc số đó",
        "several units lead the parent task “{parent}” ({leads}), and “{unit}” is none of them",
        "bỏ «parent», hoặc tách nhiệm vụ cha để «{unit}» thuộc về một đơn vị chủ trì",
        "remove “parent”, or split the parent so that “{unit}” belongs to one lead unit"),
    "child_undated": (
        "warning", "nhiệm vụ con «{code}» không có hạn, trong khi nhiệm vụ cha «{parent}» có hạn {parent_due}",
        "the child “{code}” has no deadline, its parent “{parent}” is due {parent_due}",
        "ghi hạn không muộn hơn nhiệm vụ cha; nếu để trống, nhiệm vụ con chỉ được rà soát định kỳ",
        "give it a date not after its parent’s; without one it is only looked at in a rhythm"),
    "outlives_parent": (
        "warning", "nhiệm vụ con «{code}» còn các kỳ sau hạn {parent_due} của nhiệm vụ cha «{parent}»",
        "the child “{code}” has periods after its parent “{parent}” ends ({parent_due})",
        "thêm «until» không muộn hơn nhiệm vụ cha, hoặc bỏ «parent»",
        "add an “until” not after its parent’s date, or remove “parent”"),
    "after_parent": (
        "error", "hạn {due} sau hạn {parent_due} của nhiệm vụ cha «{parent}»",
        "due {due}, after its parent “{parent}” ({parent_due})",
        "sửa hạn, hoặc bỏ «parent»", "correct the date, or remove “parent”"),
    "before_letter": (
        "error", "hạn {due} trước ngày văn bản {issued}", "due {due}, before the letter’s date {issued}",
        "xem lại ngày trong văn bản", "look at the date in the letter again"),
    "deadline_past": (
        "error", "hạn {due} đã qua vào lúc giao việc ({today})",
        "the deadline {due} has passed when the task is assigned ({today})",
        "sửa hạn, hoặc giao với --late (bắt đầu ngay ở cấp đôn đốc 1)",
        "correct the date, or assign with --late (it begins at escalation level 1)"),
    "deadline_late": (
        "warning", "hạn {due} đã qua ({today}): nhiệm vụ bắt đầu ngay ở cấp đôn đốc 1",
        "the deadline {due} has passed ({today}): the task begins at escalation level 1",
        "không cần làm gì nếu đúng ý", "nothing to do if this is meant"),
    "far_deadline": (
        "warning", "hạn {due} cách ngày văn bản hơn 10 năm",
        "due {due}, more than ten years after the letter",
        "kiểm tra lại năm", "check the year"),
    "day_off": (
        "warning", "hạn {due} là ngày nghỉ ({why}); ngày ấn định không tự dời, việc nhắc chuyển về {before}",
        "{due} is a day off ({why}); a fixed date is not moved, reminders go to {before}",
        "giữ nguyên nếu đúng văn bản", "keep it if the letter says so"),
    "provisional": (
        "warning", "lịch làm việc năm {year} mới là dự kiến", "the working calendar of {year} is provisional",
        "nạp lịch chính thức khi có thông báo nghỉ lễ", "import the official calendar when it is announced"),
    "no_deadline": (
        "warning", "nhiệm vụ «{code}» chưa có hạn: sẽ được rà soát {days} ngày làm việc một lần",
        "the task “{code}” has no deadline: it is reviewed every {days} working days",
        "ghi «due: none» nếu đúng là chưa có hạn", "write “due: none” if that is decided"),
    "deadline_unclear": (
        "error", "chưa rõ hạn «{deadline}»: {why}", "“{deadline}” is not one certain deadline: {why}",
        "ghi «due:» — {choices}", "write “due:” — {choices}"),
    "deadline_invalid": (
        "error", "thời hạn «{deadline}» không đúng: {why}", "the deadline “{deadline}” cannot be: {why}",
        "hỏi lại cơ quan ban hành rồi ghi «due:» — {choices}",
        "ask the issuer, then write “due:” — {choices}"),
    "needs_received": (
        "error", "thời hạn «{deadline}» tính từ lúc nhận văn bản hoặc một mốc khác ({anchor})",
        "“{deadline}” counts from {anchor}",
        "ghi «received: ngày nhận» rồi kiểm tra lại, hoặc ghi «due: ngày»",
        "write “received: day” and check again, or “due: day”"),
    "received_unused": (
        "warning", "«received» không được dùng: thời hạn không tính từ ngày nhận",
        "“received” is not used: the deadline does not count from it",
        "bỏ «received»", "remove “received”"),
    "due_differs": (
        "warning", "hạn ghi {due} khác với cách đọc «{deadline}»: {reading}",
        "due {due} differs from the reading of “{deadline}”: {reading}",
        "sửa «due», hoặc ghi «choice: lý do» để lưu lại",
        "correct “due”, or write “choice: reason” so that it is kept"),
    "policy_unknown": (
        "error", "không có quy trình «{name}»{guess}", "there is no policy “{name}”{guess}",
        "dùng một trong: {known}, hoặc đường dẫn tới tệp .yaml",
        "use one of: {known}, or the path of a .yaml file"),
    "policy_broken": (
        "error", "quy trình «{name}» có lỗi ở dòng {at}: {what}",
        "the policy “{name}” has an error on line {at}: {what_en}",
        "chạy «policy check {name}»", "run “policy check {name}”"),
    "number_missing": (
        "error", "số văn bản «{number}» không có chữ số hoặc ký hiệu",
        "the number “{number}” has neither digits nor a symbol",
        "ghi như trên văn bản: \"1346-CV/ĐU\"", "write it as signed: \"1346-CV/ĐU\""),
}  # fmt: skip
