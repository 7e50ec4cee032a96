"""What a webhook is told of an event: a CloudEvent 1.0 in structured JSON, the same bytes at every attempt.

Only codes, instants, days and counts leave the house: no name, no address, nothing that a person wrote.
"""

import hashlib
from datetime import datetime
from typing import Any, NamedTuple

from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from register.hook_outbox import HookEvent

CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
TASK_EVENT = "vn.dondoc.task."
PING_EVENT = "vn.dondoc.ping"
DETAILS = frozenset(
    "answers before calendar choice count dated day day_before document due grade handed_in next number offset "
    "outcome period person round rule".split()
)
"""What is told of an event's detail: codes, dates and counts. What comes new is left out until it is judged."""


class Told(NamedTuple):
    """One webhook's body, and the id by which its reader knows a repeat."""

    id: str
    body: bytes


def told(one: HookEvent) -> Told:
    """An event of a task as it is posted. The sequence orders the events of one sender, as text too."""
    event = one.event
    attributes: dict[str, Any] = {
        "id": f"{one.task}/{event.id}",
        "source": f"urn:dondoc:{one.issuer}",
        "type": f"{TASK_EVENT}{event.kind}",
        "subject": one.task,
        "time": event.at,
        "sequence": f"{one.seq:012d}",
    }
    about = {
        "task": one.task,
        "directive": one.directive,
        "number": one.number,
        "code": one.code,
        "unit": one.unit,
        "kind": event.kind.value,
        "planned": event.planned,
        "level": event.level,
        "question": event.question,
        "actor": event.actor,
        "role": event.role,
        "on_behalf_of": event.on_behalf_of,
        "door": event.door,
        "to": list(event.to),
        "copy_to": list(event.copy_to),
        "urgent": event.urgent,
        "detail": {name: value for name, value in event.detail.items() if name in DETAILS},
    }
    return _told(attributes, about)


def ping(hook: str, at: datetime) -> Told:
    """An event of no meaning, by which a webhook is tried at `at` (UTC)."""
    attributes = {
        "id": f"ping/{hook}/{at.isoformat()}",
        "source": "urn:dondoc",
        "type": PING_EVENT,
        "subject": hook,
        "time": at,
    }
    return _told(attributes, {"hook": hook})


def _told(attributes: dict[str, Any], about: dict[str, Any]) -> Told:
    """The id has no full stop, which delimits what is signed (Standard Webhooks, "Signature scheme")."""
    whole = {"specversion": "1.0", "datacontenttype": "application/json", **attributes}
    digest = hashlib.sha256(f"{whole['source']} {whole['id']}".encode()).hexdigest()
    return Told(id=f"msg_{digest[:40]}", body=JSONFormat().write(CloudEvent(whole, about)))
