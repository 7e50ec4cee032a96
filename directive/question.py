"""A question: a route of stages, each asking some roles, with a quorum, a time to answer and a next step on silence.

Approving a report, granting an extension, answering an escalation: all of them are this one value.
"""

from datetime import date, datetime
from enum import StrEnum

from pydantic import Field

from directive.due import Due
from directive.value import Value


class QuestionKind(StrEnum):
    """What is asked."""

    APPROVAL = "approval"  # is the report accepted?
    EXTENSION = "extension"  # is the new deadline granted?
    COUNTER = "counter"  # does the unit take the date offered instead?
    ESCALATION = "escalation"  # nothing has come: what will the head do?
    OBSTACLE = "obstacle"  # what is decided on the obstacle?
    NOT_OURS = "not_ours"  # is the task another unit's?
    SUSPENSION = "suspension"  # renew or resume?


class Choice(StrEnum):
    """What a person can answer."""

    APPROVE = "approve"
    RETURN = "return"
    ASK_MORE = "ask_more"  # more is needed before a decision; decides nothing
    GRANT = "grant"
    REFUSE = "refuse"
    COUNTER = "counter"
    ACCEPT = "accept"
    DECLINE = "decline"
    COMMIT = "commit"
    EXTEND = "extend"
    REASSIGN = "reassign"
    OBSTACLE = "obstacle"
    NOT_OURS = "not_ours"
    REPORT = "report"
    RESOLVE = "resolve"
    AGREE = "agree"
    RENEW = "renew"
    RESUME = "resume"


CHOICES: dict[QuestionKind, tuple[Choice, ...]] = {
    QuestionKind.APPROVAL: (Choice.APPROVE, Choice.RETURN, Choice.REFUSE, Choice.ASK_MORE),
    QuestionKind.EXTENSION: (Choice.GRANT, Choice.REFUSE, Choice.COUNTER, Choice.ASK_MORE),
    QuestionKind.COUNTER: (Choice.ACCEPT, Choice.DECLINE),
    QuestionKind.ESCALATION: (
        Choice.COMMIT,
        Choice.EXTEND,
        Choice.REASSIGN,
        Choice.OBSTACLE,
        Choice.NOT_OURS,
        Choice.REPORT,
    ),
    QuestionKind.OBSTACLE: (Choice.RESOLVE, Choice.REFUSE, Choice.ASK_MORE),
    QuestionKind.NOT_OURS: (Choice.AGREE, Choice.REFUSE, Choice.ASK_MORE),
    QuestionKind.SUSPENSION: (Choice.RENEW, Choice.RESUME),
}

_YES = {Choice.APPROVE, Choice.GRANT, Choice.ACCEPT, Choice.RESOLVE, Choice.AGREE}


class Climb(Value):
    """How far a ladder has been climbed.

    `day` is the local day of the last rung taken; the next one counts from it, in hours from its instant `at`
    (None in older facts: the day's mark). `at_once` is set when the last rung could not be taken (nobody to
    ask): the next one is due at that same instant.
    """

    taken: int = 0
    day: date | None = None
    at_once: datetime | None = None
    at: datetime | None = None


class Stage(Value):
    """One stage of a route. `quorum` is how many of `asks` must say yes; 0 means all of them.

    `weights` counts a role's voice more than once (1 where absent); the quorum then counts weight. A No of a role
    in `veto` ends the stage at once, as long as it has not passed.
    """

    asks: tuple[str, ...] = Field(min_length=1)
    quorum: int = 1
    weights: dict[str, int] = {}
    veto: tuple[str, ...] = ()


class Vote(Value):
    """One person's answer, as the person or in the name of `on_behalf_of`."""

    by: str
    role: str
    choice: Choice
    at: datetime
    on_behalf_of: str = ""
    reason: str = ""


class Question(Value):
    """An open question. `also` holds the roles that an escalation of the question has added.

    `by` and `by_for` are the person who reported or requested, and whom that person stood in for: neither may
    decide. `due` is the deadline asked for or offered.
    """

    id: str
    kind: QuestionKind
    asked_at: datetime
    route: tuple[Stage, ...]
    stage: int = 0
    also: tuple[str, ...] = ()
    votes: tuple[Vote, ...] = ()
    choices: tuple[Choice, ...] = ()
    climb: Climb = Climb()
    level: int = 0
    about: str = ""
    due: Due | None = None
    by: str = ""
    by_for: str = ""

    @property
    def asked(self) -> tuple[str, ...]:
        """The roles that may answer now."""
        return (*self.route[self.stage].asks, *self.also)


class Verdict(Value):
    """What a vote led to: the question still open (perhaps at its next stage), or decided."""

    question: Question
    decided: Choice | None = None


def vote(question: Question, cast: Vote) -> Verdict:
    """Count one vote. A superior whom the question was escalated to decides the stage alone.

    With a quorum of one the first answer decides. Otherwise the stage passes when the quorum says yes, and
    ends with the last dissent as soon as the quorum can no longer be reached.
    """
    stage = question.route[question.stage]
    votes = (*question.votes, cast)
    held = question.model_copy(update={"votes": votes})
    if cast.role in stage.asks and _still_open(stage, votes):
        return Verdict(question=held)
    if cast.choice not in _YES or question.stage + 1 == len(question.route):
        return Verdict(question=held, decided=cast.choice)
    onward = {
        "stage": question.stage + 1,
        "votes": (),
        "also": (),
        "level": 0,
        "asked_at": cast.at,
        "climb": Climb(),
    }
    return Verdict(question=held.model_copy(update=onward))


def _still_open(stage: Stage, votes: tuple[Vote, ...]) -> bool:
    """Whether a stage needs more votes."""
    size = len(stage.asks)
    quorum = stage.quorum or size
    if quorum <= 1:
        return False
    yes = sum(one.choice in _YES for one in votes if one.role in stage.asks)
    no = sum(one.choice not in _YES for one in votes if one.role in stage.asks)
    return yes < quorum and no <= size - quorum
