"""Whether a file carries a secrecy mark, looked at by a process of its own: `python -m desk.evidence_look FILE KIND`.

A PDF of a megabyte may unpack to gigabytes. Whoever may send evidence could end the page with one, so the parsers
run beside it, with bounds of their own; what they cannot read within these carries no mark that we could know of.
"""

import resource
import subprocess
import sys
from pathlib import Path

import structlog

MEMORY = 768 * 1024 * 1024
"""Bytes of address space; a Word file or a first page takes some 200 MB of it, parsers included."""
SECONDS = 20
"""Of processor time."""
PATIENCE = 120.0
"""Seconds by the clock, on a machine that has other things to do as well."""
_PLAIN, _MARKED, _UNREAD = 0, 10, 11

log = structlog.get_logger()


def is_marked(file: Path, kind: str) -> bool:
    """Whether a mark was found in a file of a kind (a media type); False where it cannot be read.

    RuntimeError where nobody could look at all: no file is taken then.
    """
    command = [sys.executable, "-m", "desk.evidence_look", str(file.resolve()), kind]
    try:
        done = subprocess.run(
            command,
            cwd=Path(__file__).parents[1],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        log.warning("evidence_unread", kind=kind, code="timed_out")
        return False
    if (
        done.returncode == _UNREAD or done.returncode < 0
    ):  # beyond the bounds, or ended by the system for them
        log.warning("evidence_unread", kind=kind, code=done.returncode)
    elif done.returncode not in (_PLAIN, _MARKED):
        raise RuntimeError(f"evidence_look: {done.returncode}, {done.stderr[-500:].decode(errors='replace')}")
    return done.returncode == _MARKED


def look(file: Path, kind: str) -> None:
    """Read it here. Raises Secret where it carries a mark, Unreadable."""
    from letters.files import Opened
    from letters.kinds import refuse_secret
    from letters.text import decode, source_of

    if kind == "application/pdf":
        opened = Opened(source_of(_first_page(file)))
    elif kind == "text/plain":
        opened = Opened(source_of(decode(file.read_bytes())))
    else:
        from letters.docx import read_docx

        opened = read_docx(file.read_bytes(), name=file.name)
    refuse_secret(opened.source, *opened.stamps)


def _first_page(file: Path) -> str:
    import pdfplumber

    from letters.refusals import Reason, Unreadable

    try:
        with pdfplumber.open(file, pages=[1]) as pdf:
            return "\n".join(page.extract_text() or "" for page in pdf.pages)
    except Exception as fault:
        raise Unreadable(Reason.DAMAGED) from fault


def _main(file: str, kind: str) -> int:
    from letters.refusals import Secret, Unreadable

    _bound(resource.RLIMIT_AS, MEMORY)
    _bound(resource.RLIMIT_CPU, SECONDS)
    try:
        look(Path(file), kind)
    except Secret:
        return _MARKED
    except (Unreadable, MemoryError):
        return _UNREAD
    return _PLAIN


def _bound(which: int, most: int) -> None:
    """No more than that, nor than the system allows anyway."""
    _, hard = resource.getrlimit(which)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (most, most))


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
