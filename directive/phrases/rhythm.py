"""From the parts of a rhythm to its RRULE, its first date, and the readings to offer."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from directive.phrases.finding import Finding
from directive.phrases.moment import Scene, clock_on, last_of_month, make_day
from directive.phrases.reading import Kind, Offer, Recurrence
from directive.regex import regex

if TYPE_CHECKING:
    from directive.phrases.recurring import Parts

ENOUGH = 4
"""A reading shows the next two dates; a working day or weekday near an edge may need two more to choose from."""
NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
YEARLY = regex(r"FREQ=YEARLY;BYMONTH=([\d,]+);BYMONTHDAY=(-?\d+)$")


class Rhythm:
    """One rhythm of one text. A day that a month lacks is its last day (Bộ luật Dân sự 2015, Điều 148.3)."""

    def __init__(self, scene: Scene, parts: "Parts") -> None:
        self.scene, self.parts = scene, parts

    def findings(self, start: int, end: int) -> Iterator[Finding]:
        """Usually one; several where the days of a year differ; none where the words are no rhythm."""
        parts = self.parts
        unit = "quy" if parts.unit == "qui" else parts.unit
        if any(not 1 <= day <= 31 for day in parts.days) or any(
            make_day(2028, m, d)[1] for d, m in parts.dated
        ):
            yield Finding(start, end, Kind.INVALID, None, rule="every", reason="day_out_of_range")
        elif parts.dated and unit in ("nam", "thang", "quy"):
            yield from self._yearly(start, end)
        elif parts.weekdays and (unit == "tuan" or (unit == "ngay" and not parts.days)):
            yield self._weekly(start, end)
        elif unit == "ngay":
            yield self._daily(start, end)
        elif unit == "tuan":
            yield self._weekly_edge(start, end)
        elif unit == "nam":
            yield self._bare(start, end, f"FREQ=YEARLY{self._every(1)}", [12], "every_year")
        elif unit == "quy":
            yield self._quarterly(start, end)
        else:
            yield self._monthly(start, end)

    def _every(self, step: int) -> str:
        interval = self.parts.count * step
        return f";INTERVAL={interval}" if interval > 1 else ""

    def _finding(self, start: int, end: int, rule: str, steps: list[tuple[str, list[date]]]) -> Finding:
        """`steps`: the reading first, then its alternative; each an RRULE with its first two dates."""
        clock = self.parts.clock
        suffix = f";BYHOUR={clock[0]};BYMINUTE={clock[1]}" if clock else ""
        made: list[Recurrence] = []
        for rrule, dates in steps:
            nexts: list[date | datetime] = [clock_on(day, *clock) if clock else day for day in dates[:2]]
            made.append(Recurrence(rrule=rrule + suffix, next=nexts[0]))
            if dates[0] == self.scene.issued and len(steps) == 1:
                made.append(Recurrence(next=nexts[1]))
        if self.scene.inclusive and len(made) > 1 and made[1].rrule:
            made.reverse()
        offers: tuple[Offer, ...] = tuple(made[1:])
        return Finding(start, end, Kind.RECURRING, made[0], offers, rule)

    def _bare(self, start: int, end: int, rrule: str, months: list[int] | None, rule: str) -> Finding:
        """A part is missing: the rhythm is known, its day is to be asked; the end of the period is offered."""
        names = f";BYMONTH={','.join(map(str, months))}" if months else ""
        freq = "YEARLY" if months else "MONTHLY"
        following = self._dates(months, [-1])[0]
        offer = Recurrence(rrule=f"FREQ={freq}{names};BYMONTHDAY=-1", next=following)
        return Finding(start, end, Kind.RECURRING, Recurrence(rrule=rrule), (offer,), rule, need="cell")

    def _daily(self, start: int, end: int) -> Finding:
        today = self.scene.issued
        dates = [today, today + timedelta(days=1)]
        finding = self._finding(start, end, "every_day", [(f"FREQ=DAILY{self._every(1)}", dates)])
        finding.need = "nothing" if self.parts.clock else "cell"
        return finding

    def _weekly(self, start: int, end: int) -> Finding:
        parts = self.parts
        given = sorted(set(parts.weekdays))
        steps = [self._week_step(given)]
        if parts.before and not parts.clock:
            steps.insert(0, self._week_step(sorted({(day - 1) % 7 for day in given})))
        elif parts.clock is None and re.search(r"chieu|sang", parts.words):
            hours = self.scene.calendar.hours
            at = hours.afternoon_end if "chieu" in parts.words else hours.morning_end
            parts.clock = (at.hour, at.minute)
        return self._finding(start, end, "every_week", steps)

    def _week_step(self, days: list[int]) -> tuple[str, list[date]]:
        week = 7 * self.parts.count
        ahead = sorted((day - self.scene.issued.weekday()) % 7 for day in days)
        dates = [self.scene.issued + timedelta(days=n) for n in (*ahead, ahead[0] + week)]
        return f"FREQ=WEEKLY{self._every(1)};BYDAY={','.join(NAMES[day] for day in days)}", dates

    def _weekly_edge(self, start: int, end: int) -> Finding:
        parts = self.parts
        if parts.edge:
            parts.weekdays = [0 if parts.edge == "dau" else 4]
            return self._weekly(start, end)
        rrule, dates = self._week_step([4])
        offer = Recurrence(rrule=rrule, next=dates[0])
        missing = Recurrence(rrule=f"FREQ=WEEKLY{self._every(1)}")
        return Finding(start, end, Kind.RECURRING, missing, (offer,), "every_week", need="cell")

    def _monthly(self, start: int, end: int) -> Finding:
        parts = self.parts
        if parts.count == 6 and (parts.days or parts.edge):
            return self._in_months(start, end, [6, 12])
        if parts.working and parts.edge:
            return self._working(start, end, None, f"FREQ=MONTHLY{self._every(1)}")
        if parts.days or parts.edge:
            return self._in_months(start, end, None)
        if parts.weekdays:
            nth = re.search(r"(dau tien|cuoi cung)", parts.words)
            return self._nth_weekday(start, end, nth[1] == "dau tien") if nth else self._weekly(start, end)
        months = [6, 12] if parts.count == 6 else None
        return self._bare(start, end, f"FREQ=MONTHLY{self._every(1)}", months, "every_month")

    def _nth_weekday(self, start: int, end: int, first: bool) -> Finding:
        """«thứ Hai đầu tiên hằng tháng»."""
        weekday = self.parts.weekdays[0]
        edges = (
            [self.scene.issued.replace(day=1), *self._dates(None, [1])] if first else self._dates(None, [-1])
        )
        turn = [
            timedelta(days=(weekday - d.weekday()) % 7 if first else -((d.weekday() - weekday) % 7))
            for d in edges
        ]
        dates = [d + by for d, by in zip(edges, turn, strict=True) if d + by >= self.scene.issued]
        name = f"{'1' if first else '-1'}{NAMES[weekday]}"
        return self._finding(start, end, "every_month", [(f"FREQ=MONTHLY;BYDAY={name}", dates)])

    def _quarterly(self, start: int, end: int) -> Finding:
        parts = self.parts
        months = [1, 4, 7, 10] if (parts.quarter_month or parts.edge) == "dau" else [3, 6, 9, 12]
        if parts.working and parts.edge:
            return self._working(start, end, months, f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))}")
        if parts.edge or (parts.days and parts.quarter_month):
            return self._in_months(start, end, months)
        finding = self._bare(start, end, f"FREQ=MONTHLY{self._every(3)}", [3, 6, 9, 12], "every_quarter")
        if parts.days:
            known = self._in_months(start, end, months)
            finding.alternatives = tuple(
                o for o in (known.expected, *known.alternatives) if isinstance(o, Recurrence)
            )
        return finding

    def _in_months(self, start: int, end: int, months: list[int] | None) -> Finding:
        parts = self.parts
        days = parts.days or [1 if parts.edge == "dau" else -1]
        steps = [self._month_step(months, days)]
        if parts.before and not parts.clock:
            earlier = [day - 1 if day > 1 else -1 for day in days]
            shifted = months
            if months and days[0] == 1:
                shifted = sorted((month - 2) % 12 + 1 for month in months)
                lengths = {last_of_month(2027, month).day for month in shifted}
                earlier = [lengths.pop() if len(lengths) == 1 and 2 not in shifted else -1]
            steps.insert(0, self._month_step(shifted, earlier))
        return self._finding(start, end, "every_quarter" if months else "every_month", steps)

    def _month_step(self, months: list[int] | None, days: list[int]) -> tuple[str, list[date]]:
        short = months is None or any(make_day(2027, month, 31)[1] for month in months)
        kept = sorted(
            {-1 if day == 31 and short else day for day in days}, key=lambda day: day if day > 0 else 32
        )
        by_day = ",".join(map(str, kept))
        if months is None:
            rrule = f"FREQ=MONTHLY{self._every(1)};BYMONTHDAY={by_day}"
        else:
            rrule = f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};BYMONTHDAY={by_day}"
        return rrule, self._dates(months, kept)

    def _dates(self, months: list[int] | None, days: list[int]) -> list[date]:
        """The first dates on or after the document's, over two years."""
        issued, found = self.scene.issued, []
        for n in range(26):
            year, month = issued.year + (issued.month - 1 + n) // 12, (issued.month - 1 + n) % 12 + 1
            if months and month not in months:
                continue
            last = last_of_month(year, month)
            month_days = [last if day < 0 else last.replace(day=min(day, last.day)) for day in days]
            found += [day for day in month_days if day >= issued]
            if len(found) >= ENOUGH:
                break
        return found

    def _working(self, start: int, end: int, months: list[int] | None, rrule: str) -> Finding:
        calendar, first = self.scene.calendar, self.parts.edge == "dau"
        days = self._dates(months, [1 if first else -1])
        this = self.scene.issued.replace(day=1)
        if first and (months is None or this.month in months):
            days.insert(0, this)
        rolled = [calendar.roll_forward(day) if first else calendar.roll_back(day) for day in days]
        dates = [day for day in rolled if day >= self.scene.issued]
        full = f"{rrule};BYDAY=MO,TU,WE,TH,FR;BYSETPOS={'1' if first else '-1'}"
        return self._finding(start, end, "every_month_working", [(full, dates)])

    def _yearly(self, start: int, end: int) -> Iterator[Finding]:
        groups: dict[int, list[int]] = {}
        for day, month in self.parts.dated:
            groups.setdefault(day, []).append(month)
        for day, months in groups.items():
            finding = replace(self._on(start, end, day, sorted(set(months))), rule="every_year")
            yield finding

    def _on(self, start: int, end: int, day: int, months: list[int]) -> Finding:
        self.parts.days = [day]
        return self._in_months(start, end, months)

    @staticmethod
    def join_years(found: list[Finding]) -> Finding | None:
        """One yearly rhythm out of several that name the same day, else None."""
        first = found[0]
        layers: list[Recurrence] = []
        for layer in range(1 + min(len(f.alternatives) for f in found)):
            each = [f.expected if layer == 0 else f.alternatives[layer - 1] for f in found]
            matches = [YEARLY.match(r.rrule or "") if isinstance(r, Recurrence) else None for r in each]
            if not all(matches) or len({m[2] for m in matches if m}) != 1:
                return None
            months = sorted({int(n) for m in matches if m for n in m[1].split(",")})
            nexts = [r.next for r in each if isinstance(r, Recurrence) and r.next is not None]
            day = matches[0][2] if matches[0] else ""
            rrule = f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};BYMONTHDAY={day}"
            layers.append(Recurrence(rrule=rrule, next=min(nexts)))
        return Finding(first.start, found[-1].end, Kind.RECURRING, layers[0], tuple(layers[1:]), "every_year")
