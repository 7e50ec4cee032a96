"""The command line of Đôn Đốc: `python starter.py --help`. The commands are in `desk/commands/`."""

import os
import sys
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

from desk import exit as way_out
from desk import language
from desk.cycles import look_hardly, look_seldom

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from desk.serving import Ground
    from desk.stage import Staff
    from register.kept_back import Leaves


def work(staff: "Staff") -> AbstractAsyncContextManager[object]:
    """The worker of a rehearsal, put together as `worker.py` does: the desk itself knows no activities."""
    from notices.folder import EmlFolder
    from worker import build

    look_seldom()
    return build(staff.client, staff.register, EmlFolder(staff.outbox))


def page(ground: "Ground") -> "ASGIApp":
    """The page, put together here: the desk itself does not know it."""
    from answers.app import build
    from answers.house import House
    from answers.oidc_settings import oidc_from_environment

    return build(House(*ground, oidc=oidc_from_environment()))


def leaves() -> "Leaves":
    """When a notice goes out, for a repair: the desk itself does not know the outbox."""
    from notices.waking import due_at

    return due_at


def start() -> None:
    """Choose the language first, so that the commands are built in it; then run one."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # we have none; looking for them takes 40 ms
    look_hardly()
    arguments = sys.argv[1:]
    language.use(language.chosen(arguments))
    from desk import app

    app.main(arguments, work, page, leaves)


if __name__ == "__main__":
    way_out.run(start)
