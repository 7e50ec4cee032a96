"""Office data: the directory, the working calendar, policies."""

from pathlib import Path
from typing import Annotated

import typer

from desk.app import Desk
from desk.language import text

File = Annotated[Path, typer.Argument(metavar="FILE", help=text("Tệp YAML.", "A YAML file."))]


def declare(app: Desk) -> None:
    """Add the commands of this group."""
    directory = Desk(
        text("Danh bạ: đơn vị, người, vắng mặt và ủy quyền.", "The directory: units, people, absences.")
    )
    directory.does("import", "Nhập danh bạ và dùng từ bây giờ.", "Take a directory and use it from now on.")(
        import_directory
    )
    directory.does(
        "check", "Kiểm tra một tệp danh bạ, hoặc danh bạ đang dùng.", "Check a file, or the one in use."
    )(check_directory)
    app.add_typer(directory, name="directory")
    calendar = Desk(text("Lịch làm việc: ngày nghỉ, nghỉ bù, hoán đổi.", "The working calendar."))
    calendar.does("show", "Lịch đang dùng.", "The calendar in use.")(show_calendar)
    calendar.does("import", "Nhập lịch và dùng cho kế hoạch mới.", "Take a calendar for plans to come.")(
        import_calendar
    )
    app.add_typer(calendar, name="calendar")
    policy = Desk(text("Chính sách nhắc việc và báo cấp trên.", "Policies of reminders and escalation."))
    policy.does("check", "Kiểm tra một tệp chính sách.", "Check a policy file.")(check_policy)
    app.add_typer(policy, name="policy")


def import_directory(file: File) -> None:
    """Import a directory."""
    from desk import data

    data.import_directory(file)


def check_directory(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help=text("Tệp YAML.", "A YAML file."))
    ] = None,
) -> None:
    """Check a directory."""
    from desk import data

    data.check_directory(file)


def show_calendar(
    year: Annotated[
        int | None, typer.Option("--year", metavar="YEAR", help=text("Chỉ năm này.", "Only this year."))
    ] = None,
) -> None:
    """Show the calendar."""
    from desk import data

    data.show_calendar(year)


def import_calendar(file: File) -> None:
    """Import a calendar."""
    from desk import data

    data.import_calendar(file)


def check_policy(file: File) -> None:
    """Check a policy."""
    from desk import data

    data.check_policy(file)
