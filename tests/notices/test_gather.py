"""What goes out when: facts of `domain.md` §5, each with an injected clock."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directive.due import local_day
from directive.event import Event, EventKind
from directive.policy import DeliveryPolicy
from notices.gather import Batch, Delivery, plan_delivery
from notices.hours import digest_instant, is_open
from notices.waking import wakes_at
from register.outbox_models import Notice
from tests.notices.given import CALENDAR, local, notice

POLICY = DeliveryPolicy()
ESCALATED, REMINDED = EventKind.ESCALATED, EventKind.REMINDED


def plan(
    waiting: list[Notice],
    now: datetime,
    last: dict[str, date] | None = None,
    coming: frozenset[str] = frozenset(),
) -> Delivery:
    return plan_delivery(waiting, now, POLICY, CALENDAR, last or {}, coming=coming)


def only(delivery: Delivery) -> Batch:
    assert len(delivery.batches) == 1
    return delivery.batches[0]


def test_nothing_waits_and_delivery_sleeps() -> None:
    assert plan([], local(1)) == Delivery()


def test_what_is_not_urgent_waits_for_the_next_working_morning() -> None:
    friday = notice("m1", local(3, 9, 30))
    assert plan([friday], local(3, 10)).next_at == local(6, 8, 0, 30)
    batch = only(plan([friday], local(6, 8, 0, 30)))
    assert batch.digest_day == date(2026, 7, 6)


def test_the_digest_waits_for_the_marks_of_eight_sharp_that_are_written_seconds_later() -> None:
    old = notice("m1", local(1, 16))
    assert not plan([old], local(2)).batches
    mark = notice("c1.remind.0w", local(2, 8, 0, 20), REMINDED, planned=local(2), code="2")
    assert plan([old, mark], local(2, 8, 0, 30)).next_at == local(2, 8, 0, 50)
    assert len(only(plan([old, mark], local(2, 8, 0, 50))).told) == 2


def test_digest_and_escalations_of_eight_are_one_message_with_escalations_first() -> None:
    mark = notice("c1.remind.-1w", local(1, 8, 0, 2), REMINDED, planned=local(1), code="2")
    climb = notice("c1.level.1", local(1, 8, 0, 4), ESCALATED, planned=local(1), urgent=True, level=1)
    assert plan([mark, climb], local(1, 8, 0, 33)).next_at == local(1, 8, 0, 34)
    batch = only(plan([mark, climb], local(1, 8, 0, 34)))
    assert [one.kind for one in batch.told] == [ESCALATED, REMINDED]
    assert batch.digest_day == date(2026, 7, 1)


def test_an_urgent_notice_just_before_eight_joins_the_digest() -> None:
    act = notice("m1", local(1, 7, 59, 50), urgent=True)
    mark = notice("c1.remind.-1w", local(1, 8, 0, 5), REMINDED, planned=local(1), code="2")
    assert plan([act, mark], local(1, 8, 0, 20)).next_at == local(1, 8, 0, 35)
    assert len(only(plan([act, mark], local(1, 8, 0, 35))).told) == 2


def test_urgent_notices_gather_until_nothing_new_came() -> None:
    first, second = notice("m1", local(1, 10), urgent=True), notice("m2", local(1, 10, 0, 25), urgent=True)
    assert plan([first], local(1, 10, 0, 29)).next_at == local(1, 10, 0, 30)
    assert plan([first, second], local(1, 10, 0, 54)).next_at == local(1, 10, 0, 55)
    assert len(only(plan([first, second], local(1, 10, 0, 55))).told) == 2


def test_gathering_ends_five_minutes_after_the_first() -> None:
    flood = [
        notice(f"m{i}", local(1, 10) + timedelta(seconds=20 * i), urgent=True, code=str(i)) for i in range(16)
    ]
    assert plan(flood, local(1, 10, 4, 59)).next_at == local(1, 10, 5)
    assert len(only(plan(flood, local(1, 10, 5))).told) == 16


def test_an_urgent_message_takes_along_everything_that_waits_for_the_person() -> None:
    waiting = [notice("m1", local(1, 9)), notice("m2", local(1, 10), urgent=True, code="2")]
    batch = only(plan(waiting, local(1, 10, 0, 30), {"head": date(2026, 7, 1)}))
    assert len(batch.told) == 2
    assert batch.digest_day is None


def test_a_second_digest_waits_for_the_next_working_day() -> None:
    late = notice("c1.remind.0w", local(1, 8, 4), REMINDED, planned=local(1))
    assert plan([late], local(1, 9), {"head": date(2026, 7, 1)}).next_at == local(2, 8, 0, 30)


def test_a_digest_missed_in_a_quiet_midday_goes_out_in_the_afternoon() -> None:
    """Whether delivery was called in the quiet hours or after them: the digest is still the one of that day."""
    midday = DeliveryPolicy(quiet_from=time(11), quiet_until=time(13, 30))
    late = notice("c1.remind.0w", local(1, 11, 20), REMINDED, planned=local(1, 8))
    asked = plan_delivery([late], local(1, 11, 20), midday, CALENDAR, {})
    assert (asked.batches, asked.next_at) == ((), local(1, 13, 30))
    assert only(plan_delivery([late], local(1, 13, 30), midday, CALENDAR, {})).digest_day == date(2026, 7, 1)


@pytest.mark.parametrize("night", [local(1, 20), local(4, 10), local(2, 5, 59)])
def test_nothing_goes_out_in_quiet_hours_and_on_days_off(night: datetime) -> None:
    delivery = plan([notice("m1", night, urgent=True)], night + timedelta(minutes=10))
    assert not delivery.batches
    assert delivery.next_at is not None
    assert is_open(delivery.next_at, POLICY, CALENDAR)


def test_most_urgent_goes_out_at_once_also_at_night_and_leaves_the_rest_asleep() -> None:
    fire = notice("m1", local(1, 23), urgency="hỏa tốc")
    other = notice("m2", local(1, 22), urgent=True, code="2")
    delivery = plan([fire, other], local(1, 23))
    assert [one.event_id for one in only(delivery).told] == ["m1"]
    assert delivery.next_at == local(2, 7)


def test_most_urgent_by_day_leaves_the_digest_whole() -> None:
    fire = notice("m1", local(1, 8, 0, 1), urgency="hỏa tốc", code="3")
    mark = notice("c1.remind.0w", local(1, 8, 0, 1), REMINDED, planned=local(1))
    delivery = plan([fire, mark], local(1, 8, 0, 1))
    assert [one.event_id for one in only(delivery).told] == ["m1"]
    assert delivery.next_at == local(1, 8, 0, 31)


def test_a_digest_that_only_waited_for_an_urgent_notice_goes_with_it_in_one_message() -> None:
    """The most urgent takes along the urgent one that the digest was waiting for: nothing holds the digest then."""
    old, urgent = notice("m1", local(1, 7)), notice("m2", local(1, 8, 0, 20), urgent=True, code="2")
    fire = notice("m3", local(1, 8, 0, 40), urgency="hỏa tốc", code="3")
    assert plan([old, urgent], local(1, 8, 0, 40)).next_at == local(1, 8, 0, 50)
    delivery = plan([old, urgent, fire], local(1, 8, 0, 40))
    batch = only(delivery)
    assert (len(batch.told), batch.digest_day, delivery.next_at) == (3, date(2026, 7, 1), None)


def test_a_higher_level_mutes_a_lower_one_of_the_same_task_only() -> None:
    day = notice("c1.remind.0w", local(1, 8), REMINDED, planned=local(1))
    first = notice("c1.level.1", local(1, 8), ESCALATED, level=1, urgent=True)
    second = notice("c1.level.2", local(1, 8), ESCALATED, level=2, urgent=True, copied=True)
    other = notice("c1.level.1", local(1, 8), ESCALATED, level=1, urgent=True, code="2")
    batch = only(plan([day, first, second, other], local(1, 9)))
    assert [(one.code, one.level) for one in batch.told] == [("1.1", 2), ("2", 1)]
    assert {one.event_id for one in batch.muted} == {"c1.remind.0w", "c1.level.1"}


def test_decisions_are_told_beside_an_escalation_and_each_question_stands_alone() -> None:
    kinds = [
        notice("m1", local(1, 8), EventKind.DEADLINE_AMENDED, urgent=True),
        notice("c1.level.1", local(1, 8), ESCALATED, level=1, urgent=True),
        notice("q1", local(1, 8), EventKind.QUESTION_PRESSED, question="extension.1"),
        notice("q2", local(1, 8), EventKind.QUESTION_PRESSED, question="obstacle.2"),
        notice("q3", local(1, 8), EventKind.EXTENSION_REQUESTED, question="extension.1", urgent=True),
    ]
    batch = only(plan(kinds, local(1, 9)))
    assert {one.event_id for one in batch.muted} == {"q3"}


def test_an_outage_ends_in_one_message_with_the_newest_form() -> None:
    reminders = [
        notice(f"c1.remind.{n}", local(day), REMINDED, planned=local(day))
        for n, day in (("-3w", 1), ("-1w", 2), ("0w", 3))
    ]
    batch = only(plan(reminders, local(3, 15)))
    assert [one.event_id for one in batch.told] == ["c1.remind.0w"]
    assert len(batch.muted) == 2


def test_500_tasks_of_one_head_are_one_message_and_129_heads_get_129() -> None:
    one = [
        notice("c1.level.1", local(1, 8), ESCALATED, urgent=True, level=1, code=str(i)) for i in range(500)
    ]
    assert len(only(plan(one, local(1, 8, 5))).told) == 500
    many = [
        notice("c1.level.1", local(1, 8), ESCALATED, urgent=True, person=f"p{i % 129}", code=str(i))
        for i in range(1290)
    ]
    assert len(plan(many, local(1, 8, 5)).batches) == 129


def test_a_message_waits_for_what_is_still_on_its_way_to_its_reader_but_not_for_ever() -> None:
    climbs = [
        notice("c1.level.1", local(1, 8, 0, 4), ESCALATED, urgent=True, level=1, person=person)
        for person in ("head", "other")
    ]
    more = frozenset({"head"})
    at_first = plan(climbs, local(1, 8, 0, 34), coming=more)
    assert [batch.person for batch in at_first.batches] == ["other"]
    assert at_first.next_at == local(1, 8, 1, 4)
    assert plan(climbs[:1], local(1, 8, 5), coming=more).next_at == local(1, 8, 5, 4)
    assert only(plan(climbs[:1], local(1, 8, 5, 4), coming=more)).person == "head"


def test_the_digest_waits_for_what_is_still_on_its_way_too() -> None:
    old, more = notice("m1", local(1, 16)), frozenset({"head"})
    assert plan([old], local(2, 8, 0, 30), coming=more).next_at == local(2, 8, 1)
    assert only(plan([old], local(2, 8, 5), coming=more)).digest_day == date(2026, 7, 2)


def test_what_is_on_its_way_puts_nothing_off_until_the_next_morning() -> None:
    closes = local(1, *divmod(POLICY.quiet_from.hour * 60 + POLICY.quiet_from.minute, 60))
    late = notice("c1.level.1", closes - timedelta(seconds=45), ESCALATED, urgent=True, level=1)
    assert only(plan([late], closes - timedelta(seconds=10), coming=frozenset({"head"}))).person == "head"


def test_what_holds_no_more_lapses() -> None:
    waiting = [notice("m1", local(1, 9), urgent=True), notice("m2", local(1, 9))]
    delivery = plan_delivery(
        waiting, local(1, 9), POLICY, CALENDAR, {}, holds=lambda one: one.event_id != "m1"
    )
    assert [one.event_id for one in delivery.lapsed] == ["m1"]
    assert delivery.next_at == local(2, 8, 0, 30)


policies = st.builds(
    DeliveryPolicy,
    digest_at=st.times(),
    quiet_from=st.times(),
    quiet_until=st.times(),
    gather_seconds=st.integers(0, 600),
    gather_at_most_seconds=st.integers(0, 1200),
)


at_any_time = st.integers(0, 5 * 86400)
around_eight = st.integers(8 * 3600 - 60, 8 * 3600 + 360)
"""Seconds of the first day: what comes while a digest is gathered meets it."""


@st.composite
def arriving(draw: st.DrawFn) -> list[Notice]:
    start = local(1, 0, 0)
    seconds = draw(st.sampled_from([at_any_time, around_eight, at_any_time | around_eight]))
    found = []
    for i in range(draw(st.integers(1, 14))):
        at = start + timedelta(seconds=draw(seconds))
        kind = draw(st.sampled_from([REMINDED, ESCALATED, EventKind.COMMITTED, EventKind.QUESTION_PRESSED]))
        found.append(
            notice(
                f"m{i}",
                at + timedelta(seconds=draw(st.sampled_from([0, 3, 7200]))),
                kind,
                planned=at if kind is not EventKind.COMMITTED else None,
                urgent=kind is ESCALATED or draw(st.booleans()),
                level=draw(st.integers(0, 3)),
                code=draw(st.sampled_from("12")),
                person=draw(st.sampled_from(["a", "b"])),
                question="extension.1" if kind is EventKind.QUESTION_PRESSED else "",
                urgency=draw(st.sampled_from(["", "", "", "hỏa tốc"])),
            )
        )
    return sorted(found, key=lambda one: one.written)


@settings(max_examples=200)
@given(
    arriving(),
    st.one_of(st.just(POLICY), policies),
    st.sets(st.integers(0, 13)),
    st.frozensets(st.sampled_from("ab")),
)
def test_every_notice_ends_once_and_never_at_a_wrong_time(
    notices: list[Notice], policy: DeliveryPolicy, gone: set[int], pressed_on: frozenset[str]
) -> None:
    """Delivery as it lives: called at each writing and at each `next_at`, until nothing waits."""
    ends: dict[str, str] = {}
    digests: dict[str, list[date]] = {}
    waiting: list[Notice] = []
    coming = list(notices)
    dead = {f"m{i}" for i in gone}
    next_at: datetime | None = None
    for _ in range(20_000):  # each of fourteen may be waited for a second at a time, for twenty minutes
        soonest = [one for one in (coming[0].written if coming else None, next_at) if one]
        if not soonest:
            break
        now = min(soonest)
        while coming and coming[0].written <= now:
            waiting.append(coming.pop(0))
        last = {person: days[-1] for person, days in digests.items()}
        delivery = plan_delivery(
            waiting, now, policy, CALENDAR, last, lambda one: one.event_id not in dead, pressed_on
        )
        for batch in delivery.batches:
            fire = {one.urgency for one in (*batch.told, *batch.muted)} == {"hỏa tốc"}
            assert is_open(now, policy, CALENDAR) or fire
            if all(not one.urgent and not one.urgency for one in (*batch.told, *batch.muted)):
                assert batch.digest_day, "an ordinary message is a digest"
            if batch.digest_day:
                days = digests.setdefault(batch.person, [])
                assert batch.digest_day not in days
                assert local_day(now) == local_day(digest_instant(batch.digest_day, policy, CALENDAR))
                days.append(batch.digest_day)
        told = [one for batch in delivery.batches for one in batch.told]
        muted = [one for batch in delivery.batches for one in batch.muted]
        for end, group in (("sent", told), ("muted", muted), ("lapsed", delivery.lapsed)):
            for one in group:
                assert one.id not in ends
                ends[one.id] = end
        waiting = [one for one in waiting if one.id not in ends]
        next_at = delivery.next_at
        assert (next_at is not None) == bool(waiting), "what waits is looked at again"
        assert next_at is None or next_at > now
        if next_at and next_at - now > timedelta(seconds=2) and not pressed_on:
            early = plan_delivery(waiting, now + (next_at - now) / 2, policy, CALENDAR, last)
            assert not early.batches, "nothing is ready before next_at"
    assert set(ends) == {one.id for one in notices}


@settings(max_examples=300)
@given(arriving(), st.one_of(st.just(POLICY), policies))
def test_nothing_is_missed_where_nobody_calls_delivery_before_a_notice_wakes_it(
    notices: list[Notice], policy: DeliveryPolicy
) -> None:
    """Neither a notice by itself nor one beside what waits already."""
    *before, fresh = notices
    asleep = plan_delivery(before, fresh.written, policy, CALENDAR, {})
    gone = {one.id for batch in asleep.batches for one in (*batch.told, *batch.muted)}
    wakes = wakes_at(told(fresh), policy, CALENDAR, fresh.urgency)
    rest = [one for one in before if one.id not in gone]
    seen = plan_delivery([*rest, fresh], fresh.written, policy, CALENDAR, {})
    ready = fresh.written if seen.batches else seen.next_at
    assert ready is not None
    assert ready >= min(wakes, asleep.next_at or wakes)


def told(one: Notice) -> Event:
    """What a notice tells of, as its record has it."""
    return one.event.model_copy(update={"planned": one.planned, "at": one.written, "urgent": one.urgent})


@pytest.mark.parametrize(
    ("written", "urgent", "wakes"),
    [
        (local(1, 9), False, local(2, 8, 0, 30)),
        (local(3, 9), False, local(6, 8, 0, 30)),
        (local(1, 8), False, local(1, 8, 0, 30)),
        (local(1, 9), True, local(1, 9, 0, 30)),
    ],
)
def test_delivery_is_woken_when_a_notice_may_go_and_not_before(
    written: datetime, urgent: bool, wakes: datetime
) -> None:
    one = notice("m1", written, urgent=urgent)
    assert wakes_at(told(one), POLICY, CALENDAR, "") == wakes
    assert plan([one], written).next_at == wakes
