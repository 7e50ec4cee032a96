"""Every code that people may see has words in both languages, and no sentence is left with a hole."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest

from desk import language, words
from desk.wording import states
from desk.wording.events import EVENTS
from desk.wording.notices import STATUSES
from desk.wording.refusals import REFUSALS
from directive.directory import Vacancy
from directive.event import Event, EventKind
from directive.light import Light, LightKind, Outcome
from directive.message import Act, Door, Grade
from directive.question import Choice, QuestionKind
from directive.refusal import Reason
from directive.roles import RoleKind
from directive.task import State

ENUMS: tuple[type[StrEnum], ...] = (
    State,
    LightKind,
    Outcome,
    RoleKind,
    Vacancy,
    Door,
    Act,
    Grade,
    QuestionKind,
    Choice,
)
AT = datetime(2026, 7, 1, 1, tzinfo=UTC)


@pytest.fixture(params=language.LANGS)
def lang(request: pytest.FixtureRequest) -> Iterator[str]:
    language.use(request.param)
    yield request.param
    language.use("vi")


@pytest.mark.parametrize("enum", ENUMS)
def test_every_code_has_its_word(enum: type[StrEnum], lang: str) -> None:
    for member in enum:
        assert words.word(member).strip(), member


def test_every_refusal_says_what_to_do(lang: str) -> None:
    for reason in Reason:
        said, remedy = words.refusal(reason, {}, "task:x:1:y")
        assert said.strip()
        assert remedy.strip()
        assert "{" not in said + remedy


def test_every_refusal_with_its_details_has_no_hole(lang: str) -> None:
    detail: dict[str, object] = {
        "state": "completed", "act": "report", "role": "head:so-khcn", "question": "approval.1", "count": 0,
        "choice": "grant", "allowed": "approve, return", "at": AT.isoformat(), "now": AT.isoformat(),
        "last": AT.isoformat(), "day": "2026-07-15", "due": "2026-06-30", "furthest": "2026-07-14", "times": 2,
        "person": "so-khcn.cv", "calendar": "vn-2026", "asked": "2026-07-15",
        "grade": "phe_binh", "field": "text", "limit": "8000",
    }  # fmt: skip
    for reason in Reason:
        for part in words.refusal(reason, detail, "task:x:1:y"):
            assert "…" not in part.replace('"…"', ""), (reason, part)
            assert "2026-" not in part.replace("2026-07-15", ""), (reason, part)


def test_every_event_is_a_sentence(lang: str) -> None:
    for kind in EventKind:
        said = words.event(Event(id="x", kind=kind, at=AT, to=("head:so-khcn",), actor="so-khcn.cv"))
        assert said
        assert "{" not in said
        assert words.mark_name(kind, 1)


def test_the_two_languages_fill_the_same_holes() -> None:
    for entry in (*EVENTS.values(), *REFUSALS.values()):
        vi, en = (set(re.findall(r"\{(\w+)\}", entry[place])) for place in (-2, -1))
        assert vi == en, entry
        vi, en = (set(re.findall(r"\{(\w+)\}", entry[place])) for place in (0, 1))
        assert vi == en, entry


def test_no_table_has_an_empty_word() -> None:
    tables = [value for name, value in vars(states).items() if name.isupper()]
    for table in (*tables, EVENTS, REFUSALS, STATUSES):
        for entry in table.values():
            assert all(entry), entry


def test_a_substitute_is_named_with_whom_they_stand_in_for() -> None:
    event = Event(id="x", kind=EventKind.APPROVED, at=AT, actor="b", on_behalf_of="a", reason="tốt")
    assert (
        words.event(event, {"a": "Ông A", "b": "Bà B"}.__getitem__)
        == "Bà B (thay Ông A) nghiệm thu báo cáo: «tốt»"
    )


def test_a_step_that_could_not_be_taken_says_why() -> None:
    event = Event(id="x", kind=EventKind.SKIPPED, at=AT, role="head:so-x", reason=Vacancy.NOBODY_RECORDED)
    assert words.event(event).endswith("«chưa ghi ai giữ vai trò này»")


def test_offsets_are_told_in_days(lang: str) -> None:
    expected = {
        "vi": ["trước 7 ngày", "trước 3 ngày làm việc", "ngày đến hạn"],
        "en": ["7 days before", "3 working days before", "the day itself"],
    }
    assert [words.offset_word(code) for code in ("-7d", "-3w", "0w")] == expected[lang]


def test_offsets_in_hours_are_told_in_hours(lang: str) -> None:
    expected = {
        "vi": ["trước 4 giờ", "trước 1 giờ", "trước 1 ngày làm việc"],
        "en": ["4 hours before", "1 hour before", "1 working day before"],
    }
    assert [words.offset_word(code) for code in ("-4h", "-1h", "-1w")] == expected[lang]


def test_a_light_says_hours_where_every_hour_counts(lang: str) -> None:
    lights = [
        Light(kind=LightKind.DUE_SOON, hours=2, every_day=True),
        Light(kind=LightKind.IN_TIME, days=3, every_day=True),
        Light(kind=LightKind.OVERDUE, hours=5, every_day=True),
        Light(kind=LightKind.OVERDUE, days=1, every_day=True),
    ]
    expected = {
        "vi": ["còn 2 giờ", "còn 3 ngày", "quá hạn 5 giờ", "quá hạn 1 ngày"],
        "en": ["2 hours left", "3 days left", "overdue by 5 hours", "overdue by 1 day"],
    }
    for one, said in zip(lights, expected[lang], strict=True):
        assert words.light(one).endswith(said)


def test_instants_and_days_are_local() -> None:
    assert words.moment(AT) == "08:00 01/07/2026"
    assert words.day(date(2026, 7, 1)) == "01/07/2026"


def test_an_overdue_light_counts_its_days() -> None:
    assert words.light(Light(kind=LightKind.OVERDUE, days=3)) == "quá hạn 3 ngày"


def test_a_criticism_and_a_review_name_their_document(lang: str) -> None:
    detail = {"number": "2", "document": "12-TB/ĐU", "dated": "2026-07-10"}
    for grade, named in (
        (Grade.CRITICISM, ("phê bình", "criticism")),
        (Grade.REVIEW, ("kiểm điểm", "review")),
    ):
        one = Event(id="x", kind=EventKind.NUDGED, at=AT, actor="ld", detail={**detail, "grade": grade})
        said = words.event(one)
        assert named[0 if lang == "vi" else 1] in said
        assert "12-TB/ĐU" in said
        assert "10/07/2026" in said
