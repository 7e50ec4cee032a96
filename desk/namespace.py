"""The namespace of the embedded engine: how long it keeps closed runs."""

import asyncio
from contextlib import suppress
from datetime import timedelta

from google.protobuf.duration_pb2 import Duration
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.workflowservice.v1 import UpdateNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError

RETENTION = timedelta(hours=720)


async def prepare_namespace(client: Client) -> None:
    """Keep closed runs for 30 days: the dev server's default of a day has no flag."""
    keep = Duration(seconds=int(RETENTION.total_seconds()))
    asked = UpdateNamespaceRequest(
        namespace=client.namespace, config=NamespaceConfig(workflow_execution_retention_ttl=keep)
    )
    for _ in range(50):
        with suppress(RPCError):
            await client.workflow_service.update_namespace(asked)
            return
        await asyncio.sleep(0.1)
