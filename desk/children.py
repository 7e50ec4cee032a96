"""Processes that `up` keeps alive and ends by their id: each in a group of its own, so Ctrl-C reaches only `up`."""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import structlog

HEALTHY_AFTER = 60.0
"""Seconds of life after which a crash counts as the first one again."""
LONGEST_WAIT = 30.0

log = structlog.get_logger()


class Child:
    """One process, started again with a growing pause when it ends by itself."""

    def __init__(
        self, name: str, command: Sequence[str], environment: Mapping[str, str], log_file: Path
    ) -> None:
        self.name = name
        self.command, self.environment, self.log_file = list(command), dict(environment), log_file
        self._process: asyncio.subprocess.Process | None = None
        self._started = 0.0
        self._crashes = 0

    @property
    def pid(self) -> int:
        """The id of the running process; 0 when there is none."""
        return self._process.pid if self._process and self._process.returncode is None else 0

    async def start(self) -> None:
        """Start the process; what it writes goes to its log file."""
        with self.log_file.open("ab") as log_file:
            self._process = await asyncio.create_subprocess_exec(
                *self.command,
                env=self.environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log_file,
                stderr=log_file,
                start_new_session=True,
            )
        self._started = time.monotonic()
        log.info("child_started", child=self.name, pid=self._process.pid)

    async def ended(self) -> int:
        """Wait until the process has ended; its exit code."""
        assert self._process is not None
        return await self._process.wait()

    async def keep_alive(self) -> None:
        """Start the process again whenever it ends, after 1, 2, 4 … 30 seconds."""
        while True:
            code = await self.ended()
            lived = time.monotonic() - self._started
            self._crashes = 1 if lived > HEALTHY_AFTER else self._crashes + 1
            pause = min(2.0 ** (self._crashes - 1), LONGEST_WAIT)
            log.warning("child_ended", child=self.name, code=code, lived=round(lived, 1), again_in=pause)
            await asyncio.sleep(pause)
            try:
                await self.start()
            except OSError as error:  # no memory, no handles: the next turn comes at once, and waits longer
                log.warning("child_not_started", child=self.name, error=str(error))

    async def stop(self, patience: float) -> None:
        """Ask the process to end, and end it when it has not after `patience` seconds."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        _signal(process.pid, signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), patience)
        except TimeoutError:
            log.warning("child_killed", child=self.name, pid=process.pid)
            _signal(process.pid, signal.SIGKILL)
            await process.wait()


def end_left_over(pid: int, sign: str) -> None:
    """End a process that an `up` which was killed has left behind, if the id still is one of ours.

    `sign` stands in its command line or environment; an id that another program has got meanwhile is left alone.
    """
    if pid <= 0 or not is_ours(pid, sign):
        return
    log.warning("left_over_ended", pid=pid)
    for number, patience in ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0)):
        _signal(pid, number)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if not is_ours(pid, sign):
                return
            time.sleep(0.1)


def is_ours(pid: int, sign: str) -> bool:
    """Whether a process is there and has `sign` in its command line or environment (Linux; elsewhere never)."""
    try:
        process = Path("/proc") / str(pid)
        if " Z " in (process / "stat").read_text(encoding="utf-8", errors="replace"):
            return False
    except OSError:
        return False
    return any(os.fsencode(sign) in _said(process / part) for part in ("cmdline", "environ"))


def _said(file: Path) -> bytes:
    """What Linux tells of a process; nothing where it keeps that from us, as it does of an own user namespace."""
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
