"""What people type for a task or a directive: a number as signed, an id, a code, a unit, or any unique beginning."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from directive.codes import APPROVAL, ascii_slug
from directive.value import Value
from register.boards import is_approval
from register.models import Found, TaskRef
from register.open import Register
from register.tables import directives, tasks

MOST = 50


class DirectiveRef(Value):
    """A directive that somebody may mean."""

    id: str
    number: str
    issuer: str
    subject: str


async def find_tasks(register: Register, typed: str) -> Found:
    """The tasks that `typed` may mean: words in any order, each the beginning of a directive's number or id, a task
    code or a unit (`1346-CV/ĐU 1.2 so-khcn`); whole words go before beginnings. What begins with `approval:` is looked
    for among the stand-alone approvals. Raises RegisterDown.
    """
    if (whole := await _tasks(register, tasks.c.id == typed.strip())).tasks:
        return whole
    words = _words(typed)
    if not words:
        return Found(tasks=())
    among = [is_approval()] if typed.strip().startswith(APPROVAL) else []
    exact = await _tasks(register, and_(*among, *(_task_is(word) for word in words)))
    if exact.tasks:
        return exact
    return await _tasks(register, and_(*among, *(_task_begins(word) for word in words)))


async def find_directives(register: Register, typed: str) -> list[DirectiveRef]:
    """The directives that `typed` may mean: an id, a number as signed, or the beginning of either."""
    slug = ascii_slug(typed)
    if not slug:
        return []
    columns = (directives.c.id, directives.c.number, directives.c.issuer, directives.c.subject)
    for where in (_directive_is(slug), _directive_begins(slug)):
        letters = ~directives.c.id.startswith(APPROVAL)
        wanted = select(*columns).where(where, letters).order_by(directives.c.id).limit(MOST)
        async with register.read() as connection:
            found = (await connection.execute(wanted)).mappings().all()
        if found:
            return [DirectiveRef.model_validate(dict(row)) for row in found]
    return []


def _words(typed: str) -> list[str]:
    """The words as slugs; a task's id falls into its parts."""
    parts = typed.strip().removeprefix("task:").removeprefix(APPROVAL).replace(":", " ").split()
    return [slug for part in parts if (slug := ascii_slug(part))]


def _directive_is(word: str) -> ColumnElement[bool]:
    return or_(directives.c.id == word, directives.c.slug == word)


def _directive_begins(word: str) -> ColumnElement[bool]:
    return or_(directives.c.id.startswith(word), directives.c.slug.startswith(word))


def _task_is(word: str) -> ColumnElement[bool]:
    return or_(_directive_is(word), tasks.c.code == word, tasks.c.unit == word)


def _task_begins(word: str) -> ColumnElement[bool]:
    begins = or_(tasks.c.code.startswith(word), tasks.c.unit.startswith(word))
    return or_(_directive_begins(word), begins)


async def _tasks(register: Register, where: ColumnElement[bool]) -> Found:
    columns: tuple[Any, ...] = (
        tasks.c.id,
        tasks.c.directive,
        directives.c.number,
        tasks.c.code,
        tasks.c.unit,
        tasks.c.work,
        tasks.c.state,
    )
    wanted = select(*columns).join(directives, directives.c.id == tasks.c.directive).where(where)
    wanted = wanted.order_by(tasks.c.directive, tasks.c.code, tasks.c.unit).limit(MOST + 1)
    async with register.read() as connection:
        rows = (await connection.execute(wanted)).mappings().all()
    refs = tuple(TaskRef.model_validate(dict(row)) for row in rows[:MOST])
    return Found(tasks=refs, more=len(rows) > MOST)
