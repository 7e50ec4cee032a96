"""What is called otherwise where a document waits for approval: there is no task, no report and no unit that executes.

The tables have the shape of those they stand before (`states.py`, `events.py`); what is not here is called alike.
"""

from collections.abc import Mapping
from typing import Any

from desk.wording.events import Telling
from desk.wording.states import Pair
from directive.event import EventKind as E
from directive.message import Act
from directive.question import Choice, QuestionKind
from directive.roles import RoleKind
from directive.task import State

WORDS: tuple[Mapping[Any, Pair], ...] = (
    {
        State.IN_PROGRESS: ("chờ hoàn thiện để trình lại", "to be revised and submitted again"),
        State.REPORTED: ("đang trình duyệt", "waiting for approval"),
        State.COMPLETED: ("đã phê duyệt", "approved"),
        State.WITHDRAWN: ("đã rút", "taken back"),
        State.REFUSED: ("không được phê duyệt", "refused"),
    },
    {
        RoleKind.OFFICER: ("đầu mối", "officer"),
        RoleKind.APPROVER: ("người phê duyệt", "approver"),
    },
    {QuestionKind.APPROVAL: ("phê duyệt văn bản trình", "is the document approved?")},
    {
        Choice.APPROVE: ("phê duyệt", "approve"),
        Choice.RETURN: ("trả lại để hoàn thiện", "return for revision"),
        Choice.REFUSE: ("không phê duyệt", "refuse"),
    },
    {
        Act.REPORT: ("trình lại", "submit again"),
        Act.PROGRESS: ("bổ sung", "supply more"),
        Act.WITHDRAW: ("rút văn bản trình", "take the document back"),
    },
)

EVENTS: dict[E, Telling] = {
    E.REPORTED: ("trình", "submitted", "{who} trình văn bản", "{who} submitted the document"),
    E.PROGRESSED: ("cho biết thêm", "told more", "{who} cho biết thêm", "{who} told more"),
    E.APPROVED: ("phê duyệt", "approved", "{who} phê duyệt văn bản", "{who} approved the document"),
    E.RETURNED: (
        "trả lại", "returned",
        "{who} trả lại văn bản để hoàn thiện (lần {round}), đề nghị trình lại đến {day}",
        "{who} returned the document (round {round}), to be submitted again by {day}"),
    E.REPORT_REFUSED: (
        "không phê duyệt", "refused", "{who} không phê duyệt văn bản", "{who} refused the document"),
    E.WITHDRAWN: ("rút", "taken back", "{who} rút văn bản trình", "{who} took the document back"),
    E.REVIEW_ASKED: (
        "nhắc trình lại", "asked to submit again",
        "chưa nhận được văn bản trình lại, hỏi {to}", "the document has not come back; {to} was asked"),
}  # fmt: skip
