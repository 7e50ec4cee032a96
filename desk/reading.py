"""`read`: a letter into a draft plan, shown with everything that was understood marked in it."""

from pathlib import Path

from desk import screen, sources
from desk.exit import Code, Stop, bad_input
from desk.files import write_text
from desk.language import text
from directive.directory import Directory
from letters.draft import draft_plan
from letters.letter import Letter
from letters.policy_file import shipped_policy
from letters.read import read_letter
from letters.refusals import Refused, Secret

NO_UNITS = Directory(version="none", units=(), people=())


def read(file: Path, output: Path | None, directory: Path | None, html: Path | None, *, force: bool) -> None:
    """Read a letter, show it, and write the draft plan and the page that were asked for. Raises Stop."""
    for wanted in (output, html):
        if wanted is not None and wanted.exists() and not force:
            raise _there_already(wanted)
    office = sources.office_for_letter(file, directory)
    try:
        letter = read_letter(file, calendar=office.calendar)
    except Refused as refused:
        raise _refused(file, refused) from refused
    held = office.directory or NO_UNITS
    draft = draft_plan(letter, held, office.calendar, shipped_policy())
    if output is not None:
        write_text(output, draft)
    if html is not None:
        from letters.marked import page

        write_text(html, page(letter))
    screen.answer({**letter.to_record(), "plan": draft if output is None else str(output)})
    if not screen.json_asked():
        _show(letter, draft, output, html, known=bool(held.units))


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
    code = Code.REFUSED if isinstance(refused, Secret) else Code.USAGE
    return Stop(
        code,
        f"{file}: {refused.message_vi.rstrip('.')}",
        f"{file}: {refused.message_en.rstrip('.')}",
        refused.remedy_vi or "chọn một văn bản chỉ đạo khác",
        refused.remedy_en or "choose a letter that assigns tasks",
        kind=refused.code,
    )
