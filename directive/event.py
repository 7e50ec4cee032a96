"""An event: one thing that happened to a task, with its cause, and whom it has to be told to."""

from datetime import datetime
from enum import StrEnum

from directive.value import Value, Written


class EventKind(StrEnum):
    """What happened. The first part is caused by people, the second by marks."""

    ASSIGNED = "assigned"
    ACKNOWLEDGED = "acknowledged"
    PROGRESSED = "progressed"
    REPORTED = "reported"
    VOTED = "voted"
    APPROVED = "approved"
    RETURNED = "returned"
    REPORT_REFUSED = "report_refused"
    MORE_ASKED = "more_asked"
    MORE_GIVEN = "more_given"
    EXTENSION_REQUESTED = "extension_requested"
    EXTENSION_GRANTED = "extension_granted"
    EXTENSION_REFUSED = "extension_refused"
    COUNTER_OFFERED = "counter_offered"
    COUNTER_DECLINED = "counter_declined"
    COMMITTED = "committed"
    REASSIGNED = "reassigned"
    OBSTACLE_RAISED = "obstacle_raised"
    OBSTACLE_RESOLVED = "obstacle_resolved"
    OBSTACLE_REFUSED = "obstacle_refused"
    NOT_OURS_RAISED = "not_ours_raised"
    NOT_OURS_AGREED = "not_ours_agreed"
    NOT_OURS_REFUSED = "not_ours_refused"
    DEADLINE_AMENDED = "deadline_amended"
    SUSPENDED = "suspended"
    SUSPENSION_RENEWED = "suspension_renewed"
    RESUMED = "resumed"
    WITHDRAWN = "withdrawn"
    NUDGED = "nudged"
    REPLANNED = "replanned"
    ANSWER_REFUSED = "answer_refused"

    REMINDED = "reminded"
    ACKNOWLEDGEMENT_REMINDED = "acknowledgement_reminded"
    ACKNOWLEDGEMENT_ESCALATED = "acknowledgement_escalated"
    ESCALATED = "escalated"
    ESCALATED_AGAIN = "escalated_again"
    FINAL_NOTICE = "final_notice"
    LISTED = "listed"
    QUESTION_PRESSED = "question_pressed"
    QUESTION_FINAL = "question_final"
    QUESTION_LISTED = "question_listed"
    QUESTION_LAPSED = "question_lapsed"
    REVIEW_ASKED = "review_asked"
    SUSPENSION_REVIEWED = "suspension_reviewed"
    SKIPPED = "skipped"
    SUPERSEDED = "superseded"


class Event(Value):
    """One line of the record. `id` is its cause: a message's id or a mark's key, unique within the task.

    `to` and `copy_to` are the roles that hear of it, `to_people` the ids of those who hear of it in person
    (the sender of a refused signal); `urgent` goes at once, the rest with the digest.
    With `told_only` nobody is named: those hear of it who were told of the task before, and what still waits for
    anybody lapses. `planned` is the instant a mark was planned for, `at` the office's instant when it happened
    (both UTC).
    """

    id: str
    kind: EventKind
    at: datetime
    to: tuple[str, ...] = ()
    copy_to: tuple[str, ...] = ()
    to_people: tuple[str, ...] = ()
    urgent: bool = False
    planned: datetime | None = None
    level: int = 0
    question: str = ""
    actor: str = ""
    role: str = ""
    on_behalf_of: str = ""
    typed_by: str = ""
    door: str = ""
    reason: Written = ""
    text: Written = ""
    detail: dict[str, str] = {}
    told_only: bool = False
