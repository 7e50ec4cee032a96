"""What a person says to a task: the message of one act, with the role that they were proved to hold."""

import uuid
from datetime import UTC, datetime
from typing import Any, NamedTuple

from pydantic import ValidationError

from desk import person
from desk.exit import Code, bad_input
from desk.settings import settings
from directive.directory import Directory
from directive.due import local_day
from directive.envelope import fault
from directive.message import Act, Door, Grade, Message
from directive.task import Facts
from register.office import NotRecorded, load_calendar
from register.open import Register


class Case(NamedTuple):
    """A task as it stands, and the directory by which people are proved."""

    facts: Facts
    directory: Directory


class By(NamedTuple):
    """Who acts and by which door. `role` is empty where the one to act in is to be found; `message_id` where it is new.

    `typed_by` is who entered it for the person; empty where the person did so.
    """

    person: str
    role: str = ""
    message_id: str = ""
    door: Door = Door.CLI
    typed_by: str = ""


def now() -> datetime:
    """The office's instant, UTC."""
    return settings().clock.office(datetime.now(UTC))


def message(case: Case, act: Act, by: By, said: dict[str, Any]) -> Message:
    """The message, with the role that the person was proved to hold.

    Raises Stop where they hold none that the act needs, or where what is said is too much.
    """
    actor = person.known(case.directory, by.person)
    if said.get("person"):
        said = {**said, "person": person.colleague(case.directory, case.facts.task.unit, said["person"])}
    at = now()
    held = person.standing(
        case.directory,
        case.facts,
        act,
        actor,
        local_day(at),
        asked_role=by.role,
        question=said.get("question", ""),
        choice=said.get("choice"),
        grade=said.get("grade") or Grade.URGE,
    )
    fields = {key: value for key, value in said.items() if value is not None}
    if act is Act.ANSWER:
        fields["question"] = held.question
    try:
        return Message(
            id=by.message_id or str(uuid.uuid4()),
            act=act,
            actor=actor,
            role=held.role,
            on_behalf_of=held.seat.on_behalf_of,
            typed_by=by.typed_by,
            door=by.door,
            at=at,
            **fields,
        )
    except ValidationError as error:
        reason, detail = fault(error)
        stop = person.refused(reason, dict(detail), case.facts.task.id)
        stop.code = Code.USAGE
        raise stop from error


async def known_calendar(register: Register, version: str) -> None:
    """Nothing could be recorded of a task that lives by a calendar the register lacks. Raises Stop."""
    try:
        await load_calendar(register, version)
    except NotRecorded as error:
        raise bad_input(
            f"không có bản lịch «{version}»",
            f"there is no calendar «{version}»",
            "xem `calendar show`, hoặc nhập bằng `calendar import`",
            "see `calendar show`, or bring it in with `calendar import`",
            kind="unknown_calendar",
        ) from error


async def said_to(register: Register, act: Act, facts: Facts, said: dict[str, Any]) -> dict[str, Any]:
    """What is said to one task: another calendar counts each task's own deadline anew. Raises Stop."""
    if act is not Act.REPLAN:
        return said
    from desk import replanning  # the grammar of deadlines is for those who count them

    return await replanning.said_of(register, facts, said)
