"""However a deadline is spelled, it means the same; and whatever is written, reading never fails."""

import json
import string
import unicodedata
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directive.deadline import Kind, read_deadline
from directive.phrases.text import FOLD
from register.calendars import shipped_calendar

CALENDAR = shipped_calendar()
ISSUED = date(2026, 5, 29)
CORPUS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "deadlines.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
DEADLINES = [r for r in CORPUS if r["kind"] not in ("none", "not_deadline") and "ocr" not in r["tags"]]
DAYS = st.dates(ISSUED + timedelta(days=1), date(2029, 12, 31))
BY = st.sampled_from(
    [
        "chậm nhất ngày",
        "chậm nhất là ngày",
        "muộn nhất ngày",
        "không muộn hơn ngày",
        "đến hết ngày",
        "hết ngày",
        "trong ngày",
        "trước và trong ngày",
        "hạn: ngày",
        "Thời hạn hoàn thành:",
    ]
)
FORMS = st.sampled_from(
    [
        "{d:02}/{m:02}/{y}",
        "{d}/{m}/{y}",
        "{d} tháng {m} năm {y}",
        "{d:02} tháng {m:02} năm {y}",
        "{d:02}-{m:02}-{y}",
        "{d:02}.{m:02}.{y}",
        "{d} / {m} / {y}",
        "{d}/{m} năm {y}",
        "{d}/{m}/{y2:02}",
    ]
)
DRESS = st.sampled_from(
    [
        lambda s: s,
        str.upper,
        lambda s: unicodedata.normalize("NFD", s),
        lambda s: s.translate(FOLD),
        lambda s: s.replace(" ", "\u00a0"),
        lambda s: s.replace(" ", "\n", 1),
        lambda s: s.replace(" ", "  "),
        lambda s: f"({s})",
        lambda s: f"- {s};",
        lambda s: f"{s}./.",
        lambda s: f" {s}.",
        lambda s: unicodedata.normalize("NFD", s.upper()),
        lambda s: s.replace("/", " /"),
    ]
)


def meant(text: str, issued: date = ISSUED) -> tuple[Any, Any]:
    record = read_deadline(text, issued=issued, calendar=CALENDAR).as_record()
    return record["kind"], record["expected"]


def written(day: date, form: str) -> str:
    return form.format(d=day.day, m=day.month, y=day.year, y2=day.year % 100)


@given(DAYS, BY, FORMS, DRESS)
def test_a_day_means_the_same_however_it_is_spelled(day: date, by: str, form: str, dress: Any) -> None:
    assert meant(dress(f"{by} {written(day, form)}")) == ("instant", day.isoformat())


@given(DAYS, FORMS, DRESS)
def test_before_a_day_is_the_end_of_the_day_before(day: date, form: str, dress: Any) -> None:
    kind, expected = meant(dress(f"trước ngày {written(day, form)}"))
    assert (kind, expected) == ("instant", (day - timedelta(days=1)).isoformat())


CLOCKS = st.sampled_from(
    [
        "{h}h{m:02}",
        "{h}g{m:02}",
        "{h}:{m:02}",
        "{h} giờ {m:02} phút",
        "{h} giờ {m:02}",
        "{h}h{m:02}'",
        "{h:02}h{m:02}",
    ]
)


@given(DAYS, st.integers(0, 23), st.integers(0, 59), CLOCKS, FORMS, DRESS)
def test_a_clock_time_means_the_same_however_it_is_spelled(
    day: date, hour: int, minute: int, at: str, form: str, dress: Any
) -> None:
    text = f"trước {at.format(h=hour, m=minute)} ngày {written(day, form)}"
    assert meant(dress(text)) == ("instant", f"{day.isoformat()}T{hour:02}:{minute:02}+07:00")


QUARTERS = st.tuples(
    st.sampled_from(["trong quý", "trong quí", "Trong Quý", "trong  quý"]),
    st.sampled_from([("III", 3), ("3", 3), ("IV", 4), ("4", 4), ("ba", 3)]),
    st.sampled_from(["/2026", " năm 2026", " /2026", ""]),
)


@given(QUARTERS, DRESS)
def test_a_quarter_means_the_same_however_it_is_spelled(parts: Any, dress: Any) -> None:
    words, (name, number), year = parts
    end = {3: "2026-09-30", 4: "2026-12-31"}[number]
    expected = {"start": f"2026-{3 * number - 2:02}-01", "end": end}
    assert meant(dress(f"{words} {name}{year}")) == ("period", expected)


@given(
    st.integers(1, 30), st.sampled_from(["hằng", "hàng", "mỗi"]), st.sampled_from(["ngày", "vào ngày"]), DRESS
)
def test_a_monthly_day_means_the_same_however_it_is_spelled(n: int, every: str, on: str, dress: Any) -> None:
    kind, expected = meant(dress(f"{on} {n:02} {every} tháng"))
    assert (kind, expected["rrule"]) == ("recurring", f"FREQ=MONTHLY;BYMONTHDAY={n}")


@given(
    st.integers(1, 60),
    st.sampled_from(["trong vòng", "trong thời hạn", "trong", "chậm nhất"]),
    st.sampled_from(
        ["kể từ ngày ban hành", "kể từ ngày ký", ", kể từ ngày ký ban hành", "tính từ ngày ký Công văn này"]
    ),
    DRESS,
)
def test_working_days_from_the_issue_are_counted_by_the_calendar(
    n: int, lead: str, since: str, dress: Any
) -> None:
    day = CALENDAR.add_working_days(ISSUED, n)
    text = f"{lead} {n:02} ngày làm việc {since}".replace(" ,", ",")
    assert meant(dress(text)) == ("instant", day.isoformat())


@given(st.sampled_from(DEADLINES), st.sampled_from(["NFC", "NFD"]), st.booleans())
def test_corpus_phrases_mean_the_same_in_any_unicode_form_and_case(
    row: dict[str, Any], form: Literal["NFC", "NFD"], up: bool
) -> None:
    text = unicodedata.normalize(form, row["text"].upper() if up else row["text"])
    kind, expected = meant(text, date.fromisoformat(row["document_date"]))
    assert kind == row["kind"]
    if row["kind"] != "needs_anchor":
        assert expected == row["expected"]


BITS = st.sampled_from(
    (
        "ngày tháng năm quý trước đến hết trong hạn: chậm nhất kể từ hằng mỗi 30/6 31/6 2026 17h00 … 15 III làm việc"
        " nhận được tuần thứ Sáu ./. ( ) , ; và báo cáo hoàn thành Tết đầu cuối giữa"
        " nay 0 99/99 l5/6 - / 20226 sau 5 giờ phút lần"
    ).split()
)


@settings(max_examples=300)
@given(st.lists(BITS, max_size=9).map(" ".join))
def test_no_jumble_of_time_words_breaks_the_reader(text: str) -> None:
    answer = read_deadline(text, issued=ISSUED, calendar=CALENDAR)
    assert answer.readings
    for reading in answer.readings:
        assert text[slice(*reading.span)] == reading.text
        due = reading.due()
        if due is not None and reading.kind is not Kind.RECURRING:
            assert due.day >= ISSUED


@given(st.text(alphabet=string.printable + "ạảấđêôơưỳ\u0301\u0323\u00a0\u200b…–", max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    answer = read_deadline(text, issued=ISSUED, calendar=CALENDAR)
    assert all(text[slice(*reading.span)] == reading.text for reading in answer.readings)


@given(
    DAYS,
    FORMS,
    st.sampled_from(["Báo cáo số 23-BC/BCĐ, ngày", "Hội nghị ngày", "có hiệu lực từ ngày", "tính đến ngày"]),
)
def test_a_cited_date_is_never_a_deadline(day: date, form: str, words: str) -> None:
    text = f"Thực hiện {words} {written(day, form)} của Ban Chỉ đạo"
    kind, expected = meant(text)
    assert (kind, expected) == ("not_deadline", None)


OWN = (Path(__file__).parents[1] / "data" / "deadlines_own.jsonl").read_text(encoding="utf-8").splitlines()
TRAPS = [row for row in [*CORPUS, *map(json.loads, OWN)] if row["kind"] in ("none", "not_deadline")]


@pytest.mark.parametrize("dress", [str.upper, lambda s: s.translate(FOLD)], ids=["upper", "unaccented"])
def test_no_trap_becomes_a_deadline_when_its_accents_or_case_are_lost(dress: Any) -> None:
    for row in TRAPS:
        kind, _ = meant(dress(row["text"]), date.fromisoformat(row["document_date"]))
        assert kind in ("none", "not_deadline"), row["text"]


HOSTILE = [
    "…" * 3000,
    "ngày " + ". " * 2000,
    "trước ngày " * 900,
    "hằng tháng" + " " * 1500 + "z",
    "trong vòng " * 300,
]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_a_page_of_dots_does_not_stop_the_reader(text: str) -> None:
    assert read_deadline(text, issued=ISSUED, calendar=CALENDAR).readings
