"""What a person has to say with each act and answer: the fields of its form, and no others."""

from enum import StrEnum
from typing import NamedTuple

from directive.message import Act
from directive.question import Choice


class Field(StrEnum):
    """One thing that is said; the names are those of a message."""

    DAY = "day"
    REASON = "reason"
    TEXT = "text"
    PERSON = "person"
    GRADE = "grade"
    DOCUMENT = "document"
    EVIDENCE = "evidence"


class Need(NamedTuple):
    """A field of a form. What is not `required` may be left empty."""

    field: Field
    required: bool = True


def _needs(*fields: Field, may: tuple[Field, ...] = ()) -> tuple[Need, ...]:
    return (*(Need(one) for one in fields), *(Need(one, required=False) for one in may))


_REPORT = _needs(may=(Field.TEXT, Field.DOCUMENT, Field.EVIDENCE))
"""A report has a text, a document or evidence: any one of them is enough, and none may be missing alone."""
_REMARK = _needs(may=(Field.REASON,))

OF_CHOICES: dict[Choice, tuple[Need, ...]] = {
    Choice.APPROVE: _REMARK,
    Choice.RETURN: _needs(Field.REASON, may=(Field.DAY,)),
    Choice.ASK_MORE: _needs(Field.REASON),
    Choice.GRANT: _REMARK,
    Choice.REFUSE: _needs(Field.REASON),
    Choice.COUNTER: _needs(Field.DAY, may=(Field.REASON,)),
    Choice.ACCEPT: _REMARK,
    Choice.DECLINE: _needs(Field.REASON),
    Choice.COMMIT: _needs(Field.DAY, may=(Field.REASON,)),
    Choice.EXTEND: _needs(Field.DAY, Field.REASON),
    Choice.REASSIGN: _needs(Field.PERSON, may=(Field.REASON,)),
    Choice.OBSTACLE: _needs(Field.REASON),
    Choice.NOT_OURS: _needs(Field.REASON),
    Choice.REPORT: _REPORT,
    Choice.RESOLVE: _needs(Field.REASON),
    Choice.AGREE: _REMARK,
    Choice.RENEW: _needs(Field.DAY, may=(Field.REASON,)),
    Choice.RESUME: _REMARK,
}
OF_ACTS: dict[Act, tuple[Need, ...]] = {
    Act.ACKNOWLEDGE: (),
    Act.REFUSE: _needs(Field.REASON),
    Act.PROGRESS: _needs(Field.TEXT, may=(Field.EVIDENCE,)),
    Act.REPORT: _REPORT,
    Act.REQUEST_EXTENSION: _needs(Field.DAY, Field.REASON),
    Act.RAISE_OBSTACLE: _needs(Field.REASON),
    Act.REASSIGN: _needs(Field.PERSON, may=(Field.REASON,)),
    Act.NUDGE: _needs(Field.GRADE, may=(Field.DOCUMENT, Field.REASON)),
    Act.AMEND_DEADLINE: _needs(Field.DAY, Field.REASON),
    Act.SUSPEND: _needs(Field.REASON, may=(Field.DAY,)),
    Act.RESUME: _needs(may=(Field.DAY, Field.REASON)),
    Act.WITHDRAW: _needs(Field.REASON),
}
"""The acts of the forms. An answer has its choices'; a task moves to another calendar with all the others."""

CONFIRMED = frozenset({Act.AMEND_DEADLINE, Act.SUSPEND, Act.RESUME, Act.WITHDRAW})
"""What is shown with its effect and asked once more before it is done: it changes what many rely on."""


def needs_of(act: Act, choice: Choice | None = None) -> tuple[Need, ...]:
    """The fields of an act's form, or of an answer's."""
    return OF_CHOICES[choice] if choice else OF_ACTS.get(act, ())
