"""What an act has to say for itself, so that a scenario fails at its line and not in the middle of a rehearsal."""

from directive.message import Act
from directive.question import Choice

_BY_ACT: dict[Act, tuple[str, ...]] = {
    Act.PROGRESS: ("text",),
    Act.REPORT: ("text",),
    Act.REFUSE: ("reason",),
    Act.RAISE_OBSTACLE: ("reason",),
    Act.REQUEST_EXTENSION: ("day", "reason"),
    Act.AMEND_DEADLINE: ("day", "reason"),
    Act.REASSIGN: ("person",),
    Act.SUSPEND: ("reason",),
    Act.WITHDRAW: ("reason",),
    Act.REPLAN: ("reason",),
    Act.ANSWER: ("choice",),
}
_BY_CHOICE: dict[Choice, tuple[str, ...]] = {
    Choice.COMMIT: ("day",),
    Choice.EXTEND: ("day", "reason"),
    Choice.COUNTER: ("day",),
    Choice.REASSIGN: ("person",),
    Choice.OBSTACLE: ("reason",),
    Choice.NOT_OURS: ("reason",),
    Choice.REPORT: ("text",),
    Choice.RETURN: ("reason",),
    Choice.ASK_MORE: ("reason",),
    Choice.REFUSE: ("reason",),
    Choice.DECLINE: ("reason",),
}


def missing_fields(act: Act, choice: Choice | None) -> tuple[str, ...]:
    """The entries that an act needs (`directive/acts.py`, `directive/decisions.py` refuse it without)."""
    asked = _BY_ACT.get(act, ())
    return (*asked, *_BY_CHOICE.get(choice, ())) if choice and act is Act.ANSWER else asked
