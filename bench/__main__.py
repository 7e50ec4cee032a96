"""All measurements, one after the other, each in a process of its own.

    python -m bench [--full] [--only NAME,…] [--write]

What they find is kept in var/bench/results.json, that of an earlier run where this one leaves a measurement out.
`--write` puts the tables between the markers of bench/README.md and draws the charts. Exit code 0 also where a goal is
missed; 1 where a measurement broke, or an effect was lost or repeated.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import Any

from bench.frame import RESULTS, ROOT, Row, machine, markdown, say

MODULES = {
    "cycles": "cycles",
    "cost": "cost",
    "dbos": "dbos_life",
    "fanout": "fanout",
    "storm": "storm",
    "waiting": "waiting",
    "longlife": "longlife",
    "register": "register",
    "reading": "reading",
    "startup": "startup",
    "levers": "levers",
}
"""What is measured, and the module that does it."""
ASKED_FOR = {"levers"}
"""Measured with `--full`, or when it is named: it answers no question of its own."""
README = ROOT / "bench" / "README.md"
APART = ROOT / ".venv-bench" / "bin" / "python"
PATIENCE = {False: 600.0, True: 4 * 3600.0}
"""Seconds after which a measurement counts as broken, in quick sizes and in full ones."""


def main() -> int:
    """Run what was chosen; the exit code."""
    chosen = _chosen()
    kept: dict[str, Any] = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    found: dict[str, Any] = kept.get("found", {})
    started, broken = time.monotonic(), []
    for name in chosen.only:
        result = _run(name, full=chosen.full)
        if result is None:
            broken.append(name)
        else:
            found[name] = {**result, "full": chosen.full, "at": datetime.now(UTC).isoformat("T", "minutes")}
    seconds = time.monotonic() - started
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    everything = {"machine": machine(), "seconds": round(seconds), "found": found}
    RESULTS.write_text(json.dumps(everything, ensure_ascii=False, indent=1) + "\n", "utf-8")
    say(f"{seconds / 60:.1f} minutes; {RESULTS.relative_to(ROOT)}")
    if chosen.write:
        write(everything)
    if broken:
        say(f"broken: {', '.join(broken)}")
    return 1 if broken else 0


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="All measurements.")
    parser.add_argument("--full", action="store_true", help="the large sizes")
    parser.add_argument("--only", type=_names, help=f"of {', '.join(MODULES)}")
    parser.add_argument("--write", action="store_true", help="tables into bench/README.md, and the charts")
    chosen = parser.parse_args()
    chosen.only = chosen.only or [name for name in MODULES if chosen.full or name not in ASKED_FOR]
    return chosen


def _names(typed: str) -> list[str]:
    names = [name for name in typed.split(",") if name]
    for name in names:
        if name not in MODULES:
            raise argparse.ArgumentTypeError(f"{name} is none of {', '.join(MODULES)}")
    return names


def _run(name: str, *, full: bool) -> dict[str, Any] | None:
    """One measurement: its table is shown at once, and what it found given back; None where it broke."""
    say(f"\n== {name}")
    command = [sys.executable, "-m", f"bench.{MODULES[name]}", "--json", *(["--full"] if full else [])]
    started = time.monotonic()
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"},
            stdout=subprocess.PIPE,
            text=True,
            timeout=PATIENCE[full],
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        print(done.stdout)
        return None
    result: dict[str, Any] = json.loads(done.stdout)
    print(markdown([Row(**row) for row in result["rows"]]), flush=True)
    return {**result, "seconds": round(time.monotonic() - started)}


def write(everything: dict[str, Any]) -> None:
    """Put each table between its markers, and draw the charts where their environment has been made."""
    text = README.read_text("utf-8")
    about = ", ".join(f"{name} {said}" for name, said in everything["machine"].items())
    text = _between(text, "machine", about)
    for name, result in everything["found"].items():
        size = "the large sizes" if result["full"] else "quick sizes"
        table = markdown([Row(**row) for row in result["rows"]])
        text = _between(text, name, f"{table}\n\n{size}, {result['seconds']} s, {result['at']}")
    README.write_text(text, "utf-8")
    if APART.exists():
        subprocess.run([str(APART), "-m", "bench.charts", str(RESULTS)], cwd=ROOT, check=True)
    else:
        say("no charts: `make .venv-bench/.locked` makes what draws them")


def _between(text: str, name: str, new: str) -> str:
    begins, ends = f"<!-- bench:{name} -->", f"<!-- /bench:{name} -->"
    before, found, rest = text.partition(begins)
    if not found:
        return text
    _, _, after = rest.partition(ends)
    return f"{before}{begins}\n{new}\n{ends}{after}"


if __name__ == "__main__":
    sys.exit(main())
