"""Who acts: proves that a person is known, and in which role they may do this act to this task today."""

import getpass
from datetime import date
from typing import NamedTuple

from desk import words
from desk.exit import Code, Stop, bad_input
from desk.settings import settings
from directive.directory import Directory, Seat
from directive.message import Act, Grade
from directive.moves import row_for
from directive.question import Choice, Question
from directive.refusal import Reason, Refused
from directive.task import Facts


class Standing(NamedTuple):
    """A person's role in an act, and who they stand in for; `question` is the one that an answer is for."""

    role: str
    seat: Seat
    question: str = ""


def known(directory: Directory, person: str) -> str:
    """The person's id. Raises Stop with near matches where the directory does not know them."""
    if person in directory.person_by_id:
        return person
    from rapidfuzz import process  # only a slip needs it, and it is fifty modules

    names = {one.id: f"{one.id} ({one.name})" for one in directory.people}
    near = [names[found[2]] for found in process.extract(person, names, limit=3, score_cutoff=55)]
    hint_vi = f"ý bạn là {', '.join(near)}?" if near else "xem `directory check`"
    hint_en = f"did you mean {', '.join(near)}?" if near else "see `directory check`"
    raise bad_input(
        f"danh bạ không có người «{person}»",
        f"the directory does not know «{person}»",
        hint_vi,
        hint_en,
        kind="unknown_person",
    )


def colleague(directory: Directory, unit: str, typed: str) -> str:
    """The id of the person who takes a task of `unit` over. Raises Stop for a person of other units only."""
    found = known(directory, typed)
    theirs = [one.code for one in directory.units if found in one.everyone]
    if theirs and unit not in theirs:
        raise bad_input(
            f"{found} thuộc {', '.join(theirs)}, không thuộc {unit}",
            f"{found} belongs to {', '.join(theirs)}, not to {unit}",
            "chọn người trong đơn vị; giao cho đơn vị khác thì thu hồi nhiệm vụ và giao mới",
            "choose somebody of the unit; for another unit withdraw the task and assign a new one",
            kind="other_unit",
        )
    return found


def typed_by() -> str:
    """Who sits at the keyboard: `DONDOC_ADMIN`, or the system's user."""
    try:
        return settings().admin or getpass.getuser()
    except (KeyError, OSError):
        return ""


def standing(
    directory: Directory,
    facts: Facts,
    act: Act,
    person: str,
    on: date,
    *,
    asked_role: str = "",
    question: str = "",
    choice: Choice | None = None,
    grade: Grade = Grade.URGE,
) -> Standing:
    """The role in which a person does an act: their own first, then one for somebody who is away.

    Raises Stop where they hold none that the act needs; the workflow judges everything else.
    """
    wanted = _wanted(facts, act, question, choice, grade)
    if asked_role:
        wanted = [(role, about) for role, about in wanted if role == asked_role] or [(asked_role, question)]
    held: list[Standing] = []
    for role, about in wanted:
        try:
            seat = directory.seat_of(person, role, on, facts.officer_in(role))
        except ValueError as error:
            raise _no_role(role) from error
        if seat:
            held.append(Standing(role, seat, about))
    if not held:
        raise _not_yours(directory, facts, act, person, on, wanted, question)
    return min(held, key=lambda one: bool(one.seat.on_behalf_of))


def _wanted(
    facts: Facts, act: Act, question: str, choice: Choice | None, grade: Grade
) -> list[tuple[str, str]]:
    """The roles that may do the act, each with the question it is about; fitting questions come first."""
    if act is not Act.ANSWER:
        try:
            row = row_for(facts, act, grade)
        except Refused as error:
            raise refused(error.reason, dict(error.detail), facts.task.id) from error
        return [(role, "") for role in facts.task.roles(row.parts)]
    asked = [one for one in facts.questions if question in ("", one.id)]
    fitting = sorted(asked, key=lambda one: choice not in one.choices)
    return [(role, _about(one, question)) for one in fitting for role in one.asked]


def _about(question: Question, typed: str) -> str:
    return typed or question.id


def _no_role(role: str) -> Stop:
    return bad_input(
        f"«{role}» không phải một vai trò",
        f"«{role}» is no role",
        "viết như head:so-khcn (officer, head, approver, leadership, assigner)",
        "write it as head:so-khcn (officer, head, approver, leadership, assigner)",
        kind="bad_role",
    )


def _not_yours(
    directory: Directory,
    facts: Facts,
    act: Act,
    person: str,
    on: date,
    wanted: list[tuple[str, str]],
    question: str,
) -> Stop:
    """The person holds none of the roles: who does, so that the right one can be asked."""
    task = facts.task.id
    if act is Act.ANSWER and not wanted:
        reason = Reason.CLOSED if facts.closed else Reason.NO_QUESTION
        detail: dict[str, object] = {"state": facts.state, "question": question, "count": 0}
        return refused(reason, detail, task)
    names = namer(directory)
    holders = [
        f"{seat.person} ({words.role(role, names)})"
        for role in dict.fromkeys(role for role, _ in wanted)
        for seat in directory.seats(role, on, facts.officer_in(role)).seats
    ]
    who = "; ".join(dict.fromkeys(holders)) or "—"
    return Stop(
        Code.REFUSED,
        f"{names(person)} không giữ vai trò được {words.word(act)} cho nhiệm vụ này",
        f"{names(person)} holds no role that may {words.word(act)} on this task",
        f"dùng --as với một trong: {who}",
        f"use --as with one of: {who}",
        kind=Reason.WRONG_ROLE.value,
        detail={"act": act.value, "person": person, "task": task},
    )


def refused(reason: Reason, detail: dict[str, object], task: str, names: words.Names = words.same) -> Stop:
    """A rule's refusal as a Stop, in words."""
    said, remedy = words.refusal(reason, detail, task, names)
    return Stop(
        Code.REFUSED,
        said,
        said,
        remedy,
        remedy,
        kind=reason.value,
        detail={**detail, "task": task, "refused": True},
    )


def namer(directory: Directory) -> words.Names:
    """From a code of a unit or a person to the name people know."""

    def name(code: str) -> str:
        unit = directory.unit_by_code.get(code)
        person = directory.person_by_id.get(code)
        group = directory.group_by_code.get(code)
        return next((one.name for one in (unit, person, group) if one), code)

    return name
