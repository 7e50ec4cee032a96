"""`rehearse`: the plan through the real workflows on a skipped clock, told as a timeline and a final table."""

import asyncio
import sys
import tempfile
from collections import Counter
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
from desk.person import namer
from desk.rehearse import Rehearsal
from desk.rehearse import rehearse as run
from desk.server import NoServer
from desk.sources import Loaded
from desk.stage import Stuck, Work
from desk.timeline import Entry, entries
from directive.light import Outcome
from letters.scenario_file import Scenario, load_scenario

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
    if html is not None:
        screen.record()
    preview.head(loaded.plan, loaded.office.directory, at)
    _show_plan(loaded)
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
        last = typed.as_of(until) or (None if scenario else _end(loaded, at))
        done = _run(loaded, played, at, last, Path(folder), work)
    _show(done, loaded)
    if html is not None:
        write_text(html, screen.recorded(loaded.plan.directive.number))
        screen.say(f"{text('Bản HTML', 'The HTML version')}: {html}")


def _show_plan(loaded: Loaded) -> None:
    directory = loaded.office.directory
    columns = [text("Mã", "Code"), text("Việc", "Work"), text("Đơn vị", "Units"), text("Hạn", "Due")]
    rows = [
        [task.code, task.work, preview.units_in_words(loaded.plan.units_of(task, directory), task, directory),
         words.day(task.due.day) if task.due else "—"]
        for task in loaded.plan.tasks
    ]  # fmt: skip
    screen.say()
    screen.table(columns, rows)


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


def _show(done: Rehearsal, loaded: Loaded) -> None:
    told = entries(done, namer(loaded.office.directory))
    if screen.json_asked():
        screen.answer({**done.model_dump(mode="json"), "timeline": [one._asdict() for one in told]})
        return
    screen.say()
    screen.say(text("Diễn biến", "Timeline"), "bold")
    _show_timeline(told)
    _show_refused(done, loaded)
    screen.say()
    screen.say(text("Kết quả", "Outcome"), "bold")
    if len(done.rows) <= MANY:
        _show_rows(done, loaded)
    _show_counts(done)


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


def _show_refused(done: Rehearsal, loaded: Loaded) -> None:
    names = namer(loaded.office.directory)
    for one in done.acted:
        if one.refused:
            said = f"{words.moment(one.at)} {names(one.person)}: {words.word(one.act)}, {one.task}: {one.refused}"
            screen.say(f"  ! {text('bị từ chối', 'refused')}: {said}", "yellow")
    if done.left_out:
        lines = ", ".join(map(str, done.left_out))
        screen.say(f"  ! {text('chưa đến lượt, dòng', 'never came up, lines')}: {lines}", "yellow")


def _show_rows(done: Rehearsal, loaded: Loaded) -> None:
    names = namer(loaded.office.directory)
    columns = [
        text("Nhiệm vụ", "Task"),
        text("Đơn vị", "Unit"),
        text("Hạn", "Due"),
        text("Báo cáo", "Handed in"),
        text("Kết quả", "Outcome"),
    ]
    rows = [
        [
            row.code,
            names(row.unit),
            words.day(row.due_day),
            words.moment(row.handed_in) if row.handed_in else "—",
            words.word(row.outcome) if row.outcome else words.word(row.state),
        ]
        for row in done.rows
    ]
    screen.table(columns, rows)
    screen.say()


def _show_counts(done: Rehearsal) -> None:
    counts = Counter(row.outcome for row in done.rows)
    for one in Outcome:
        screen.say(f"  {words.word(one)}: {counts[one]}")
    if counts[None]:
        screen.say(f"  {text('thu hồi', 'withdrawn')}: {counts[None]}")
    ended = words.moment(done.ended)
    screen.say(
        text(f"  đến {ended}, {len(done.notices)} thông báo", f"  until {ended}, {len(done.notices)} notices")
    )
