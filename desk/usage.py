"""Help and usage errors in the language in use: the library under the commands speaks English only."""

import re

from typer._click.exceptions import (
    BadParameter,
    ClickException,
    MissingParameter,
    NoSuchOption,
    UsageError,
)

from desk.exit import Code, Stop

_HELP = {
    "Usage:": "Cách dùng:",
    "[OPTIONS]": "[TÙY CHỌN]",
    "COMMAND [ARGS]...": "LỆNH …",
    "Arguments:": "Đối số:",
    "Options:": "Tùy chọn:",
    "Commands:": "Các lệnh:",
    "[required]": "[bắt buộc]",
    "Show this message and exit.": "In phần này rồi thoát.",
}
_TYPE = re.compile(r"( <(?:str|path|int)>)(\s*)")
_BRACES = re.compile(r"\{([A-Z]+)\}")
_NO_COMMAND = re.compile(r"No such command '(?P<name>.*?)'\.(?: Did you mean (?P<near>.*)\?)?")


def help_in(language: str, said: str) -> str:
    """A command's help without type names, in the language."""
    said = _TYPE.sub(lambda found: " " * len(found[1]) + found[2], said)
    said = _BRACES.sub(r"\1", said)
    if language == "vi":
        for english, vietnamese in _HELP.items():
            said = said.replace(english, vietnamese)
    return "\n".join(line.rstrip() for line in said.splitlines())


def stop_for(error: ClickException) -> Stop:
    """A usage error, with the help that answers it."""
    ctx = error.ctx if isinstance(error, UsageError) else None
    path = ctx.command_path if ctx is not None else "starter.py"
    said_en = error.format_message().rstrip(".")
    said_vi, hint = _in_vietnamese(error, said_en)
    see_vi, see_en = f"xem `{path} --help`", f"see `{path} --help`"
    return Stop(
        Code.USAGE,
        said_vi,
        said_en,
        f"có phải {hint}? {see_vi}" if hint else see_vi,
        f"did you mean {hint}? {see_en}" if hint else see_en,
        kind="usage",
    )


def _in_vietnamese(error: ClickException, said: str) -> tuple[str, str]:
    """The error in Vietnamese, and what was probably meant."""
    if isinstance(error, NoSuchOption):
        return f"không có tùy chọn {error.option_name}", ", ".join(error.possibilities or [])
    if isinstance(error, MissingParameter):
        return f"thiếu {_named(error)}", ""
    if isinstance(error, BadParameter):
        return f"giá trị của {_named(error)} không hợp lệ: {error.message}", ""
    if found := _NO_COMMAND.match(error.format_message()):
        return f"không có lệnh {found['name']}", (found["near"] or "").replace("'", "")
    return said, ""


def _named(error: BadParameter) -> str:
    hint = error.param_hint or (error.param.get_error_hint() if error.param is not None else "")
    return hint if isinstance(hint, str) else ", ".join(hint)
