"""Why an act is refused: typed, so that no door matches text. The words stand in `desk/words.py`."""

from enum import StrEnum


class Reason(StrEnum):
    """One reason each; `Refused.detail` fills the sentence."""

    CLOSED = "closed"  # the task is completed, withdrawn or refused
    WRONG_STATE = "wrong_state"  # the act has no place in the task's state
    WRONG_ROLE = "wrong_role"  # the actor's role may not do this
    OWN_REPORT = "own_report"  # nobody decides on their own report or request
    NO_QUESTION = "no_question"  # no such open question
    NOT_ASKED = "not_asked"  # the role was not asked
    WRONG_CHOICE = "wrong_choice"  # the question has no such answer
    ALREADY_VOTED = "already_voted"  # this role or person has answered this stage
    IN_THE_FUTURE = "in_the_future"  # the door's instant lies ahead
    BEFORE_LAST_EVENT = "before_last_event"  # the door's instant lies before what is recorded
    DATE_MISSING = "date_missing"
    DATE_NOT_LATER = "date_not_later"  # an extension must end after the current deadline
    DATE_PAST = "date_past"
    TOO_FAR = "too_far"  # a commitment or a suspension beyond what the policy allows
    TOO_OFTEN = "too_often"  # commitments, extensions or questions for more are used up
    REASON_MISSING = "reason_missing"
    PERSON_MISSING = "person_missing"
    SAME_OFFICER = "same_officer"
    NOTHING_HANDED_IN = "nothing_handed_in"  # a report without a text, document or evidence
    REQUEST_OPEN = "request_open"  # one open request of a kind at a time
    NO_DEADLINE = "no_deadline"
    AFTER_PARENT = "after_parent"  # a child's deadline may not lie after its parent's
    COUNTER_NOT_EARLIER = "counter_not_earlier"  # a counter-offer lies before the date asked for
    TOO_SOON = "too_soon"  # a nudge so soon after the last one
    DECIDED_SINCE = "decided_since"  # a deadline counted anew, though a person has set another meanwhile
    HOUR_OVER = "hour_over"  # an assignment is taken back within its first hour only
    NOTHING_CHANGES = "nothing_changes"
    DOCUMENT_MISSING = "document_missing"  # a criticism or review without its document's number and date
    DATE_AHEAD = "date_ahead"  # a document dated later than today
    NOT_WELCOME = "not_welcome"  # a signal's sender does not hold the role
    TOO_LONG = "too_long"  # a text beyond what a message may hold
    UNREADABLE = "unreadable"  # what came is no message: a field is missing, unknown or of a wrong kind
    NOT_FOR_APPROVALS = "not_for_approvals"  # an act that only a task knows


class Refused(Exception):
    """An act that a rule refuses. Nothing has changed."""

    def __init__(self, reason: Reason, **detail: str | int) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.detail = detail
