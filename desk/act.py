"""One act of one person on one task: found, proved, sent to the workflow, and told in words."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from pydantic import ValidationError

from desk import find, person, screen, words
from desk.exit import Code, Stop, bad_input
from desk.language import text
from desk.late import add_decision, too_late
from desk.office import directory_in_use, with_register
from desk.settings import settings
from directive.directory import Directory
from directive.due import local_day
from directive.event import Event
from directive.message import Act, Door, Message
from directive.question import Choice
from directive.record import Receipt
from directive.refusal import Reason
from directive.task import Facts
from register.office import NotRecorded, load_calendar
from register.open import Register
from register.reading import receipt, task

if TYPE_CHECKING:
    from temporalio.client import WorkflowUpdateFailedError

PATIENCE = timedelta(seconds=20)
"""How long a person waits for "done"; the act goes on, and the same message id hears of it later."""


class _Case(NamedTuple):
    """A task as it stands, and the directory by which people are proved."""

    facts: Facts
    directory: Directory


def now() -> datetime:
    """The office's instant, UTC."""
    return settings().clock.office(datetime.now(UTC))


def choice(typed: str) -> Choice:
    """The answer meant. Raises Stop."""
    wanted = typed.strip().lower().replace("-", "_")
    if wanted in set(Choice):
        return Choice(wanted)
    known = ", ".join(one.value.replace("_", "-") for one in Choice)
    raise bad_input(
        f"không có câu trả lời «{typed}»",
        f"there is no answer «{typed}»",
        f"một trong: {known}",
        f"one of: {known}",
    )


def do(act: str, typed: str, who: str, *, role: str, message_id: str, **said: Any) -> None:
    """Do one act and tell what was recorded. Raises Stop."""

    async def work(register: Register) -> None:
        case = await _case(register, typed)
        task_id = case.facts.task.id
        if message_id and (repeated := await receipt(register, task_id, message_id)):
            _tell(case, message_id, None, repeated)
            return
        if case.facts.closed:
            raise await too_late(register, case.facts, case.directory, said.get("question", ""))
        if said.get("calendar"):
            await known_calendar(register, said["calendar"])
        try:
            message = _message(case, Act(act), who, role, message_id, said)
        except Stop as stop:
            if stop.kind == Reason.NO_QUESTION:
                await add_decision(register, case.facts, case.directory, said.get("question", ""), stop)
            raise
        done = await _send(register, case, message)
        _tell(case, message.id, done, await receipt(register, task_id, message.id))

    with_register(work)


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


async def _case(register: Register, typed: str) -> _Case:
    found = await find.task(register, typed)
    card = await task(register, found.id)
    return _Case(card.facts, await directory_in_use(register))


def _message(case: _Case, act: Act, who: str, role: str, message_id: str, said: dict[str, Any]) -> Message:
    """The message, with the role that the person was proved to hold."""
    actor = person.known(case.directory, who)
    if said.get("person"):
        said = {**said, "person": person.colleague(case.directory, case.facts.task.unit, said["person"])}
    at = now()
    held = person.standing(
        case.directory,
        case.facts,
        act,
        actor,
        local_day(at),
        asked_role=role,
        question=said.get("question", ""),
        choice=said.get("choice"),
    )
    fields = {key: value for key, value in said.items() if value is not None}
    if act is Act.ANSWER:
        fields["question"] = held.question
    try:
        return Message(
            id=message_id or str(uuid.uuid4()),
            act=act,
            actor=actor,
            role=held.role,
            on_behalf_of=held.seat.on_behalf_of,
            typed_by=person.typed_by(),
            door=Door.CLI,
            at=at,
            **fields,
        )
    except ValidationError as error:
        raise _too_much(error) from error


def _too_much(error: ValidationError) -> Stop:
    first = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    limit = first.get("ctx", {}).get("max_length", "")
    return bad_input(
        f"«{field}» không dùng được: {first['msg']}",
        f"«{field}» cannot be used: {first['msg']}",
        f"rút gọn còn {limit} ký tự, phần dài để trong văn bản kèm theo" if limit else "sửa lại rồi gửi lại",
        f"shorten it to {limit} characters and put the rest into a document"
        if limit
        else "mend it and send it again",
        kind="bad_message",
    )


async def _send(register: Register, case: _Case, message: Message) -> Receipt | None:
    """Send the update and wait until it is recorded. None where the workflow is closed and the act was recorded."""
    from temporalio.client import WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
    from temporalio.service import RPCError, RPCStatusCode

    from desk import engine

    client = await engine.connect()
    handle = client.get_workflow_handle(case.facts.task.id)
    try:
        done = await handle.execute_update(
            message.act.value, message, id=message.id, result_type=Receipt, rpc_timeout=PATIENCE
        )
        return cast(Receipt, done)
    except WorkflowUpdateFailedError as error:
        raise _refused(error, case) from error
    except WorkflowUpdateRPCTimeoutOrCancelledError as error:
        raise _unanswered(message) from error
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            await _closed(register, case, message)
            return None
        raise engine.lost(error) from error


def _refused(error: "WorkflowUpdateFailedError", case: _Case) -> Stop:
    from temporalio.exceptions import ApplicationError

    cause = error.cause
    if isinstance(cause, ApplicationError) and cause.type in set(Reason):
        detail = dict(cause.details[0]) if cause.details and isinstance(cause.details[0], dict) else {}
        return person.refused(Reason(cause.type), detail, case.facts.task.id, person.namer(case.directory))
    return Stop(
        Code.UNREACHABLE,
        f"nhiệm vụ không nhận được lệnh: {cause}",
        f"the task could not take the act: {cause}",
        "xem nhật ký của worker, rồi thử lại",
        "look at the worker's log, then try again",
        kind="update_failed",
    )


def _unanswered(message: Message) -> Stop:
    return Stop(
        Code.UNREACHABLE,
        "máy chủ đã nhận nhưng chưa có worker ghi lại",
        "the engine has it, but no worker has recorded it yet",
        f"kiểm tra `make up` đang chạy, rồi gửi lại với --message-id {message.id}: không ghi hai lần",
        f"see that `make up` is running, then send it again with --message-id {message.id}: it counts once",
        kind="not_recorded_yet",
        detail={"message_id": message.id},
    )


async def _closed(register: Register, case: _Case, message: Message) -> None:
    """The workflow is gone: a repeated act has its receipt in the register, a late one hears who decided."""
    if await receipt(register, case.facts.task.id, message.id):
        return
    card = await task(register, case.facts.task.id)
    if not card.facts.closed:
        raise _not_running(case.facts.task.id)
    raise await too_late(register, card.facts, case.directory, message.question)


def _not_running(task_id: str) -> Stop:
    """The register has the task open, and the engine does not know it."""
    return Stop(
        Code.UNREACHABLE,
        f"máy chủ Temporal này không có {task_id}",
        f"this engine does not run {task_id}",
        "kiểm tra đúng máy chủ (TEMPORAL_ADDRESS) và đúng thư mục dữ liệu (DONDOC_DATA)",
        "check that it is the right engine (TEMPORAL_ADDRESS) and data folder (DONDOC_DATA)",
        kind="not_running",
    )


def _tell(case: _Case, message_id: str, done: Receipt | None, recorded: Event | None) -> None:
    names = person.namer(case.directory)
    if screen.json_asked():
        screen.answer(
            {
                "task": case.facts.task.id,
                "message_id": message_id,
                "receipt": done,
                "event": recorded,
            }
        )
        return
    if recorded:
        screen.say(f"{text('Đã ghi', 'Recorded')}: {words.event(recorded, names)}.", "green")
        screen.say(f"  {case.facts.task.id}, {words.moment(recorded.at)}")
    if done:
        screen.say(f"  {text('Trạng thái', 'State')}: {words.word(done.state)}")
