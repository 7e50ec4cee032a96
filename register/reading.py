"""Reading the register for doors, in one place: every look at it is a function here, none asks the engine."""

from register.answers import decision_of, receipt
from register.duties import duties
from register.finding import DirectiveRef, find_directives, find_tasks
from register.inbox import inbox
from register.lists import (
    any_open,
    events,
    facts_of,
    marks_of,
    marks_of_each,
    next_mark_of,
    open_tasks_of,
    recorded_tasks_of,
    task,
    tasks,
)
from register.models import (
    Awaits,
    Duty,
    Found,
    InboxRow,
    MarkRow,
    SummaryRow,
    TaskCard,
    TaskFilter,
    TaskRef,
    TaskRow,
)
from register.outbox_models import Notice
from register.summary import Period, summary
from register.waiting import notices_of

__all__ = [
    "Awaits",
    "DirectiveRef",
    "Duty",
    "Found",
    "InboxRow",
    "MarkRow",
    "Notice",
    "Period",
    "SummaryRow",
    "TaskCard",
    "TaskFilter",
    "TaskRef",
    "TaskRow",
    "any_open",
    "decision_of",
    "duties",
    "events",
    "facts_of",
    "find_directives",
    "find_tasks",
    "inbox",
    "marks_of",
    "marks_of_each",
    "next_mark_of",
    "notices_of",
    "open_tasks_of",
    "receipt",
    "recorded_tasks_of",
    "summary",
    "task",
    "tasks",
]
