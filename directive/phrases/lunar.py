"""The Vietnamese lunar calendar (UTC+7), for phrases such as «mùng 10 tháng 3 âm lịch» and Tết.

Jean Meeus' formulas for new moons and the sun's longitude, as Hồ Ngọc Đức applies them to the calendar
(https://www.informatik.uni-leipzig.de/~duc/amlich/): a month begins on the local day of its new moon, the
eleventh month holds the winter solstice, and the first month without a major term is the leap month.
"""

from datetime import date
from functools import lru_cache
from math import pi, sin

ZONE_DAYS = 7 / 24
EPOCH = date(2000, 1, 1).toordinal() - 2451545


def _new_moon(k: int) -> int:
    t = k / 1236.85
    rad = pi / 180
    jd = 2415020.75933 + 29.53058868 * k + 0.0001178 * t**2 - 0.000000155 * t**3
    jd += 0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t**2) * rad)
    m = (359.2242 + 29.10535608 * k - 0.0000333 * t**2 - 0.00000347 * t**3) * rad
    mp = (306.0253 + 385.81691806 * k + 0.0107306 * t**2 + 0.00001236 * t**3) * rad
    f = (21.2964 + 390.67050646 * k - 0.0016528 * t**2 - 0.00000239 * t**3) * rad
    c = (0.1734 - 0.000393 * t) * sin(m) + 0.0021 * sin(2 * m) - 0.4068 * sin(mp) + 0.0161 * sin(2 * mp)
    c += -0.0004 * sin(3 * mp) + 0.0104 * sin(2 * f) - 0.0051 * sin(m + mp) - 0.0074 * sin(m - mp)
    c += 0.0004 * sin(2 * f + m) - 0.0004 * sin(2 * f - m) - 0.0006 * sin(2 * f + mp)
    c += 0.0010 * sin(2 * f - mp) + 0.0005 * sin(2 * mp + m)
    delta = -0.000278 + 0.000265 * t + 0.000262 * t**2
    return int(jd + c - delta + 0.5 + ZONE_DAYS)


def _sun_sector(day_number: int) -> int:
    t = (day_number - 2451545.5 - ZONE_DAYS) / 36525
    rad = pi / 180
    m = (357.5291 + 35999.0503 * t - 0.0001559 * t**2 - 0.00000048 * t**3) * rad
    longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    longitude += (1.9146 - 0.004817 * t - 0.000014 * t**2) * sin(m)
    longitude += (0.019993 - 0.000101 * t) * sin(2 * m) + 0.00029 * sin(3 * m)
    return int((longitude * rad % (2 * pi)) / pi * 6)


def _eleventh_month(year: int) -> int:
    off = date(year, 12, 31).toordinal() - EPOCH - 2415021
    k = int(off / 29.530588853)
    found = _new_moon(k)
    return _new_moon(k - 1) if _sun_sector(found) >= 9 else found


@lru_cache(maxsize=64)
def _months(year: int) -> tuple[tuple[int, int], ...]:
    """(lunar month, day number of its first day) from the 11th month before `year` on; leap months left out."""
    start, end = _eleventh_month(year - 1), _eleventh_month(year)
    k = int(0.5 + (start - 2415021.076998695) / 29.530588853)
    firsts = [_new_moon(k + i) for i in range(15)]
    leap = 0
    if end - start > 365:
        sectors = [_sun_sector(first) for first in firsts]
        leap = next(i for i in range(1, 14) if sectors[i] == sectors[i + 1])
    months = [first for i, first in enumerate(firsts) if not leap or i != leap]
    return tuple(((10 + i) % 12 + 1, first) for i, first in enumerate(months))


def solar(day: int, month: int, lunar_year: int) -> date:
    """The solar date of a lunar day in the year that begins with that Tết; leap months are not named."""
    rows = _months(lunar_year) if month < 11 else _months(lunar_year + 1)
    first = next(number for name, number in (rows[2:] if month < 11 else rows) if name == month)
    return date.fromordinal(first + day - 1 + EPOCH)


def tet(year: int) -> date:
    """The first day of the lunar year that begins in this solar year."""
    return solar(1, 1, year)
