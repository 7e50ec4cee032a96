"""What became of a notice in the outbox (`register/tables.py`)."""

STATUSES: dict[str, tuple[str, str]] = {
    "waiting": ("chờ gửi", "waiting"),
    "decided": ("đã gửi đi", "sent"),
    "muted": ("không gửi, đã có thông báo mạnh hơn", "muted by a stronger one"),
    "lapsed": ("không gửi, không còn cần", "lapsed"),
}
