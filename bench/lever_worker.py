"""The product's worker with a lever pulled, which the environment names: what it is worth is seen beside the other."""

import asyncio
import os

import desk.cycles
import desk.engine
import register.line
import worker
from desk import exit as way_out
from desk import turns

if __name__ == "__main__":
    pulled = os.environ["BENCH_LEVERS"].split()
    if "commit_each" in pulled:
        register.line.AT_ONCE = 1
    if "turns_of_python" in pulled:
        turns.TURN = 0.005
    if "packed" in pulled:
        desk.engine.is_here = lambda target: False
    if "cycles_of_python" in pulled:
        desk.cycles.CYCLES = (700, 10, 10)  # Python's own
    way_out.run(lambda: asyncio.run(worker.main()))
