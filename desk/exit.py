"""The one way out of every command: flush, then `os._exit`.

A short-lived process that used the Temporal client crashes at exit in 4–20 % of runs, after its work is done
(sdk-python#300), so the interpreter's own end is never reached. Exit codes: 0 done, 1 refused by a rule, 2 bad
input or usage, 3 engine or register not reachable (and slips of our own), 130 interrupted.
"""

import logging
import os
import sys
from collections.abc import Callable
from enum import IntEnum
from typing import NoReturn

from desk import screen
from desk.language import lang, text


class Code(IntEnum):
    """The exit codes of the command line."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    UNREACHABLE = 3
    INTERRUPTED = 130


class Stop(Exception):
    """A command that cannot go on: what is wrong, and what to do next, in both languages.

    `kind` is a stable code for programs; `detail` goes into the JSON form.
    """

    def __init__(
        self,
        code: Code,
        vi: str,
        en: str,
        remedy_vi: str,
        remedy_en: str,
        *,
        kind: str = "",
        detail: dict[str, object] | None = None,
    ) -> None:
        super().__init__(en)
        self.code = code
        self.vi, self.en, self.remedy_vi, self.remedy_en = vi, en, remedy_vi, remedy_en
        self.kind = kind or code.name.lower()
        self.detail = detail or {}

    @property
    def message(self) -> str:
        """What is wrong, in the language in use."""
        return self.vi if lang() == "vi" else self.en

    @property
    def remedy(self) -> str:
        """What to do next, in the language in use."""
        return self.remedy_vi if lang() == "vi" else self.remedy_en


def bad_input(vi: str, en: str, remedy_vi: str, remedy_en: str, *, kind: str = "bad_input") -> Stop:
    """A Stop for input that a person has to mend."""
    return Stop(Code.USAGE, vi, en, remedy_vi, remedy_en, kind=kind)


def run(command: Callable[[], None]) -> NoReturn:
    """Run a command and end the process with its exit code."""
    code = Code.DONE
    try:
        command()
    except Stop as stop:
        code = stop.code
        _tell(stop)
    except SystemExit as asked:
        code = Code.DONE if _nobody_reads(asked) or not asked.code else Code.USAGE
    except KeyboardInterrupt:
        code = Code.INTERRUPTED
        sys.stderr.write(text("\nĐã ngắt.\n", "\nInterrupted.\n"))
    except BrokenPipeError:
        code = Code.DONE  # the reader has gone: `| head`
    except Exception as slip:  # noqa: BLE001 - the last net: told in one line, kept in the log
        code = Code.UNREACHABLE
        _tell(_our_slip(slip))
    finish(code)


def _nobody_reads(asked: SystemExit) -> bool:
    """Whether the program was ended since the reader of stdout has gone, as rich and typer tell it."""
    return isinstance(asked.__context__, BrokenPipeError)


def finish(code: int) -> NoReturn:
    """End the process now. Everything written so far is written."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            continue
    os._exit(code)


def _tell(stop: Stop) -> None:
    try:
        screen.error(stop.message, stop.remedy, stop.kind, int(stop.code), stop.detail)
    except BrokenPipeError:
        return


def _our_slip(slip: Exception) -> Stop:
    """An unexpected error, in one line; the whole story goes to the log file."""
    from desk.logs import keep

    where = keep(slip)
    name = type(slip).__name__
    return Stop(
        Code.UNREACHABLE,
        f"lỗi nội bộ ({name}); không rõ việc đã được thực hiện hay chưa",
        f"an internal error ({name}); it is not known whether the act was done",
        f"xem {where}, rồi gửi tệp này cho người quản trị; dùng `show` để biết nhiệm vụ đang ở đâu",
        f"see {where} and hand it to the administrator; `show` tells where the task stands",
        kind="internal",
        detail={"error": name, "log": text(where, where)},
    )
