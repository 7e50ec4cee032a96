"""Codes and ids: short ASCII names that people can type and that say nothing about a person."""

import re
import unicodedata
from datetime import date

from directive.regex import regex

CODE = regex(r"[a-z0-9][a-z0-9.-]{0,39}")


def is_code(text: str) -> bool:
    """Whether `text` can stand for an issuer, a unit or a task on the wire."""
    return CODE.fullmatch(text) is not None


def ascii_slug(text: str) -> str:
    """Lower-case ASCII with single hyphens: `1346-CV/ĐU` becomes `1346-cv-du`."""
    return re.sub(r"[^a-z0-9.]+", "-", folded(text)).strip("-.")


def folded(text: str) -> str:
    """What a search compares: lower case, without accents, one space between words: `Khoa  học` is `khoa hoc`."""
    plain = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(plain.lower().split())


def directive_id(issuer: str, number: str, issued: date) -> str:
    """The id of a directive: `du-ubnd-nb.1346-cv-du-2026`, since many committees sign the same number."""
    return f"{issuer}.{ascii_slug(number)}-{issued.year}"


def task_id(directive: str, code: str, unit: str) -> str:
    """The id of one task for one lead unit, which is also its workflow's id."""
    return f"task:{directive}:{code}:{unit}"


APPROVAL = "approval:"
"""How the id of a stand-alone approval begins; no issuer's, unit's or task's code has a colon."""


def approval_id(reference: str) -> str:
    """The id of a stand-alone approval, which is also its workflow's id and its only row's in the register."""
    return f"{APPROVAL}{reference}"
