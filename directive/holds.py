"""Whether a notice still holds: nothing is sent for a state that has passed."""

from directive.event import EventKind
from directive.task import WORKING, Facts, State

_WHILE_WORKING = {
    EventKind.REMINDED,
    EventKind.ACKNOWLEDGEMENT_ESCALATED,
    EventKind.ESCALATED,
    EventKind.ESCALATED_AGAIN,
    EventKind.FINAL_NOTICE,
    EventKind.LISTED,
    EventKind.REVIEW_ASKED,
    EventKind.NUDGED,
}
_UNTIL_HANDED_IN = {EventKind.RETURNED}
_WHILE_UNACKNOWLEDGED = {EventKind.ACKNOWLEDGEMENT_REMINDED}
_WHILE_ASKED = {
    EventKind.VOTED,
    EventKind.MORE_ASKED,
    EventKind.MORE_GIVEN,
    EventKind.REPORTED,
    EventKind.EXTENSION_REQUESTED,
    EventKind.COUNTER_OFFERED,
    EventKind.OBSTACLE_RAISED,
    EventKind.NOT_OURS_RAISED,
    EventKind.QUESTION_PRESSED,
    EventKind.QUESTION_FINAL,
    EventKind.QUESTION_LISTED,
    EventKind.SUSPENSION_REVIEWED,
    EventKind.ESCALATED,
    EventKind.ESCALATED_AGAIN,
    EventKind.ACKNOWLEDGEMENT_ESCALATED,
    EventKind.FINAL_NOTICE,
}


def still_holds(kind: EventKind, question: str, cycle: int, facts: Facts) -> bool:
    """Whether an event of that kind, of that deadline `cycle`, is still worth telling, given the facts now.

    A reminder, a return and a refusal lapse with the next report, an escalation with the answer, a request with its
    decision; what tells of something that happened never lapses. A return with its reason outlives a new deadline.
    """
    if kind in _UNTIL_HANDED_IN and (facts.closed or facts.state is State.REPORTED):
        return False
    if kind in _WHILE_UNACKNOWLEDGED and facts.state is not State.ASSIGNED:
        return False
    if kind in _WHILE_WORKING and (facts.state not in WORKING or facts.cycle != cycle):
        return False
    if kind is EventKind.REPORT_REFUSED and facts.state in (State.REPORTED, State.COMPLETED, State.WITHDRAWN):
        return False
    if kind in _WHILE_ASKED and question:
        asked = next((one for one in facts.questions if one.id == question), None)
        return asked is not None and (asked.wanting or kind is not EventKind.MORE_ASKED)
    return True
