"""The same lives on DBOS, as its documents say; runs in .venv-bench and prints what it found as one JSON object.

    .venv-bench/bin/python -m bench.dbos_peer SYSTEM_URL EFFECTS --lives N [--at-once 20] [--run NAME]

A workflow writes down its start in a step, waits for a message, writes it down in a step, tells by an event that it
has, and so again for the approval. The crowd is in the same process, as a web application with DBOS in it would be. A
life is started by its id and each message sent with an idempotency key, so the same command goes on after a kill.

DBOS's SQLite is given what ours has (WAL with `synchronous=FULL`) and a poll every 10 ms instead of every second.
EFFECTS is a SQLite file, or a PostgreSQL address: one row an effect that was carried out, once more where it was again.
"""

import argparse
import json
import os
import resource
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import sqlalchemy as sa
from dbos import DBOS, DBOSConfig, SetWorkflowID

DUE = 22 * 86_400.0


class Effects:
    """What was carried out, on the disk before it counts; one session a thread on PostgreSQL, one for all on SQLite."""

    def __init__(self, place: str) -> None:
        self._place, self._lock, self._own = place, threading.Lock(), threading.local()
        self._file: sqlite3.Connection | None = None
        make = "CREATE TABLE IF NOT EXISTS effects (id TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL)"
        if not place.startswith("postgresql"):
            self._file = sqlite3.connect(place, isolation_level=None, check_same_thread=False)
            for pragma in ("busy_timeout = 30000", "journal_mode = WAL", "synchronous = FULL"):
                self._file.execute(f"PRAGMA {pragma}")
            self._file.execute(make)
        else:
            self._session().execute(make)

    def _session(self) -> psycopg.Connection[Any]:
        if not hasattr(self._own, "session"):
            self._own.session = psycopg.connect(self._place, autocommit=True)
        return self._own.session

    def write(self, life: str, kind: str, body: str) -> None:
        """One effect, one commit."""
        if self._file is None:
            self._session().execute("INSERT INTO effects VALUES (%s, %s, %s)", (life, kind, body))
            return
        with self._lock:
            self._file.execute("INSERT INTO effects VALUES (?, ?, ?)", (life, kind, body))


effects: Effects


@DBOS.step()
def write(life: str, kind: str, body: str) -> None:
    """The side effect."""
    effects.write(life, kind, body)


@DBOS.workflow()
def lives(life: str, work: str) -> str:
    """Started, reported, approved."""
    write(life, "started", work)
    for kind in ("reported", "approved"):
        said = DBOS.recv(kind, timeout_seconds=DUE)
        write(life, kind, said)
        DBOS.set_event(kind, "done")
    return life


def live(life: str) -> None:
    """From the start to the approval; every answer is waited for."""
    with SetWorkflowID(life):
        handle = DBOS.start_workflow(lives, life, f"việc {life}")
    for kind, said in (("reported", "đã hoàn thành, gửi kèm báo cáo số 12/BC"), ("approved", "đồng ý")):
        DBOS.send(life, said, kind, idempotency_key=f"{life}/{kind}")
        heard = DBOS.get_event(life, kind, timeout_seconds=120)
        if heard != "done":
            raise RuntimeError(f"{life}: {kind} was not heard as done")
    handle.get_result()


def config(system: str) -> DBOSConfig:
    """As the documents say; for SQLite with our pragmas and a quick poll."""
    chosen: DBOSConfig = {
        "name": "bench",
        "system_database_url": system,
        "application_version": "1",
        "executor_id": "bench",
        "log_level": "ERROR",
    }
    if system.startswith("sqlite"):
        engine = sa.create_engine(system, connect_args={"timeout": 30})

        @sa.event.listens_for(engine, "connect")
        def _connected(connection: Any, _record: object) -> None:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")

        chosen["system_database_engine"] = engine
        chosen["notification_listener_polling_interval_sec"] = 0.01
    return chosen


def main() -> None:
    """Live them all, some rounds of so many."""
    parser = argparse.ArgumentParser()
    parser.add_argument("system")
    parser.add_argument("effects")
    parser.add_argument("--lives", type=int, default=100)
    parser.add_argument("--at-once", type=int, default=20)
    parser.add_argument("--run", default="r")
    chosen = parser.parse_args()
    global effects
    effects = Effects(chosen.effects)
    DBOS(config=config(chosen.system))
    DBOS.launch()
    with ThreadPoolExecutor(chosen.at_once) as people:
        list(people.map(live, [f"{chosen.run}-warm-{one}" for one in range(chosen.at_once)]))
        began, used = time.monotonic(), _cpu()
        list(people.map(live, [f"{chosen.run}-{one}" for one in range(chosen.lives)]))
        seconds, cpu = time.monotonic() - began, _cpu() - used
    print(json.dumps({"rate": chosen.lives / seconds, "cpu": cpu / chosen.lives * 1000}), flush=True)
    os._exit(0)  # nothing is left to finish


def _cpu() -> float:
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime


if __name__ == "__main__":
    main()
