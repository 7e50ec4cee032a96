"""Files of evidence: taken piece by piece, judged by content, kept once under the hash of what they hold.

The content lies beside the register (`settings().files_folder`), outside the engine and its histories; the register
knows which task it belongs to. A file is whole before it has its name: a crash leaves a part that nothing names.
"""

import asyncio
import hashlib
import os
import re
import tempfile
import unicodedata
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from desk.evidence_kinds import kind_of
from desk.evidence_secret import refuse_secret_file
from desk.exit import Code, Stop, bad_input
from desk.saying import now
from desk.settings import settings
from directive.message import Evidence
from register.files import FileUse, KeptFile, every_file, kept_for, note_file
from register.open import Register

LIMIT = 25 * 1024 * 1024
"""Bytes of one file: what a mail server of an office takes too."""
PIECE = 1 << 18
MARK = "sha256:"
PART = "part-"
"""How the name of what is not whole yet begins."""
NAME_LIMIT = 200
_HASH = re.compile(r"[0-9a-f]{64}")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


class Stream(Protocol):
    """Where the content comes from, piece by piece: an upload of the page, or a file of this machine."""

    async def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; none at the end."""
        ...


class Missing(NamedTuple):
    """A content that the register names and the folder does not hold as it was."""

    hash: str
    why: Literal["missing", "altered", "unreadable"]


async def keep(
    register: Register, stream: Stream, name: str, person: str, task: str, *, title: str = ""
) -> Evidence:
    """Keep a file as evidence of a task, and give back what an act names it by; `title` is for people.

    Raises Stop: too large, empty, of a kind that is not taken, marked secret, or no room for it; RegisterDown.
    """
    called = plain_name(name)
    folder = settings().files_folder
    try:
        part = await asyncio.to_thread(_begin, folder)
        try:
            digest, size = await _take(stream, part, called)
            kind = await asyncio.to_thread(_judged, part, called)
            await asyncio.to_thread(_settle, part, folder, digest)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise _no_room(error) from error
    at = now()
    kept = KeptFile(hash=digest, size=size, type=kind, at=at, person=person)
    await note_file(register, kept, FileUse(task=task, hash=digest, person=person, name=called, at=at))
    return Evidence(name=title.strip()[:300] or called, where=MARK + digest)


def path_of(digest: str) -> Path:
    """Where a content lies. ValueError for what is no hash."""
    if not _HASH.fullmatch(digest):
        raise ValueError("not a SHA-256")
    return settings().files_folder / digest[:2] / digest


def hash_of(piece: Evidence) -> str:
    """The hash of evidence that is kept here; empty where it is a link or words."""
    found = piece.where.removeprefix(MARK)
    return found if piece.where.startswith(MARK) and _HASH.fullmatch(found) else ""


async def known_evidence(register: Register, task: str, pieces: tuple[Evidence, ...]) -> None:
    """What a page or a program names as evidence is a link of the web, or a file brought to this task. Raises Stop."""
    named = {hash_of(piece) for piece in pieces} - {""}
    kept = await kept_for(register, task, named) if named else set()
    for piece in pieces:
        link = piece.where.startswith(("https://", "http://")) and not _UNSEEN.search(piece.where)
        if not link and hash_of(piece) not in kept:
            raise _unknown(piece)


async def missing_files(register: Register) -> list[Missing]:
    """The contents that are not there any more, or not as they were; every file is read. Raises RegisterDown."""
    found: list[Missing] = []
    for one in await every_file(register):
        why = await asyncio.to_thread(_wrong_with, one.hash)
        found += [Missing(one.hash, why)] if why else []
    return found


def _wrong_with(digest: str) -> Literal["", "missing", "altered", "unreadable"]:
    """Why a content is not what it was; empty where it is."""
    try:
        same = _digest(path_of(digest)) == digest
    except FileNotFoundError:
        return "missing"
    except OSError:  # a disk that fails must not hide what else there is to find
        return "unreadable"
    return "" if same else "altered"


def plain_name(name: str) -> str:
    """A file's name as people see it: no folders, nothing unseen, not too long; its ending stays."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    clean = " ".join(_UNSEEN.sub("", last).split()).strip(". ")
    stem, dot, ending = clean.rpartition(".")
    if not dot:
        return clean[:NAME_LIMIT] or "minh-chung"
    return f"{stem[: NAME_LIMIT - 10] or 'minh-chung'}.{ending[:9]}"


def _begin(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    handle, path = tempfile.mkstemp(prefix=PART, dir=folder)
    os.close(handle)
    return Path(path)


async def _take(stream: Stream, part: Path, name: str) -> tuple[str, int]:
    """Write the pieces down and let them reach the disk: the hash and the size."""
    digest, size = hashlib.sha256(), 0
    with part.open("wb") as file:
        while piece := await stream.read(PIECE):
            size += len(piece)
            if size > LIMIT:
                raise _too_large(name)
            digest.update(piece)
            await asyncio.to_thread(file.write, piece)
        if not size:
            raise _empty(name)
        file.flush()
        await asyncio.to_thread(os.fsync, file.fileno())
    return digest.hexdigest(), size


def _judged(part: Path, name: str) -> str:
    kind = kind_of(part, name)
    refuse_secret_file(part, kind)
    return kind


def _settle(part: Path, folder: Path, digest: str) -> None:
    """Give the content its name. The same content again takes the same place, and mends one that was altered."""
    home = folder / digest[:2]
    home.mkdir(exist_ok=True)
    part.chmod(0o440)
    part.replace(home / digest)
    for changed in (home, folder):
        handle = os.open(changed, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _too_large(name: str) -> Stop:
    most = LIMIT // (1024 * 1024)
    return bad_input(
        f"tệp «{name}» lớn hơn {most} MB",
        f"the file «{name}» is larger than {most} MB",
        "giảm dung lượng, chia nhỏ, hoặc gửi liên kết tới nơi lưu tệp",
        "make it smaller, split it, or give a link to where it is kept",
        kind="evidence_too_large",
    )


def _empty(name: str) -> Stop:
    return bad_input(
        f"tệp «{name}» không có nội dung",
        f"the file «{name}» is empty",
        "chọn lại tệp",
        "choose the file again",
        kind="evidence_empty",
    )


def _unknown(piece: Evidence) -> Stop:
    return bad_input(
        f"minh chứng «{piece.name}» không phải là liên kết http(s), cũng không phải tệp đã gửi cho nhiệm vụ này",
        f"the evidence «{piece.name}» is neither an http(s) link nor a file that was sent for this task",
        "gửi tệp trước, rồi ghi mã sha256:… được trả về; hoặc ghi một liên kết",
        "send the file first and give the sha256:… that comes back; or give a link",
        kind="evidence_unknown",
    )


def _no_room(error: OSError) -> Stop:
    why = error.strerror or type(error).__name__
    return Stop(
        Code.UNREACHABLE,
        f"không lưu được tệp ({why}); chưa có gì thay đổi",
        f"the file cannot be kept ({why}); nothing has changed",
        "thử lại sau; nếu vẫn lỗi, báo người quản trị xem dung lượng đĩa và quyền ghi vào thư mục dữ liệu",
        "try again later; if it stays so, the administrator should look at the disk and the data folder's rights",
        kind="files_unreachable",
    )
