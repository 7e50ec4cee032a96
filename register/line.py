"""The line before the one thread that writes to a SQLite file: what stands there together is committed together."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Condition
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection

AT_ONCE = 64
"""At most so many in one transaction: the last of them waits for the first, and other processes for them all."""
REST = 0.1
"""Seconds that those who come behind a shared transaction wait for one another, unless they are a full group before."""

Item = TypeVar("Item")
T = TypeVar("T")
Work = Callable[[Connection, Sequence[Item]], Sequence[T]]
"""Does something of the same kind with some items in one transaction, and gives what comes of each in their order."""
Transaction = Callable[[Work[Any, Any], Sequence[Any]], Sequence[Any]]


class _Asked(NamedTuple):
    """Work with an item, and the one who waits for it."""

    work: Work[Any, Any]
    item: Any
    answer: "asyncio.Future[Any]"


class _Done(NamedTuple):
    """What came of it: a value, or the error that rolled it back."""

    asked: _Asked
    value: Any
    error: Exception | None


class Line:
    """Work is done in the order in which it was asked for, and answered once it is committed.

    A disk writes one commit as fast as that of sixty, and a statement sixty rows nearly as fast as one: while one
    commit is written, the next items for the same work gather. An error of one rolls all of them back, and then each
    is done by itself, so that only the one hears of it.

    Where several stood together more are on their way. The thread rests for a moment, so that they gather, those who
    bring them get on (Python runs one thread at a time) and another process may write. Behind one who came alone it
    does not.
    """

    def __init__(self, transaction: Transaction, rest: float = REST) -> None:
        """`transaction` does work with some items in one transaction; an exception rolls it back."""
        self._transaction, self._rest = transaction, rest
        self._thread = ThreadPoolExecutor(1, "register")
        self._waiting: deque[_Asked] = deque()
        self._changed = Condition()
        self._working, self._closing = False, False

    async def do(self, work: Work[Item, T], item: Item) -> T:
        """Stand in line; the transaction is shared with those right before and behind who ask for the same work."""
        asked = _Asked(work, item, asyncio.get_running_loop().create_future())
        with self._changed:
            self._waiting.append(asked)
            self._changed.notify()
            if not self._working:
                self._thread.submit(self._work)
                self._working = True
        answer: T = await asked.answer
        return answer

    def close(self) -> None:
        """Finish what stands in line."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.shutdown()

    def _work(self) -> None:
        while group := self._next():
            _answer(self._done(group))
            if len(group) > 1:
                self._let_gather()

    def _let_gather(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._closing or len(self._waiting) >= AT_ONCE, self._rest)

    def _next(self) -> list[_Asked]:
        """The first, and those right behind it who ask for the same work; none, and the thread rests."""
        with self._changed:
            group: list[_Asked] = []
            while self._waiting and len(group) < AT_ONCE:
                if group and self._waiting[0].work != group[0].work:
                    break
                group.append(self._waiting.popleft())
            self._working = bool(group)
            return group

    def _done(self, group: list[_Asked]) -> list[_Done]:
        group = [one for one in group if not one.answer.cancelled()]
        try:
            values = self._transaction(group[0].work, [one.item for one in group]) if group else []
        except BaseException as error:  # noqa: BLE001 - whoever asked hears of it, and the thread goes on
            if len(group) == 1:
                told = error if isinstance(error, Exception) else RuntimeError(repr(error))
                return [_Done(group[0], None, told)]
            return [done for one in group for done in self._done([one])]
        return [_Done(one, value, None) for one, value in zip(group, values, strict=True)]


def _answer(done: list[_Done]) -> None:
    """Tell those who wait, each in its own loop; one whose loop is closed waits no more."""
    for loop in {one.asked.answer.get_loop() for one in done}:
        own = [one for one in done if one.asked.answer.get_loop() is loop]
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_settle, own)


def _settle(done: list[_Done]) -> None:
    for one in done:
        if one.asked.answer.done():
            continue
        if one.error is not None:
            one.asked.answer.set_exception(one.error)
        else:
            one.asked.answer.set_result(one.value)
