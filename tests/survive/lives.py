"""The lives that the tasks of the story may have: what people do, each time after something that has happened.

No act has an hour of its own: "report after the second reminder" is as true of a house that was on fire as of one
that was not. Days are those of the story: 0 is the Sunday after the assignment, 1 to 6 are Monday to Saturday.
"""

from typing import NamedTuple

SOON = "30 minutes"


class Step(NamedTuple):
    """What a part does after the `nth` event of a kind, of that `level` where one is named."""

    part: str
    act: str
    after: str
    nth: int = 1
    level: int = 0
    choice: str = ""
    day: int | None = None
    said: str = ""
    person: str = ""


class Life(NamedTuple):
    """A name, the deadline it fits (a day, `none` or `daily`) and its steps; `head` where a head has to be there."""

    name: str
    due: int | str
    steps: tuple[Step, ...] = ()
    head: bool = False


def _answers(choice: str, after: str, nth: int = 1, part: str = "approver", day: int | None = None) -> Step:
    return Step(part, "answer", after, nth, choice=choice, day=day, said="Theo đề nghị của Văn phòng")


def _reports(after: str, nth: int = 1, level: int = 0) -> Step:
    return Step("officer", "report", after, nth, level, said="Đã hoàn thành")


TAKES = Step("officer", "acknowledge", "assigned")
APPROVED = _answers("approve", "reported")
LATE = (_reports("escalated", level=2), APPROVED)

LIVES = (
    Life("silent", 1),
    Life("silent", 2),
    Life("silent", 3),
    Life("taken and silent", 1, (TAKES,)),
    Life("taken and silent", 3, (TAKES,)),
    Life(
        "committed and late",
        1,
        (Step("head", "answer", "escalated", level=1, choice="commit", day=3, said="Cam kết"), *LATE),
        head=True,
    ),
    Life(
        "obstacle",
        1,
        (
            TAKES,
            Step("officer", "raise_obstacle", "escalated", level=1, said="Thiếu kinh phí"),
            _answers("resolve", "obstacle_raised"),
            *LATE,
        ),
        head=True,
    ),
    Life(
        "withdrawn",
        1,
        (Step("leadership", "withdraw", "escalated", level=1, said="Đã giao cơ quan khác"),),
        head=True,  # without one the next level comes at once, and the withdrawal would race with it
    ),
    Life("in time", 2, (TAKES, _reports("reminded", 2), APPROVED)),
    Life("in time", 3, (TAKES, _reports("reminded", 2), APPROVED)),
    Life(
        "returned",
        2,
        (
            TAKES,
            _reports("reminded"),
            _answers("return", "reported"),
            _reports("returned"),
            _answers("approve", "reported", 2),
        ),
    ),
    Life(
        "extended",
        2,
        (
            TAKES,
            Step("officer", "request_extension", "reminded", day=4, said="Chờ số liệu"),
            _answers("grant", "extension_requested"),
            _reports("reminded", 2),
            APPROVED,
        ),
    ),
    Life(
        "counter-offered",
        2,
        (
            TAKES,
            Step("officer", "request_extension", "reminded", day=5, said="Chờ số liệu"),
            _answers("counter", "extension_requested", day=4),
            _answers("accept", "counter_offered", part="officer"),
            _reports("reminded", 2),
            APPROVED,
        ),
    ),
    Life(
        "refused by silence",
        2,
        (
            TAKES,
            Step("officer", "request_extension", "reminded", day=5, said="Chờ số liệu"),
            _reports("question_lapsed"),
            APPROVED,
        ),
    ),
    Life(
        "slow approver", 2, (TAKES, _reports("reminded"), _answers("approve", "question_pressed", 2)),
    ),
    Life(
        "suspended",
        2,
        (
            TAKES,
            Step("assigner", "suspend", "acknowledged", day=2, said="Chờ sắp xếp bộ máy"),
            _answers("resume", "suspension_reviewed", part="assigner"),
            _reports("resumed"),
            APPROVED,
        ),
    ),
    Life(
        "nudged",
        2,
        (
            TAKES,
            Step("assigner", "nudge", "reminded", said="Đề nghị khẩn trương"),
            Step("officer", "progress", "nudged", said="Đã làm được một nửa"),
            _reports("reminded", 2),
            APPROVED,
        ),
    ),
    Life(
        "not theirs",
        2,
        (Step("officer", "refuse", "assigned", said="Không thuộc thẩm quyền"), _answers("agree", "not_ours_raised")),
    ),
    Life(
        "theirs after all",
        2,
        (
            Step("officer", "refuse", "assigned", said="Không thuộc thẩm quyền"),
            _answers("refuse", "not_ours_raised"),
            Step("officer", "acknowledge", "not_ours_refused"),
            _reports("reminded", 2),
            APPROVED,
        ),
    ),
    Life(
        "handed to another",
        2,
        (
            TAKES,
            Step("head", "reassign", "reminded", said="Đổi đầu mối", person="second"),
            _reports("reassigned"),
            APPROVED,
        ),
        head=True,
    ),
    Life(
        "reviewed",
        "none",
        (
            TAKES,
            Step("officer", "progress", "review_asked", said="Đang làm"),
            _reports("review_asked", 2),
            APPROVED,
        ),
    ),
    Life("reviewed in silence", "none", (TAKES,)),
    Life(
        "daily",
        "daily",
        (TAKES, *(step for n in (1, 2, 3) for step in (_reports("reminded", n), _answers("approve", "reported", n)))),
    ),
)  # fmt: skip
