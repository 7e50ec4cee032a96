"""The worker: where workflows and activities are put together, and the only place where they are."""

from desk.cycles import look_hardly, look_seldom

if __name__ == "__main__":
    look_hardly()  # before what is imported below, a second of work

import asyncio
import signal
from datetime import timedelta

from temporalio.client import Client
from temporalio.common import WorkerDeploymentVersion, WorkflowIDConflictPolicy
from temporalio.worker import PollerBehaviorAutoscaling, Worker, WorkerDeploymentConfig

from activities.delivering import Delivering
from activities.posting import Posting
from activities.recording import Recording
from activities.starting import Starting
from activities.taking_back import TakingBack
from activities.waking import Waking
from desk import exit as way_out
from desk import logs
from desk.engine import connect_when_there, until_it_polls
from desk.mail import mail_from, mail_server
from desk.release import release
from desk.secret import secret, webhook_secret
from desk.settings import settings
from desk.supervisor import Supervisor
from desk.turns import take_short_turns
from directive.value import build_all
from directive.wire import DELIVERY, TASK_QUEUE, WAKE, WEBHOOKS
from notices.channel import Way
from notices.channels import channel_to
from notices.link import Links
from notices.message import Sender
from notices.smtp import Server
from register.open import Register
from workflows.delivery import DeliveryWorkflow
from workflows.webhook import WebhookWorkflow

ENGINE_WITHIN = 60.0
"""Seconds for which a worker waits for an engine that starts beside it, while it has everything else ready."""

CACHED = 6_000
"""Tasks kept between their steps, 60 KiB each: more than come due at one instant, with what else an office does.

The one used longest ago leaves. In a storm of one more than there is room for that is the next to come due, so that
every one of them is read again from its history.
"""

STICKY = timedelta(seconds=45)
"""For so long a step of a task waits for the worker that has it in its cache; then any may take it, with its history.

What waits for longer in a storm is handed back and read again: of 5,000 at once two fifths, with thirty seconds, and
all that was left was a half slower. The price: after a worker's sudden death what waits for it waits for as long, and
so do people (`desk/send.py`), who are to have an answer within the minute that proxies allow.
"""


def build(
    client: Client, register: Register, channel: Way, links: Links | None = None, **options: object
) -> Worker:
    """A worker on `client` with everything it needs. `options` are the SDK's and come last."""
    build_all()
    recording = Recording(register, Waking(register, client))
    starting = Starting(register, client)
    taking_back = TakingBack(register, client)
    delivering = Delivering(register, channel, links)
    posting = Posting(register, webhook_secret)
    chosen: dict[str, object] = {
        "max_cached_workflows": CACHED,
        "graceful_shutdown_timeout": timedelta(seconds=30),
        "sticky_queue_schedule_to_start_timeout": STICKY,
        "deployment_config": told_release(),
        "workflow_task_poller_behavior": PollerBehaviorAutoscaling(),
        "activity_task_poller_behavior": PollerBehaviorAutoscaling(),
        **options,
    }
    activities = [
        recording.record,
        recording.admit,
        starting.start_tasks,
        starting.look_at_directive,
        taking_back.take_back,
        delivering.deliver,
        posting.post_events,
        posting.ping,
    ]
    return Worker(client, task_queue=TASK_QUEUE, activities=activities, **chosen)  # type: ignore[arg-type]


def told_release() -> WorkerDeploymentConfig:
    """The release beside the worker's name, for `doctor` and in every history; the engine routes nothing by it.

    The SDK's own build id is a print of every loaded module's code, which takes a third of a second to make.
    """
    version = WorkerDeploymentVersion(deployment_name="dondoc", build_id=release())
    return WorkerDeploymentConfig(version=version, use_worker_versioning=False)


def channel() -> Way:
    """The way out for messages that the settings name. Raises Stop."""
    server, sender = mail_server(), mail_from()
    return channel_to(
        Server(**server._asdict()) if server else None,
        settings().outbox_folder,
        Sender(name=sender.name, address=sender.address) if sender else Sender(),
    )


def links() -> Links | None:
    """Links to the page, where there is one and a secret to sign them with. Raises Stop."""
    key, page = secret(), settings().page_url
    return Links(key, page) if key and page else None


async def main() -> None:
    """Work until SIGINT or SIGTERM, then finish what is begun."""
    supervisor = Supervisor.take()
    take_short_turns()
    look_seldom()
    logs.begin()
    register = Register.open(settings().register_address)
    supervisor.getting_ready()
    await register.migrate()
    client = await connect_when_there(ENGINE_WITHIN)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with build(client, register, channel(), links()):
        for lives, name in ((DeliveryWorkflow.run, DELIVERY), (WebhookWorkflow.run, WEBHOOKS)):
            await client.start_workflow(
                lives,
                settings().clock,
                id=name,
                task_queue=TASK_QUEUE,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                start_signal=WAKE,  # a register put back to the middle of a round says that somebody looks
            )
        await asyncio.wait(
            {asyncio.create_task(stop.wait()), asyncio.create_task(until_it_polls(client))},
            return_when=asyncio.FIRST_COMPLETED,
        )
        supervisor.ready()
        await stop.wait()
        supervisor.stopping()
    await register.close()


if __name__ == "__main__":
    way_out.run(lambda: asyncio.run(main()))
