"""The arguments and options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from desk.language import text

Task = Annotated[
    str,
    typer.Argument(
        metavar="TASK",
        help=text(
            "Nhiệm vụ: 1346-CV/ĐU/1.2, mã đầy đủ, hoặc phần đầu đủ để phân biệt.",
            "The task: 1346-CV/ĐU/1.2, its id, or any unique beginning.",
        ),
    ),
]
OfDirective = Annotated[
    str,
    typer.Option(
        "--directive",
        metavar="NUMBER",
        help=text(
            "Thay cho TASK: mọi nhiệm vụ đang mở của văn bản.", "Instead of TASK: all open tasks of it."
        ),
    ),
]
Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="KEY=VALUE",
        help=text(
            "Chọn nhiệm vụ, có thể lặp lại; dấu phẩy là «hoặc». KEY: unit, parent, group, code, state, light, "
            "officer, due-before, due-after.",
            "Which tasks; may be repeated; a comma means «or». KEY: unit, parent, group, code, state, light, "
            "officer, due-before, due-after.",
        ),
    ),
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help=text("Chỉ cho biết điều gì sẽ xảy ra, không ghi gì.", "Only say what would happen."),
    ),
]
Count = Annotated[
    int | None,
    typer.Option(
        "--count",
        metavar="N",
        min=0,
        help=text("Xác nhận đúng số nhiệm vụ được chọn.", "Confirm the number of tasks that are chosen."),
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help=text("Không hỏi lại.", "Do not ask."))]
BulkId = Annotated[
    str,
    typer.Option(
        "--bulk-id",
        metavar="ID",
        help=text(
            "Mã của đợt: lặp lại cùng mã thì làm tiếp, không làm hai lần.",
            "Id of the run: the same id again goes on and does nothing twice.",
        ),
    ),
]
As = Annotated[
    str,
    typer.Option(
        "--as",
        metavar="PERSON",
        help=text("Người thực hiện (mã trong danh bạ).", "Who acts (id in the directory)."),
    ),
]
Role = Annotated[
    str,
    typer.Option(
        "--role",
        metavar="ROLE",
        help=text("Vai trò, nếu có nhiều: head:so-khcn.", "The role, where there are several: head:so-khcn."),
    ),
]
MessageId = Annotated[
    str,
    typer.Option(
        "--message-id",
        metavar="ID",
        help=text(
            "Mã của lần gửi; gửi lại cùng mã không ghi hai lần.", "Id of the act: the same id counts once."
        ),
    ),
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=text("Lý do.", "The reason."))]
Words = Annotated[str, typer.Option("--text", metavar="TEXT", help=text("Nội dung.", "What is said."))]
Day = Annotated[
    str | None,
    typer.Option("--day", metavar="DATE", help=text("Ngày, như 15/07/2026.", "A date, such as 2026-07-15.")),
]
Time = Annotated[
    str | None,
    typer.Option(
        "--time", metavar="HH:MM", help=text("Giờ của thời hạn.", "The clock time of the deadline.")
    ),
]
Person = Annotated[
    str,
    typer.Option("--person", metavar="PERSON", help=text("Người nhận việc.", "The person who takes over.")),
]
DocumentOption = Annotated[
    str | None,
    typer.Option(
        "--document",
        metavar="NUMBER/DATE",
        help=text("Số và ngày văn bản: 45/BC-SKHCN/30/06/2026.", "A document: 45/BC-SKHCN/2026-06-30."),
    ),
]
GradeOption = Annotated[
    str,
    typer.Option(
        "--grade",
        metavar="GRADE",
        help=text(
            "don-doc, phe-binh hoặc kiem-diem; hai mức sau phải có --document.",
            "don-doc (remind), phe-binh (criticise) or kiem-diem (review); the last two need --document.",
        ),
    ),
]
EvidenceOption = Annotated[
    list[str] | None,
    typer.Option(
        "--evidence",
        metavar="NAME=LINK|FILE",
        help=text(
            "Minh chứng: liên kết, hoặc tệp trên máy này (tối đa 25 MB); có thể lặp lại.",
            "Evidence: a link, or a file of this machine (25 MB at most); may be repeated.",
        ),
    ),
]
PlanFile = Annotated[
    Path, typer.Argument(metavar="PLAN", help=text("Tệp kế hoạch (YAML).", "The plan (YAML)."))
]
DirectoryFile = Annotated[
    Path | None,
    typer.Option(
        "--directory",
        metavar="FILE",
        help=text(
            "Danh bạ; mặc định directory.yaml cạnh kế hoạch, rồi danh bạ đang dùng.",
            "The directory; default: directory.yaml beside the plan, then the one in use.",
        ),
    ),
]
Late = Annotated[
    bool,
    typer.Option(
        "--late",
        help=text("Nhận cả nhiệm vụ đã quá hạn.", "Accept tasks that are already past their deadline."),
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help=text("Coi như giao vào ngày này.", "As if it were assigned on this day."),
    ),
]
Full = Annotated[
    bool,
    typer.Option(
        "--full", help=text("Không gộp các đơn vị giống nhau.", "Do not fold units that hear the same.")
    ),
]
Html = Annotated[
    Path | None,
    typer.Option("--html", metavar="FILE", help=text("Ghi thêm bản HTML.", "Write an HTML version too.")),
]
