"""What can be wrong with a directory, a policy or a scenario."""

Row = tuple[str, str, str, str, str]

OFFICE: dict[str, Row] = {
    # directory
    "unit_code_twice": (
        "error", "mã «{code}» đã dùng ở dòng {first}", "the code “{code}” is already used on line {first}",
        "đặt mã khác cho một trong hai", "give one of them another code"),
    "person_twice": (
        "error", "mã người «{person}» đã dùng ở dòng {first}",
        "the person id “{person}” is already used on line {first}",
        "đặt mã khác cho một trong hai", "give one of them another id"),
    "bad_person_id": (
        "error", "mã người «{person}» không đúng dạng{guess}",
        "the person id “{person}” has the wrong form{guess}",
        "chỉ dùng a–z, 0–9, dấu chấm, gạch nối, gạch dưới và @, tối đa 100 ký tự",
        "use a–z, 0–9, dots, hyphens, underscores and @ only, at most 100 characters"),
    "unknown_person": (
        "error", "danh bạ không có người «{person}»{guess}", "the directory has no person “{person}”{guess}",
        "sửa mã, hoặc thêm vào «people:»", "correct the id, or add it under “people:”"),
    "unknown_superior": (
        "error", "không có đơn vị cấp trên «{name}»{guess}", "there is no superior unit “{name}”{guess}",
        "sửa «parent», hoặc thêm đơn vị đó", "correct “parent”, or add that unit"),
    "superior_cycle": (
        "error", "các đơn vị là cấp trên của nhau: {cycle}",
        "these units are each other’s superiors: {cycle}",
        "bỏ «parent» ở một đơn vị", "remove “parent” from one of them"),
    "group_unit_unknown": (
        "error", "nhóm «{group}» có đơn vị không có trong danh bạ: «{name}»{guess}",
        "the group “{group}” names an unknown unit “{name}”{guess}",
        "sửa mã trong nhóm, hoặc thêm đơn vị", "correct the code in the group, or add the unit"),
    "group_unit_twice": (
        "warning", "nhóm «{group}» ghi «{name}» hai lần", "the group “{group}” names “{name}” twice",
        "bỏ một lần", "remove one"),
    "alias_twice": (
        "warning", "tên gọi «{alias}» dùng cho cả «{first}» và «{second}»",
        "the alias “{alias}” means both “{first}” and “{second}”",
        "bỏ ở một nơi, nếu không văn bản sẽ phải hỏi lại",
        "remove one, or letters that use it become questions"),
    "bad_email": (
        "error", "địa chỉ thư «{email}» không đúng", "the e-mail address “{email}” is malformed",
        "ví dụ van.thu@example.invalid", "for example clerk@example.invalid"),
    "email_twice": (
        "warning", "«{first}» và «{second}» dùng chung thư điện tử {email}: không ai đăng nhập được bằng thư này",
        "“{first}” and “{second}” share the e-mail {email}: neither can sign in by it",
        "mỗi người một địa chỉ; đến khi đó họ đăng nhập bằng mã của mình",
        "one address a person; until then they sign in by their id"),
    "monitoring_unknown": (
        "error", "«monitoring» ghi đơn vị không có trong danh bạ: «{unit}»{guess}",
        "“monitoring” names an unknown unit “{unit}”{guess}",
        "sửa mã, hoặc thêm đơn vị", "correct the code, or add the unit"),
    "dates_reversed": (
        "error", "vắng mặt đến {end}, trước ngày bắt đầu {start}",
        "the absence ends {end}, before it starts {start}",
        "đổi lại hai ngày", "swap the two dates"),
    "acting_reversed": (
        "error", "phụ trách đến {end}, trước ngày bắt đầu {start}",
        "acting until {end}, before it starts {start}",
        "đổi lại hai ngày", "swap the two dates"),
    "acting_overlap": (
        "error", "hai người cùng phụ trách «{unit}» trong một ngày (dòng {first})",
        "two people act as head of “{unit}” on one day (line {first})",
        "sửa ngày để mỗi ngày chỉ có một người", "correct the dates: one person a day"),
    "no_delegate": (
        "warning", "«{person}» vắng mặt mà không có người được ủy quyền: việc chuyển lên cấp tiếp theo",
        "“{person}” is away without a delegate: questions go to the next level",
        "thêm «delegate: mã người»", "add “delegate: person”"),
    "delegate_self": (
        "error", "«{person}» không thể tự ủy quyền cho mình", "“{person}” cannot stand in for themselves",
        "ghi người khác ở «delegate»", "name another person as “delegate”"),
    "delegate_away": (
        "warning", "người được ủy quyền «{delegate}» cũng vắng mặt từ {start} đến {end}",
        "the delegate “{delegate}” is away too, from {start} to {end}",
        "chọn người khác", "choose another person"),
    "absence_overlap": (
        "warning", "«{person}» có hai đợt vắng mặt trùng nhau (dòng {first})",
        "two absences of “{person}” overlap (line {first})",
        "gộp hai đợt hoặc sửa ngày", "merge them or correct the dates"),
    "directory_empty": (
        "error", "danh bạ chưa có đơn vị nào", "the directory has no units",
        "thêm đơn vị dưới «units:»", "add units under “units:”"),
    # policy
    "levels_descend": (
        "error", "cấp này có «after» là {after}, không muộn hơn cấp trước ({before})",
        "this level has “after” {after}, which is not later than the one before ({before})",
        "«after» phải tăng dần", "“after” must rise from level to level"),
    "level_asks_nobody": (
        "error", "cấp này không hỏi ai", "this level asks nobody",
        "thêm «ask: [head]» hoặc vai khác", "add “ask: [head]” or another part"),
    "asked_outside": (
        "error", "«asked» chỉ có nghĩa trong «silence» của một câu hỏi",
        "“asked” means something only in the “silence” of a question",
        "ghi vai cụ thể: officer, head, monitor, leadership, approver, assigner",
        "name a part: officer, head, monitor, leadership, approver, assigner"),
    "reminder_after": (
        "error", "nhắc sau hạn ({count}) không bao giờ được gửi",
        "a reminder after the deadline ({count}) is never sent",
        "dùng số âm hoặc 0; sau hạn là việc của «overdue»",
        "use a negative number or 0; after the deadline “overdue” speaks"),
    "answer_endless": (
        "error", "trả lời «{choice}» không có điểm kết thúc: {why}",
        "the answer “{choice}” has no end: {why}",
        "bỏ lựa chọn này hoặc đặt giới hạn", "remove the choice, or give it a limit"),
    "no_answers": (
        "error", "cấp {level} không có lựa chọn trả lời nào", "level {level} has no answers to choose from",
        "ghi ít nhất một lựa chọn, ví dụ [commit, obstacle]",
        "name at least one, for example [commit, obstacle]"),
    "wrong_answer": (
        "error", "«{choice}» không phải là câu trả lời khi đôn đốc",
        "“{choice}” is no answer to an escalation",
        "dùng: {known}", "use: {known}"),
    "silent_end": (
        "error", "không ai trả lời «{kind}» thì không có bước tiếp theo",
        "nothing follows when “{kind}” is not answered",
        "thêm «{kind}» với «silence» vào «questions»", "add “{kind}” with a “silence” ladder to “questions”"),
    "silence_decides_what": (
        "error", "«{choice}» không phải là điều mà sự im lặng quyết định được cho «{kind}» (chỉ: {known})",
        "silence cannot decide “{kind}” as “{choice}” (only: {known})",
        "chọn một trong: {known}, hoặc bỏ «decide»", "choose among: {known}, or take “decide” out"),
    "silence_decides_early": (
        "error", "sau {after} ngày làm việc đã quyết định khi chưa ai được nhắc (cấp đầu tiên: {first})",
        "decided after {after} working days, before anybody is reminded (first level: {first})",
        "lùi «decide.after» ra sau cấp đầu tiên của «silence»",
        "move “decide.after” behind the first level of “silence”"),
    "silence_decides_hastily": (
        "warning", "sau {after} ngày làm việc đã quyết định; thang «silence» (đến ngày {last}) bị cắt ngắn",
        "decided after {after} working days: the ladder of “silence”, which ends on day {last}, is cut short",
        "lùi «decide.after», hoặc rút ngắn «silence»", "move “decide.after”, or shorten “silence”"),
    "silence_approves": (
        "warning", "báo cáo được nghiệm thu mà không ai xem: im lặng {after} ngày làm việc là đồng ý",
        "a report is approved though nobody looked at it: {after} working days of silence are a yes",
        "bỏ «decide» của «approval» nếu không có quy định cho phép",
        "take “decide” out of “approval” unless a rule of yours allows it"),
    "no_levels": (
        "error", "thang đôn đốc không có cấp nào", "the ladder has no levels",
        "thêm ít nhất một cấp: - {{after: 1, ask: [head]}}",
        "add at least one level: - {{after: 1, ask: [head]}}"),
    "absurd_number": (
        "error", "{field} = {value} là vô lý (tối đa {limit})",
        "{field} = {value} is absurd (at most {limit})",
        "kiểm tra lại con số", "check the number"),
    "answer_too_long": (
        "warning", "được trả lời trong {within} nhưng cấp trên đã được hỏi sau {gap}",
        "{within_en} to answer, but the next level is asked after {gap_en}",
        "giảm thời gian trả lời, hoặc lùi cấp tiếp theo",
        "shorten the time to answer, or move the next level"),
    "quiet_marks": (
        "warning", "{field} {at} nằm trong giờ yên lặng {quiet}",
        "{field} {at} lies in the quiet hours {quiet}",
        "chọn giờ trong giờ làm việc", "choose a time within office hours"),
    "levels_mix": (
        "error", "cấp này tính bằng «{unit}», cấp đầu tính bằng «{first}»",
        "this level counts in “{unit}”, the first one in “{first}”",
        "các cấp của một thang dùng cùng một đơn vị: hour hoặc working_day",
        "the levels of one ladder share one unit: hour or working_day"),
    "reminder_at_deadline": (
        "error", "nhắc trước hạn 0 giờ trùng lúc hết hạn nên không bao giờ được gửi",
        "a reminder 0 hours before the deadline falls on its instant and is never sent",
        "dùng số giờ âm, hoặc «{{count: 0}}» (sáng ngày đến hạn)",
        "use a negative number of hours, or “{{count: 0}}” (the morning of the day)"),
    "held_by_night": (
        "warning", "mọi ngày giờ đều tính («days: all») nhưng thông báo vẫn chờ qua giờ yên lặng {quiet} và ngày nghỉ",
        "every hour counts (“days: all”), yet notices wait for the end of the quiet hours {quiet} and of days off",
        "thêm «at_once: true» vào «delivery»", "add “at_once: true” to “delivery”"),
    "review_too_late": (
        "error", "xem lại việc tạm dừng sau {review} ngày, nhưng chỉ được tạm dừng {longest} ngày",
        "a suspension is looked at after {review} days, but may last only {longest}",
        "giảm «suspension_review», hoặc tăng «suspension_longest»",
        "lower “suspension_review”, or raise “suspension_longest”"),
    "no_reminders": (
        "warning", "không có nhắc việc trước hạn", "there is no reminder before the deadline",
        "thêm ít nhất một dòng vào «reminders»", "add at least one under “reminders”"),
    # scenario
    "when_unclear": (
        "error", "«when» phải có đúng một trong «at» và «after»",
        "“when” needs exactly one of “at” and “after”",
        "viết when: {{at: \"2026-06-05 09:00\"}} hoặc when: {{after: {{event: escalated, level: 1}}, plus: 2h}}",
        "write when: {{at: \"2026-06-05 09:00\"}} or when: {{after: {{event: escalated, level: 1}}, plus: 2h}}"),
    "not_an_instant": (
        "error", "«{value}» không phải là ngày giờ", "“{value}” is not a day with a time",
        "viết \"2026-06-05 09:00\" (giờ địa phương)", "write \"2026-06-05 09:00\" (local time)"),
    "not_a_delay": (
        "error", "«{value}» không phải là khoảng thời gian", "“{value}” is not a span of time",
        "ví dụ \"1 working day\", \"2 working days 09:30\", \"2h\", \"30m\"",
        "for example \"1 working day\", \"2 working days 09:30\", \"2h\", \"30m\""),
    "act_needs": (
        "error", "«{act}» cần có «{field}»", "“{act}” needs “{field}”",
        "thêm «{field}: …» vào dòng này", "add “{field}: …” to this act"),
    "unknown_task": (
        "error", "kế hoạch không có nhiệm vụ «{task}»{guess}", "the plan has no task “{task}”{guess}",
        "sửa mã nhiệm vụ", "correct the task’s code"),
    "unit_not_lead": (
        "error", "«{unit}» không chủ trì nhiệm vụ «{task}»{guess}",
        "“{unit}” does not lead the task “{task}”{guess}",
        "sửa «unit»", "correct “unit”"),
}  # fmt: skip
