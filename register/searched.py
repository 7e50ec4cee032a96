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
    return {"task": task["id"], "words": folded(said)}


def has_word(word: SearchWord) -> ColumnElement[bool]:
    """A task that has the word somewhere, or whose unit's name has it."""
    found = tasks.c.id.in_(
        select(searched.c.task).where(searched.c.words.contains(word.folded, autoescape=True))
    )
    return or_(found, tasks.c.unit.in_(word.units)) if word.units else found
