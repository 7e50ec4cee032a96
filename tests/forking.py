"""Our programs without the cost of importing them: one process has imported them and forks for each that is started.

What runs is a process of its own as always, with its id, arguments, environment, folder, output and way out, and it can
be killed at any line; only the two seconds of CPU for importing are paid once. The words of options are chosen when
they are imported, and Python reads some variables only when it starts: for each such choice there is one process that
forks. Tests of starting itself (`subprocess`) do without. The other side is `tests.forker`.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock
from typing import IO, Protocol

ROOT = Path(__file__).parents[1]
WARNINGS = "error,ignore:Cannot find activity to cancel"
"""For PYTHONWARNINGS of our programs, as in pyproject.toml."""
AT_START = ("PYTHON", "LANG", "LC_", "TZ")
"""Variables, by how they begin, that Python reads when it starts."""


class Process(Protocol):
    """A process that a test started: `subprocess.Popen`, or what `start` gives."""

    pid: int

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        ...

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once it has ended. Raises subprocess.TimeoutExpired."""
        ...


class Forked:
    """A running program. It is another process's child, which tells how it ended."""

    def __init__(self, words: Sequence[str], told: socket.socket) -> None:
        self._words, self._told = list(words), told
        self._code: int | None = None
        self.pid = int(told.recv(32))

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        if self._code is None:
            with suppress(BlockingIOError):
                self._ended(self._told.recv(32, socket.MSG_DONTWAIT))
        return self._code

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once it has ended. Raises subprocess.TimeoutExpired."""
        if self._code is None:
            self._told.settimeout(timeout)
            try:
                self._ended(self._told.recv(32))
            except TimeoutError:
                raise subprocess.TimeoutExpired(self._words, timeout or 0) from None
        assert self._code is not None
        return self._code

    def _ended(self, code: bytes) -> None:
        self._code = int(code)
        self._told.close()


class _Forker:
    """The process that has imported everything; it ends when the other end of its socket is closed."""

    def __init__(self, environment: Mapping[str, str], lang: str) -> None:
        self._asking, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            words = [sys.executable, "-m", "tests.forker", str(theirs.fileno()), lang]
            self._process = subprocess.Popen(
                words, cwd=ROOT, env=dict(environment), pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
            )

    def start(self, words: Sequence[str], environment: Mapping[str, str], out: int, errors: int) -> Forked:
        """Fork for one program; one message asks, and another comes back on the program's own socket."""
        told, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        asked = json.dumps([list(words), dict(environment)]).encode()
        with theirs:
            socket.send_fds(self._asking, [asked], [out, errors, theirs.fileno()])
        return Forked(words, told)

    def end(self) -> None:
        """Close, and wait until it is gone."""
        self._asking.close()
        if self._process.wait(30):
            raise RuntimeError(f"the forking process ended with {self._process.returncode}")


_forkers: dict[tuple[object, ...], _Forker] = {}
_turn = Lock()


def start(words: Sequence[str], environment: Mapping[str, str], out: IO[str], errors: IO[str]) -> Process:
    """Start one of our scripts, `words[0]`, with nothing on its stdin and the project's folder as its own."""
    english = "en" in (environment.get("DONDOC_LANG"), _after("--lang", words)) or "--lang=en" in words
    lang = "en" if english else "vi"
    choice = (lang, *sorted(one for one in environment.items() if one[0].startswith(AT_START)))
    with _turn:
        if choice not in _forkers:
            _forkers[choice] = _Forker(environment, lang)
    return _forkers[choice].start(words, environment, out.fileno(), errors.fileno())


def run(
    words: Sequence[str], environment: Mapping[str, str], patience: float
) -> subprocess.CompletedProcess[str]:
    """Run a script to its end. Raises subprocess.TimeoutExpired after `patience` seconds; it is then killed."""
    with TemporaryFile("w+", encoding="utf-8") as out, TemporaryFile("w+", encoding="utf-8") as errors:
        process = start(words, environment, out, errors)
        try:
            code = process.wait(patience)
        finally:
            kill(process)
        said = [(file.seek(0), file.read())[1] for file in (out, errors)]
    return subprocess.CompletedProcess(list(words), code, *said)


def _after(option: str, words: Sequence[str]) -> str:
    return next((after for word, after in pairwise(words) if word == option), "")


def end() -> None:
    """End the processes that fork, when all tests are done."""
    while _forkers:
        _forkers.popitem()[1].end()


def kill(process: Process) -> None:
    """kill -9, and wait."""
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
