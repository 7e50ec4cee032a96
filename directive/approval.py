"""A stand-alone approval: a task that begins handed in, has no deadline, and ends when its route has decided.

What decides, presses and escalates is the task's own (`question.py`, `decisions.py`, `marks.py`): here stands only what
an approval does in its own way.
"""

from datetime import datetime

from directive import acts, assigning
from directive.event import Event
from directive.message import Message
from directive.outlook import unseen
from directive.roles import Part
from directive.scene import UNIT, Scene
from directive.task import Facts, Order, assigned


def submitted(order: Order, submission: Message | None, at: datetime) -> tuple[Facts, Event]:
    """The facts of an approval that is put before its first stage at `at` (UTC), and the event that it is.

    Raises ValueError without a submission: an approval begins with one.
    """
    if submission is None:
        raise ValueError("an approval begins with its submission")
    facts = assigned(order, at)
    return acts.report(Scene(facts, submission, unseen(facts, at), order.policy, at))


def withdraw(scene: Scene) -> tuple[Facts, Event]:
    """The asking unit takes its document back; those who were to decide, or else the monitoring office, hear of it."""
    asked = tuple(role for question in scene.facts.questions for role in question.asked)
    facts, event = assigning.withdraw(scene)
    to = tuple(dict.fromkeys(asked)) or scene.facts.task.roles((Part.MONITOR,))
    return facts, event.model_copy(update={"to": to, "copy_to": scene.facts.task.roles(UNIT)})
