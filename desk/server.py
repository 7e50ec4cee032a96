"""The Temporal servers from the PyPI wheels, behind one function each. Nothing is downloaded."""

from collections.abc import Sequence

from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.client import Client
from temporalio.common import SearchAttributeKey
from temporalio.testing import WorkflowEnvironment

from desk.program import SERVER_FLAGS, binary
from directive.wire import DIRECTIVE_NUMBER, UNIT
from workflows.plugin import plugin


async def skipping_server() -> WorkflowEnvironment:
    """A time-skipping server of its own, at the wall clock's time, with our search attributes registered."""
    environment = await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=binary("temporal-test-server"), plugins=[plugin()]
    )
    await register_search_attributes(environment.client)
    return environment


async def dev_server(data: str | None = None, more: Sequence[str] = ()) -> WorkflowEnvironment:
    """The dev server on a free loopback port, in memory or on the SQLite file `data`, as `up` configures it."""
    return await WorkflowEnvironment.start_local(
        dev_server_existing_path=binary("temporal"),
        dev_server_database_filename=data,
        dev_server_extra_args=[*SERVER_FLAGS, *more],
        search_attributes=[SearchAttributeKey.for_keyword(name) for name in (DIRECTIVE_NUMBER, UNIT)],
        plugins=[plugin()],
    )


async def register_search_attributes(client: Client) -> None:
    """Make the two search attributes known to the namespace; they may be there already."""
    kind = IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD
    await client.operator_service.add_search_attributes(
        AddSearchAttributesRequest(
            namespace=client.namespace, search_attributes={DIRECTIVE_NUMBER: kind, UNIT: kind}
        )
    )
