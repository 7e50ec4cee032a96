"""What an act is done to: one task, or every chosen task of a directive. The options are declared once for all acts."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass

from desk import options as o
from desk.exit import Stop, bad_input


@dataclass(frozen=True)
class Target:
    """One task, or a directive with conditions; and how a person wants to go about it."""

    task: str = ""
    directive: str = ""
    where: tuple[str, ...] = ()
    dry_run: bool = False
    count: int | None = None
    yes: bool = False
    bulk_id: str = ""

    @property
    def many(self) -> bool:
        """Whether a whole directive is meant."""
        return bool(self.directive)

    def check(self, message_id: str) -> None:
        """Whether the words go together. Raises Stop."""
        if bool(self.task.strip()) == bool(self.directive.strip()):
            raise _either()
        if self.many and message_id:
            raise _apart("--message-id", "--directive", "--bulk-id")
        for given, name in (
            (self.where, "--where"),
            (self.count is not None, "--count"),
            (self.bulk_id, "--bulk-id"),
        ):
            if given and not self.many:
                raise _apart(name, "TASK", "--directive")


_OPTIONS = {
    "task": (o.Task, ""),
    "directive": (o.OfDirective, ""),
    "where": (o.Where, None),
    "dry_run": (o.DryRun, False),
    "count": (o.Count, None),
    "yes": (o.Yes, False),
    "bulk_id": (o.BulkId, ""),
}


def on_tasks(command: Callable[..., None]) -> Callable[..., None]:
    """The command with its parameter `target: Target` spelled out as an argument and options."""

    @functools.wraps(command)
    def does(
        *,
        task: str = "",
        directive: str = "",
        where: list[str] | None = None,
        dry_run: bool = False,
        count: int | None = None,
        yes: bool = False,
        bulk_id: str = "",
        **more: object,
    ) -> None:
        command(target=Target(task, directive, tuple(where or ()), dry_run, count, yes, bulk_id), **more)

    own = [one for one in inspect.signature(command).parameters.values() if one.name != "target"]
    kept = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own]
    spelled = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        for name, (kind, default) in _OPTIONS.items()
    ]
    does.__signature__ = inspect.Signature([spelled[0], *kept, *spelled[1:]])  # type: ignore[attr-defined]
    does.__annotations__ = {
        **{name: kind for name, kind in command.__annotations__.items() if name != "target"},
        **{name: kind for name, (kind, _) in _OPTIONS.items()},
    }
    return does


def _either() -> Stop:
    return bad_input(
        "cần đúng một trong hai: một nhiệm vụ, hoặc --directive VĂN-BẢN",
        "one of two is needed: a task, or --directive NUMBER",
        "gõ TASK cho một việc; --directive (và --where) cho nhiều việc cùng lúc; xem --help",
        "type TASK for one; --directive (and --where) for many at once; see --help",
        kind="usage",
    )


def _apart(one: str, other: str, rather: str) -> Stop:
    return bad_input(
        f"{one} không đi cùng {other}",
        f"{one} does not go with {other}",
        f"bỏ {one}, hoặc dùng {rather}",
        f"leave {one} out, or use {rather}",
        kind="usage",
    )
