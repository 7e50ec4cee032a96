"""The product's worker with a lever pulled, which the environment names: what it is worth is seen beside the other."""

import asyncio
import os

import register.line
import worker
from desk import exit as way_out

if __name__ == "__main__":
    if "commit_each" in os.environ["BENCH_LEVERS"].split():
        register.line.AT_ONCE = 1
    way_out.run(lambda: asyncio.run(worker.main()))
