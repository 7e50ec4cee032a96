"""How a door connects to the engine."""

import asyncio
from typing import Any

import pytest
from temporalio.client import Client
from temporalio.service import GrpcCompression

from desk.engine import connect


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the SDK's client is asked for."""
    seen: dict[str, Any] = {}

    async def kept(**more: Any) -> None:
        seen.update(more)

    monkeypatch.setattr(Client, "connect", kept)
    return seen


async def test_nothing_is_packed_for_an_engine_on_the_same_machine(
    asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    async with engine:
        port = engine.sockets[0].getsockname()[1]
        monkeypatch.setenv("TEMPORAL_ADDRESS", f"127.0.0.1:{port}")
        await connect()
    assert asked["grpc_compression"] is GrpcCompression.NONE


async def test_what_goes_through_a_network_is_sent_as_the_sdk_sends_it(
    asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "temporal.example.invalid:7233")
    await connect()
    assert "grpc_compression" not in asked
