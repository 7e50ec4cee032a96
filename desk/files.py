"""Files that people name: read or written with one clear word when that fails."""

from pathlib import Path

from desk.exit import Stop, bad_input

LIMIT = 20_000_000


def read_text(file: Path) -> str:
    """The text of a UTF-8 file. Raises Stop for a missing, binary, unreadable or too large one."""
    try:
        if file.stat().st_size > LIMIT:
            raise _bad(file, "quá lớn", "is too large", "chia thành nhiều tệp", "split it")
        raw = file.read_bytes()
    except FileNotFoundError as error:
        raise missing(file) from error
    except IsADirectoryError as error:
        raise _bad(file, "là một thư mục", "is a folder", "chọn một tệp", "name a file") from error
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise _bad(
            file, f"không mở được ({why})", f"cannot be opened ({why})", "kiểm tra quyền", "check the rights"
        ) from error
    if b"\0" in raw[:4096]:
        raise _bad(file, "không phải tệp chữ", "is not a text file", "lưu lại dạng UTF-8", "save it as UTF-8")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _bad(
            file, "không phải UTF-8", "is not UTF-8", "lưu lại dạng UTF-8", "save it as UTF-8"
        ) from error


def write_text(file: Path, content: str) -> None:
    """Write a file whole or not at all. Raises Stop."""
    write_bytes(file, content.encode())


def write_bytes(file: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises Stop."""
    part = file.with_name(file.name + ".part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(file)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise _bad(
            file,
            f"không ghi được ({why})",
            f"cannot be written ({why})",
            "chọn chỗ khác",
            "choose another place",
        ) from error


def missing(file: Path) -> Stop:
    """What to say of a file that is not there."""
    return bad_input(
        f"không tìm thấy {file}",
        f"{file} is not there",
        "kiểm tra lại đường dẫn",
        "check the path",
        kind="file_missing",
    )


def _bad(file: Path, vi: str, en: str, remedy_vi: str, remedy_en: str) -> Stop:
    return bad_input(f"{file} {vi}", f"{file} {en}", remedy_vi, remedy_en, kind="bad_file")
