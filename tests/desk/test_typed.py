"""What people type becomes a value, or a Stop that says what to type instead."""

from datetime import UTC, date, datetime

import pytest

from desk import typed
from desk.exit import Code, Stop


@pytest.mark.parametrize("text", ["15/07/2026", "15/7/2026", "2026-07-15", " 15.7.2026 "])
def test_a_day_is_read_as_offices_write_it(text: str) -> None:
    assert typed.day(text) == date(2026, 7, 15)


@pytest.mark.parametrize("text", ["", "31/6/2026", "tomorrow", "2026-13-01", "15/7", "7/15/2026"])
def test_an_impossible_day_is_refused(text: str) -> None:
    with pytest.raises(Stop) as stop:
        typed.day(text)
    assert stop.value.code is Code.USAGE


def test_a_documents_number_may_hold_slashes() -> None:
    document = typed.document("45/BC-SKHCN/30/06/2026")
    assert document is not None
    assert (document.number, document.dated) == ("45/BC-SKHCN", date(2026, 6, 30))
    document = typed.document("12-BC/ĐU/2026-06-30")
    assert document is not None
    assert (document.number, document.dated) == ("12-BC/ĐU", date(2026, 6, 30))


@pytest.mark.parametrize("text", ["45/BC-SKHCN", "30/06/2026", "45/BC/31/02/2026"])
def test_a_document_without_a_date_is_refused(text: str) -> None:
    with pytest.raises(Stop):
        typed.document(text)


def test_evidence_is_a_name_and_where_it_is() -> None:
    (one,) = typed.evidence(["Báo cáo=https://example.invalid/a?b=c"])
    assert (one.name, one.where) == ("Báo cáo", "https://example.invalid/a?b=c")
    with pytest.raises(Stop):
        typed.evidence(["Báo cáo"])


def test_a_clock_time_needs_its_day() -> None:
    due = typed.clock_due(date(2026, 7, 15), "17h")
    assert due is not None
    assert due.instant == datetime(2026, 7, 15, 10, tzinfo=UTC)
    with pytest.raises(Stop):
        typed.clock_due(None, "17:00")
    with pytest.raises(Stop):
        typed.clock_due(date(2026, 7, 15), "25:00")


def test_as_of_a_day_is_the_morning() -> None:
    assert typed.as_of("29/05/2026") == datetime(2026, 5, 29, 1, tzinfo=UTC)
    assert typed.as_of("2026-05-29 09:30") == datetime(2026, 5, 29, 2, 30, tzinfo=UTC)
