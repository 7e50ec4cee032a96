"""What a command costs before it does anything, and how long `up` takes until it is ready.

    python -m bench.startup [--full] [--json]

Commands run as people run them, a process each, in turns with `python -c "import typer, rich"`: the figure is the ratio
of the medians of processor time (user and system), which a busy machine changes less than the wall clock. Byte code is
written by a first run that does not count, as after an installation. `rich` alone imports nothing of itself, so a
second baseline, `import typer, rich.console`, stands beside it. `up` is timed by the wall clock, from its start
until it prints its address, on a new folder and again on the same one.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.frame import ROOT, Row, median, options, report, say
from tests.desk.conftest import EXAMPLE, environment
from tests.desk.service import Service

RUNS = {False: 5, True: 21}
UPS = {False: 1, True: 5}
GOAL = 3.0
UP_GOAL = 3.0
BARE = "import typer, rich"
PLAN, DAY = str(EXAMPLE / "plan.yaml"), ("--as-of", "29/05/2026")
WITH_GOAL = {
    "--help": ("--help",),
    "deadline": ("deadline", "trước ngày 15/7", "--issued", "29/05/2026"),
    "read": ("read", str(EXAMPLE / "letter.txt")),
}
OTHERS = {"check": ("check", PLAN, *DAY), "preview": ("preview", PLAN, *DAY)}
ON_A_REGISTER = {
    "tasks": ("tasks",),
    "show": ("show", "1346-CV/ĐU/1.2"),
    "summary": ("summary",),
    "acknowledge (answered before)": ("acknowledge", "1346-CV/ĐU/1.2", "--as", "ubnd.cv"),
}


def cost(words: list[str], variables: dict[str, str]) -> float:
    """Seconds of processor time of one process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, cwd=ROOT, env=variables, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def taking_turns(commands: dict[str, list[str]], variables: dict[str, str], runs: int) -> dict[str, float]:
    """The median of each, after a first run that warms up."""
    spent: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, words in commands.items():
            seconds = cost(words, variables)
            if turn:
                spent[name].append(seconds)
    return {name: median(values) for name, values in spent.items()}


def of_commands(folder: Path, variables: dict[str, str], runs: int, *, register: bool) -> list[Row]:
    """The commands that have a goal and the ones that have none, against the bare import."""
    chosen = ON_A_REGISTER if register else {**WITH_GOAL, **OTHERS}
    starter = [sys.executable, str(ROOT / "starter.py")]
    commands = {
        "bare": [sys.executable, "-c", BARE],
        "more": [sys.executable, "-c", f"{BARE}.console"],
        **{name: [*starter, *words] for name, words in chosen.items()},
    }
    found = taking_turns(commands, {**variables, "DONDOC_DATA": str(folder)}, runs)
    bare, more = found.pop("bare"), found.pop("more")
    rows = []
    for name, seconds in found.items():
        ratio, goal = seconds / bare, name in WITH_GOAL
        unit = f"× typer and rich ({seconds * 1000:.0f} ms; {seconds / more:.1f} × with rich.console)"
        rows.append(
            Row(name, ratio, unit, f"within {GOAL:.0f}" if goal else None, ratio <= GOAL if goal else None)
        )
    return [Row("import typer, rich", bare * 1000, "ms of processor time"), *rows]


def of_up(folder: Path, times: int) -> tuple[list[Row], list[Row]]:
    """`up` on a new folder and on one that has data; commands on the register in between."""
    first: list[float] = []
    again: list[float] = []
    rows: list[Row] = []
    for number in range(times):
        data = folder / f"up{number}" / "var"
        data.parent.mkdir()
        for seconds in (first, again):
            start = time.monotonic()
            service = Service(data, "--as-of", "29/05/2026") if seconds is first else Service(data)
            try:
                service.wait()
                seconds.append(time.monotonic() - start)
                say(f"up: {seconds[-1]:.1f} s")
                if not rows and seconds is first:
                    rows = _on_a_register(data)
            finally:
                service.stop()
    goal = f"under {UP_GOAL:.0f}"
    said = (("up, a new folder", first), ("up, a folder with data", again))
    return [Row(name, median(found), "s", goal, median(found) < UP_GOAL) for name, found in said], rows


def _on_a_register(data: Path) -> list[Row]:
    variables = _variables(data)
    del variables["TEMPORAL_ADDRESS"]
    starter = [sys.executable, str(ROOT / "starter.py")]
    for words in (("assign", PLAN, "--yes"), ON_A_REGISTER["acknowledge (answered before)"]):
        subprocess.run([*starter, *words], cwd=ROOT, env=variables, capture_output=True, check=False)
    return of_commands(data, variables, RUNS[False], register=True)[1:]


def _variables(data: Path) -> dict[str, str]:
    """Byte code may be written: that it is not is a setting of some test machines and of no office."""
    return {key: value for key, value in environment(data).items() if not key.startswith("PYTHON")}


def main() -> int:
    """Print the figures."""
    chosen = options(__doc__)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="dd-bench-") as name:
        folder = Path(name)
        none = folder / "none"
        rows = of_commands(none, _variables(none), RUNS[chosen.full], register=False)
        ready, on_register = of_up(folder, UPS[chosen.full])
    report("startup", [*rows, *on_register, *ready], as_json=chosen.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
