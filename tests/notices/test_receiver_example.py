"""The receiver in `examples/webhook` is true: it takes each event once and nothing that is forged, changed or old."""

import importlib.util
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from notices.cloud_event import Told, ping
from notices.webhook import Verdict, a_poster
from tests.notices.endpoint import SECRET

FILE = Path(__file__).parents[2] / "examples" / "webhook" / "receiver.py"
NOW = datetime(2026, 6, 1, 4, tzinfo=UTC)
OTHER = "whsec_YW5vdGhlci1zZWNyZXQtb2YtdGhpcnR5LXR3by1ieXQ="


class Receiver:
    """The example, running."""

    def __init__(self, server: Any, database: Path) -> None:
        self.url = f"http://127.0.0.1:{server.server_address[1]}/"
        self._database = database

    def taken(self) -> list[str]:
        """The ids that it has taken."""
        with closing(sqlite3.connect(self._database)) as connection:
            return [row[0] for row in connection.execute("SELECT id FROM events")]


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    spec = importlib.util.spec_from_file_location("receiver", FILE)
    assert spec
    assert spec.loader
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)
    server = example.receiver(0, SECRET, tmp_path / "events.db")
    serving = threading.Thread(target=server.serve_forever, args=(0.01,))
    serving.start()
    yield Receiver(server, tmp_path / "events.db")
    server.shutdown()
    serving.join()
    server.server_close()


async def posted(receiver: Receiver, told: Told, secret: str = SECRET, old: timedelta = timedelta()) -> str:
    """Post as the worker does, so long ago; what the receiver answers."""
    async with a_poster(lambda name: secret, lambda: datetime.now(UTC) - old) as poster:
        answer = await poster.post("vb", receiver.url, told)
    assert answer.verdict is (Verdict.TAKEN if answer.said == "http_204" else Verdict.LEFT)
    return answer.said


async def test_an_event_that_comes_again_is_taken_once(receiver: Receiver) -> None:
    told = ping("vb", NOW)
    assert [await posted(receiver, told) for _ in range(3)] == ["http_204"] * 3
    assert await posted(receiver, ping("vb", NOW + timedelta(seconds=1))) == "http_204"
    assert len(receiver.taken()) == 2
    assert told.id in receiver.taken()


@pytest.mark.parametrize("minutes", [-6, 6])
async def test_an_old_or_future_signature_is_refused(receiver: Receiver, minutes: int) -> None:
    assert await posted(receiver, ping("vb", NOW), old=timedelta(minutes=minutes)) == "http_401"
    assert not receiver.taken()


async def test_another_secret_is_refused_and_one_of_two_is_enough(receiver: Receiver) -> None:
    assert await posted(receiver, ping("vb", NOW), OTHER) == "http_401"
    assert await posted(receiver, ping("vb", NOW), f"{OTHER} {SECRET}") == "http_204"


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("webhook-id", "msg_another"),
        ("webhook-timestamp", "soon"),
        ("webhook-signature", "v1,AAAA"),
        ("webhook-signature", "nonsense"),
        ("webhook-signature", ""),
    ],
)
async def test_what_was_changed_on_the_way_is_refused(receiver: Receiver, header: str, value: str) -> None:
    told = ping("vb", NOW)
    async with a_poster(lambda name: SECRET, lambda: datetime.now(UTC)) as poster:
        headers = poster.signed("vb", told)
    async with httpx.AsyncClient(trust_env=False) as client:
        changed = await client.post(receiver.url, content=told.body, headers={**headers, header: value})
        other = await client.post(receiver.url, content=told.body.replace(b"vb", b"xx"), headers=headers)
        whole = await client.post(receiver.url, content=told.body, headers=headers)
    assert [one.status_code for one in (changed, other, whole)] == [401, 401, 204]
