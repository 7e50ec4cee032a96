"""Plans: `check`, `preview`, `rehearse`, `assign`."""

from pathlib import Path
from typing import Annotated

import typer

from desk import options as o
from desk.app import Desk
from desk.language import text


def declare(app: Desk) -> None:
    """Add the commands of this group."""
    does = app.does
    does(
        "check",
        "Kiểm tra kế hoạch: mọi lỗi cùng lúc, kèm số dòng.",
        "Everything wrong with a plan, with its line.",
    )(check)
    does("preview", "Ai sẽ nhận thông báo gì, vào lúc nào.", "Who will hear what and when.")(preview)
    does(
        "rehearse",
        "Chạy thử kế hoạch qua đúng các quy trình thật, thời gian được tua nhanh.",
        "Run the plan through the real workflows on a skipped clock.",
    )(rehearse)
    does(
        "assign",
        "Giao việc: bắt đầu mọi nhiệm vụ của kế hoạch; chạy lại không giao hai lần.",
        "Start every task of the plan; safe to repeat.",
    )(assign)
    does(
        "unassign",
        "Rút lại việc giao trong giờ đầu: ai chưa được báo thì không nhận gì.",
        "Take an assignment back within its first hour; who was not told yet hears nothing.",
    )(unassign)


def check(
    plan: o.PlanFile, directory: o.DirectoryFile = None, late: o.Late = False, as_of: o.AsOf = None
) -> None:
    """Check a plan."""
    from desk import planning

    planning.check(plan, directory, late=late, as_of=as_of)


def preview(
    plan: o.PlanFile,
    directory: o.DirectoryFile = None,
    as_of: o.AsOf = None,
    late: o.Late = False,
    full: o.Full = False,
) -> None:
    """Preview a plan."""
    from desk import planning

    planning.preview(plan, directory, late=late, as_of=as_of, full=full)


def rehearse(
    ctx: typer.Context,
    plan: o.PlanFile,
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of", metavar="DATE", help=text("Ngày giao việc giả định.", "The day of the assignment.")
        ),
    ],
    scenario: Annotated[
        Path | None,
        typer.Option(
            "--scenario", metavar="FILE", help=text("Ai làm gì, khi nào.", "Who does what and when.")
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DATE", help=text("Dừng vào ngày này.", "End on this day.")),
    ] = None,
    html: o.Html = None,
    directory: o.DirectoryFile = None,
    late: o.Late = False,
) -> None:
    """Rehearse a plan."""
    from desk import rehearsal

    rehearsal.rehearse(plan, directory, scenario, html, ctx.obj["work"], as_of=as_of, until=until, late=late)


def assign(
    plan: o.PlanFile,
    directory: o.DirectoryFile = None,
    late: o.Late = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=text("Chỉ cho biết sẽ giao gì.", "Only say what would be started.")),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=text("Không hỏi lại.", "Do not ask."))] = False,
) -> None:
    """Assign a plan."""
    from desk import assign as assigning

    assigning.assign(plan, directory, late=late, dry_run=dry_run, yes=yes)


def unassign(
    directive: Annotated[
        str, typer.Argument(metavar="NUMBER", help=text("Số văn bản.", "The directive's number."))
    ],
    person: o.As,
    reason: o.Reason = "",
    role: o.Role = "",
    dry_run: o.DryRun = False,
    count: o.Count = None,
    yes: o.Yes = False,
) -> None:
    """Take an assignment back."""
    from desk import unassign as unassigning
    from desk.target import Target

    target = Target(directive=directive, dry_run=dry_run, count=count, yes=yes)
    unassigning.do(target, person, role=role, reason=reason)
