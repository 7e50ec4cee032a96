"""Lists from the register: tasks, an inbox, the numbers."""

from desk import find, person, screen, typed, words
from desk.act import now
from desk.exit import Stop, bad_input
from desk.language import text
from desk.matter import speaking_of
from desk.office import directory_in_use, with_register
from desk.where import chosen, one_of
from directive.codes import APPROVAL
from directive.directory import Directory
from directive.light import LightKind
from directive.message import Grade
from directive.opening import NOT_ACKNOWLEDGED
from directive.task import State
from register.open import Register
from register.reading import Awaits, Duty, InboxRow, Period, SummaryRow, TaskRow, duties, find_directives
from register.reading import inbox as inbox_of
from register.reading import summary as summary_of
from register.reading import tasks as tasks_of


def tasks(
    directive: str, unit: str, state: str, light: str, limit: int | None, where: tuple[str, ...] = ()
) -> None:
    """Print the tasks of a filter, closed ones too. Raises Stop."""
    named: dict[str, object] = {"open_only": False}
    named |= {"units": (unit,)} if unit else {}
    named |= {"states": (one_of(State, state),)} if state else {}
    named |= {"lights": (one_of(LightKind, light),)} if light else {}

    async def work(register: Register) -> None:
        meant = await find.directive(register, directive)
        directory = await _directory(register)
        meant_by = chosen(meant, where, directory).model_copy(update=named)
        rows = await tasks_of(register, meant_by, now(), limit)
        _show_tasks(rows, directory)

    with_register(work)


async def _directory(register: Register) -> Directory:
    try:
        return await directory_in_use(register)
    except Stop:
        return Directory(version="", units=(), people=())


def _show_tasks(rows: list[TaskRow], directory: Directory) -> None:
    screen.answer([row.model_dump(mode="json") for row in rows])
    if not rows:
        screen.say(text("Không có nhiệm vụ nào.", "No tasks."))
        return
    names = person.namer(directory)
    columns = [
        text("Nhiệm vụ", "Task"),
        text("Đơn vị", "Unit"),
        text("Việc", "Work"),
        text("Trạng thái", "State"),
        text("Hạn", "Due"),
        text("Đèn (ngày)", "Light (days)"),
    ]
    one = len({row.directive for row in rows}) == 1
    if one:
        screen.say(rows[0].number, "bold")
    screen.table(columns, [_task_cells(row, names, short=one) for row in rows])
    screen.say(f"{len(rows)} {text('nhiệm vụ', 'tasks')}")


def _task_cells(row: TaskRow, names: words.Names, *, short: bool) -> list[str]:
    return [
        row.code if short else f"{row.number}/{row.code}",
        names(row.unit),
        _short(row.work, 48),
        words.word(row.state),
        words.day(row.due_day),
        _light(row),
    ]


def _light(row: TaskRow) -> str:
    """The light with its days, or how a closed task ended."""
    if row.closed_at is not None and row.outcome is not None:
        return words.word(row.outcome)
    return f"{words.word(row.light.kind)} {row.light.days or ''}".rstrip()


def inbox(who: str) -> None:
    """Print what a person must answer, acknowledge or add now. Raises Stop."""

    async def work(register: Register) -> None:
        directory = await directory_in_use(register)
        known = person.known(directory, who)
        rows = await inbox_of(register, known, now())
        mine = [one for one in await duties(register, known, now()) if one.asks]
        _show_inbox(rows, mine, directory)

    with_register(work)


def _show_inbox(rows: list[InboxRow], mine: list[Duty], directory: Directory) -> None:
    waiting = [{"awaits": "answer", **row.model_dump(mode="json")} for row in rows]
    screen.answer([*waiting, *(_plain_duty(one) for one in mine)])
    if not (rows or mine):
        screen.say(text("Không có câu hỏi nào đang chờ.", "Nothing waits for an answer."))
        return
    names = person.namer(directory)
    for row in rows:
        with speaking_of(row.task):
            _show_question(row, names)
    for one in mine:
        with speaking_of(one.row.id):
            _show_duty(one, names)


def _plain_duty(one: Duty) -> dict[str, object]:
    """A task that waits for the person: no question, hence no choices."""
    row = one.row.model_dump(mode="json")
    held = {"role": one.role, "on_behalf_of": one.on_behalf_of}
    return {"awaits": one.awaits, "task": one.row.id, **held, **row}


def _show_duty(one: Duty, names: words.Names) -> None:
    row = one.row
    which = row.id if row.id.startswith(APPROVAL) else f"{row.number}/{row.code}"
    screen.say(f"{which} · {names(row.unit)}: {words.word(one.awaits)}", "bold")
    screen.say(f"  {_short(row.work, 160)}")
    _show_role(one.role, one.on_behalf_of, names)
    screen.say(f"  {words.light(row.light)}")
    command = "progress" if one.awaits is Awaits.MORE else "acknowledge"
    screen.say(f"  {text('bằng', 'with')} `{command}`")


def _show_role(role: str, on_behalf_of: str, names: words.Names) -> None:
    whose = f", {text('thay', 'for')} {names(on_behalf_of)}" if on_behalf_of else ""
    screen.say(f"  {text('với vai trò', 'as')}: {words.role(role, names)}{whose}")


def _show_question(row: InboxRow, names: words.Names) -> None:
    until = words.until(row.until) if row.until else "—"
    which = row.task if row.task.startswith(APPROVAL) else f"{row.number}/{row.code}"
    screen.say(f"{which} · {names(row.unit)}: {words.word(row.kind)} ({row.question})", "bold")
    screen.say(f"  {_short(row.work, 160)}")
    _show_role(row.role, row.on_behalf_of, names)
    if row.due:
        screen.say(f"  {text('ngày được đề nghị', 'date asked for')}: {words.due(row.due)}")
    screen.say(f"  {text('trả lời chậm nhất', 'answer by')}: {until}")
    answers = ", ".join(f"{one.value} ({words.word(one)})" for one in row.choices)
    screen.say(f"  {text('có thể trả lời', 'answers')}: {answers}")
    if row.about == NOT_ACKNOWLEDGED:
        screen.say(f"  {text('hoặc xác nhận đã tiếp nhận bằng', 'or confirm receipt with')} `acknowledge`")


def summary(by: str, directive: str, first: str | None, last: str | None) -> None:
    """Print the numbers by unit or by directive. Raises Stop."""
    if by not in ("unit", "directive"):
        raise bad_input(
            f"--by không nhận «{by}»",
            f"--by cannot be «{by}»",
            "dùng unit hoặc directive",
            "use unit or directive",
        )
    period = Period(first=typed.optional_day(first), last=typed.optional_day(last))

    async def work(register: Register) -> None:
        meant = await find.directive(register, directive)
        rows = await summary_of(register, "unit" if by == "unit" else "directive", period, now(), meant)
        names = person.namer(await _directory(register))
        if by == "directive":
            numbers = {row.key: (await find_directives(register, row.key))[0].number for row in rows}
            names = numbers.__getitem__
        _show_summary(by, rows, names)

    with_register(work)


def _show_summary(by: str, rows: list[SummaryRow], names: words.Names) -> None:
    screen.answer([row.model_dump(mode="json") for row in rows])
    if not rows:
        screen.say(text("Chưa có số liệu.", "Nothing to count."))
        return
    columns = [
        text("Đơn vị", "Unit") if by == "unit" else text("Văn bản", "Directive"),
        text("Nhận", "Received"),
        text("Xong đúng", "On time"),
        text("Xong trễ", "Late"),
        text("Đang làm", "In time"),
        text("Sắp hạn", "Due soon"),
        text("Quá hạn", "Overdue"),
        text("Trễ nhất", "Longest"),
        text("Đôn đốc", "Nudges"),
        text("Gia hạn", "Extensions"),
    ]
    graver = [grade for grade in Grade if any(row.nudges_by_grade.get(grade) for row in rows)]
    graver = [grade for grade in graver if grade is not Grade.URGE]  # rare: a column only where there is one
    columns += [words.word(grade).capitalize() for grade in graver]
    body = [
        [names(row.key), *_numbers(row), *(str(row.nudges_by_grade.get(grade, 0)) for grade in graver)]
        for row in rows
    ]
    if len(rows) > 1:
        total = [sum(int(cells[place]) for cells in body) for place in range(1, len(columns))]
        total[6] = max(row.longest_overdue for row in rows)
        body.append([text("Tổng", "Total"), *map(str, total)])
    screen.table(columns, body, numbers=True)


def _numbers(row: SummaryRow) -> list[str]:
    counts = (
        row.received,
        row.completed_on_time,
        row.completed_late,
        row.running_in_time,
        row.due_soon,
        row.running_overdue,
        row.longest_overdue,
        row.nudges,
        row.extensions,
    )
    return [str(count) for count in counts]


def _short(line: str, most: int) -> str:
    one = " ".join(line.split())
    return one if len(one) <= most else one[: most - 1] + "…"
