"""The ledger of suspensions in words: each span with who decided it and why, and what is left of the deadline."""

from collections.abc import Iterator

from desk import words
from desk.language import text
from directive.calendar import WorkCalendar
from directive.remaining import Remaining, stands_since
from directive.span import Span
from directive.stopped import stood_days
from directive.task import Facts, State

HOUR = 60


def lines(
    facts: Facts, calendar: WorkCalendar, left: Remaining | None, names: words.Names
) -> Iterator[tuple[str, str]]:
    """Lines of `show` as (name, words). `calendar` is the one the policy counts by; `left` is counted now."""
    for span in facts.spans:
        yield text("tạm dừng", "suspended"), _span(span, facts, calendar, names)
    if left is not None and (stands_since(facts) or left.minutes is not None):
        yield text("còn lại", "left"), _left(left, facts)


def _span(span: Span, facts: Facts, calendar: WorkCalendar, names: words.Names) -> str:
    said = f"{words.moment(span.since)} – "
    if span.until:
        days = stood_days(span, calendar)
        said += words.moment(span.until)
        said += text(f" ({days} ngày làm việc)", f" ({days} working days)")
    elif facts.state is State.SUSPENDED and span.ends:
        said += text(f"xem lại {words.day(span.ends)}", f"reviewed on {words.day(span.ends)}")
    else:
        said += text("xem lại theo quy trình", "reviewed as the policy says")
    if span.by:
        who = names(span.by)
        if span.on_behalf_of:
            who += f" ({text('thay', 'for')} {names(span.on_behalf_of)})"
        said += text(f", {who} quyết định", f", decided by {who}")
    return f"{said}: «{span.reason}»" if span.reason else said


def _left(left: Remaining, facts: Facts) -> str:
    said = text(f"{left.days} ngày làm việc", f"{left.days} working days")
    if left.minutes is not None:
        hours, minutes = divmod(left.minutes, HOUR)
        said = text(f"{hours} giờ {minutes} phút làm việc", f"{hours} h {minutes} min of working time")
    if stands_since(facts):
        since = words.moment(left.at)
        said += text(f", đồng hồ đứng từ {since}", f", the clock stands since {since}")
    return said
