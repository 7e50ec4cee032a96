"""What can be wrong with a file before its content is looked at, and with single values."""

Row = tuple[str, str, str, str, str]

YAML_FILE: dict[str, Row] = {
    "file_missing": (
        "error", "không tìm thấy tệp", "there is no such file",
        "kiểm tra lại đường dẫn và tên tệp", "check the path and the name"),
    "file_is_folder": (
        "error", "{name} là thư mục, không phải tệp", "{name} is a folder, not a file",
        "ghi rõ tên tệp trong thư mục đó", "name the file in that folder"),
    "file_unreadable": (
        "error", "không mở được tệp {name} ({why})", "the file {name} cannot be opened ({why})",
        "kiểm tra quyền đọc của tệp", "check that you may read the file"),
    "file_too_large": (
        "error", "tệp lớn hơn {limit} MB", "the file is larger than {limit} MB",
        "kiểm tra có đúng tệp không; tách thành nhiều tệp nhỏ hơn",
        "check that it is the right file, or split it"),
    "file_utf16": (
        "error", "tệp được lưu ở dạng UTF-16 («Unicode» của Notepad)",
        "the file is saved as UTF-16 (Notepad’s “Unicode”)",
        "lưu lại với mã hóa UTF-8", "save it again with the encoding UTF-8"),
    "file_binary": (
        "error", "tệp không phải là văn bản (tệp nhị phân)", "the file is binary, not text",
        "chọn tệp .yaml; văn bản .docx, .pdf thì đọc bằng lệnh «read»",
        "choose the .yaml file; a .docx or .pdf goes through “read”"),
    "file_not_utf8": (
        "error", "dòng này có ký tự không phải UTF-8", "this line holds characters that are not UTF-8",
        "lưu lại tệp với mã hóa UTF-8", "save the file again with the encoding UTF-8"),
    "file_empty": (
        "error", "tệp trống", "the file is empty",
        "bắt đầu từ tệp mẫu trong examples/ hoặc lệnh «read»",
        "start from the sample in examples/ or from “read”"),
    "not_a_map": (
        "error", "chỗ này phải là các mục «khóa: giá trị»", "“key: value” pairs are expected here",
        "xem tệp mẫu trong examples/1346-cv-du/", "see the sample in examples/1346-cv-du/"),
    "yaml_tab": (
        "error", "đầu dòng có ký tự Tab", "the line is indented with a tab",
        "thay Tab bằng dấu cách (hai dấu cách mỗi bậc)", "replace the tab by spaces (two for each step)"),
    "yaml_two_documents": (
        "error", "tệp có nhiều hơn một phần «---»", "the file holds more than one “---” document",
        "mỗi tệp chỉ một phần: bỏ dòng «---» thừa", "one document a file: remove the extra “---”"),
    "yaml_syntax": (
        "error", "không đọc được YAML ở dòng này", "this is not readable YAML: {why}",
        "kiểm tra thụt dòng, dấu hai chấm, ngoặc; câu có «:» hoặc «#» thì đặt trong ngoặc kép",
        "check indentation, colons and brackets; quote a sentence that holds “:” or “#”"),
    "yaml_control": (
        "error", "dòng này có ký tự điều khiển không hiển thị",
        "this line holds an invisible control character",
        "xóa và gõ lại dòng này", "delete the line and type it again"),
    "yaml_too_deep": (
        "error", "các mục lồng nhau quá {depth} bậc", "the entries are nested deeper than {depth} steps",
        "xem tệp mẫu trong examples/1346-cv-du/", "see the sample in examples/1346-cv-du/"),
    "yaml_too_many": (
        "error", "tệp có hơn {limit} giá trị", "the file holds more than {limit} values",
        "tách thành nhiều tệp nhỏ hơn", "split it into smaller files"),
    "yaml_key": (
        "error", "tên mục phải là chữ", "a key must be a word",
        "viết «tên: giá trị»", "write “name: value”"),
    "yaml_key_twice": (
        "error", "mục «{key}» đã có ở dòng {first}", "“{key}” already stands on line {first}",
        "bỏ một trong hai dòng", "remove one of the two"),
    "unknown_key": (
        "error", "không có mục «{key}»{guess}", "there is no entry “{key}”{guess}",
        "chỉ dùng: {known}", "use only: {known}"),
    "missing_field": (
        "error", "thiếu «{field}»", "“{field}” is missing",
        "thêm dòng «{field}: …»", "add “{field}: …”"),
    "bad_value": (
        "error", "giá trị «{value}» không dùng được cho «{field}»",
        "“{value}” does not fit “{field}” ({why})",
        "xem cách ghi trong tệp mẫu examples/1346-cv-du/",
        "see how the sample in examples/1346-cv-du/ writes it"),
    "bad_choice": (
        "error", "«{value}» không phải giá trị của «{field}»{guess}",
        "“{value}” is not a value of “{field}”{guess}",
        "dùng một trong: {known}", "use one of: {known}"),
    "not_a_date": (
        "error", "«{value}» không phải là ngày", "“{value}” is not a date",
        "viết ngày dạng 2026-06-30 hoặc 30/6/2026", "write dates as 2026-06-30 or 30/6/2026"),
    "impossible_date": (
        "error", "không có ngày {value}", "there is no such day as {value}",
        "xem lại ngày trong văn bản; không tự sửa thay",
        "look at the letter again; nothing is repaired silently"),
    "not_a_due": (
        "error", "«{value}» không phải là hạn", "“{value}” is not a due date",
        "viết 2026-06-30, \"2026-06-30 17:00\", none, hoặc {{rrule: …, next: …}}",
        "write 2026-06-30, \"2026-06-30 17:00\", none, or {{rrule: …, next: …}}"),
    "bad_rrule": (
        "error", "«{value}» không phải là quy tắc lặp lại", "“{value}” is not a rule of recurrence",
        "ví dụ FREQ=MONTHLY;BYMONTHDAY=25", "for example FREQ=MONTHLY;BYMONTHDAY=25"),
    "secret": (
        "error", "tệp có dấu chỉ độ mật: không được đọc, lưu hoặc ghi nhật ký ở hệ thống này",
        "the file carries a secrecy mark: this system does not read, keep or log it",
        "xử lý theo quy định về bảo vệ bí mật nhà nước; xóa tệp khỏi máy này",
        "handle it by the rules for the protection of state secrets, and remove the file from this machine"),
}  # fmt: skip
