"""Why a file is not read as a letter with tasks: typed, in both languages, with the way out."""

from enum import StrEnum


class Refused(Exception):
    """A file that gives no letter. `code` is stable; `message_vi` and `message_en` are for people."""

    def __init__(
        self, code: str, message_vi: str, message_en: str, remedy_vi: str = "", remedy_en: str = ""
    ) -> None:
        self.code = code
        self.message_vi = message_vi
        self.message_en = message_en
        self.remedy_vi = remedy_vi
        self.remedy_en = remedy_en
        super().__init__(f"{message_en} {remedy_en}".strip())

    @property
    def remedy(self) -> str:
        """The way out, in Vietnamese, the language of the office."""
        return self.remedy_vi


class Reason(StrEnum):
    """Why a file cannot be read at all."""

    MISSING = "missing"
    TOO_LARGE = "too_large"
    EMPTY = "empty"
    BINARY = "binary"
    DAMAGED = "damaged"
    PROTECTED = "protected"
    SCAN = "scan_without_text"
    UNKNOWN_FORMAT = "unknown_format"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_ROWS = "too_many_rows"
    NO_COLUMNS = "no_known_columns"


_MESSAGES: dict[Reason, tuple[str, str, str, str]] = {
    Reason.MISSING: (
        "Không tìm thấy tệp.", "The file is not there.",
        "Kiểm tra lại đường dẫn.", "Check the path."),
    Reason.TOO_LARGE: (
        "Tệp quá lớn so với một văn bản chỉ đạo.", "The file is too large to be a letter.",
        "Tách phần văn bản cần giao việc thành tệp riêng.", "Put the letter itself into a file of its own."),
    Reason.EMPTY: (
        "Tệp không có nội dung chữ.", "The file holds no text.",
        "Kiểm tra lại tệp đã lưu.", "Check the saved file."),
    Reason.BINARY: (
        "Tệp không phải là văn bản đọc được.", "The file is not readable text.",
        "Lưu lại thành .docx, .pdf có chữ hoặc .txt (UTF-8).", "Save it as .docx, .pdf with text, or .txt (UTF-8)."),
    Reason.DAMAGED: (
        "Tệp bị hỏng hoặc không đúng định dạng.", "The file is damaged or not what its name says.",
        "Mở bằng chương trình soạn thảo rồi lưu lại.", "Open it in an editor and save it again."),
    Reason.PROTECTED: (
        "Tệp được bảo vệ bằng mật khẩu.", "The file is protected by a password.",
        "Bỏ mật khẩu rồi đọc lại.", "Remove the password and read again."),
    Reason.SCAN: (
        "Tệp PDF là ảnh quét, không có lớp chữ.", "The PDF is a scan without a text layer.",
        "Nhận dạng chữ trước: ocrmypdf -l vie VÀO.pdf RA.pdf", "Make it searchable: ocrmypdf -l vie IN.pdf OUT.pdf"),
    Reason.UNKNOWN_FORMAT: (
        "Chưa hỗ trợ định dạng tệp này.", "This kind of file is not supported.",
        "Dùng .txt, .docx, .pdf (văn bản) hoặc .xlsx (bảng theo dõi).",
        "Use .txt, .docx, .pdf (letters) or .xlsx (trackers)."),
    Reason.TOO_MANY_COLUMNS: (
        "Bảng có quá nhiều cột.", "The table has too many columns.",
        "Chỉ giữ các cột TT, Nhiệm vụ, Chủ trì, Phối hợp, Thời hạn, Sản phẩm.",
        "Keep the columns TT, Nhiệm vụ, Chủ trì, Phối hợp, Thời hạn, Sản phẩm."),
    Reason.TOO_MANY_ROWS: (
        "Bảng có quá nhiều dòng.", "The table has too many rows.",
        "Tách bảng thành nhiều tệp.", "Split the table into several files."),
    Reason.NO_COLUMNS: (
        "Không thấy hàng tiêu đề có cột nhiệm vụ.", "No heading row with a column of tasks was found.",
        "Đặt tên cột: TT, Nhiệm vụ, Chủ trì, Phối hợp, Thời hạn, Sản phẩm.",
        "Name the columns TT, Nhiệm vụ, Chủ trì, Phối hợp, Thời hạn, Sản phẩm."),
}  # fmt: skip


class Unreadable(Refused):
    """The file cannot be read within its bounds of time and memory; `reason` says why, `remedy` what to do."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        vi, en, remedy_vi, remedy_en = _MESSAGES[reason]
        super().__init__(f"unreadable.{reason.value}", vi, en, remedy_vi, remedy_en)


class LetterKind(StrEnum):
    """What a text is that is not a letter with tasks."""

    NEWS = "news"
    INVITATION = "invitation"
    NOTICE = "notice"
    UNKNOWN = "unknown"


_KINDS: dict[LetterKind, tuple[str, str]] = {
    LetterKind.NEWS: ("Đây là bài báo, không phải văn bản chỉ đạo.", "This is a news article, not a letter."),
    LetterKind.INVITATION: (
        "Đây là giấy mời, không giao nhiệm vụ.",
        "This is an invitation; it assigns no tasks.",
    ),
    LetterKind.NOTICE: (
        "Đây là văn bản thông báo, không giao nhiệm vụ.",
        "This is a notice; it assigns no tasks.",
    ),
    LetterKind.UNKNOWN: (
        "Không nhận ra đây là văn bản giao nhiệm vụ.",
        "This is not recognised as a letter with tasks.",
    ),
}


class NotALetter(Refused):
    """The text is something else than a letter with tasks; `kind` names it. No plan is made from it."""

    def __init__(self, kind: LetterKind) -> None:
        self.kind = kind
        vi, en = _KINDS[kind]
        super().__init__(
            f"not_a_letter.{kind.value}", vi, en,
            "Nếu vẫn cần giao việc, viết kế hoạch theo mẫu examples/1346-cv-du/plan.yaml.",
            "If there is work to assign all the same, write a plan after examples/1346-cv-du/plan.yaml.",
        )  # fmt: skip


class Secret(Refused):
    """A document marked MẬT, TỐI MẬT or TUYỆT MẬT (Luật Bảo vệ bí mật nhà nước 2018).

    Carries neither text nor mark nor file name, so that nothing of the document can reach a log.
    """

    def __init__(self) -> None:
        super().__init__(
            "secret",
            "Văn bản có dấu chỉ độ mật: không được đọc, lưu hoặc ghi nhật ký ở hệ thống này.",
            "The document carries a secrecy mark: this system does not read, keep or log it.",
            "Xử lý theo quy định về bảo vệ bí mật nhà nước.",
            "Handle it by the rules for the protection of state secrets.",
        )
