"""Plan, directory, policy and calendar files: found, read, and everything that is wrong with them told by line."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desk import screen
from desk.exit import Code, Stop, bad_input
from desk.language import lang, text
from directive.calendar import WorkCalendar
from directive.directory import Directory
from letters.directory_file import load_directory
from letters.problem import Problem, has_errors
from letters.yaml_lines import YamlRefused, read_source
from register.calendars import shipped_calendar

if TYPE_CHECKING:
    from directive.plan import Plan

BESIDE = "directory.yaml"


class Office(NamedTuple):
    """The directory and the calendar that a plan is checked against; `file` is where the directory was read."""

    directory: Directory
    calendar: WorkCalendar
    file: Path | None


class Loaded(NamedTuple):
    """A plan without errors, its office, and what a person should look at all the same."""

    plan: "Plan"
    office: Office
    warnings: list[Problem]


def load(file: Path, directory: Path | None, *, late: bool, at: datetime) -> Loaded:
    """The plan of a file as it would be assigned at `at`, with its office: the directory named, or beside the plan,
    or in force. Raises Stop after telling everything that is wrong.
    """
    typed = content(file)
    office = _office(file, directory)
    from letters.plan_file import load_plan  # the grammar of deadlines is for plans only
    from letters.policy_file import policies_beside

    plan, problems = load_plan(
        typed,
        directory=office.directory,
        calendar=office.calendar,
        policies=policies_beside(file.parent),
        late=late,
        at=at,
    )
    if plan is None:
        raise wrong(file, problems)
    return Loaded(plan, office, problems)


def load_request(file: Path, directory: Path | None, *, at: datetime) -> Loaded:
    """The document for approval in a file as it would be submitted at `at`, by the directory named or in force.

    Raises Stop after telling everything that is wrong.
    """
    typed = content(file)
    held, calendar = _in_force(directory_too=directory is None)
    found = directory_in(directory) if directory else held
    if found is None:
        raise bad_input(
            "chưa có danh bạ nào được nhập",
            "no directory has been imported",
            "`directory import FILE` trước; chỉ xem thì thêm --dry-run --directory FILE",
            "`directory import FILE` first; only to look add --dry-run --directory FILE",
            kind="no_directory",
        )
    from letters.ask_file import load_request as read
    from letters.policy_file import policies_beside

    plan, problems = read(
        typed, directory=found, calendar=calendar, policies=policies_beside(file.parent), at=at
    )
    if plan is None:
        raise wrong(file, problems)
    return Loaded(plan, Office(found, calendar, directory), problems)


class Reading(NamedTuple):
    """What a letter is read with; without a directory no unit is recognised."""

    directory: Directory | None
    calendar: WorkCalendar


def office_for_letter(letter: Path, directory: Path | None) -> Reading:
    """The directory named, or beside the letter, or in force, if there is one. Raises Stop."""
    file = directory or (letter.parent / BESIDE if (letter.parent / BESIDE).is_file() else None)
    held, calendar = _in_force(directory_too=file is None)
    return Reading(directory_in(file) if file else held, calendar)


def _office(plan: Path, directory: Path | None) -> Office:
    file = directory or (plan.parent / BESIDE if (plan.parent / BESIDE).is_file() else None)
    held, calendar = _in_force(directory_too=file is None)
    if file is not None:
        return Office(directory_in(file), calendar, file)
    if held is None:
        raise bad_input(
            f"không có {BESIDE} cạnh {plan} và chưa có danh bạ nào được nhập",
            f"there is no {BESIDE} beside {plan}, and no directory has been imported",
            "thêm --directory FILE, hoặc `directory import FILE`",
            "add --directory FILE, or `directory import FILE`",
            kind="no_directory",
        )
    return Office(held, calendar, None)


def _in_force(*, directory_too: bool) -> tuple[Directory | None, WorkCalendar]:
    """What the register has in force; the shipped calendar where there is no register yet."""
    if not _register_exists():
        return None, shipped_calendar()
    from desk.office import calendar_in_use, with_register
    from register.open import Register
    from register.plans import NotRecorded, current_directory

    async def work(register: Register) -> tuple[Directory | None, WorkCalendar]:
        calendar = await calendar_in_use(register)
        try:
            return (await current_directory(register) if directory_too else None), calendar
        except NotRecorded:
            return None, calendar

    return with_register(work)


def _register_exists() -> bool:
    """Asked without the database's library, so that `check` and `preview` answer at once where there is none."""
    from desk.settings import settings

    return bool(settings().register_url) or (settings().data / "register.db").exists()


def directory_in(file: Path) -> Directory:
    """The directory of a file. Raises Stop after telling everything that is wrong with it."""
    directory, problems = load_directory(content(file))
    if directory is None:
        raise wrong(file, problems)
    return directory


def content(file: Path) -> str:
    """The text of a YAML file. Raises Stop."""
    try:
        return read_source(file)
    except YamlRefused as refused:
        raise wrong(file, [refused.problem]) from refused


def tell(file: Path, problems: Sequence[Problem]) -> None:
    """Each problem with its line and the way out, as compilers do: `plan.yaml:12: …`."""
    for one in problems:
        place = f"{file}:{one.line}" if one.line else str(file)
        kind = text("lỗi", "error") if one.is_error else text("lưu ý", "note")
        screen.say(f"{place}: {kind}: {said(one)}", "red" if one.is_error else "yellow")
        screen.say(f"    → {remedy(one)}")


def said(problem: Problem) -> str:
    """What is wrong, in the language in use."""
    return problem.vi if lang() == "vi" else problem.en


def remedy(problem: Problem) -> str:
    """What to do about it, in the language in use."""
    return problem.remedy_vi if lang() == "vi" else problem.remedy_en


def wrong(file: Path, problems: Sequence[Problem]) -> Stop:
    """A Stop for a file with errors, all of which have been told. One alone is the message itself."""
    errors = [one for one in problems if one.is_error]
    detail: dict[str, object] = {"file": str(file), "problems": [_plain(one) for one in problems]}
    if len(problems) == 1 and errors:
        only = errors[0]
        place = f"{file}:{only.line}: " if only.line else f"{file}: "
        stop = Stop(
            Code.USAGE, place + only.vi, place + only.en, only.remedy_vi, only.remedy_en, kind=only.code
        )
        stop.detail = detail
        return stop
    tell(file, problems)
    return Stop(
        Code.USAGE,
        f"{file}: {len(errors)} lỗi",
        f"{file}: {len(errors)} errors",
        "sửa các dòng nêu trên rồi chạy lại",
        "mend the lines above and run it again",
        kind="bad_file",
        detail=detail,
    )


def _plain(problem: Problem) -> dict[str, object]:
    return {
        "line": problem.line,
        "where": problem.where,
        "code": problem.code,
        "severity": problem.severity.value,
        "message": said(problem),
        "remedy": remedy(problem),
    }


def report(file: Path, problems: Sequence[Problem]) -> None:
    """What a check found where there is no error: the notes, or that all is well."""
    screen.answer(
        {"file": str(file), "ok": not has_errors(problems), "problems": [_plain(one) for one in problems]}
    )
    tell(file, problems)
    if not problems:
        screen.say(f"{file}: {text('không có lỗi', 'nothing is wrong')}", "green")
