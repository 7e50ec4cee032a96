"""What a search looks through: the words of a task that never change, lower case and without accents.

Names of units change with the directory: whoever searches says which units a word may mean (`SearchWord`).
"""

from typing import Any

from sqlalchemy import ColumnElement, or_, select

from directive.codes import ascii_slug, folded
from directive.plan import Plan
from register.models import SearchWord
from register.tables import searched, tasks


def searched_row(task: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """The row beside a task's: its directive's number as signed and as typed, its code, unit and work."""
    number = plan.directive.number
    said = " ".join((number, ascii_slug(number), task["code"], task["unit"], task["work"]))
    return {"task": task["id"], "unit": task["unit"], "words": folded(said)}


def has_words(search: tuple[SearchWord, ...], *, few: bool) -> ColumnElement[bool]:
    """A task that has every word somewhere, or in its unit's name.

    One look through the words of all tasks; of `few` (the open ones) each is looked up. By a value and not by EXISTS,
    of which PostgreSQL makes a join, and looks through the words of all tasks for it.
    """
    found = select(searched.c.task).where(*(_has(word) for word in search))
    own = found.where(searched.c.task == tasks.c.id).scalar_subquery()
    return tasks.c.id == own if few else tasks.c.id.in_(found)


def _has(word: SearchWord) -> ColumnElement[bool]:
    found = searched.c.words.contains(word.folded, autoescape=True)
    return or_(found, searched.c.unit.in_(word.units)) if word.units else found
