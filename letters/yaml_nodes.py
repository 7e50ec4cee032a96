"""The nodes of a YAML text, from the events of libyaml: twenty times as fast as a parser written in Python.

PyYAML's own composer is not used: in C it calls itself for each level, and a file of a hundred thousand `- ` ends the
process. Here a level is an entry on a list, and there are no more than `MAX_DEPTH` of them. No tag is looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml  # type: ignore[import-untyped]

from letters.problem import Problem
from letters.slips import slip

MAX_DEPTH = 40


class YamlRefused(Exception):
    """A file that cannot be read as YAML at all; `problem` has the line and the way out."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.line}: {problem.en} {problem.remedy_en}")
        self.problem = problem


@dataclass(slots=True)
class Scalar:
    """A text, its line, and where it starts and ends in the file; `plain` where it has no quotes and is no block."""

    text: str
    line: int
    span: tuple[int, int]
    plain: bool


@dataclass(slots=True)
class Items:
    """A list, or with `pairs` the keys and values of a mapping in turn."""

    line: int
    pairs: bool
    nodes: list["Node"] = field(default_factory=list)


Node = Scalar | Items
_COLLECTIONS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


def compose(text: str) -> Node | None:
    """The one document of a text; None where there is none. Raises YamlRefused."""
    try:
        return _composed(yaml.parse(text, Loader=yaml.CBaseLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlRefused(_syntax(text, mark.line + 1 if mark else 0, str(error.problem or ""))) from error
    except yaml.reader.ReaderError as error:  # its place is counted in bytes
        line = text.encode()[: error.position].count(b"\n") + 1
        raise YamlRefused(slip("yaml_control", line)) from error
    except UnicodeEncodeError as error:  # half of a character
        raise YamlRefused(slip("yaml_control", text[: error.start].count("\n") + 1)) from error
    except yaml.YAMLError as error:
        raise YamlRefused(slip("yaml_syntax", 0, why="")) from error


def _composed(events: Iterator[Any]) -> Node | None:
    top: list[Node] = []
    open_: list[list[Node]] = [top]
    anchors: dict[str, Node] = {}
    for event in events:
        kind = type(event)
        made: Node
        if kind is yaml.ScalarEvent:  # first, since most are
            start, end = event.start_mark, event.end_mark
            made = Scalar(event.value, start.line + 1, (start.index, end.index), not event.style)
            open_[-1].append(made)
        elif kind in _COLLECTIONS:
            made = Items(event.start_mark.line + 1, kind is yaml.MappingStartEvent)
            open_[-1].append(made)
            if len(open_) > MAX_DEPTH:
                raise YamlRefused(slip("yaml_too_deep", made.line, depth=MAX_DEPTH))
            open_.append(made.nodes)
        else:
            if kind in _ENDS:
                open_.pop()
            elif kind is yaml.AliasEvent:
                open_[-1].append(_anchored(event, anchors))
            elif kind is yaml.DocumentStartEvent and top:
                raise YamlRefused(slip("yaml_two_documents", event.start_mark.line + 1))
            continue
        if event.anchor:
            anchors[event.anchor] = made
    return top[0] if top else None


def _anchored(event: Any, anchors: dict[str, Node]) -> Node:
    if event.anchor not in anchors:
        raise YamlRefused(slip("yaml_syntax", event.start_mark.line + 1, why="found undefined alias"))
    return anchors[event.anchor]


def _syntax(text: str, line: int, why: str) -> Problem:
    lines = text.splitlines()
    typed = lines[line - 1] if 0 < line <= len(lines) else ""
    indented = typed[: len(typed) - len(typed.lstrip())]
    if "\t" in indented or ("cannot start any token" in why and "\t" in typed):
        return slip("yaml_tab", line)
    return slip("yaml_syntax", line, why=why)
