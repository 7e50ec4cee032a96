"""Another system on the loopback address: real HTTP, and whatever can be wrong with it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from standardwebhooks import Webhook

SECRET = "whsec_c2l4LWFuZC10aGlydHktYnl0ZXMtb2YtYS1zZWNyZXQ="


@dataclass(frozen=True)
class Call:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        """Its `webhook-id`."""
        return self.headers["webhook-id"]

    def event(self) -> dict[str, Any]:
        """The event, its signature checked by the library that receivers use."""
        found: dict[str, Any] = Webhook(SECRET).verify(self.body, self.headers)
        return found


@dataclass(frozen=True)
class Reply:
    """What it answers: a status with headers, silence, an end of the line, or an answer without end."""

    status: int = 204
    headers: tuple[str, ...] = ()
    silent: bool = False
    drops: bool = False
    endless: bool = False


@dataclass
class Endpoint:
    """Answers each request with the next of `replies`, then with 204; `meanwhile` happens before it answers."""

    port: int = 0
    calls: list[Call] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    refuses: dict[str, Reply] = field(default_factory=dict)
    meanwhile: Callable[[], Awaitable[object]] | None = None
    called: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/dondoc"

    def said(self, *replies: int) -> None:
        """The statuses that it answers next."""
        self.replies += [Reply(status) for status in replies]

    def kinds(self) -> list[str]:
        """The events that came, in order."""
        return [call.event()["type"].rpartition(".")[2] for call in self.calls]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                while await self._one(reader, writer):
                    pass
        finally:
            writer.transport.abort()
            with suppress(OSError):
                await writer.wait_closed()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        call = Call(first.split()[1], headers, await reader.readexactly(int(headers["content-length"])))
        self.calls.append(call)
        self.called.set()
        if self.meanwhile:
            meanwhile, self.meanwhile = self.meanwhile, None
            await meanwhile()
        return await self._answer(self._reply(call), writer)

    def _reply(self, call: Call) -> Reply:
        for word, reply in self.refuses.items():
            if word.encode() in call.body:
                return reply
        return self.replies.pop(0) if self.replies else Reply()

    async def _answer(self, reply: Reply, writer: asyncio.StreamWriter) -> bool:
        if reply.silent:
            await asyncio.Event().wait()
        if reply.drops:
            return False
        length = "Transfer-Encoding: chunked" if reply.endless else "Content-Length: 0"
        head = [f"HTTP/1.1 {reply.status} So", length, *reply.headers, "", ""]
        writer.write("\r\n".join(head).encode())
        while reply.endless:
            writer.write(b"1000\r\n" + b"x" * 4096 + b"\r\n")
            await writer.drain()
        await writer.drain()
        return True


@asynccontextmanager
async def an_endpoint(port: int = 0) -> AsyncIterator[Endpoint]:
    """One that listens until the end of the test, on any port where none is named."""
    endpoint = Endpoint()
    open_now: set[asyncio.Task[None]] = set()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        open_now.add(asyncio.create_task(endpoint.serve(reader, writer)))

    server = await asyncio.start_server(begin, "127.0.0.1", port)
    endpoint.port = server.sockets[0].getsockname()[1]
    try:
        yield endpoint
    finally:
        server.close()
        for task in open_now:
            task.cancel()
        await asyncio.gather(*open_now, return_exceptions=True)
