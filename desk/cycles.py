"""How often Python looks for objects that are held only by each other.

With its own figures (700, 10, 10) a tenth of a worker's time went there in a storm, since every task in the cache was
walked, and a fourteenth of a start, since what is imported is walked again and again and stays.
"""

import gc

CYCLES = (20_000, 20, 50)
"""How many objects more than were let go of make Python look, and how many looks make a longer one."""


def look_seldom() -> None:
    """From now on; called before the imports that take long."""
    gc.set_threshold(*CYCLES)
