"""The charts of bench/README.md, drawn from var/bench/results.json; runs in .venv-bench, which has what draws them.

.venv-bench/bin/python -m bench.charts var/bench/results.json
"""

import json
import sys
from pathlib import Path
from typing import Any

import altair as alt

FOLDER = Path(__file__).resolve().parent / "charts"


def lag_of_storm(lags: list[dict[str, Any]]) -> alt.Chart:
    """How many of the tasks were escalated so many seconds after their common deadline."""
    return (
        alt.Chart(alt.Data(values=lags), title="Deadline storm: lag from the mark to the recorded escalation")
        .mark_line()
        .encode(
            x=alt.X("seconds:Q", title="seconds after the mark"),
            y=alt.Y("percent:Q", title="tasks escalated, %", scale=alt.Scale(domain=[0, 100])),
            color=alt.Color("run:N", title=None, legend=alt.Legend(labelLimit=300)),
        )
        .properties(width=560, height=280)
    )


def cost_of_task(parts: list[dict[str, Any]]) -> alt.Chart:
    """What a task's events are for, life by life."""
    return (
        alt.Chart(alt.Data(values=parts), title="Events of one task, by their reason")
        .mark_bar()
        .encode(
            x=alt.X("sum(events):Q", title="events in the history"),
            y=alt.Y("life:N", title=None, sort=None, axis=alt.Axis(labelLimit=300)),
            color=alt.Color(
                "reason:N",
                title=None,
                sort=None,
                scale=alt.Scale(scheme="tableau20"),
                legend=alt.Legend(labelLimit=500),
            ),
            order=alt.Order("place:Q"),
        )
        .properties(width=480, height=140)
    )


def main() -> None:
    """Draw what was found."""
    found = json.loads(Path(sys.argv[1]).read_text("utf-8"))["found"]
    FOLDER.mkdir(exist_ok=True)
    drawn = {
        "storm.svg": lag_of_storm(found["storm"]["more"]["lags"]) if _has(found, "storm", "lags") else None,
        "cost.svg": cost_of_task(found["cost"]["more"]["parts"]) if _has(found, "cost", "parts") else None,
    }
    for name, chart in drawn.items():
        if chart is not None:
            chart.save(str(FOLDER / name))


def _has(found: dict[str, Any], name: str, part: str) -> bool:
    return bool(found.get(name, {}).get("more", {}).get(part))


if __name__ == "__main__":
    main()
