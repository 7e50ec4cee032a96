"""`read`: a letter into a draft plan, shown with everything that was understood marked in it."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from desk import screen, sources
from desk.exit import Code, Stop, bad_input
from desk.files import write_text
from desk.language import text
from desk.settings import settings
from directive.calendar import WorkCalendar
from directive.directory import Directory
from directive.due import local_day
from directive.policy import Policy
from letters.draft import draft_plan
from letters.files import is_tracker
from letters.forms import read_day
from letters.letter import Letter
from letters.policy_file import policies_beside
from letters.read import read_letter
from letters.refusals import LetterKind, NotALetter, Refused, Secret

if TYPE_CHECKING:
    from letters.sheet import RowProblem

NO_UNITS = Directory(version="none", units=(), people=())


def read(
    file: Path,
    output: Path | None,
    directory: Path | None,
    html: Path | None,
    policy: str,
    issued: str | None,
    *,
    force: bool,
) -> None:
    """Read a letter or a tracker, show it, and write the draft plan and the page that were asked for. Raises Stop."""
    chosen = _policy(file, policy)
    counted = _counted_from(issued)
    for wanted in (output, html):
        if wanted is not None and wanted.exists() and not force:
            raise _there_already(wanted)
    office = sources.office_for_letter(file, directory)
    rows: tuple[RowProblem, ...] = ()
    try:
        if is_tracker(file):
            letter, rows = _of_tracker(file, counted, office.calendar)
            letter = letter._replace(issue_date=counted if issued else None)
        else:
            letter = read_letter(file, calendar=office.calendar)
    except Refused as refused:
        raise _refused(file, refused) from None
    held = office.directory or NO_UNITS
    draft = draft_plan(letter, held, office.calendar, chosen, named=policy)
    if output is not None:
        write_text(output, draft)
    if html is not None:
        from letters.marked import page

        write_text(html, page(letter))
    wrong = [problem.model_dump(mode="json") for problem in rows]
    screen.answer({**letter.to_record(), "rows": wrong, "plan": draft if output is None else str(output)})
    if not screen.json_asked():
        for problem in rows:
            told = text(problem.message_vi, problem.message_en)
            screen.say(f"{file}:{problem.row}: {told}", "yellow")
        _show(letter, draft, output, html, known=bool(held.units))


def _policy(file: Path, named: str) -> Policy:
    """The office's policy: a shipped one by its name, another by a path beside the letter."""
    policy, problems = policies_beside(file.parent)(named)
    if policy is None:
        raise sources.wrong(file.parent / named, problems)
    return policy


def _counted_from(issued: str | None) -> date:
    """The day that a tracker's phrases count from: the one typed, or today."""
    if issued is None:
        return local_day(settings().clock.office(datetime.now(UTC)))
    try:
        return read_day(issued)
    except PydanticCustomError:
        raise bad_input(
            f"--issued «{issued}» không phải một ngày",
            f"--issued «{issued}» is no date",
            "ghi như 2026-06-30 hoặc 30/6/2026",
            "write it as 2026-06-30 or 30/6/2026",
        ) from None


def _of_tracker(file: Path, counted: date, calendar: WorkCalendar) -> tuple[Letter, tuple["RowProblem", ...]]:
    """A tracker as a letter, and what is wrong with its rows. Raises Refused."""
    from letters.sheet import letter_of_tracker, read_tracker

    tracker = read_tracker(file, issued=counted, calendar=calendar)
    if not tracker.tasks and not tracker.problems:
        raise NotALetter(LetterKind.UNKNOWN)
    return letter_of_tracker(tracker), tracker.problems


def _show(letter: Letter, draft: str, output: Path | None, html: Path | None, *, known: bool) -> None:
    from letters.marked import terminal

    screen.console().print(terminal(letter))
    questions, number = draft.count("# ?"), letter.full_number or "?"
    screen.say(
        text(
            f"{number}: {len(letter.tasks)} nhiệm vụ, {questions} chỗ cần người phụ trách quyết định.",
            f"{number}: {len(letter.tasks)} tasks, {questions} places for a person to decide.",
        ),
        "bold",
    )
    if not known:
        screen.say(
            text(
                "Chưa có danh bạ nên chưa nhận ra đơn vị nào: thêm --directory FILE.",
                "There is no directory, so no unit was recognised: add --directory FILE.",
            ),
            "yellow",
        )
    if html is not None:
        screen.say(f"{text('Bản đối chiếu', 'The marked letter')}: {html}")
    if output is None:
        screen.say(text("Ghi bản nháp: thêm -o plan.yaml", "To write the draft: add -o plan.yaml"))
    else:
        screen.say(
            text(
                f"Bản nháp: {output}. Sửa các chỗ «# ?», rồi: starter.py check {output}",
                f"The draft: {output}. Decide where it says «# ?», then: starter.py check {output}",
            )
        )


def _there_already(file: Path) -> Stop:
    return bad_input(
        f"{file} đã có; không ghi đè",
        f"{file} is there already; it is not overwritten",
        "chọn tên khác, hoặc thêm --force để ghi đè",
        "choose another name, or add --force",
        kind="file_exists",
    )


def _refused(file: Path, refused: Refused) -> Stop:
    """Why the file gives no letter. Of a secret one nothing is kept or told."""
    named_kind = isinstance(refused, NotALetter) and refused.kind is not LetterKind.UNKNOWN
    code = Code.REFUSED if named_kind or isinstance(refused, Secret) else Code.USAGE
    named = (
        "" if isinstance(refused, Secret) else f"{file}: "
    )  # a file's name may tell what the secret is about
    return Stop(
        code,
        f"{named}{refused.message_vi.rstrip('.')}",
        f"{named}{refused.message_en.rstrip('.')}",
        refused.remedy_vi or "chọn một văn bản chỉ đạo khác",
        refused.remedy_en or "choose a letter that assigns tasks",
        kind=refused.code,
    )
