"""How often Python looks for objects that are held only by each other.

With its own figures (700, 10, 10) a tenth of a worker's time went there in a storm, since every task in the cache was
walked, and a fourteenth of a start, since what is imported is walked again and again and stays.
"""

import gc

CYCLES = (5_000, 10, 2)
"""How many objects more than were let go of make Python look, and how many looks make a longer one.

The longest look finds the tasks that have left a worker's cache, of some 60 KiB each: it comes about every 700 tasks.
"""


def look_seldom() -> None:
    """From now on; called before the imports that take long."""
    gc.set_threshold(*CYCLES)
