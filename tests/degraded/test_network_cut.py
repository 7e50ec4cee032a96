"""The network between the worker and the engine is cut while marks come due and people act, and mended."""

import asyncio
import os
import subprocess
import sys
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from temporalio.service import RPCError

from directive.message import Act
from tests.degraded.scene import Place, Scene, a_scene
from tests.whole.house import ROOT, Process, foundation, until

pytestmark = [
    pytest.mark.xdist_group("degraded-cut"),
    pytest.mark.timeout(180),
    pytest.mark.filterwarnings("default:NO NETWORK NAMESPACES"),
]


class Cable:
    """A pair of virtual network cards: one end here, the other in a network namespace of the worker's own."""

    def __init__(self, number: int) -> None:
        self.namespace, self.here, self.there = f"dondoc-{number}", f"dd{number}a", f"dd{number}b"
        network = f"10.203.{number % 250}"
        self.address, self.other = f"{network}.1", f"{network}.2"

    def lay(self) -> bool:
        """Whether it could be laid: that takes the rights of root."""
        return all(
            _ip(words)
            for words in (
                f"netns add {self.namespace}",
                f"link add {self.here} type veth peer name {self.there} netns {self.namespace}",
                f"addr add {self.address}/30 dev {self.here}",
                f"link set {self.here} up",
                f"-n {self.namespace} addr add {self.other}/30 dev {self.there}",
                f"-n {self.namespace} link set lo up",
                f"-n {self.namespace} link set {self.there} up",
            )
        )

    def cut(self) -> None:
        """Nothing passes, and nobody is told: what is sent is lost."""
        assert _ip(f"-n {self.namespace} link set {self.there} down")

    def mend(self) -> None:
        """It passes again."""
        assert _ip(f"-n {self.namespace} link set {self.there} up")

    def remove(self) -> None:
        """Away with both ends."""
        _ip(f"netns delete {self.namespace}")
        _ip(f"link delete {self.here}")


def _ip(words: str) -> bool:
    done = subprocess.run(["ip", *words.split()], check=False, capture_output=True)
    return done.returncode == 0


@contextmanager
def a_cable() -> Iterator[Cable]:
    """A cable of this process; the test is skipped, loudly, where none can be laid."""
    cable = Cable(os.getpid() % 10_000)
    try:
        if not cable.lay():
            warnings.warn(UserWarning("NO NETWORK NAMESPACES HERE: the cut was not tried"), stacklevel=1)
            pytest.skip("no network namespaces here: it takes root and iproute2")
        yield cable
    finally:
        cable.remove()


@dataclass
class Apart(Place):
    """The workers of this house run in the cable's namespace and find the engine at `engine`."""

    namespace: str = ""
    engine: str = ""

    def script(self, words: list[str], more: dict[str, str]) -> Process:
        """Start one of our programs over there."""
        there = ["ip", "netns", "exec", self.namespace, sys.executable, *words]
        return self.run(there, {**more, "TEMPORAL_ADDRESS": self.engine, "PYTHONPATH": str(ROOT)})


@asynccontextmanager
async def relayed(cable: Cable, place: Apart) -> AsyncIterator[None]:
    """The engine stays on loopback; at the cable's end here a relay hands on to it what comes along the cable."""

    async def hand_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", place.port)
        ways = [asyncio.create_task(_copied(reader, back)), asyncio.create_task(_copied(there, writer))]
        await asyncio.wait(ways)

    relay = await asyncio.start_server(hand_on, cable.address, 0)
    place.engine = f"{cable.address}:{relay.sockets[0].getsockname()[1]}"
    try:
        yield
    finally:
        relay.close()


async def _copied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


async def test_a_cut_between_worker_and_engine_delays_and_loses_nothing(tmp_path: Path) -> None:
    with a_cable() as cable:
        place = Apart(await foundation(tmp_path / "house"), namespace=cable.namespace)
        async with relayed(cable, place), a_scene(place) as scene:
            cable.cut()
            said = asyncio.create_task(scene.say("so-a", Act.PROGRESS, id="said-in-the-cut", text="Sắp xong"))
            await scene.passes(scene.life.first)
            held = [await scene.ids(task) for task in scene.tasks.values()]
            assert not any("c1.level.1" in ids for ids in held), "nobody hears of the mark over there"
            assert not said.done() or said.exception(), "nobody hears «done»"
            cable.mend()
            with suppress(RPCError):  # turned away where the step over there was tried for the third time
                await said
            await until(partial(recorded, scene), "what was said in the cut is recorded")
            await scene.end()


async def recorded(scene: Scene) -> bool:
    """The same message again: it counts once, and is taken once the worker is heard of."""
    with suppress(RPCError):
        again = await scene.say("so-a", Act.PROGRESS, id="said-in-the-cut", text="Sắp xong")
        return again.message == "said-in-the-cut"
    return False
