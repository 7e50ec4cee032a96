"""What a repair says: what it means to do, what it has done, and what is left for a person, with the next step."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from desk import screen, words
from desk.finding import Finding, wrong
from desk.language import text
from desk.repair.compared import Step, Verdict
from register.held import Held

if TYPE_CHECKING:
    from desk.repair.replayed import Line
    from desk.repair.settling import Done
    from desk.repair.survey import Survey

SHOWN = 20


def left_of(verdict: Verdict, held: Held | None) -> list[Finding]:
    """What of a task nothing settles."""
    found = [_unreadable(verdict)] if verdict.fault else []
    return found + [_forgotten(verdict.task, name, held) for name in verdict.forgotten if held]


def _unreadable(verdict: Verdict) -> Finding:
    return wrong(
        "unreadable",
        f"{verdict.task}: lịch sử trong máy chủ không đọc lại được ({verdict.fault})",
        f"{verdict.task}: its history in the engine cannot be replayed ({verdict.fault})",
        "chạy đúng bản phần mềm đã dùng lúc sao lưu; nếu vẫn lỗi, gửi thông báo này cho người phát triển",
        "use the release of the backup; if it stays so, send this to the developers",
        task=verdict.task,
    )


def _forgotten(task: str, name: str, held: Held) -> Finding:
    act = held.acts[name]
    what, at = words.mark_name(act.kind), words.moment(act.at)
    return wrong(
        "forgotten",
        f"{task}: «{what}» lúc {at} ({name}) có trong sổ, nhưng máy chủ đã chạy tiếp mà không biết việc này",
        f"{task}: «{what}» of {at} ({name}) is recorded, but the engine has gone on without it",
        f"xem `show {task}`; nếu vẫn đúng, đề nghị người đó làm lại thao tác (mã mới)",
        f"see `show {task}`; where it still holds, let that person do it again (under a new id)",
        task=task,
        message=name,
        kind=act.kind.value,
        at=act.at.isoformat(),
    )


def plan_lost(directive: str, lines: Sequence["Line"]) -> Finding:
    """A directive that runs in the engine and is not in the register any more."""
    number, count = lines[0].start.order.number, len(lines)
    request = lines[0].start.order.task.kind == "approval"
    again = "ask FILE" if request else "assign PLAN"
    return wrong(
        "plan_lost",
        f"{number}: sổ theo dõi không còn văn bản này, {count} nhiệm vụ trong máy chủ chưa ghi được vào sổ",
        f"{number}: the register does not have it any more; the engine has {count} tasks of it",
        f"chạy lại `{again}` với đúng tệp cũ (không giao hai lần), rồi chạy lại `doctor --repair`",
        f"run `{again}` with the same file again (nothing starts twice), then `doctor --repair` once more",
        directive=directive,
        number=number,
        tasks=count,
    )


def missing(task: str, kind: str, name: str) -> Finding:
    """A task that cannot be settled, since the register lacks office data that it needs."""
    remedies = {
        "calendars": ("`calendar import` bản lịch đó", "`calendar import` that calendar"),
        "directories": ("`directory import` danh bạ", "`directory import` the directory"),
    }
    vi, en = remedies.get(kind, ("`assign` lại đúng kế hoạch cũ", "`assign` the same plan again"))
    lacks_vi, lacks_en = _lacked(task, kind, name)
    return wrong(
        "data_lost",
        f"{task}: sổ theo dõi thiếu {lacks_vi}",
        f"{task}: the register lacks {lacks_en}",
        f"{vi}, rồi chạy lại `doctor --repair`",
        f"{en}, then run `doctor --repair` again",
        task=task,
        kind=kind,
        name=name,
    )


def _lacked(task: str, kind: str, name: str) -> tuple[str, str]:
    """What the register lacks, in an office's words."""
    if name == task:
        return "nhiệm vụ này trong kế hoạch đã lưu", "this task in the plan that it has"
    nouns = {
        "calendars": ("lịch làm việc", "calendar"),
        "directories": ("danh bạ", "directory"),
        "directive": ("văn bản", "directive"),
        "task": ("nhiệm vụ", "task"),
    }
    vi, en = nouns.get(kind, ("dữ liệu", "office data"))
    if name == "in force":
        return f"{vi} đang dùng", f"the {en} in force"
    return f"{vi} «{name}»", f"the {en} «{name}»"


def file_lost(task: str, name: str, digest: str) -> Finding:
    """A file that a report names and neither register nor folder has any more."""
    return wrong(
        "file_lost",
        f"{task}: tệp minh chứng «{name}» không còn ở đâu",
        f"{task}: the file of evidence «{name}» is nowhere any more",
        "đề nghị người nộp gửi lại đúng tệp đó, rồi chạy lại `doctor --repair`",
        "ask the sender for the same file again, then run `doctor --repair` once more",
        task=task,
        name=name,
        hash=digest,
    )


def delivery_unknown() -> Finding:
    """Whether mail got through before the restoration, a round of an older release does not tell."""
    return wrong(
        "delivery_unknown",
        "lúc sao lưu không gửi được thư; không rõ sau đó thư nào đã đến: giữ tất cả để gửi, có thể có thư đến hai lần",
        "no mail got through at the backup; what did since nobody knows: all is kept to be sent, some perhaps twice",
        "báo trước cho người nhận nếu cần; không phải làm gì thêm",
        "let the readers know if need be; nothing else is to be done",
    )


def differs(task: str) -> Finding:
    """A task that is still not the same on both sides."""
    return wrong(
        "still_differs",
        f"{task}: sổ theo dõi và máy chủ vẫn khác nhau",
        f"{task}: register and engine still differ",
        "nhiệm vụ đang có thao tác: chạy lại `doctor --repair`; tốt nhất là khi `up` đã dừng",
        "it is being worked on: run `doctor --repair` again, best while `up` stands still",
        task=task,
    )


STEPS = {
    Step.REGISTER: (
        "Sổ theo dõi thiếu, ghi lại từ lịch sử của máy chủ",
        "Missing in the register, written from the engine's histories",
    ),
    Step.START: (
        "Máy chủ chưa có, bắt đầu với những gì sổ đang giữ",
        "Unknown to the engine, begun with what the register holds",
    ),
    Step.ANEW: (
        "Máy chủ cũ hơn sổ, bắt đầu lại với những gì sổ đang giữ",
        "The engine is behind, begun anew with what the register holds",
    ),
}


def tell(survey: "Survey") -> None:
    """What was found and is to be done."""
    count = survey.compared
    screen.say(
        text(f"Đã đối chiếu {count} nhiệm vụ.", f"{count} tasks compared."), "bold" if survey.steps else ""
    )
    for step, (vi, en) in STEPS.items():
        mine = [case.verdict for case in survey.cases if case.verdict.step is step]
        if mine:
            screen.say(f"{text(vi, en)}: {len(mine)}")
            for verdict in mine[:SHOWN]:
                lacks = f" (+{verdict.lacks} {text('sự kiện', 'events')})" if verdict.lacks else ""
                screen.say(f"  {verdict.task}{lacks}")
            if len(mine) > SHOWN:
                screen.say("  …")
    for name in survey.directives:
        screen.say(text(f"Bắt đầu lại quy trình của văn bản {name}", f"Begin the workflow of {name}"))
    for name in survey.lives:
        screen.say(text(f"Chạy lại quy trình {name}", f"Begin the workflow {name}"))


def tell_only_recorded(since: datetime) -> None:
    """What was entered since the backup and no task's history knows: only the people who did it can tell."""
    at = words.moment(since)
    screen.say(
        text(
            f"Chỉ sổ mới có, không đối chiếu được từ {at}: ngày nghỉ, báo cáo đã gửi, danh bạ, lịch, webhook.",
            f"Known to the register alone, since {at}: absences, sent reports, directory, calendar, webhooks.",
        )
    )
    screen.say(
        text(
            "    → kiểm tra bằng `absence list`, `webhook list` và trang Báo cáo; thiếu thì nhập lại",
            "    → look with `absence list`, `webhook list` and on the page of reports; enter again what is missing",
        )
    )


def tell_left(left: Sequence[Finding]) -> None:
    """What is left for a person."""
    for one in left:
        screen.say(f"✗ {one.said}", "bold red")
        screen.say(f"    → {one.remedy}")


def tell_done(done: "Done | None", *, dry_run: bool) -> None:
    """What was done; what became of the notices is told whether or not there were any."""
    if dry_run or done is None:
        screen.say(text("Chỉ xem: chưa sửa gì.", "Only a look: nothing was changed."))
        return
    if done.events:
        screen.say(text(f"Đã ghi lại {done.events} sự kiện.", f"{done.events} events written."))
    if done.kept_back:
        screen.say(
            text(
                f"{done.kept_back} thông báo đã đến lượt gửi trước khi khôi phục: không gửi lần hai, xem ở `show`.",
                f"{done.kept_back} notices had left before the restoration: not sent twice; `show` names them.",
            )
        )
    if done.waiting:
        screen.say(
            text(
                f"{done.waiting} thông báo chưa đến lượt gửi lúc đó: sẽ gửi khi dịch vụ chạy.",
                f"{done.waiting} notices had not left by then: they go out once the service runs.",
            )
        )
    if done.files:
        screen.say(text(f"Đã ghi nhận lại {done.files} tệp minh chứng.", f"{done.files} files noted again."))
    if done.swept:
        screen.say(text(f"Đã dọn {done.swept} tệp tải dở.", f"{done.swept} parts of uploads taken away."))
