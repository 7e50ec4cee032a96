"""`rehearse`: the plan through the real workflows on a skipped clock, told as a timeline and a final table."""

import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from temporalio.runtime import Runtime
from temporalio.service import RPCError

from desk import preview, screen, sources, typed, words
from desk.engine import quiet_runtime
from desk.exit import Code, Stop, bad_input
from desk.files import write_text
from desk.language import text
from desk.logs import begin
from desk.page import page
from desk.person import namer
from desk.program import NoServer
from desk.rehearse import Rehearsal
from desk.rehearse import rehearse as run
from desk.sources import Loaded
from desk.stage import Stuck, Work
from desk.timeline import Entry, entries
from directive.light import Outcome
from directive.refusal import Reason
from directive.task import State
from letters.scenario_file import Scenario, load_scenario
from register.models import TaskRow

SILENCE = timedelta(days=60)
MANY = 60
"""Tasks above which the final table counts instead of listing."""


def rehearse(
    file: Path,
    directory: Path | None,
    scenario: Path | None,
    html: Path | None,
    work: Work,
    *,
    as_of: str,
    until: str | None,
    late: bool,
) -> None:
    """Rehearse a plan and tell what happened. Raises Stop.

    Without a scenario nobody acts and the tasks would stand on the weekly list for ever, so that it ends 60 days
    after the last deadline.
    """
    at = typed.as_of(as_of)
    if at is None:
        raise bad_input("thiếu --as-of", "--as-of is missing", "thêm --as-of NGÀY", "add --as-of DATE")
    loaded = sources.load(file, directory, late=late, at=at)
    played = _scenario(scenario, loaded)
    begin()
    Runtime.set_default(quiet_runtime(), error_if_already_set=False)
    if not screen.json_asked():
        sources.tell(file, loaded.warnings)
    preview.head(loaded.plan, loaded.office.directory, at)
    _show_plan(loaded)
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
        last = typed.as_of(until) or (None if scenario else _end(loaded, at))
        done = _run(loaded, played, at, last, Path(folder), work)
    told = entries(done, namer(loaded.office.directory))
    _show(done, loaded, told)
    if html is not None:
        write_text(html, _page(done, loaded, told, at))
        screen.say(f"{text('Bản HTML', 'The HTML version')}: {html}")


def _show_plan(loaded: Loaded) -> None:
    screen.say()
    screen.table(_plan_columns(), _plan_rows(loaded))


def _plan_columns() -> list[str]:
    return [text("Mã", "Code"), text("Việc", "Work"), text("Đơn vị", "Units"), text("Hạn", "Due")]


def _plan_rows(loaded: Loaded) -> list[list[str]]:
    directory = loaded.office.directory
    return [
        [task.code, task.work, preview.units_in_words(loaded.plan.units_of(task, directory), task, directory),
         words.moment(task.due.instant) if task.due and task.due.clock_time
         else words.day(task.due.day) if task.due else words.due(None)]
        for task in loaded.plan.tasks
    ]  # fmt: skip


def _scenario(file: Path | None, loaded: Loaded) -> Scenario:
    if file is None:
        return Scenario()
    said, problems = load_scenario(sources.content(file), plan=loaded.plan, directory=loaded.office.directory)
    if said is None:
        raise sources.wrong(file, problems)
    return said


def _end(loaded: Loaded, at: datetime) -> datetime:
    return max([at, *(task.due.instant for task in loaded.plan.tasks if task.due)]) + SILENCE


def _run(
    loaded: Loaded, played: Scenario, at: datetime, last: datetime | None, folder: Path, work: Work
) -> Rehearsal:
    from rich.progress import Progress, SpinnerColumn, TextColumn

    hidden = screen.json_asked() or not sys.stdout.isatty()
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), transient=True, disable=hidden) as bar:
        shown = bar.add_task(text("Chuẩn bị…", "Preparing…"))

        def progress(now: datetime, still_open: int) -> None:
            told = text(f"{still_open} nhiệm vụ chưa xong", f"{still_open} tasks open")
            bar.update(shown, description=f"{words.moment(now)}  {told}")

        rehearsed = run(
            loaded.plan,
            loaded.office.directory,
            played,
            loaded.office.calendar,
            as_of=at,
            folder=folder,
            work=work,
            until=last,
            progress=progress,
        )
        try:
            return asyncio.run(rehearsed)
        except (Stuck, NoServer, RPCError) as error:
            raise _stuck(error) from error


def _stuck(error: Exception) -> Stop:
    return Stop(
        Code.UNREACHABLE,
        f"buổi chạy thử không đi tiếp được: {error}",
        f"the rehearsal cannot go on: {error}",
        "chạy `make venv`, rồi thử lại; nếu vẫn vậy, gửi nhật ký cho người quản trị",
        "run `make venv` and try again; if it stays so, hand the log to the administrator",
        kind="rehearsal_stuck",
    )


def _show(done: Rehearsal, loaded: Loaded, told: list[Entry]) -> None:
    if screen.json_asked():
        screen.answer({**done.model_dump(mode="json"), "timeline": [one._asdict() for one in told]})
        return
    screen.say()
    screen.say(text("Diễn biến", "Timeline"), "bold")
    _show_timeline(told)
    for slip in _slips(done, loaded):
        screen.say(f"  ! {slip}", "yellow")
    screen.say()
    screen.say(text("Kết quả", "Outcome"), "bold")
    if len(done.rows) <= MANY:
        screen.table(_outcome_columns(), [_outcome_row(row, loaded) for row in done.rows])
        screen.say()
    for _, name, count in _counts(done):
        screen.say(f"  {name}: {count}")
    screen.say(f"  {_ended(done)}")


def _page(done: Rehearsal, loaded: Loaded, told: list[Entry], at: datetime) -> str:
    header, names = loaded.plan.directive, namer(loaded.office.directory)
    return page(
        told,
        number=header.number,
        subject=header.subject,
        issuer=names(header.issuer),
        issued=words.day(header.issued),
        sums=preview.sums(loaded.plan, loaded.office.directory, at),
        counts=_counts(done),
        plan_columns=_plan_columns(),
        plan_rows=_plan_rows(loaded),
        slips=list(_slips(done, loaded)),
        outcome_columns=_outcome_columns(),
        outcome_rows=[(row.outcome or row.state, _outcome_row(row, loaded)) for row in done.rows],
        ended=_ended(done),
    )


def _show_timeline(told: list[Entry]) -> None:
    day = ""
    for one in told:
        moment = words.moment(one.at)
        if moment[6:] != day:
            day = moment[6:]
            screen.say(day, "bold cyan")
        screen.say(f"  {moment[:5]}  {one.tasks}: {one.said}")
        for role, who in one.told:
            screen.say(f"         → {role}: {who}", "dim")


def _slips(done: Rehearsal, loaded: Loaded) -> Iterator[str]:
    """What the scenario wanted and did not get."""
    names = namer(loaded.office.directory)
    for one in done.acted:
        if one.refused:
            why = (
                words.refusal(Reason(one.refused), {}, one.task)[0]
                if one.refused in set(Reason)
                else one.refused
            )
            said = f"{words.moment(one.at)} {names(one.person)}: {words.word(one.act)}, {one.task}: {why}"
            yield f"{text('bị từ chối', 'refused')}: {said}"
    if done.left_out:
        lines = ", ".join(map(str, done.left_out))
        yield f"{text('chưa đến lượt, dòng', 'never came up, lines')}: {lines}"


def _outcome_columns() -> list[str]:
    return [
        text("Nhiệm vụ", "Task"),
        text("Đơn vị", "Unit"),
        text("Hạn", "Due"),
        text("Báo cáo", "Handed in"),
        text("Kết quả", "Outcome"),
    ]


def _outcome_row(row: TaskRow, loaded: Loaded) -> list[str]:
    return [
        row.code,
        namer(loaded.office.directory)(row.unit),
        words.day(row.due_day) if row.due_day else words.due(None),
        words.moment(row.handed_in) if row.handed_in else "—",
        words.word(row.outcome or row.state),
    ]


def _counts(done: Rehearsal) -> list[tuple[str, str, int]]:
    """The four official outcomes and, where there are some, the withdrawn: (code, words, tasks)."""
    counts = Counter(row.outcome for row in done.rows)
    told = [(one.value, words.word(one), counts[one]) for one in Outcome]
    if counts[None]:
        told.append((State.WITHDRAWN.value, text("thu hồi", "withdrawn"), counts[None]))
    return told


def _ended(done: Rehearsal) -> str:
    ended = words.moment(done.ended)
    return text(f"đến {ended}, {len(done.notices)} thông báo", f"until {ended}, {len(done.notices)} notices")
