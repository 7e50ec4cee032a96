"""A problem: one thing that is wrong with a file that people edit, with its line and the way out."""

from collections.abc import Iterable
from enum import StrEnum

from directive.value import Value


class Severity(StrEnum):
    """An error stops the file from being used; a warning asks a person to look."""

    ERROR = "error"
    WARNING = "warning"


class Problem(Value):
    """One problem. `line` counts from 1 (0: the file as a whole); `where` is the place in the file's own words.

    `code` is stable and for machines; the sentences are for people and stand in `letters/slips*.py`.
    """

    line: int
    where: str
    code: str
    vi: str
    en: str
    remedy_vi: str
    remedy_en: str
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        """Whether the file cannot be used because of it."""
        return self.severity is Severity.ERROR


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems is an error."""
    return any(one.is_error for one in problems)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems by line, each once: a shared part of a file (a YAML alias) tells its slip only once."""
    unique = {(one.line, one.code, one.vi): one for one in problems}
    return sorted(unique.values(), key=lambda one: (one.line, not one.is_error))
