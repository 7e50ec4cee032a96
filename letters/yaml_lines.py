"""YAML that a clerk edits: plain data with a line for everything in it, read within bounds of size and time.

Every scalar stays the text that was typed (`1.10` is a code, not a number; `08:00` is a time, not 480), empty ones
are None; the models make dates and numbers of them. All text is NFC.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from directive.regex import regex
from letters.problem import Problem
from letters.slips import slip
from letters.yaml_nodes import MAX_DEPTH, Items, Node, Scalar, YamlRefused, compose

__all__ = ["MAX_BYTES", "Source", "YamlRefused", "parse", "read_source"]

MAX_BYTES = 1_000_000
MAX_NODES = 100_000
Path_ = tuple[str | int, ...]
_QUESTION = regex(r"(?:^|(?<=\s))#\s*\?(.*)$")


@dataclass
class Source:
    """What stands in a YAML file. `lines` has the line of every key and item; `questions` the open `# ?` comments."""

    data: Any = None
    lines: dict[Path_, int] = field(default_factory=dict)
    questions: list[tuple[int, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def line(self, *path: str | int) -> int:
        """The line of the nearest thing on the way to `path`."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1


def read_source(path: Path) -> str:
    """The text of a file. Raises YamlRefused for what is not there, too large, binary or not UTF-8."""
    name = path.name
    try:
        with path.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise YamlRefused(slip("file_missing", 0, name, name=str(path))) from None
    except IsADirectoryError:
        raise YamlRefused(slip("file_is_folder", 0, name, name=str(path))) from None
    except (OSError, ValueError) as error:
        raise YamlRefused(slip("file_unreadable", 0, name, name=str(path), why=str(error))) from error
    if len(raw) > MAX_BYTES:
        raise YamlRefused(slip("file_too_large", 0, name, limit=MAX_BYTES // 1_000_000))
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise YamlRefused(slip("file_utf16", 1, name))
    if b"\0" in raw:
        raise YamlRefused(slip("file_binary", raw[: raw.index(b"\0")].count(b"\n") + 1, name))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise YamlRefused(slip("file_not_utf8", raw[: error.start].count(b"\n") + 1, name)) from error


def parse(text: str) -> Source:
    """The data of a YAML text with its lines. Raises YamlRefused where it is not YAML; twice-told keys are problems."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise YamlRefused(slip("file_too_large", 0, limit=MAX_BYTES // 1_000_000))
    if "\0" in text:
        raise YamlRefused(slip("file_binary", text[: text.index("\0")].count("\n") + 1))
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff"))
    maker = _Maker()
    root = compose(text)
    maker.source.data = maker.value(root, (), 0) if root is not None else None
    maker.source.questions.extend(_open_questions(text, maker.scalars))
    return maker.source


class _Maker:
    """Makes plain data of YAML nodes and notes the line of each."""

    def __init__(self) -> None:
        self.source = Source()
        self.scalars: list[tuple[int, int]] = []
        self.count = 0

    def value(self, node: Node, path: Path_, depth: int) -> Any:
        self.count += 1
        if depth > MAX_DEPTH:
            raise YamlRefused(slip("yaml_too_deep", node.line, depth=MAX_DEPTH))
        if self.count > MAX_NODES:
            raise YamlRefused(slip("yaml_too_many", node.line, limit=MAX_NODES))
        self.source.lines.setdefault(path, node.line)
        if isinstance(node, Items):
            if node.pairs:
                return self.mapping(node, path, depth)
            return [self.value(one, (*path, at), depth + 1) for at, one in enumerate(node.nodes)]
        self.scalars.append(node.span)
        empty = node.plain and node.text.strip() in ("", "~", "null", "Null", "NULL")
        return None if empty else node.text

    def mapping(self, node: Items, path: Path_, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, value in zip(node.nodes[::2], node.nodes[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.source.problems.append(slip("yaml_key", key.line))
                continue
            name = key.text
            self.scalars.append(key.span)
            if name in made:
                first = self.source.lines[(*path, name)]
                self.source.problems.append(slip("yaml_key_twice", key.line, name, key=name, first=first))
                continue
            self.source.lines[*path, name] = key.line
            made[name] = self.value(value, (*path, name), depth + 1)
        return made


def _open_questions(text: str, scalars: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """The `# ?` comments: whatever stands in a quoted text or a block of text is not one."""
    spans = sorted(set(scalars))
    starts = [start for start, _ in spans]
    place = 0
    for number, typed in enumerate(text.splitlines(keepends=True), start=1):
        for found in _QUESTION.finditer(typed.rstrip("\r\n")) if "#" in typed else ():
            at = place + found.start()
            index = bisect_right(starts, at) - 1
            if index < 0 or spans[index][1] <= at:
                yield number, found.group(1).strip()
        place += len(typed)
