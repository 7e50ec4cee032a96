"""The command line of Đôn Đốc: `python starter.py --help`. The commands are in `desk/commands/`."""

import sys

from desk import exit as way_out
from desk import language


def start() -> None:
    """Choose the language first, so that the commands are built in it; then run one."""
    arguments = sys.argv[1:]
    language.use(language.chosen(arguments))
    from desk import app

    app.main(arguments)


if __name__ == "__main__":
    way_out.run(start)
