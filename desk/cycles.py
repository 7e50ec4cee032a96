"""How often Python looks for objects that are held only by each other.

What is imported stays, and while that is done Python walks it again and again: a tenth of a start. With its own
figures (700, 10, 10) a tenth of a worker's time went there in a storm too, since every task in the cache was walked.
"""

import gc

STARTING = (300_000, 10, 2)
"""While a program starts, and for all of a short command. No start makes as many objects, so none is walked; one that
goes on for long, such as the assigning of ten thousand tasks, still lets go of what it has done with."""

CYCLES = (5_000, 10, 2)
"""How many objects more than were let go of make Python look, and how many looks make a longer one."""


def look_hardly() -> None:
    """Until the program has started; called before the imports that take long."""
    gc.set_threshold(*STARTING)


def look_seldom() -> None:
    """From now on, in a program that stays. What is there by now stays too, and is not walked any more."""
    gc.freeze()
    gc.set_threshold(*CYCLES)
