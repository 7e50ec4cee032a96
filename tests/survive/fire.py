"""The fire: server, worker and starter of a house as processes, killed as the seed says and started again."""

import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from desk.exit import Code
from tests.forking import Process, kill
from tests.survive.fates import Blow, blows, fates
from tests.whole.house import ROOT, House

NOT_THERE = (0, int(Code.UNREACHABLE))
"""How a process of ours may end by itself: done, or since there was no engine; its supervisor starts it again."""


@dataclass
class Fire:
    """The processes of one house, and who of them was killed."""

    house: House
    folder: Path
    mail: str
    seed: int
    apart: float
    noticed: float
    register_url: str = ""
    worker: Process | None = None
    starter: Process | None = None
    assigned: bool = False
    over: bool = False
    kills: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)
    outage: bool = False
    recorded: int = 0

    def __post_init__(self) -> None:
        self._fates = fates(Random(self.seed + 1))
        self._blows: Iterator[Blow] = blows(Random(self.seed + 2), self.apart)
        self._fate: dict[str, str] = {}
        self._next = next(self._blows)
        self._since = datetime.now(UTC)

    @property
    def killed(self) -> int:
        """How many processes were killed."""
        return self.kills.total()

    async def mend(self) -> None:
        """Start again what is dead, as a supervisor does. While the long outage lasts only people go on."""
        self._look()
        server = self.house.server
        if not self.outage and (server is None or server.poll() is not None):
            await self.house.start_server()
        if not self.outage and (self.worker is None or self.worker.poll() is not None):
            self._fate = next(self._fates) if self.apart else {}
            self.worker = self._start_worker()
        if not self.over and (self.starter is None or self.starter.poll() is not None):
            self.starter = self._start_starter()

    def is_time(self) -> bool:
        """Whether the next kill has its turn."""
        waited = (datetime.now(UTC) - self._since).total_seconds()
        return bool(self.apart) and waited >= self._next.after

    @property
    def reckless(self) -> bool:
        """Whether the next kill asks nobody."""
        return self._next.reckless

    def strike(self) -> None:
        """Kill what the seed says."""
        self._look()
        self._kill(self._next.target)
        self._next, self._since = next(self._blows), datetime.now(UTC)

    def begin_outage(self) -> None:
        """Everything dies, and stays dead until the outage is over."""
        self._look()
        self._kill("both")
        self.outage = True

    def put_out(self) -> None:
        """From now on nobody is killed."""
        self._look()
        self.apart, self.outage = 0, False

    def end(self) -> None:
        """End every process of the house."""
        for process in reversed(self.house.processes):
            kill(process)

    def _look(self) -> None:
        """Count the deaths since the last look: by their own hand, or of a fault."""
        for name, process in (
            ("worker", self.worker),
            ("server", self.house.server),
            ("starter", self.starter),
        ):
            code = process.poll() if process else None
            if process is None or code is None:
                continue
            if code == -signal.SIGKILL:
                self.kills[f"{name} itself" if name == "worker" else name] += 1
            elif name == "starter" and code == 0:
                self.assigned, self.over = True, self.assigned
            elif code not in NOT_THERE:
                self.crashes.append(f"{name} ended with {code}")
            self._forget(name)

    def _forget(self, name: str) -> None:
        if name == "server":
            self.house.server = None
        else:
            setattr(self, name, None)

    def _kill(self, target: str) -> None:
        """kill -9. A worker that would take the server with it dies with that one: it knows the process's old id."""
        names = ["server", "worker"] if target == "both" else [target]
        if "server" in names and "SERVER_TOO" in self._fate and "worker" not in names:
            names.append("worker")
        for name in names:
            process: Process | None = {
                "server": self.house.server,
                "worker": self.worker,
                "starter": self.starter,
            }[name]
            if process is not None and process.poll() is None:
                kill(process)
                self.kills[name] += 1
                self._forget(name)

    def _start_worker(self) -> Process:
        return self._program("tests/survive/mortal.py", SERVER_PID=str(self.house.server_pid), **self._fate)

    def _start_starter(self) -> Process:
        """`assign`, as a person types it, until it is done; then the people of the story."""
        if self.assigned:
            return self._program("tests/survive/actor.py", str(self.folder))
        words = ["assign", str(self.folder / "plan.yaml"), "--yes", "--json"]
        return self._program("starter.py", *words, "--directory", str(self.folder / "directory.yaml"))

    def _program(self, script: str, *words: str, **more: str) -> Process:
        return self.house.script([str(ROOT / script), *words], {**self._common(), **more})

    def _common(self) -> dict[str, str]:
        """What every process of the house knows."""
        register = {"DONDOC_REGISTER_URL": self.register_url} if self.register_url else {}
        mail = {"DONDOC_SMTP_URL": self.mail, "DONDOC_MAIL_FROM": "Đôn Đốc <dondoc@example.invalid>"}
        return {**register, **mail, "NOTICED": str(self.noticed), "DONDOC_ADMIN": "survive"}
