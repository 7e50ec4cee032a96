"""What became of a notice in the outbox (`register/outbox_tables.py`)."""

STATUSES: dict[str, tuple[str, str]] = {
    "waiting": ("chờ gửi", "waiting"),
    "decided": ("đã gửi đi", "sent"),
    "muted": ("không gửi, đã có thông báo mạnh hơn", "muted by a stronger one"),
    "handed_over": (
        "không gửi, chuyển cho người đang giữ vai trò",
        "handed over to whoever holds the role now",
    ),
    "lapsed": ("không gửi, không còn cần", "lapsed"),
}
