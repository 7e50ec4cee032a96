"""What to say when the register cannot be used: locked, without room, read-only, not there."""

from desk.exit import Code, Stop
from desk.settings import settings
from register.open import RegisterDown
from register.out_of_reach import Why


def out_of_reach(error: RegisterDown) -> Stop:
    """What is wrong with the register and what mends it."""
    match error.why:
        case Why.LOCKED:
            return _locked()
        case Why.FULL:
            return _full()
        case Why.READ_ONLY:
            return _read_only()
        case Why.UNREACHABLE if settings().register_address.startswith("postgresql"):
            return _no_postgresql(str(error))
        case _:
            return register_down(str(error))


def register_down(why: str) -> Stop:
    """What to say when the register does not answer."""
    return Stop(
        Code.UNREACHABLE,
        f"không mở được sổ theo dõi ({why}); chưa có gì thay đổi",
        f"the register cannot be opened ({why}); nothing has changed",
        "kiểm tra DONDOC_REGISTER_URL và quyền ghi vào thư mục dữ liệu",
        "check DONDOC_REGISTER_URL and the right to write to the data folder",
        kind="register_unreachable",
    )


def _locked() -> Stop:
    return Stop(
        Code.UNREACHABLE,
        "sổ theo dõi đang bị khóa: một chương trình khác giữ quyền ghi; chưa có gì thay đổi",
        "the register is locked: another program holds the right to write; nothing has changed",
        "đóng chương trình đang mở tệp sổ (công cụ SQLite, lệnh sao chép, quét vi-rút), rồi thử lại; "
        "việc đang chờ tự ghi sau khi hết khóa",
        "end what has the register's file open (a SQLite tool, a copy, a virus scan) and try again; "
        "what waits is recorded by itself afterwards",
        kind="register_locked",
    )


def _full() -> Stop:
    return Stop(
        Code.UNREACHABLE,
        "ổ đĩa của sổ theo dõi đã đầy; chưa có gì thay đổi",
        "the disk of the register is full; nothing has changed",
        "giải phóng chỗ trên ổ đĩa rồi thử lại (không xóa tệp của thư mục dữ liệu); việc đang chờ tự ghi sau đó",
        "make room on the disk and try again (delete nothing of the data folder); "
        "what waits is recorded by itself afterwards",
        kind="register_full",
    )


def _read_only() -> Stop:
    return Stop(
        Code.UNREACHABLE,
        "sổ theo dõi chỉ đọc được, không ghi được; chưa có gì thay đổi",
        "the register can be read and not written; nothing has changed",
        "cấp quyền ghi vào tệp sổ, hoặc trỏ DONDOC_REGISTER_URL tới máy chủ PostgreSQL chính (không phải bản sao)",
        "let the service's user write the file, or set DONDOC_REGISTER_URL to the primary PostgreSQL, not a replica",
        kind="register_read_only",
    )


def _no_postgresql(why: str) -> Stop:
    said = next(iter(why.splitlines()), "")
    return Stop(
        Code.UNREACHABLE,
        f"không kết nối được PostgreSQL của sổ theo dõi ({said}); chưa có gì thay đổi",
        f"the register's PostgreSQL cannot be reached ({said}); nothing has changed",
        "khởi động PostgreSQL, kiểm tra DONDOC_REGISTER_URL, PGPASSWORD và đường mạng; việc đang chờ tự ghi sau đó",
        "start PostgreSQL, check DONDOC_REGISTER_URL, PGPASSWORD and the network; "
        "what waits is recorded by itself afterwards",
        kind="register_unreachable",
    )
