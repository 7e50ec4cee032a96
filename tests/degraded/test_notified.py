"""systemd hears that the page is ready and that it stops; children of the service do not speak for it."""

import os
import socket
import tempfile
from pathlib import Path

import pytest

from desk.supervisor import VARIABLE, Supervisor


def test_a_supervisor_hears_of_ready_and_stopping_and_children_do_not_inherit_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="dd-") as folder,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line,
    ):
        where = str(Path(folder) / "notify")
        line.bind(where)
        monkeypatch.setenv(VARIABLE, where)
        supervisor = Supervisor.take()
        assert VARIABLE not in os.environ
        supervisor.ready()
        supervisor.stopping()
        assert [line.recv(100), line.recv(100)] == [b"READY=1", b"STOPPING=1"]
        Supervisor.take().ready()  # nobody is named any more, and nobody is told
        line.setblocking(False)
        with pytest.raises(BlockingIOError):
            line.recv(100)
    supervisor.ready()  # whoever has gone is not missed
