"""YAML that a clerk edits: plain data with a line for everything in it, read within bounds of size and time.

Every scalar stays the text that was typed (`1.10` is a code, not a number; `08:00` is a time, not 480), empty ones
are None; the models make dates and numbers of them. All text is NFC.
"""

import re
import unicodedata
import warnings
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from letters.problem import Problem
from letters.slips import slip

MAX_BYTES = 1_000_000
MAX_NODES = 100_000
MAX_DEPTH = 40
Path_ = tuple[str | int, ...]
_QUESTION = re.compile(r"(?:^|(?<=\s))#\s*\?(.*)$")
_OPENINGS = re.compile(rf"[\[{{](?:\s*[\[{{]){{{MAX_DEPTH}}}")
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    TypeError,
    ValueError,
)
"""What the YAML library itself raises on hostile text, besides its own errors."""


class YamlRefused(Exception):
    """A file that cannot be read as YAML at all; `problem` has the line and the way out."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.line}: {problem.en} {problem.remedy_en}")
        self.problem = problem


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
    nested = _OPENINGS.search(text)
    if nested:  # the library takes seconds to fail on these
        raise YamlRefused(slip("yaml_too_deep", text[: nested.start()].count("\n") + 1, depth=MAX_DEPTH))
    maker = _Maker()
    try:
        root = _compose(text)
        maker.source.data = maker.value(root, (), 0) if root is not None else None
    except RecursionError:
        raise YamlRefused(slip("yaml_too_deep", 0, depth=MAX_DEPTH)) from None
    maker.source.questions.extend(_open_questions(text, maker.scalars))
    return maker.source


def _compose(text: str) -> Node | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found: Node | None = YAML(typ="safe", pure=True).compose(text)
            return found
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlRefused(_syntax(text, mark.line + 1 if mark else 0, str(error.problem or ""))) from error
    except ReaderError as error:
        place = error.position if isinstance(error.position, int) else 0
        raise YamlRefused(slip("yaml_control", text[:place].count("\n") + 1)) from error
    except (YAMLError, *_BROKEN) as error:
        raise YamlRefused(slip("yaml_syntax", 0, why="")) from error


def _syntax(text: str, line: int, why: str) -> Problem:
    lines = text.splitlines()
    typed = lines[line - 1] if 0 < line <= len(lines) else ""
    if "\t" in typed[: len(typed) - len(typed.lstrip())] or "\\t" in why:
        return slip("yaml_tab", line)
    if "another document" in why:
        return slip("yaml_two_documents", line)
    return slip("yaml_syntax", line, why=why)


class _Maker:
    """Makes plain data of YAML nodes and notes the line of each."""

    def __init__(self) -> None:
        self.source = Source()
        self.scalars: list[tuple[int, int]] = []
        self.count = 0

    def value(self, node: Node, path: Path_, depth: int) -> Any:
        self.count += 1
        line = node.start_mark.line + 1
        if depth > MAX_DEPTH:
            raise YamlRefused(slip("yaml_too_deep", line, depth=MAX_DEPTH))
        if self.count > MAX_NODES:
            raise YamlRefused(slip("yaml_too_many", line, limit=MAX_NODES))
        self.source.lines.setdefault(path, line)
        if isinstance(node, MappingNode):
            return self.mapping(node, path, depth)
        if isinstance(node, SequenceNode):
            return [self.value(one, (*path, at), depth + 1) for at, one in enumerate(node.value)]
        assert isinstance(node, ScalarNode)
        self.scalars.append((node.start_mark.index, node.end_mark.index))
        empty = node.style in (None, "") and str(node.value).strip() in ("", "~", "null", "Null", "NULL")
        return None if empty else str(node.value)

    def mapping(self, node: MappingNode, path: Path_, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, ScalarNode):
                self.source.problems.append(slip("yaml_key", line))
                continue
            name = str(key.value)
            self.scalars.append((key.start_mark.index, key.end_mark.index))
            if name in made:
                first = self.source.lines[(*path, name)]
                self.source.problems.append(slip("yaml_key_twice", line, name, key=name, first=first))
                continue
            self.source.lines[*path, name] = line
            made[name] = self.value(value, (*path, name), depth + 1)
        return made


def _open_questions(text: str, scalars: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """The `# ?` comments: whatever stands in a quoted text or a block of text is not one."""
    spans = sorted(set(scalars))
    starts = [start for start, _ in spans]
    place = 0
    for number, typed in enumerate(text.splitlines(keepends=True), start=1):
        for found in _QUESTION.finditer(typed.rstrip("\r\n")):
            at = place + found.start()
            index = bisect_right(starts, at) - 1
            if index < 0 or spans[index][1] <= at:
                yield number, found.group(1).strip()
        place += len(typed)
