"""What can be wrong with a document for approval."""

Row = tuple[str, str, str, str, str]

ASK: dict[str, Row] = {
    "text_too_long": (
        "error", "«{field}» dài {length} ký tự, nhiều nhất {limit}",
        "“{field}” has {length} characters, at most {limit}",
        "tóm tắt ở đây, phần dài để trong tài liệu kèm theo (evidence)",
        "keep it short here and put the rest into a document (evidence)"),
    "nothing_asked": (
        "error", "chưa có gì để trình: không có nội dung, văn bản hay tài liệu",
        "there is nothing to decide on: no text, document or evidence",
        "ghi «text: …», hoặc «document:» với số và ngày, hoặc «evidence:»",
        "write “text: …”, or “document:” with number and date, or “evidence:”"),
    "evidence_many": (
        "error", "quá nhiều tài liệu kèm theo (nhiều nhất {limit})", "too many pieces of evidence (at most {limit})",
        "gộp vào một thư mục rồi ghi liên kết tới thư mục đó", "put them into one folder and give its link"),
    "needed_past": (
        "warning", "ngày cần có ý kiến {day} đã qua (hôm nay {today})",
        "the day it is needed by, {day}, has passed (today is {today})",
        "sửa «needed», hoặc bỏ dòng này", "correct “needed”, or remove the line"),
    "not_of_unit": (
        "error", "«{person}» không phải đầu mối hay người đứng đầu của «{unit}»",
        "“{person}” is neither officer nor head of “{unit}”",
        "người trình là một trong: {known}", "who submits is one of: {known}"),
    "no_route": (
        "error", "chưa ghi trình qua ai", "the route is missing: nobody is asked",
        "thêm «route:» với ít nhất một bước: - head of the monitor",
        "add “route:” with at least one stage: - head of the monitor"),
}  # fmt: skip
