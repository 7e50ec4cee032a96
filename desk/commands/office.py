"""Office data: the directory, the working calendar, policies."""

from pathlib import Path
from typing import Annotated

import typer

from desk import options as o
from desk.app import Desk
from desk.language import text

File = Annotated[Path, typer.Argument(metavar="FILE", help=text("Tệp YAML.", "A YAML file."))]

PolicyFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help=text("Tệp YAML, hoặc tên chính sách có sẵn.", "A YAML file, or a shipped name.")
    ),
]


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
    calendar.does(
        "import",
        "Nhập lịch; xem và chuyển các nhiệm vụ đang mở.",
        "Take a calendar; see and move what is open.",
    )(import_calendar)
    app.add_typer(calendar, name="calendar")
    policy = Desk(text("Chính sách nhắc việc và báo cấp trên.", "Policies of reminders and escalation."))
    policy.does("check", "Kiểm tra một tệp chính sách.", "Check a policy file.")(check_policy)
    policy.does("list", "Các chính sách có sẵn.", "The policies that come with the product.")(list_policies)
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


def import_calendar(
    file: File,
    person: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="PERSON",
            help=text("Người quyết định chuyển các nhiệm vụ đang mở.", "Who decides to move the open tasks."),
        ),
    ] = "",
    reason: o.Reason = "",
    role: o.Role = "",
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=text("Chỉ xem, không nhập, không chuyển.", "Only look.")),
    ] = False,
    yes: Annotated[
        bool,
        typer.Option(
            "--yes",
            help=text("Không hỏi lại: chuyển mọi nhiệm vụ đang mở.", "Do not ask: move every open task."),
        ),
    ] = False,
) -> None:
    """Import a calendar, show what it moves, and move it on a yes."""
    from desk.calendar_import import Wish, import_calendar

    import_calendar(file, Wish(person=person, role=role, reason=reason, dry_run=dry_run, yes=yes))


def check_policy(file: PolicyFile) -> None:
    """Check a policy."""
    from desk import policies

    policies.check_policy(file)


def list_policies() -> None:
    """List the shipped policies."""
    from desk import policies

    policies.list_policies()
