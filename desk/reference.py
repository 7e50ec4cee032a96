"""The reference of the command line, made from `--help` (`make docs`; a test compares)."""

from collections.abc import Iterator
from typing import Any

import typer
from typer.core import TyperGroup

from desk.app import build


def reference() -> str:
    """One section a command, in the order of `--help`."""
    root = typer.main.get_command(build())
    return "\n".join(_sections(root, "starter.py", None)).rstrip() + "\n"


def _sections(command: Any, path: str, parent: Any) -> Iterator[str]:
    with command.context_class(
        command, info_name=path.split()[-1], parent=parent, **command.context_settings
    ) as ctx:
        yield from (f"## `{path}`", "", "```text", command.get_help(ctx), "```", "")
        if isinstance(command, TyperGroup):
            for name in command.list_commands(ctx):
                yield from _sections(command.get_command(ctx, name), f"{path} {name}", ctx)
