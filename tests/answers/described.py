"""What schemathesis finds in the API: an office in process, its description, and the failures as sentences."""

import asyncio
import shutil
from collections import Counter
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from answers.house import House
from answers.pace import Pace
from directive.clock import OfficeClock
from register.open import Register
from register.plans import orders_of
from tests.answers.conftest import NOON, PAGE, SECRET, no_engine, session_for
from tests.register.given import DIRECTIVE, Running

FIRST = 3
DESCRIPTION = "/api/v1/openapi.json"


class Unpaced(Pace):
    """Nobody is too fast: the limits have tests of their own."""

    def tried(self, item: object, who: str) -> None:
        """Count nothing."""


async def office(folder: Path, begun: Path) -> House:
    """A register with four tasks, and an engine that is not there."""
    for part in begun.parent.iterdir():
        shutil.copy(part, folder / part.name)
    register = Register.open(f"sqlite+aiosqlite:///{folder / 'register.db'}")
    for order in await orders_of(register, DIRECTIVE, OfficeClock()):
        await Running(register, order).start()
    await register.close()
    fresh = Register.open(f"sqlite+aiosqlite:///{folder / 'register.db'}")
    house = House(fresh, no_engine, SECRET, PAGE, now=lambda: NOON)  # type: ignore[arg-type]
    return replace(house, pace=Unpaced())


def settings(token: str, task: str, examples: int) -> SchemathesisConfig:
    """The same run each time, from a fixed seed: the edges of every field, then `examples` of an operation by chance.

    The engine is not there, which is the one server error that is allowed.
    """
    by_chance = {"stateful": {"enabled": False}, "fuzzing": {"enabled": bool(examples)}}
    return SchemathesisConfig.from_dict(
        {
            "seed": 20260615,
            "headers": {"Authorization": f"Bearer {token}"},
            "generation": {"deterministic": True, "max-examples": examples or 1, "database": "none"},
            "checks": {"not_a_server_error": {"expected-statuses": ["2xx", "3xx", "4xx", "503"]}},
            "phases": by_chance,
            "parameters": {"path.task": task},
        }
    )


def _readers() -> None:
    """Import what reads a description, with a second try: parsing rewritten asserts beside other threads may fail once
    in CPython (gh-106905), and an import that failed has left nothing behind.
    """
    try:
        import_module("schemathesis.specs.openapi.schemas")
    except SystemError:
        import_module("schemathesis.specs.openapi.schemas")


def found(app: Any, config: SchemathesisConfig, one_in: int = 1) -> tuple[list[str], Counter[str]]:
    """Everything that is wrong, as schemathesis tells it, and how often each operation was tried.

    With `one_in` only the first of an operation's requests are sent, and then every so many.
    """
    _readers()
    schema = schemathesis.openapi.from_asgi(DESCRIPTION, app, config=config)
    tried: Counter[str] = Counter()

    def sampled(_: Any, case: Any) -> bool:
        label = case.operation.label
        tried[label] += 1
        return tried[label] <= FIRST or tried[label] % one_in == 0

    schema.hook("filter_case")(sampled)
    told: list[str] = []
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError):
            told.append(f"{event.label}: {event.value!r}")
        if isinstance(event, events.FatalError):
            told.append(repr(event.exception))
        if isinstance(event, events.ScenarioFinished):
            told += _failures(event)
    return told, tried


def _failures(event: events.ScenarioFinished) -> list[str]:
    told = []
    for case, checks in event.recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                failure, label = check.failure_info.failure, event.recorder.cases[case].value.operation.label
                how = check.failure_info.code_sample
                told.append(f"{label}: {failure.title}: {failure.message} <- {how}")
    return told


def house_in(folder: Path, begun: Path) -> tuple[House, str]:
    """The office, and the token of somebody who is signed in."""

    async def make() -> tuple[House, str]:
        house = await office(folder, begun)
        token = await session_for(house, "head-so-a")
        await house.register.close()
        return replace(house, register=Register.open(f"sqlite+aiosqlite:///{folder / 'register.db'}")), token

    return asyncio.run(make())
