"""What a person may do to a task now: the acts whose role they hold and whose place is in the task's state."""

from typing import NamedTuple

from desk import person
from desk.exit import Stop
from desk.leads import Doer
from desk.whole import Whole
from directive.due import local_day
from directive.message import Act
from directive.moves import row_for
from directive.question import Choice, Question
from directive.refusal import Refused
from directive.task import State
from register.inbox import Desk, choices_of, seat_in

OFFERED = (
    Act.ACKNOWLEDGE, Act.REPORT, Act.PROGRESS, Act.REQUEST_EXTENSION, Act.RAISE_OBSTACLE, Act.REFUSE, Act.REASSIGN,
    Act.NUDGE, Act.AMEND_DEADLINE, Act.SUSPEND, Act.RESUME, Act.WITHDRAW,
)  # fmt: skip
"""In the order in which a page offers them; another calendar is a decision over many tasks, made by `replan`."""


class Standing(NamedTuple):
    """An open question and the reader's place in it: as whom they may answer what, or nothing."""

    question: Question
    doer: Doer | None
    choices: tuple[Choice, ...] = ()


def acts(whole: Whole, who: str) -> dict[Act, Doer]:
    """The acts that a person may do now, each with the role they would do it in."""
    found = {}
    for act in OFFERED:
        if _has_place(whole, act) and (doer := may(whole, act, who)):
            found[act] = doer
    return found


def may(whole: Whole, act: Act, who: str) -> Doer | None:
    """The role in which a person may do an act, the task's state aside; None where they hold none."""
    try:
        held = person.standing(whole.directory, whole.facts, act, who, local_day(whole.at))
    except Stop:
        return None
    return Doer(held.role, held.seat)


def _has_place(whole: Whole, act: Act) -> bool:
    facts = whole.facts
    if facts.closed:
        return False
    try:
        row = row_for(facts, act)
    except Refused:
        return False
    if (
        act is Act.PROGRESS and facts.state is State.REPORTED
    ):  # a report that waits takes only what was asked for
        return wanting(whole)
    if act is Act.REPORT and whole.facts.task.kind == "approval" and not facts.rounds:
        return False
    return facts.state in row.states


def wanting(whole: Whole) -> bool:
    """Whether those asked to decide wait for more of the unit."""
    return any(one.wanting for one in whole.facts.questions)


def standing(whole: Whole, question: Question, who: str) -> Standing:
    """The reader's place in an open question."""
    desk = Desk(who, whole.directory, local_day(whole.at))
    held = seat_in(question, whole.facts, desk)
    if held is None:
        return Standing(question, None)
    role, seat = held
    choices = choices_of(question, role, whole.facts, whole.plan.policy)
    return Standing(question, Doer(role, seat), choices)


def colleagues(whole: Whole) -> list[tuple[str, str]]:
    """The people of the lead unit who could take the task over: (id, name), without who has it already."""
    directory, facts = whole.directory, whole.facts
    unit = directory.unit_by_code.get(facts.task.unit)
    if unit is None:
        return []
    held = facts.officer or (unit.officers[0] if len(unit.officers) == 1 else "")
    found = dict.fromkeys((*unit.officers, unit.head, *(one.person for one in unit.acting)))
    known = directory.person_by_id
    return [(one, known[one].name) for one in found if one in known and one != held]
