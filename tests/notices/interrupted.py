"""A register in which something happens at a chosen line of whoever uses it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from register.line import Item, Work
from register.open import Register

T = TypeVar("T")


class Interrupted(Register):
    """A register in which something happens before its so many-th use."""

    def interrupt(self, use: int, then: Callable[[], Awaitable[object]]) -> None:
        self.left, self.then = use, then

    async def _use(self) -> None:
        self.left -= 1
        if self.left == 0:
            await self.then()

    async def writing_together(self, work: Work[Item, T], item: Item) -> T:
        await self._use()
        return await super().writing_together(work, item)

    async def reading(self, work: Callable[[Connection], T]) -> T:
        await self._use()
        return await super().reading(work)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        await self._use()
        async with super().read() as connection:
            yield connection
