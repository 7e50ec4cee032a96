"""The embedded service: one at a time on a folder, loopback only, back after a crash, nothing left behind."""

import os
import signal
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client

from desk.ports import Claims, free
from desk.up import _places
from tests.databases import POSTGRESQL, SQLITE
from tests.desk.conftest import EXAMPLE, command, joined, spawned
from tests.desk.service import Service, alive

pytestmark = [pytest.mark.on("sqlite"), pytest.mark.timeout(420)]

LISTEN = "0A"
CHILDREN = ("server_pid", "worker_pid", "page_pid")


def listening(pid: int) -> set[str]:
    """The addresses on which a process listens, as /proc writes them."""
    inodes = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            inodes.add(str(link.readlink()))
        except OSError:
            continue
    found = set()
    for name in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{name}").read_text(encoding="ascii").splitlines()[1:]:
            cells = line.split()
            if cells[3] == LISTEN and f"socket:[{cells[9]}]" in inodes:
                found.add(cells[1].partition(":")[0])
    return found


def test_two_services_that_start_at_once_do_not_choose_one_port() -> None:
    first, second = Claims(), Claims()
    port = first.any()
    assert not second.take(port)
    assert second.any() != port
    first.close()
    assert second.take(port)
    second.close()


def test_a_port_that_is_chosen_is_none_that_an_outgoing_connection_is_given() -> None:
    """The engine listens seconds later: by then any client on the machine may have been given such a port."""
    claims = Claims()
    assert max(claims.any() for _ in range(50)) < 32_768
    claims.close()


def test_a_port_asked_for_is_not_taken_away_by_a_usual_one_and_a_refused_start_leaves_no_clock(
    tmp_path: Path,
) -> None:
    claims = Claims()
    engine = next(port for port in range(20_000, 30_000) if free(port) and free(port + 1000))
    places = _places(claims, engine, None, engine + 1000)  # the usual port of the UI
    assert (places.port, places.page_port) == (engine, engine + 1000)
    assert places.ui_port not in (engine, engine + 1000)
    claims.close()
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        refused = joined(
            "up", "--as-of", "29/05/2026", "--port", str(busy.getsockname()[1]), data=tmp_path / "new"
        )
    assert refused.returncode == 2
    assert not (tmp_path / "new" / "clock.json").exists()


def test_a_second_up_refuses_with_a_clear_word(service: Service) -> None:
    done = joined("up", data=service.data)
    assert done.returncode == 1
    assert "một `up` khác đang chạy" in done.stderr
    assert str(service.engine()["ui"]) in done.stderr


def test_engine_and_page_listen_on_the_loopback_address_only(service: Service) -> None:
    loopback = {"0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F"}
    assert listening(service.engine()["server_pid"]) <= loopback
    assert listening(service.engine()["page_pid"]) == {"0100007F"}


def test_the_page_answers_where_it_is_said_to_be(service: Service) -> None:
    told = str(service.engine()["page"])
    assert told in service.said()
    assert httpx.get(f"{told}suc-khoe").json() == {"register": "reachable"}
    assert (service.data / "secret").stat().st_mode & 0o777 == 0o600


async def test_closed_runs_are_kept_for_thirty_days(service: Service) -> None:
    client = await Client.connect(str(service.engine()["address"]))
    asked = DescribeNamespaceRequest(namespace="default")
    found = await client.workflow_service.describe_namespace(asked)
    assert found.config.workflow_execution_retention_ttl.seconds == 720 * 3600


def test_the_worker_is_started_again_after_a_crash_and_who_acts_meanwhile_has_only_to_wait(
    service: Service,
) -> None:
    """The engine holds the act for three quarters of a minute for the worker that had the task (`worker.STICKY`)."""
    assert joined("assign", str(EXAMPLE / "plan.yaml"), "--yes", data=service.data).returncode == 0
    before = service.engine()["worker_pid"]
    os.kill(before, signal.SIGKILL)
    done = joined("progress", "1346-CV/ĐU/1.4", "--as", "ubnd.cv", "--text", "đang làm", data=service.data)
    assert done.returncode == 0, done.stderr
    assert "đang chờ ghi lại" in done.stderr
    assert service.engine()["worker_pid"] not in (before, 0)
    assert alive(service.engine()["worker_pid"])


def test_the_exit_code_is_right_twelve_times_of_twelve(service: Service) -> None:
    """Four times by an interpreter of its own; the others would tell by 70 if they did not leave by `desk.exit`."""
    assert joined("assign", str(EXAMPLE / "plan.yaml"), "--yes", data=service.data).returncode == 0

    def refused(number: int) -> int:
        way = spawned if number % 3 == 0 else command
        words = ("resume", "1346-CV/ĐU/1.3", "--as", "du.pbt2")
        return way(*words, data=service.data, TEMPORAL_ADDRESS="").returncode

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(refused, range(12))) == [1] * 12


@pytest.mark.on("both")
@pytest.mark.parametrize("kept_in", [SQLITE, POSTGRESQL])
def test_data_is_there_again_after_a_kill_and_a_restart(
    tmp_path: Path, kept_in: str, lend: Callable[[str], str]
) -> None:
    first = Service(tmp_path / "var", "--as-of", "29/05/2026", register=lend(kept_in)).wait()
    left = first.engine()
    assert joined("assign", str(EXAMPLE / "plan.yaml"), "--yes", data=first.data).returncode == 0
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.wait(10)
    second = Service(tmp_path / "var").wait()
    try:
        assert not any(alive(left[name]) for name in CHILDREN)
        done = joined("acknowledge", "1346-CV/ĐU/1.2", "--as", "ubnd.cv", data=second.data)
        assert done.returncode == 0, done.stderr
        running = second.engine()
    finally:
        assert second.stop() == 0, second.said()
    assert not any(alive(running[name]) for name in CHILDREN)
    assert not (second.data / "engine.json").exists()
    assert joined("tasks", data=second.data).returncode == 0
    down = joined("acknowledge", "1346-CV/ĐU/1.3", "--as", "ubnd.cv", data=second.data)
    assert down.returncode == 3  # and not the engine of another folder on the usual port
    assert str(second.data) in down.stderr
    third = joined("up", "--as-of", "01/06/2026", data=second.data)
    assert third.returncode == 1
    assert "đồng hồ" in third.stderr
