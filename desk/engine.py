"""The engine as a door sees it: where it listens, how to connect, and what to say when it is not there.

Import this module only inside a command: it imports Temporal, which costs a third of a second.
"""

import asyncio
import logging
from contextlib import suppress
from pathlib import Path
from typing import Any

from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.envconfig import ClientConfig, ClientConnectConfig
from temporalio.runtime import LogForwardingConfig, LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter
from temporalio.service import GrpcCompression, RPCError, RPCStatusCode

from desk.children import is_ours
from desk.exit import Code, Stop
from desk.folder import engine_of
from desk.loopback import is_loopback
from desk.settings import settings
from directive.wire import TASK_QUEUE
from workflows.plugin import plugin

DEFAULT_ADDRESS = "127.0.0.1:7233"
PROCESSES = Path("/proc")
PATIENCE = 3.0
"""Seconds to wait for a port to answer before the engine counts as not there."""


def quiet_runtime() -> Runtime:
    """The SDK's core with its own log forwarded to ours: by itself it writes to stdout."""
    core = logging.getLogger("temporal.core")
    core.setLevel(logging.ERROR)
    filtered = TelemetryFilter(core_level="ERROR", other_level="ERROR")
    forwarding = LogForwardingConfig(logger=core)
    return Runtime(telemetry=TelemetryConfig(logging=LoggingConfig(filter=filtered, forwarding=forwarding)))


def address() -> ClientConnectConfig:
    """Where the engine is: Temporal's own settings, else the running `up` of this folder, else the usual port.

    Raises Stop where the folder has an `up` of its own that does not run: on the usual port may then be the engine
    of another folder, and an act must not land there.
    """
    config = ClientConfig.load_client_connect_config()
    if not config.get("target_host"):
        config["target_host"] = _embedded()
    return config


def _embedded() -> str:
    """The address that a running `up` left in its data folder."""
    chosen = settings()
    left = engine_of(chosen)
    target, pid = left.get("address"), left.get("server_pid")
    if isinstance(target, str) and (
        not PROCESSES.exists() or is_ours(int(str(pid)), str(chosen.data.resolve()))
    ):
        return target
    if (chosen.data / "temporal.db").exists():
        raise not_up(chosen.data)
    return DEFAULT_ADDRESS


async def connect() -> Client:
    """A client of the engine. Raises Stop where nothing answers."""
    try:
        config = address()
    except (OSError, RuntimeError, ValueError) as error:
        raise bad_profile(str(error)) from error
    target = config.get("target_host", DEFAULT_ADDRESS)
    if not await listens(target):
        raise not_there(target)
    try:
        more: dict[str, Any] = {**config, "plugins": [plugin()], "runtime": quiet_runtime()}
        if is_here(target):  # what never leaves the machine would be packed and unpacked for nothing
            more["grpc_compression"] = GrpcCompression.NONE
        return await asyncio.wait_for(Client.connect(**more), PATIENCE * 4)
    except (OSError, ValueError) as error:  # TimeoutError is an OSError too
        raise (not_there(target) if isinstance(error, TimeoutError) else bad_profile(str(error))) from error
    except (RuntimeError, RPCError) as error:
        raise not_there(target) from error


async def connect_when_there(patience: float) -> Client:
    """A client of an engine that may still be starting. Raises Stop after `patience` seconds without an answer."""
    until = asyncio.get_running_loop().time() + patience
    while True:
        try:
            client = await connect()
            asked = DescribeNamespaceRequest(namespace=client.namespace)
            await client.workflow_service.describe_namespace(asked)
        except (Stop, RPCError) as error:
            stop = error if isinstance(error, Stop) else lost(error)
            if stop.code is not Code.UNREACHABLE or asyncio.get_running_loop().time() > until:
                raise stop from error
            await asyncio.sleep(0.1)
        else:
            return client


async def until_it_polls(client: Client) -> None:
    """Wait until the engine has heard the worker of this client ask for work."""
    asked = DescribeTaskQueueRequest(namespace=client.namespace, task_queue=TaskQueue(name=TASK_QUEUE))
    while True:
        with suppress(RPCError):
            pollers = (await client.workflow_service.describe_task_queue(asked)).pollers
            if any(one.identity == client.identity for one in pollers):
                return
        await asyncio.sleep(0.05)


def is_here(target: str) -> bool:
    """Whether an address, a host with its port, is on this machine."""
    return is_loopback(_host(target))


def _host(target: str) -> str:
    return target.rpartition(":")[0].strip("[]")


async def listens(target: str) -> bool:
    """Whether a port of this machine answers; other machines are left to the client, which knows proxies and TLS."""
    port = target.rpartition(":")[2]
    if not is_here(target) or not port.isdigit():
        return True
    try:
        _, writer = await asyncio.wait_for(asyncio.open_connection(_host(target), int(port)), PATIENCE)
    except (OSError, TimeoutError):
        return False
    writer.close()
    return True


def bad_profile(why: str) -> Stop:
    """What to say when Temporal's own settings cannot be used: a certificate that is not there, a broken file."""
    return Stop(
        Code.USAGE,
        f"cấu hình kết nối Temporal không dùng được: {why}",
        f"the settings for Temporal cannot be used: {why}",
        "sửa tệp cấu hình của Temporal hoặc các biến TEMPORAL_… (xem docs/operators.md)",
        "mend Temporal's configuration file or the TEMPORAL_… variables (see docs/operators.md)",
        kind="bad_profile",
    )


def not_up(folder: Path) -> Stop:
    """What to say when the folder's own engine does not run."""
    return Stop(
        Code.UNREACHABLE,
        f"không có `up` nào đang chạy trên {folder}; chưa có gì thay đổi",
        f"no `up` is running on {folder}; nothing has changed",
        "chạy `make up` với cùng DONDOC_DATA ở một cửa sổ khác, rồi thử lại (hoặc đặt TEMPORAL_ADDRESS)",
        "run `make up` with the same DONDOC_DATA in another terminal and try again (or set TEMPORAL_ADDRESS)",
        kind="engine_unreachable",
    )


def not_there(target: str) -> Stop:
    """What to say when the engine does not answer."""
    return Stop(
        Code.UNREACHABLE,
        f"không kết nối được máy chủ Temporal ở {target}; chưa có gì thay đổi",
        f"the engine at {target} does not answer; nothing has changed",
        "chạy `make up` ở một cửa sổ khác, rồi thử lại (hoặc đặt TEMPORAL_ADDRESS)",
        "run `make up` in another terminal and try again (or set TEMPORAL_ADDRESS)",
        kind="engine_unreachable",
        detail={"address": target},
    )


def lost(error: RPCError) -> Stop:
    """What to say when the engine stops answering in the middle of an act."""
    if error.status in (RPCStatusCode.UNAVAILABLE, RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED):
        return not_there(address().get("target_host", DEFAULT_ADDRESS))
    return Stop(
        Code.UNREACHABLE,
        f"máy chủ Temporal báo lỗi: {error.message}",
        f"the engine says: {error.message}",
        "xem nhật ký của `make up`, rồi thử lại",
        "look at the log of `make up`, then try again",
        kind="engine_error",
    )
