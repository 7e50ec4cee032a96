"""Processes that are born quickly: forked from one that has imported everything, which threads have never entered.

A worker takes seconds of the processor to import its libraries. Here it takes them once, so that a recovery is short
and the fire costs what it burns. Each child is a process of its own, killed by its id like any other.
"""

import multiprocessing
import os
import runpy
import sys
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests.whole.house import ROOT

PRELOAD = [
    "worker",
    "desk.engine",
    "desk.acting",
    "desk.logs",
    "desk.app",
    "desk.assign",
    "tests.survive.run",
]

_born = multiprocessing.get_context("forkserver")
_born.set_forkserver_preload(PRELOAD)


class Child:
    """One module run as a program, with its own environment and log."""

    def __init__(self, module: str, words: list[str], environment: dict[str, str], log: Path) -> None:
        self._process: ForkServerProcess = _born.Process(
            target=live, args=(module, words, environment, str(log)), daemon=True
        )
        self._process.start()

    @property
    def pid(self) -> int:
        """Its id."""
        assert self._process.pid
        return self._process.pid

    def poll(self) -> int | None:
        """How it has ended, as of `subprocess`; None while it lives."""
        return self._process.exitcode

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()

    def wait(self) -> int:
        """Wait for its end; how it has ended."""
        self._process.join()
        assert self._process.exitcode is not None
        return self._process.exitcode


def live(module: str, words: list[str], environment: dict[str, str], log: str) -> None:
    """What a child does: become the program."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
        os.dup2(out, stream.fileno())
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__")
