"""What `show` says of suspensions and of what is left."""

from datetime import date

from desk import ledger
from desk.words import same
from directive.message import Act
from directive.remaining import remaining
from tests.directive.builders import ASSIGNER, CALENDAR, LEADERSHIP, Paper, due_on


def shown(paper: Paper) -> list[str]:
    left = remaining(paper.facts, CALENDAR, paper.now)
    return [f"{name}: {value}" for name, value in ledger.lines(paper.facts, CALENDAR, left, same)]


def test_a_span_is_shown_with_its_decider_its_reason_and_its_end_and_what_is_left_stands() -> None:
    paper = Paper(due_on("2026-06-30"))
    paper.act(Act.SUSPEND, ASSIGNER, "2026-06-22 09:00", reason="Chờ hướng dẫn", day=date(2026, 7, 10))
    paper.until("2026-07-01 09:00")
    assert shown(paper) == [
        "tạm dừng: 09:00 22/06/2026 – xem lại 10/07/2026, p-assigner quyết định: «Chờ hướng dẫn»",
        "còn lại: 7 ngày làm việc, đồng hồ đứng từ 09:00 22/06/2026",
    ]
    paper.act(Act.RESUME, LEADERSHIP)
    assert shown(paper) == [
        "tạm dừng: 09:00 22/06/2026 – 09:00 01/07/2026 (7 ngày làm việc), p-assigner quyết định: «Chờ hướng dẫn»"
    ]
    left = remaining(paper.facts, CALENDAR, paper.now)
    assert left
    assert left.days == 7


def test_a_clock_time_has_its_hours_and_minutes_left_and_a_substitute_is_named_with_the_decider() -> None:
    paper = Paper(due_on("2026-06-30", "16:30"), at="2026-06-29 09:00")
    assert shown(paper) == ["còn lại: 13 giờ 0 phút làm việc"]
    paper.act(Act.SUSPEND, ASSIGNER, "2026-06-29 09:10", actor="p-deputy", on_behalf_of="p-assigner")
    assert shown(paper)[0].endswith("p-deputy (thay p-assigner) quyết định: «lý do»")
    assert shown(paper)[1] == "còn lại: 12 giờ 50 phút làm việc, đồng hồ đứng từ 09:10 29/06/2026"


def test_a_task_that_was_never_suspended_has_no_ledger() -> None:
    assert shown(Paper(due_on("2026-06-30"))) == []
    assert shown(Paper(None)) == []
