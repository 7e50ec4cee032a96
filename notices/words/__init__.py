"""The words of the notices: one file a language, sentences as Jinja expressions, nothing worded elsewhere."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, StrictUndefined, Template

Language = Literal["vi", "en"]
Kind = Literal["task", "approval"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
MOST_SAID = 4096
"""Sentences kept: of 500 notices with one deadline all but a few say the same, and a sentence costs 0.2 ms."""


class Words:
    """The sentences of one language. Plain text comes out; escaping for HTML is the page template's."""

    def __init__(self, language: Language, entries: Mapping[str, Any]) -> None:
        self.language: Language = language
        self.entries = entries
        # Plain sentences: they are escaped where they are set into a page (`notices/templates/message.html.j2`).
        environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701
        self._said: dict[tuple[object, ...], str] = {}
        self._made: dict[str, Template] = {
            path: environment.from_string(text)
            for path, text in _leaves("", entries)
            if isinstance(text, str)
        }

    def say(self, path: str, /, **facts: object) -> str:
        """The sentence at `path` with its facts; KeyError where there is none, UndefinedError for a missing fact."""
        known = (path, *facts.items())
        said = self._said.get(known)
        if said is None:
            if len(self._said) >= MOST_SAID:
                self._said.clear()
            said = self._said[known] = self._made[path].render(facts).strip()
        return said

    def has(self, path: str) -> bool:
        """Whether there is a sentence at `path`."""
        return path in self._made

    def acts(self, kind: str) -> tuple[str, ...]:
        """The acts that a notice of this kind suggests, beside the answers to its question."""
        return tuple(self.entries["kinds"][kind].get("acts", ()))


@cache
def words(language: Language, kind: Kind = "task") -> Words:
    """The words of a language, read once: of tasks, or of documents that wait for approval."""
    entries = _entries(language)
    return Words(
        language, _over(entries, _entries(f"{language}_approval")) if kind == "approval" else entries
    )


def _entries(name: str) -> dict[str, Any]:
    from ruamel.yaml import (
        YAML,
    )  # a worker or page has much to start with, and its first sentence comes later

    yaml = YAML(typ="safe", pure=True)
    read: dict[str, Any] = yaml.load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8"))
    return read


def _over(entries: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The entries, with those of `own` instead where there are any. Raises KeyError for one that has no place."""
    for key in own:
        entries[key]
    return {
        key: _over(value, own.get(key) or {}) if isinstance(value, Mapping) else own.get(key, value)
        for key, value in entries.items()
    }


def _leaves(prefix: str, entries: Mapping[str, Any]) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, entry in entries.items():
        path = f"{prefix}.{key}" if prefix else key
        found.extend(_leaves(path, entry) if isinstance(entry, Mapping) else [(path, entry)])
    return found
