"""Evidence that is named by a file of this machine on the command line: kept when the act is sent."""

from pathlib import Path
from typing import Any

from desk.evidence import LIMIT, MARK, PIECE, keep
from desk.evidence_kinds import ENDINGS, kind_of
from desk.exit import Stop, bad_input
from desk.files import missing
from directive.message import Evidence, Message
from register.open import Register


class _LocalFile:
    """A file as a stream: what `keep` takes."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")

    async def read(self, size: int = PIECE, /) -> bytes:
        """The next piece; the last one lets go of the file."""
        piece = self._file.read(size)
        if not piece:
            self._file.close()
        return piece


def check_files(said: dict[str, Any]) -> None:
    """Whether the files that are named are there and may be handed in, before anything is sent. Raises Stop."""
    for piece in said.get("evidence") or ():
        path = _named(piece)
        if path is None:
            continue
        try:
            if path.stat().st_size <= LIMIT:
                kind_of(path, path.name)
        except OSError as error:
            raise _unreadable(path, error) from error


async def with_files_kept(register: Register, message: Message, task: str) -> Message:
    """The message with its files kept and named by their hashes. Raises Stop, RegisterDown."""
    kept = []
    for piece in message.evidence:
        path = _named(piece)
        kept.append(await _kept(register, path, piece, message.actor, task) if path else piece)
    return message.model_copy(update={"evidence": tuple(kept)})


async def _kept(register: Register, path: Path, piece: Evidence, person: str, task: str) -> Evidence:
    try:
        stream = _LocalFile(path)
    except OSError as error:
        raise _unreadable(path, error) from error
    return await keep(register, stream, path.name, person, task, title=piece.name)


def _named(piece: Evidence) -> Path | None:
    """The file that is meant; None for a link, a hash or words. Raises Stop for a file that is not there."""
    where = piece.where
    if "://" in where or where.startswith(MARK):
        return None
    path = Path(where).expanduser()
    try:
        if path.is_file():
            return path
    except (OSError, ValueError):  # too long, or a character that no name has
        return None
    if where.startswith(("/", "./", "../", "~")) or path.suffix.lstrip(".").lower() in ENDINGS:
        raise missing(path)
    return None


def _unreadable(path: Path, error: OSError) -> Stop:
    why = error.strerror or type(error).__name__
    return bad_input(
        f"không đọc được {path} ({why})",
        f"{path} cannot be read ({why})",
        "kiểm tra quyền đọc tệp",
        "check the right to read it",
        kind="bad_file",
    )
