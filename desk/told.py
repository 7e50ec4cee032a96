"""What became of one notice: to whom it went, as whom and for whom, in which message, or why it was not sent."""

from typing import NamedTuple

from desk import person, words
from desk.language import text
from directive.directory import Absence, Directory
from directive.due import local_day
from directive.event import EventKind
from directive.task import Facts, State
from register.explained import Sent
from register.kept_back import RESTORED
from register.reading import Notice


class Fate(NamedTuple):
    """A notice in words: `who` it was for, and what became of it."""

    who: str
    said: str
    role: str
    on_behalf_of: str
    absence: Absence | None
    message: str
    subject: str

    def plain(self) -> dict[str, object]:
        """The same as JSON."""
        return self._asdict()


def fate(
    notice: Notice, all_of_task: list[Notice], sent: dict[str, Sent], facts: Facts, directory: Directory
) -> Fate:
    """What became of a notice."""
    carried = sent.get(notice.message or notice.reason)
    away = _absence(notice, directory)
    return Fate(
        who=_who(notice, away, directory),
        said=_said(notice, all_of_task, carried, facts),
        role=notice.role,
        on_behalf_of=notice.on_behalf_of,
        absence=away,
        message=carried.id if carried else "",
        subject=carried.subject if carried else "",
    )


def _absence(notice: Notice, directory: Directory) -> Absence | None:
    """The absence for which somebody stood in when the notice was written, if the directory of today still has it."""
    day = local_day(notice.written)
    return next(
        (
            one
            for one in directory.absences
            if one.person == notice.on_behalf_of and one.start <= day <= one.end
        ),
        None,
    )


def _who(notice: Notice, away: Absence | None, directory: Directory) -> str:
    names = person.namer(directory)
    role = words.role(notice.role, names) if notice.role else text("người gửi", "sender")
    copied = f", {text('đồng gửi', 'copy')}" if notice.copied else ""
    said = f"{names(notice.person)} ({role}{copied})"
    if not notice.on_behalf_of:
        return said
    said += f", {text('thay', 'for')} {names(notice.on_behalf_of)}"
    if away is None:
        return said + text(" (theo danh bạ lúc đó)", " (by the directory of that time)")
    reason = f": {away.reason}" if away.reason else ""
    span = f"{words.day(away.start)}–{words.day(away.end)}"
    return said + text(f" vắng mặt {span}{reason}", f", absent {span}{reason}")


def _said(notice: Notice, all_of_task: list[Notice], carried: Sent | None, facts: Facts) -> str:
    match notice.status:
        case "waiting":
            return text("chờ gửi", "waits to be sent")
        case "muted":
            return _muted(notice, all_of_task, carried)
        case "lapsed":
            return text("không gửi: ", "not sent: ") + _passed(notice, facts)
        case _:
            return _carried(carried)


def _carried(carried: Sent | None) -> str:
    if carried is None:
        return text("đã quyết định gửi", "decided")
    if carried.sent_at:
        at = words.moment(carried.sent_at)
        return text(f"đã gửi lúc {at}, thư «{carried.subject}»", f"sent at {at}, in «{carried.subject}»")
    if carried.status == "failed":
        return text(
            f"chưa gửi được thư «{carried.subject}» ({carried.error})",
            f"«{carried.subject}» could not be sent yet ({carried.error})",
        )
    if carried.status == "expired":
        return text("không gửi: ", "not sent: ") + _told_before()
    return text(f"sẽ gửi trong thư «{carried.subject}»", f"goes out in «{carried.subject}»")


def _muted(notice: Notice, all_of_task: list[Notice], carried: Sent | None) -> str:
    """Which notice of the same message says the stronger thing about the task."""
    same = [one for one in all_of_task if one.person == notice.person and one.message == notice.reason]
    stronger = max(same, key=lambda one: (one.level, one.planned or one.at), default=None)
    named = (
        words.mark_name(stronger.kind, stronger.level) if stronger else text("tin mạnh hơn", "a stronger one")
    )
    inside = f" «{carried.subject}»" if carried else ""
    return text(
        f"không gửi riêng: thư{inside} đã có {named} về cùng việc",
        f"not told by itself: the message{inside} has {named} on the same matter",
    )


def _passed(notice: Notice, facts: Facts) -> str:
    """Why it was no longer true when its turn came."""
    if notice.reason == RESTORED:
        return _told_before()
    if notice.question and not any(one.id == notice.question for one in facts.questions):
        return text("câu hỏi đã được trả lời trước đó", "the question had been answered")
    if facts.cycle != notice.cycle:
        return text("thời hạn đã đổi", "the deadline had changed")
    if facts.closed:
        return text("nhiệm vụ đã kết thúc", "the task was closed")
    if notice.kind is EventKind.ACKNOWLEDGEMENT_REMINDED and facts.state is not State.ASSIGNED:
        return text("đơn vị đã tiếp nhận", "the unit had acknowledged")
    if facts.state is State.REPORTED:
        return text("báo cáo đã được nộp", "the report had been handed in")
    return text("khi đến lượt gửi thì không còn đúng", "no longer true when its turn came")


def _told_before() -> str:
    return text(
        "đã báo trước khi sổ theo dõi được khôi phục, không gửi lần hai",
        "told before the register was restored, not a second time",
    )
