"""The process that `tests.forking` asks: it imports all that our programs do, then forks for each that is asked for.

It runs no thread and no loop of events, so that a fork is whole. `python -m tests.forker SOCKET LANG`.
"""

import gc
import importlib
import json
import os
import pkgutil
import random
import runpy
import selectors
import socket
import sys
from pathlib import Path

from desk import language

LIMIT = 200_000
"""Bytes of arguments and environment that are taken in one message."""
ROOMS = ("directive", "register", "letters", "notices", "workflows", "activities", "desk")
BESIDE = [
    "starter", "worker", "aiosqlite", "alembic.command", "alembic.runtime.migration", "alembic.script",
    "babel.dates", "jinja2", "psycopg", "rich.box", "rich.console", "rich.progress", "rich.table", "rich.text",
    "sqlalchemy.dialects.postgresql.psycopg", "sqlalchemy.dialects.sqlite.aiosqlite", "temporalio.worker",
]  # fmt: skip
"""What our programs import when they run."""


def import_all(lang: language.Lang) -> None:
    """Import our rooms as a command in `lang` does; migrations are left to Alembic."""
    language.use(lang)
    for room in ROOMS:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            if "migrations" not in found.name and not found.name.endswith("__main__"):
                importlib.import_module(found.name)
    for name in BESIDE:
        importlib.import_module(name)


def serve(asking: socket.socket) -> None:
    """Fork for each message until the other end is closed; tell each program's id and how it ended."""
    running: dict[int, tuple[int, socket.socket]] = {}
    with selectors.DefaultSelector() as waiting:
        waiting.register(asking, selectors.EVENT_READ)
        while True:
            for key, _ in waiting.select():
                if key.fd in running:
                    waiting.unregister(key.fd)
                    _ended(key.fd, *running.pop(key.fd))
                    continue
                message, descriptors, *_ = socket.recv_fds(asking, LIMIT, 3)
                if not message:
                    for _, told in running.values():
                        told.close()
                    return
                pid = os.fork()
                if pid == 0:
                    _become(json.loads(message), descriptors[0], descriptors[1])
                told = socket.socket(fileno=descriptors[2])
                told.send(str(pid).encode())
                for one in descriptors[:2]:
                    os.close(one)
                watched = os.pidfd_open(pid)
                running[watched] = (pid, told)
                waiting.register(watched, selectors.EVENT_READ)


def _ended(watched: int, pid: int, told: socket.socket) -> None:
    os.close(watched)
    with told:
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        try:
            told.send(str(code).encode())
        except OSError:
            return  # nobody waits for it any more


def _become(asked: tuple[list[str], dict[str, str]], out: int, errors: int) -> None:
    """The child: the program itself, from here to its own way out."""
    words, environment = asked
    try:
        os.dup2(out, 1)
        os.dup2(errors, 2)
        # The sockets of others: a program that holds one open would keep its end from being seen.
        os.closerange(3, 65_536)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv, sys.path[:1] = list(words), [str(Path(words[0]).parent), str(Path.cwd())]
        random.seed()
        runpy.run_path(words[0], run_name="__main__")
    except BaseException as slip:  # noqa: BLE001 - told as an interpreter does at its end
        sys.excepthook(type(slip), slip, slip.__traceback__)
    finally:
        sys.stdout.flush()
        os._exit(70)  # our programs leave by `desk.exit`


if __name__ == "__main__":
    import_all("en" if sys.argv[2] == "en" else "vi")
    assert len(list(Path("/proc/self/task").iterdir())) == 1, "a thread would be missing in every program"
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[1])) as asking:
        serve(asking)
    os._exit(0)  # programs that still run are not waited for
