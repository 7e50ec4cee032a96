"""What the tests of the page look at: the whole register, the forms of a page, links as mails carry them."""

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import httpx
from sqlalchemy import select

from answers.house import House
from notices.link import Link
from register.open import Register
from register.outbox_tables import messages
from register.tables import metadata

_FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


async def dump(register: Register) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    async with register.read() as connection:
        return {
            table.name: sorted(tuple(row) for row in (await connection.execute(select(table))).all())
            for table in metadata.sorted_tables
        }


def hidden(answer: httpx.Response) -> dict[str, str]:
    """The hidden fields of a page's forms."""
    return {name: unescape(value) for name, value in _FIELD.findall(answer.text)}


def link_for(house: House, person: str, task: str, question: str = "", days: int = 30) -> str:
    """The path of a link as a mail carries it; with a negative number of days it has ended."""
    ends_at: datetime = house.now() + timedelta(days=days)
    return urlsplit(house.links.url(Link(person=person, task=task, question=question, ends_at=ends_at))).path


async def mailed(register: Register) -> list[Any]:
    """The messages in the outbox."""
    async with register.read() as connection:
        return list((await connection.execute(select(messages))).mappings())


def links_in(text: str) -> list[str]:
    """The addresses of the page in a mail's text."""
    return re.findall(r"http://page\.test(/\S+)", text)
