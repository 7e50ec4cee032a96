"""Days and instants as offices write them: 30/6/2026, 01/7/2026, "08 giờ 00 ngày 01/7/2026"; 30 June 2026.

In Vietnamese a day below 10 and the months 1 and 2 take a leading zero (Nghị định 30/2020/NĐ-CP, Phụ lục I).
"""

from datetime import date, datetime, timedelta

from babel.dates import format_date

from directive.due import OFFICE_ZONE, Due, end_of_day, local_day
from notices.words import Language, Words


def day_words(day: date, language: Language) -> str:
    """A local day."""
    if language == "en":
        return format_date(day, "d MMMM y", locale="en")
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"


def instant_words(instant: datetime, language: Language) -> str:
    """An instant, in the office's local time, to the minute."""
    local = instant.astimezone(OFFICE_ZONE)
    day = day_words(local.date(), language)
    return f"{local:%H:%M} on {day}" if language == "en" else f"{local:%H} giờ {local:%M} ngày {day}"


def due_words(due: Due, language: Language) -> str:
    """A deadline: its day where it means the whole day, else its instant."""
    whole_day = due.instant == end_of_day(due.day)
    return day_words(due.day, language) if whole_day else instant_words(due.instant, language)


def before_due(due: Due, words: Words) -> str:
    """Until when: "before the end of 30 June", or before an instant."""
    return before_instant(due.instant, words)


def before_instant(instant: datetime, words: Words) -> str:
    """Before an instant; 24:00 is called the end of its day."""
    day = local_day(instant - timedelta(seconds=1))
    if instant == end_of_day(day):
        return words.say("labels.until_day", day=day_words(day, words.language))
    return words.say("labels.until_instant", instant=instant_words(instant, words.language))


def day_of(text: str, language: Language) -> str:
    """A day that an event's detail holds as ISO text; what is none stays as it is."""
    try:
        return day_words(date.fromisoformat(text), language)
    except ValueError:
        return text
