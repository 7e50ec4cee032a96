"""The office clock: there and back."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directive.clock import OfficeClock

INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))


@given(INSTANTS)
def test_the_production_clock_is_the_identity(instant: datetime) -> None:
    assert OfficeClock().office(instant) == instant == OfficeClock().engine(instant)


@given(INSTANTS, st.timedeltas(timedelta(-9999), timedelta(9999)))
def test_a_shifted_clock_goes_there_and_back(instant: datetime, shift: timedelta) -> None:
    clock = OfficeClock(shift=shift)
    assert clock.engine(clock.office(instant)) == instant


@given(INSTANTS, INSTANTS, st.integers(1, 40_000))
def test_the_engine_instant_is_the_first_at_which_the_office_instant_has_come(
    office: datetime, engine: datetime, scale: int
) -> None:
    clock = OfficeClock.starting(office, engine, scale)
    assert clock.office(engine) == office
    wanted = office + timedelta(days=1, microseconds=7)
    first = clock.engine(wanted)
    assert clock.office(first) >= wanted > clock.office(first - timedelta(microseconds=1))


def test_a_clock_never_stands_or_runs_back() -> None:
    for scale in (0, -1):
        with pytest.raises(ValueError):
            OfficeClock(scale=scale)
