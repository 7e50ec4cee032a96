"""A question: a route of stages, each asking some roles, with a quorum, a time to answer and a next step on silence.

Approving a report, granting an extension, answering an escalation: all of them are this one value.
"""

from datetime import date, datetime
from enum import StrEnum

from directive.due import Due
from directive.stage import Stage as Stage
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

YES = frozenset({Choice.APPROVE, Choice.GRANT, Choice.ACCEPT, Choice.RESOLVE, Choice.AGREE})

DECIDED_BY_OTHERS = frozenset(
    {QuestionKind.APPROVAL, QuestionKind.EXTENSION, QuestionKind.OBSTACLE, QuestionKind.NOT_OURS}
)
"""What the unit asks of the assigning side: whoever asked does not decide."""

SILENT = frozenset({*YES, Choice.REFUSE, Choice.DECLINE})
"""What silence can decide where a policy says so: whatever needs no date and no words of a person."""


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

    `by` and `by_for` are the person who reported or requested, and whom that person stood in for; `typed_by` who
    typed it in for them, `more_by` who supplied more: none of them may decide. `due` is the deadline asked for or
    offered.

    Those asked may ask for `more` without deciding, so many times a stage; until it is given the question is
    `wanting`. Each time, and when it is given, the time to answer begins anew at `renewed_at`. `unheard` counts the
    askings of this stage that reached nobody.
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
    typed_by: str = ""
    more_by: tuple[str, ...] = ()
    more: int = 0
    wanting: bool = False
    renewals: int = 0
    renewed_at: datetime | None = None
    unheard: int = 0

    @property
    def asked(self) -> tuple[str, ...]:
        """The roles that may answer now."""
        return (*self.route[self.stage].asks, *self.also)

    @property
    def since(self) -> datetime:
        """The instant from which the time to answer counts."""
        return self.renewed_at or self.asked_at

    @property
    def turn(self) -> str:
        """What the keys of its marks begin with: another stage, and each renewal, has keys of its own."""
        return f"{self.id}.s{self.stage}" + (f"m{self.renewals}" if self.renewals else "")

    def is_own(self, actor: str, on_behalf_of: str = "", typed_by: str = "") -> bool:
        """Whether a person who would decide has a part in what is asked: for nobody decides on their own.

        Whoever only typed the report in may type the decision of another, but may not decide.
        """
        deciding = {actor, on_behalf_of}
        asking = {self.by, self.by_for, *self.more_by}
        return self.kind in DECIDED_BY_OTHERS and bool(
            ((deciding | {typed_by}) & asking | deciding & {self.typed_by}) - {""}
        )

    def has_answered(self, role: str, actor: str, on_behalf_of: str = "") -> bool:
        """Whether this stage has the answer of the role, or of one of the persons in another role of the stage."""
        persons = {one for one in (actor, on_behalf_of) if one}
        counted = role in self.route[self.stage].asks
        return any(
            one.role == role or (counted and persons & {one.by, one.on_behalf_of}) for one in self.votes
        )

    def renewed(self, at: datetime, **changes: object) -> "Question":
        """The question with its time to answer begun anew at `at`, and its ladder at the first step."""
        fresh = {"renewals": self.renewals + 1, "renewed_at": at, "climb": Climb(), "level": 0, "unheard": 0}
        return self.model_copy(update={**fresh, **changes})


class Verdict(Value):
    """What a vote led to: the question still open (perhaps at its next stage), or decided."""

    question: Question
    decided: Choice | None = None


def vote(question: Question, cast: Vote) -> Verdict:
    """Count one vote. A superior whom the question was escalated to decides the stage alone.

    With a quorum of one the first answer decides. Otherwise the stage passes when the quorum says yes, and ends
    with the last dissent at a veto, or as soon as the quorum can no longer be reached.
    """
    stage = question.route[question.stage]
    votes = (*question.votes, cast)
    held = question.model_copy(update={"votes": votes})
    if cast.role in stage.asks and _still_open(stage, votes):
        return Verdict(question=held)
    return conclude(held, cast.choice, cast.at)


def conclude(question: Question, choice: Choice, at: datetime) -> Verdict:
    """The stage ends with `choice`: a yes asks the next stage, if there is one; anything else decides."""
    if choice not in YES or question.stage + 1 == len(question.route):
        return Verdict(question=question, decided=choice)
    onward = {
        "stage": question.stage + 1,
        "votes": (),
        "also": (),
        "level": 0,
        "asked_at": at,
        "climb": Climb(),
        "more": 0,
        "wanting": False,
        "renewals": 0,
        "renewed_at": None,
        "unheard": 0,
    }
    return Verdict(question=question.model_copy(update=onward))


def _still_open(stage: Stage, votes: tuple[Vote, ...]) -> bool:
    """Whether a stage needs more votes: neither passed nor vetoed, and the quorum still within reach."""
    quorum = stage.needed
    if quorum <= 1:
        return False
    own = [one for one in votes if one.role in stage.asks]
    yes = sum(stage.weight(one.role) for one in own if one.choice in YES)
    against = [one.role for one in own if one.choice not in YES]
    no = sum(stage.weight(role) for role in against)
    vetoed = any(role in stage.veto for role in against)
    return yes < quorum and not vetoed and no <= stage.whole - quorum
