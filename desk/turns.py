"""How long a thread of Python runs before another one may."""

import sys

TURN = 0.001
"""Seconds; Python itself takes five milliseconds.

The register's threads let go at each statement, and reading at each row. With 5 ms a worker's waited so long behind the
loop that a hundred records stood in line in a storm, and some went the remote way; the two readers of a page's report
waited for each other's rows.
"""


def take_short_turns() -> None:
    """From now on, in a process whose threads serve one another."""
    sys.setswitchinterval(TURN)
