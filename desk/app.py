"""The command line as a whole: its commands, the options that all of them share, and its usage errors in words."""

import functools
import inspect
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Annotated, Any, TypeVar

import typer
from typer._click.exceptions import ClickException, NoArgsIsHelpError
from typer.core import TyperCommand, TyperGroup

from desk import screen
from desk.commands import GROUPS
from desk.exit import Code, Stop
from desk.language import lang, text
from desk.usage import help_in, stop_for

Command = TypeVar("Command", bound=Callable[..., None])

SETTINGS = {"help_option_names": ["--help", "-h"], "max_content_width": 100, "terminal_width": 100}


AsJson = Annotated[
    bool, typer.Option("--json", help=text("Kết quả và lỗi ở dạng JSON.", "Results and errors as JSON."))
]
Language = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="vi|en",
        help=text(
            "Ngôn ngữ; mặc định theo DONDOC_LANG, rồi vi.", "The language; default: DONDOC_LANG, then vi."
        ),
    ),
]


class DeskCommand(TyperCommand):
    """A command whose help speaks the language in use."""

    def get_help(self, ctx: Any) -> str:
        """The help, in words."""
        return help_in(lang(), super().get_help(ctx))


class DeskGroup(TyperGroup):
    """The commands in the order in which they are declared; their help speaks the language in use."""

    def get_help(self, ctx: Any) -> str:
        """The help, in words."""
        return help_in(lang(), super().get_help(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the work."""
        return list(self.commands)


class Desk(typer.Typer):
    """A group of commands whose commands are all `DeskCommand`s."""

    def __init__(self, about: str, **more: Any) -> None:
        super().__init__(
            cls=DeskGroup,
            help=about,
            rich_markup_mode=None,
            add_completion=False,
            context_settings=SETTINGS,
            no_args_is_help=True,
            **more,
        )

    def does(self, name: str, vi: str, en: str) -> Callable[[Command], Command]:
        """Declare the function as the command `name`, with the two options that every command has."""

        def declare(command: Command) -> Command:
            self.command(name, cls=DeskCommand, help=text(vi, en), context_settings=SETTINGS)(
                _with_common_options(command)
            )
            return command

        return declare


def _with_common_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with `--json` and `--lang`, which have been read before the commands were built."""

    @functools.wraps(command)
    def does(*, as_json: bool = False, language: str | None = None, **more: Any) -> None:
        if language not in (None, "vi", "en"):
            raise typer.BadParameter(text("--lang chỉ nhận vi hoặc en", "--lang is vi or en"))
        command(**more)

    common = {"as_json": (AsJson, False), "language": (Language, None)}
    signature = inspect.signature(command)
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        for name, (kind, default) in common.items()
    ]
    does.__signature__ = signature.replace(parameters=[*signature.parameters.values(), *added])  # type: ignore[attr-defined]
    does.__annotations__ = {**command.__annotations__, **{name: kind for name, (kind, _) in common.items()}}
    return does


def build(named: str = "") -> Desk:
    """The command line; of a command that is named only its own group, since the others cost a start their time."""
    app = Desk(
        text(
            "Đôn Đốc: giao việc, theo dõi, nhắc việc và báo cấp trên theo thời hạn.",
            "Đôn Đốc: directives with deadlines: assign, follow, remind, escalate.",
        )
    )
    own = [group for group, names in GROUPS.items() if named in names.split()]
    for group in own or GROUPS:
        import_module(f"desk.commands.{group}").declare(app)
    return app


def _common_last(arguments: Sequence[str]) -> list[str]:
    """`--lang en show TASK` as `show TASK --lang en`: people write what every command has in both places."""
    rest, common = list(arguments), []
    while rest and rest[0].partition("=")[0] in ("--json", "--lang"):
        taken = 2 if rest[0] == "--lang" else 1
        common += rest[:taken]
        rest = rest[taken:]
    ends = rest.index("--") if "--" in rest else len(rest)
    return [*rest[:ends], *common, *rest[ends:]]


def main(
    arguments: Sequence[str],
    work: Callable[..., object] | None = None,
    page: Callable[..., object] | None = None,
    leaves: Callable[[], object] | None = None,
) -> None:
    """Run one command. Raises Stop for whatever a person has to know.

    `work` makes the worker of a rehearsal and `page` the page, and `leaves` says when a notice goes out: they are put
    together outside, since the desk knows neither activities nor answers nor the outbox.
    """
    screen.speak_json("--json" in arguments)
    arguments = _common_last(arguments)
    command = typer.main.get_group(build(next(iter(arguments), "")))
    try:
        given = {"work": work, "page": page, "leaves": leaves}
        code = command.main(arguments, prog_name="starter.py", standalone_mode=False, obj=given)
    except NoArgsIsHelpError as asked:
        sys.stdout.write(asked.format_message() + "\n")
        raise Stop(
            Code.USAGE,
            "chưa cho biết lệnh nào",
            "no command was given",
            "chọn một lệnh ở trên",
            "choose a command of the list above",
            kind="usage",
        ) from asked
    except ClickException as error:
        raise stop_for(error) from error
    except typer.Abort as stopped:
        raise KeyboardInterrupt from stopped
    if isinstance(code, int) and code:
        raise SystemExit(code)
