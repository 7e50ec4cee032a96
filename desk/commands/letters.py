"""Reading: `read` a letter into a draft plan, and say what a `deadline` phrase means."""

from pathlib import Path
from typing import Annotated

import typer

from desk.app import Desk
from desk.language import text


def declare(app: Desk) -> None:
    """Add the commands of this group."""
    app.does(
        "read",
        "Đọc một văn bản (.txt, .docx, .pdf) hoặc bảng theo dõi (.xlsx) thành bản nháp kế hoạch để kiểm tra.",
        "Read a letter (.txt, .docx, .pdf) or a tracker (.xlsx) into a draft plan for a person to check.",
    )(read)
    app.does(
        "deadline",
        "Cho biết một cụm từ thời hạn nghĩa là ngày nào, theo quy tắc nào.",
        "What a deadline phrase means, and by which rule.",
    )(deadline)


def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=text("Văn bản.", "The letter."))],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="PLAN", help=text("Ghi bản nháp vào tệp.", "Write the draft to a file.")
        ),
    ] = None,
    directory: Annotated[
        Path | None,
        typer.Option("--directory", metavar="FILE", help=text("Danh bạ đơn vị.", "The directory of units.")),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="FILE", help=text("Bản đối chiếu từng dòng.", "A page that shows each line.")
        ),
    ] = None,
    policy: Annotated[
        str,
        typer.Option(
            "--policy",
            metavar="POLICY",
            help=text(
                "Quy trình của cơ quan: tên, hoặc tệp cạnh văn bản.",
                "The office's policy: a name, or a file.",
            ),
        ),
    ] = "standard",
    issued: Annotated[
        str | None,
        typer.Option(
            "--issued",
            metavar="DATE",
            help=text("Ngày tính hạn của bảng .xlsx.", "The day a tracker counts from."),
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=text("Ghi đè tệp đã có.", "Overwrite a file that is there."))
    ] = False,
) -> None:
    """Read a letter."""
    from desk import reading

    reading.read(file, output, directory, html, policy, issued, force=force)


def deadline(
    phrase: Annotated[
        str | None,
        typer.Argument(metavar="PHRASE", help=text("Cụm từ, như trong văn bản.", "The phrase, as worded.")),
    ] = None,
    issued: Annotated[
        str | None,
        typer.Option("--issued", metavar="DATE", help=text("Ngày của văn bản.", "The date of the letter.")),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--file",
            metavar="JSONL",
            help=text("Nhiều cụm từ, mỗi dòng một JSON.", "Many phrases, one JSON object a line."),
        ),
    ] = None,
) -> None:
    """What a phrase means."""
    from desk import deadlines

    deadlines.deadline(phrase, issued, file)
