"""Every notice in every form of address: complete, translated, and never a word of guilt."""

import itertools
import re
from datetime import date, timedelta
from typing import Any

import pytest

from directive.clock import OfficeClock
from directive.due import Due, end_of_day
from directive.event import EventKind
from directive.question import CHOICES, Question, QuestionKind, Stage
from directive.span import Span
from directive.task import Facts, State, assigned
from notices.dates import before_instant, day_words, due_words, instant_words
from notices.gather import Batch
from notices.letter import compose
from notices.line import Line, line_of
from notices.office import Office
from notices.words import LANGUAGES, Language, words
from register.outbox_models import Notice
from tests.notices.given import CALENDAR, Relation, System, directory, local, notice, plan

RELATIONS: tuple[Relation, ...] = ("superior", "equal", "subordinate")
SYSTEMS: tuple[System, ...] = ("state", "party")
ASKING = {
    EventKind.REPORTED: QuestionKind.APPROVAL,
    EventKind.VOTED: QuestionKind.APPROVAL,
    EventKind.EXTENSION_REQUESTED: QuestionKind.EXTENSION,
    EventKind.COUNTER_OFFERED: QuestionKind.COUNTER,
    EventKind.OBSTACLE_RAISED: QuestionKind.OBSTACLE,
    EventKind.NOT_OURS_RAISED: QuestionKind.NOT_OURS,
    EventKind.QUESTION_PRESSED: QuestionKind.APPROVAL,
    EventKind.QUESTION_FINAL: QuestionKind.EXTENSION,
    EventKind.QUESTION_LISTED: QuestionKind.OBSTACLE,
    EventKind.SUSPENSION_REVIEWED: QuestionKind.SUSPENSION,
    EventKind.ACKNOWLEDGEMENT_ESCALATED: QuestionKind.ESCALATION,
    EventKind.ESCALATED: QuestionKind.ESCALATION,
    EventKind.ESCALATED_AGAIN: QuestionKind.ESCALATION,
    EventKind.FINAL_NOTICE: QuestionKind.ESCALATION,
}
DETAIL = {
    "day": "2026-07-20",
    "before": "2026-06-30",
    "next": "2026-09-30",
    "round": "1",
    "count": "2",
    "number": "3",
    "document": "1400-CV/ĐU",
    "person": "deputy",
    "outcome": "completed_on_time",
}
GUILT = re.compile(
    r"vi phạm|lỗi|khuyết điểm|không chấp hành|thiếu trách nhiệm|phê bình|kiểm điểm|chậm trễ|chậm muộn|yếu kém"
    r"|không thực hiện|\bfault|\bfail|guilt|neglect|violat|blame|careless|disobey",
    re.IGNORECASE,
)
ESCALATIONS = [kind for kind, asks in ASKING.items() if asks is QuestionKind.ESCALATION]


def office(system: System, relation: Relation, language: Language, kind: EventKind, **more: Any) -> Office:
    saved, made = directory(system, relation, language), plan()
    (order,) = made.orders(saved, OfficeClock())
    facts: Facts = assigned(order, local(1, month=6))
    asks = ASKING.get(kind)
    if asks:
        route = (Stage(asks=("head:so-khcn",)),)
        question: dict[str, Any] = {"id": f"{asks}.1", "kind": asks, "asked_at": local(1), "route": route}
        facts = facts.having(questions=(Question(**question, choices=CHOICES[asks]),))
    if kind is EventKind.SUSPENSION_REVIEWED:
        facts = facts.having(
            state=State.SUSPENDED, spans=(Span(since=local(2, month=6), reason="chờ quyết định"),)
        )
    facts = facts.having(**more)
    return Office(
        directory=saved,
        plans={made.directive.id: made},
        facts={order.task.id: facts},
        calendars={CALENDAR.version: CALENDAR},
        now=local(1, 8, 0, 30),
    )


def told(kind: EventKind, **more: Any) -> Notice:
    asks = ASKING.get(kind)
    fields = {"question": f"{asks}.1" if asks else "", "detail": DETAIL, "text": "", **more}
    return notice("c1.x", local(1), kind, **fields)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_is_worded_for_every_reader(kind: EventKind, language: Language) -> None:
    for system, relation, copied, bare in itertools.product(SYSTEMS, RELATIONS, (False, True), (False, True)):
        where = office(system, relation, language, kind, **({"due": None} if bare else {}))
        one = told(kind, copied=copied, **({"detail": {}} if bare else {}))
        line = line_of(one, where)
        message = compose(Batch(person="head", told=(one,)), where)
        for text in (line.says, line.asks, line.why, line.following, message.subject, message.text):
            assert "{{" not in text
            assert "None" not in text
            assert "  ." not in text
        assert line.says.endswith((".", "?"))
        assert message.html.count("<html") == 1
        if kind in ASKING and not copied and kind is not EventKind.VOTED:
            assert line.ways, "who is asked is told how to answer"
        if language == "en":
            own = [line.head, line.asks, line.following, line.late, *(label for label, _ in line.ways)]
            assert not re.search(
                "[đươơăạảấầẩậắằặẻẽẹếềểệỉịọỏốồổộớờởợụủứừửựỳỷỹ]", " ".join(_without_names(own))
            )


def _without_names(texts: list[str]) -> list[str]:
    names = (
        "Sở Khoa học và Công nghệ",
        "Đảng bộ Sở",
        "Ủy ban nhân dân tỉnh",
        "Đảng ủy",
        "Văn phòng",
        "Đảng bộ",
    )
    for name in names:
        texts = [text.replace(name, "") for text in texts]
    return texts


def test_both_languages_have_the_same_sentences_with_the_same_facts() -> None:
    vi, en = (words(language) for language in LANGUAGES)
    assert set(vi._made) == set(en._made)
    for kind in EventKind:
        assert vi.acts(kind) == en.acts(kind)
        assert vi.has(f"kinds.{kind}.says")
    for asks in QuestionKind:
        assert vi.has(f"questions.{asks}")
        for choice in CHOICES[asks]:
            assert vi.has(f"choices.{choice}")


@pytest.mark.parametrize(("kind", "language"), list(itertools.product(ESCALATIONS, LANGUAGES)))
def test_an_escalation_names_the_fact_and_not_the_guilt(kind: EventKind, language: Language) -> None:
    for system, relation in itertools.product(SYSTEMS, RELATIONS):
        message = compose(Batch(person="head", told=(told(kind),)), office(system, relation, language, kind))
        assert not GUILT.search(message.text)
        fact = "chưa nhận được" if language == "vi" else "had been received"
        assert fact in message.text


def escalation(system: System, relation: Relation, **more: Any) -> Line:
    return line_of(told(EventKind.ESCALATED, **more), office(system, relation, "vi", EventKind.ESCALATED))


def test_a_higher_or_equal_body_is_asked_and_only_a_lower_one_urged() -> None:
    assert escalation("state", "superior").asks.startswith("Kính đề nghị Ông/Bà")
    assert escalation("state", "equal").asks.startswith("Đề nghị Ông/Bà")
    assert escalation("state", "subordinate").asks.startswith("Yêu cầu Ông/Bà")
    assert escalation("party", "subordinate").asks.startswith("Yêu cầu đồng chí")
    for relation in ("superior", "equal"):
        where = office("party", relation, "vi", EventKind.NUDGED)
        nudge = line_of(told(EventKind.NUDGED), where)
        assert not re.search("đôn đốc|[Yy]êu cầu", nudge.says + nudge.asks)
    below = line_of(told(EventKind.NUDGED), office("party", "subordinate", "vi", EventKind.NUDGED))
    assert "đôn đốc" in below.says


def test_state_and_party_have_their_own_forms_of_address() -> None:
    def opening(system: System) -> str:
        where = office(system, "subordinate", "vi", EventKind.REMINDED)
        return compose(Batch(person="head", told=(told(EventKind.REMINDED),)), where).text.splitlines()[0]

    assert opening("party") == "Kính gửi đồng chí Giám đốc Sở Khoa học và Công nghệ,"
    assert opening("state") == "Kính gửi Ông/Bà Giám đốc Sở Khoa học và Công nghệ,"


def test_a_substitute_reads_whom_they_stand_in_for() -> None:
    line = escalation("party", "subordinate", person="deputy", on_behalf_of="head")
    assert line.why.endswith("thay đồng chí Giám đốc Sở Khoa học và Công nghệ vắng mặt.")


def test_the_notice_says_what_until_when_and_what_comes_next() -> None:
    where = office("party", "subordinate", "vi", EventKind.ESCALATED, due=_due())
    line = line_of(told(EventKind.ESCALATED), where)
    assert line.letter == "Văn bản số 1346-CV/ĐU ngày 29/5/2026 của Đảng ủy Ủy ban nhân dân tỉnh"
    assert line.due == "30/6/2026"
    assert "trả lời trước 08 giờ 00 ngày 03/7/2026" in line.asks
    assert line.following.startswith("Nếu đến 08 giờ 00 ngày 03/7/2026")
    assert any("--choice commit" in command for _, command in line.ways)


def _due() -> Due:
    return Due(day=date(2026, 6, 30), instant=end_of_day(date(2026, 6, 30)))


def test_a_delay_of_more_than_an_hour_is_named() -> None:
    late = told(EventKind.ESCALATED, planned=local(1), written=local(1) + timedelta(hours=3))
    where = office("state", "subordinate", "vi", EventKind.ESCALATED)
    assert "theo kế hoạch gửi lúc 08 giờ 00 ngày 01/7/2026, lập lúc 11 giờ 00" in line_of(late, where).late
    prompt = told(EventKind.ESCALATED, planned=local(1), written=local(1) + timedelta(minutes=59))
    assert not line_of(prompt, where).late


def test_nobody_is_told_how_to_decide_on_their_own_report() -> None:
    where = office("state", "subordinate", "vi", EventKind.REPORTED)
    (facts,) = where.facts.values()
    own = facts.having(questions=(facts.questions[0].model_copy(update={"by": "head"}),))
    where.facts[facts.task.id] = own  # type: ignore[index]
    assert not line_of(told(EventKind.REPORTED), where).ways


def test_dates_are_written_as_offices_write_them() -> None:
    assert day_words(date(2026, 6, 30), "vi") == "30/6/2026"
    assert day_words(date(2026, 2, 8), "vi") == "08/02/2026"
    assert day_words(date(2026, 6, 30), "en") == "30 June 2026"
    assert instant_words(local(1), "vi") == "08 giờ 00 ngày 01/7/2026"
    assert instant_words(local(1), "en") == "08:00 on 1 July 2026"
    clock = Due(day=date(2026, 6, 15), instant=local(15, 16, 30, month=6), clock_time=True)
    assert due_words(clock, "vi") == "16 giờ 30 ngày 15/6/2026"
    assert before_instant(local(4, 0), words("vi")) == "trước khi hết ngày 03/7/2026"


def test_text_from_people_is_escaped_on_the_page() -> None:
    where = office("state", "subordinate", "vi", EventKind.RETURNED)
    one = told(EventKind.RETURNED, reason="<script>alert(1)</script> {{ 7 * 7 }}")
    message = compose(Batch(person="head", told=(one,)), where)
    assert "<script>" not in message.html
    assert "&lt;script&gt;" in message.html
    assert "{{ 7 * 7 }}" in message.text


def test_most_urgent_stands_in_the_subject_and_on_the_page() -> None:
    where = office("state", "subordinate", "vi", EventKind.ASSIGNED)
    message = compose(Batch(person="head", told=(told(EventKind.ASSIGNED, urgency="hỏa tốc"),)), where)
    assert message.subject.startswith("HỎA TỐC: Giao nhiệm vụ")
    assert message.text.startswith("HỎA TỐC")


@pytest.mark.parametrize(
    ("grade", "language", "head", "says"),
    [
        ("phe_binh", "vi", "Phê bình", "phê bình Sở Khoa học và Công nghệ"),
        ("kiem_diem", "vi", "Yêu cầu kiểm điểm", "yêu cầu Sở Khoa học và Công nghệ kiểm điểm"),
        ("phe_binh", "en", "Criticism", "criticises"),
        ("kiem_diem", "en", "Review required", "requires"),
    ],
)
def test_a_decision_is_told_with_its_document_and_date(
    grade: str, language: Language, head: str, says: str
) -> None:
    where = office("state", "subordinate", language, EventKind.NUDGED)
    detail = {**DETAIL, "grade": grade, "dated": "2026-07-10"}
    line = line_of(told(EventKind.NUDGED, detail=detail), where)
    assert line.head == head
    assert says in line.says
    assert "1400-CV/ĐU" in line.says
    assert day_words(date(2026, 7, 10), language) in line.says


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sender_of_a_refused_answer_is_told_why(language: Language) -> None:
    where = office("state", "subordinate", language, EventKind.ANSWER_REFUSED)
    detail = {"day": "2026-12-31", "furthest": "2026-07-14"}
    line = line_of(told(EventKind.ANSWER_REFUSED, reason="too_far", detail=detail, role=""), where)
    assert day_words(date(2026, 12, 31), language) in line.says
    assert day_words(date(2026, 7, 14), language) in line.says
