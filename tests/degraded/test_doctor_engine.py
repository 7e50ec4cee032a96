"""`doctor` names what is wrong at the engine: releases mixed, workflows that fail, steps that are tried again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.common import WorkerDeploymentVersion
from temporalio.worker import Worker, WorkerDeploymentConfig

from desk.doctor_clock import NOTICEABLE
from desk.doctor_workers import at_work
from desk.release import release
from desk.server import dev_server
from directive.wire import DELIVERY, TASK_QUEUE
from register.open import Register
from tests.degraded.examined import examined
from tests.whole.house import until

pytestmark = [pytest.mark.xdist_group("doctor_engine"), pytest.mark.timeout(180)]

AT_ONCE = ["--dynamic-config-value", "system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute=1"]


@workflow.defn(sandboxed=False)
class Faulty:
    """Fails its workflow task, as a fault of the program would."""

    @workflow.run
    async def run(self) -> None:
        """Never gets anywhere."""
        raise RuntimeError("a fault")


@workflow.defn(sandboxed=False)
class Waiting:
    """Waits for a step that does not succeed."""

    @workflow.run
    async def run(self) -> None:
        """Asks for it."""
        await workflow.execute_activity("record", start_to_close_timeout=timedelta(seconds=30))


@activity.defn
async def record() -> None:
    """What a register that is down says."""
    raise ConnectionError("no register")


@asynccontextmanager
async def a_worker(client: Client, of: str) -> AsyncIterator[None]:
    """A worker of a release, asking for work."""
    version = WorkerDeploymentVersion(deployment_name="dondoc", build_id=of)
    told = WorkerDeploymentConfig(version=version, use_worker_versioning=False)
    worker = Worker(
        client,
        task_queue=TASK_QUEUE,
        workflows=[Faulty, Waiting],
        activities=[record],
        identity=f"1@{of}",
        deployment_config=told,
    )
    async with worker:

        async def asks() -> bool:
            return of in {one.release for one in await at_work(client)}

        await until(asks, of)
        yield


async def test_doctor_names_mixed_releases_failing_workflows_and_steps_tried_again(
    kept: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with await dev_server(more=AT_ONCE) as env:
        here = {"TEMPORAL_ADDRESS": env.client.service_client.config.target_host}
        nobody = await examined(monkeypatch, **here)
        assert not nobody["worker"].well
        assert nobody["clock_engine"].well
        assert abs(nobody["clock_engine"].detail["seconds"]) <= NOTICEABLE.total_seconds()
        async with a_worker(env.client, release()):
            sound = await examined(monkeypatch, **here)
            assert {name for name, one in sound.items() if not one.well} == {
                "delivery_workflow",
                "webhooks_workflow",
            }
            for starts, name in ((Faulty, "task:faulty"), (Waiting, DELIVERY)):
                await env.client.start_workflow(starts.run, id=name, task_queue=TASK_QUEUE)

            async def told() -> bool:
                found = await examined(monkeypatch, **here)
                return not found["failing"].well and not found["retrying"].well

            await until(told, "both are seen")
            async with a_worker(env.client, "0.0.9-older"):
                found = await examined(monkeypatch, **here)
    assert found["failing"].detail["workflows"] == ["task:faulty"]
    (step,) = found["retrying"].detail["waiting"]
    assert (step["workflow"], step["activity"], step["why"]) == (DELIVERY, "record", "no register")
    assert step["attempt"] > 1
    assert found["releases"].detail["releases"] == {release(): 1, "0.0.9-older": 1}
    assert not found["releases"].well


async def test_a_command_of_another_release_than_the_workers_is_told_so(
    kept: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with await dev_server() as env, a_worker(env.client, "0.0.9-older"):
        found = await examined(monkeypatch, TEMPORAL_ADDRESS=env.client.service_client.config.target_host)
    assert not found["releases"].well
    assert "0.0.9-older" in found["releases"].said


def test_the_release_is_that_of_the_code_wherever_it_lies(tmp_path: Path) -> None:
    from tests.degraded.copied import copied

    there = copied(tmp_path / "there")
    assert release(there) == release()
    with (there / "directive" / "moves.py").open("a") as file:
        file.write("# another release\n")
    release.cache_clear()
    assert release(there) != release()
    assert release(there).partition("-")[0] == release().partition("-")[0]
