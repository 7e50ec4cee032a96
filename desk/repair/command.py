"""`doctor --repair`: compare, say what is to be done, ask, do it, and list what is left for a person."""

import asyncio
import sys
from typing import TYPE_CHECKING

import typer

from desk import screen
from desk.bar import progress
from desk.exit import Code, Stop, bad_input
from desk.folder import owned
from desk.language import text
from desk.logs import begin
from desk.office import bad_url, make
from desk.out_of_reach import out_of_reach
from desk.restored import note_settled, restored, whole_first
from desk.settings import settings
from register.migrate import is_current
from register.open import Register, RegisterDown

if TYPE_CHECKING:
    from temporalio.client import Client

    from desk.finding import Finding
    from desk.repair.settling import Done
    from desk.repair.survey import Case, Survey, Surveyor
    from register.kept_back import Leaves

SECOND_LOOK = 3.0
"""Seconds: a record that is under way has answered by then."""


def repair(leaves: "Leaves", *, dry_run: bool, yes: bool) -> None:
    """Settle the differences between register and engine. Raises Stop, also where something is left."""
    begin()
    owned(settings())
    whole_first(settings())
    asyncio.run(_whole(leaves, dry_run=dry_run, yes=yes))


async def _whole(leaves: "Leaves", *, dry_run: bool, yes: bool) -> None:
    from sqlalchemy.exc import ArgumentError
    from temporalio.service import RPCError

    from desk.engine import lost
    from desk.repair.engine import engine_for

    try:
        register = Register.open(settings().register_address)
    except (ValueError, ArgumentError) as error:
        raise bad_url() from error
    try:
        await _right_form(register, dry_run=dry_run)
        async with engine_for(settings()) as (client, live):
            await _Repair(client, register, leaves, live=live).run(dry_run=dry_run, yes=yes)
    except RegisterDown as error:
        raise out_of_reach(error) from error
    except RPCError as error:
        raise lost(error) from error
    finally:
        await register.close()


async def _right_form(register: Register, *, dry_run: bool) -> None:
    """An older register is brought to this release's form first, as a worker does. Raises RegisterDown, Stop."""
    if not dry_run:
        await make(register)
        return
    file = settings().register_database
    if (file is None or file.exists()) and await is_current(register):
        return
    raise Stop(
        Code.REFUSED,
        "sổ theo dõi chưa có, hoặc có dạng của bản phần mềm cũ: chỉ xem thì không nâng cấp được",
        "there is no register, or it has an older release's form: a mere look cannot raise it",
        "chạy `doctor --repair` không có --dry-run",
        "run `doctor --repair` without --dry-run",
        kind="old_register",
    )


class _Repair:
    """One run, with the register open and an engine that answers."""

    def __init__(self, client: "Client", register: Register, leaves: "Leaves", *, live: bool) -> None:
        self._client, self._register, self._leaves, self._live = client, register, leaves, live
        self._told = restored(settings())

    async def run(self, *, dry_run: bool, yes: bool) -> None:
        """Look, ask, settle, tell."""
        from desk.repair import words
        from desk.repair.files import missing_evidence, unnoted
        from desk.repair.settling import Settling
        from desk.repair.survey import Surveyor

        since = self._told.backed_up_at if self._told else None
        surveyor = Surveyor(self._client, self._register, since)
        survey = await self._survey(surveyor)
        words.tell(survey)
        if dry_run:
            _, lost = await unnoted(self._register, survey.files)
            self._end(survey, None, (*survey.left, *lost, *await missing_evidence(self._register)))
            return
        if survey.steps and not yes:
            _ask(survey.steps)
        settling = Settling(self._client, self._register, self._leaves, self._told, surveyor)
        with progress(text("Đang sửa", "Repairing"), len(survey.cases)) as shown:
            done = await settling.settle(survey, shown)
        note_settled(settings())
        self._end(survey, done, done.left)

    async def _survey(self, surveyor: "Surveyor") -> "Survey":
        """What is in motion while a worker is at work is not different: it is looked at twice."""
        from desk.repair.replayed import executions

        count = len(await executions(self._client))
        with progress(text("Đang đối chiếu", "Comparing"), count) as shown:
            first = await surveyor.look(shown)
        if not self._live or not first.cases:
            return first
        await asyncio.sleep(SECOND_LOOK)
        second = {
            case.verdict.task: case for case in await surveyor.again([c.verdict.task for c in first.cases])
        }
        still = [
            second.get(case.verdict.task, case) if case.line else case
            for case in first.cases
            if case.line is None or _unmoved(case, second.get(case.verdict.task))
        ]
        return first._replace(cases=tuple(still))

    def _end(self, survey: "Survey", done: "Done | None", left: "tuple[Finding, ...]") -> None:
        from desk.repair import words

        since = self._told.register_since if self._told else None
        told = {**_as_json(survey, done, left), "only_recorded_since": since}
        words.tell_done(done, dry_run=done is None)
        if since:
            words.tell_only_recorded(since)
        if not left:
            screen.answer(told)
            if done is not None or not survey.steps:
                screen.say(text("Sổ theo dõi và máy chủ khớp nhau.", "Register and engine agree."), "green")
            return
        words.tell_left(left)
        raise Stop(
            Code.REFUSED,
            f"còn {len(left)} điều chưa giải quyết được",
            f"{len(left)} things could not be settled",
            "làm theo cách xử lý ghi ở từng điều, rồi chạy lại `doctor --repair`",
            "do what stands beside each, then run `doctor --repair` again",
            kind="not_settled",
            detail=told,
        )


def _unmoved(first: "Case", second: "Case | None") -> bool:
    """Whether nothing has happened to a task between two looks."""
    if second is None or first.line is None or second.line is None:
        return False
    return first.line.length == second.line.length and first.verdict.step is second.verdict.step


def _ask(count: int) -> None:
    if not sys.stdin.isatty():
        raise bad_input(
            "chưa được xác nhận, chưa sửa gì",
            "not confirmed; nothing was changed",
            "thêm --yes (hoặc --dry-run để chỉ xem)",
            "add --yes (or --dry-run only to look)",
            kind="not_confirmed",
        )
    if not typer.confirm(text(f"Thực hiện {count} việc trên?", f"Do these {count} things?")):
        raise bad_input(
            "chưa sửa gì", "nothing was changed", "chạy lại khi đã sẵn sàng", "run it again when ready"
        )


def _as_json(survey: "Survey", done: "Done | None", left: "tuple[Finding, ...]") -> dict[str, object]:
    steps = [
        {"task": case.verdict.task, "step": case.verdict.step.value, "lacks": case.verdict.lacks}
        for case in survey.cases
    ]
    did = done._asdict() if done else {}
    return {
        "compared": survey.compared,
        "steps": steps,
        "directives": list(survey.directives),
        "workflows": list(survey.lives),
        "dry_run": done is None,
        **{name: value for name, value in did.items() if name != "left"},
        "left": [one.told() for one in left],
    }
