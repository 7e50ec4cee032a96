"""What a marker and a moment mean together: the table of domain.md §2, one row a relation."""

from datetime import date, timedelta

from directive.phrases.feasts import before_feast
from directive.phrases.finding import Finding, Need
from directive.phrases.markers import Marker
from directive.phrases.moment import Moment, Scene, next_year, period
from directive.phrases.reading import Expected, Kind, Offer, Period

# What must stand around a deadline of this relation: see `Finding.need`.
NEEDS: dict[str, Need] = {
    "by": "nothing",
    "before": "nothing",
    "before_end": "nothing",
    "label": "nothing",
    "now": "nothing",
    "now_until": "nothing",
    "now_before": "nothing",
    "until_end": "verb",
    "until": "verb",
    "end": "verb",
    "within": "verb",
    "at": "deed",
    "done": "nothing",
    "": "cell",
}
ONE_DAY = timedelta(days=1)


def compose(scene: Scene, start: int, marker: Marker | None, moment: Moment) -> Finding | None:
    """The finding for a moment after its marker (None: it stands alone)."""
    relation = marker.relation if marker else ""
    need: Need = "nothing" if marker and marker.done else NEEDS[relation]
    if moment.grain == "programme" or (moment.grain == "year" and relation in ("until", "at")):
        # «đến năm 2030» names the horizon of a programme, «đến hết năm 2026» a deadline.
        whole = period(moment.first, moment.last)
        return Finding(
            start, moment.end, Kind.NOT_DEADLINE, None, (whole,), "not_deadline", grain="programme"
        )
    if moment.grain == "feast" and (relation != "before" or moment.error):
        return None
    if moment.error:
        finding = Finding(
            start, moment.end, Kind.INVALID, None, moment.offers, "by_day", moment.error, need, relation
        )
        finding.grain = moment.grain
        return finding
    meant, offers, rule = _meaning(scene, relation, moment)
    kind = Kind.PERIOD if isinstance(meant, Period) else Kind.INSTANT
    finding = Finding(start, moment.end, kind, meant, offers, rule, "", need, relation, grain=moment.grain)
    if moment.grain == "range" and not relation and moment.first >= scene.issued:
        finding.need = "verb"
    if moment.grain == "point" and not relation:
        finding.need = "deed"
    if relation == "done" and not moment.qualified:
        finding.need = "cell"
    if relation == "done" and moment.grain == "half":
        finding.need = "cell"
    return _past(scene, moment, finding)


def _meaning(scene: Scene, relation: str, moment: Moment) -> tuple[Expected, tuple[Offer, ...], str]:
    if moment.grain == "feast":
        day, other = before_feast(scene, moment)
        return day, (other,) if other != day else (), "before_feast"
    if moment.at is not None:
        return moment.at, moment.offers, "clock"
    if moment.grain in ("day", "point"):
        return _of_day(scene, relation, moment)
    return _of_period(scene, relation, moment)


def _of_day(scene: Scene, relation: str, moment: Moment) -> tuple[Expected, tuple[Offer, ...], str]:
    day, eve, issued = moment.first, moment.first - ONE_DAY, scene.issued
    rule = moment.rule or "by_day"
    match relation:
        case "before":
            chosen, other = (day, eve) if scene.inclusive else (eve, day)
            return chosen, (other,), "before_day"
        case "until":
            return day, (eve,), "until_day"
        case "now":
            return period(issued, day), (), "from_now"
        case "now_until":
            return period(issued, day), (period(issued, eve),), "from_now"
        case "now_before":
            chosen, other = (day, eve) if scene.inclusive else (eve, day)
            return period(issued, chosen), (period(issued, other),), "from_now"
        case _:
            offers: tuple[Offer, ...] = moment.offers
            if (
                moment.grain == "day"
                and scene.calendar.is_holiday(day)
                and not scene.calendar.is_working_day(day)
            ):
                offers = (*offers, scene.calendar.roll_forward(day))
            return day, offers, rule


def _of_period(scene: Scene, relation: str, moment: Moment) -> tuple[Expected, tuple[Offer, ...], str]:
    first, last, issued = moment.first, moment.last, scene.issued
    match relation:
        case "before" | "now_before":
            eve = first - ONE_DAY
            return (
                (eve, (), "before_period") if relation == "before" else (period(issued, eve), (), "from_now")
            )
        case "before_end":
            return last, (last - ONE_DAY,), "end_of_period"
        case "until_end":
            return last, (period(issued, last),), "end_of_period"
        case "until":
            return last, (first - ONE_DAY,), "end_of_period"
        case "end" | "by":
            return last, (), "end_of_period"
        case "now" | "now_until":
            return period(issued, last), (), "from_now"
        case _:
            return period(first, last), moment.offers, "period"


def _past(scene: Scene, moment: Moment, finding: Finding) -> Finding:
    """Before the document's date: asked, with the same day of the next year where no year was written."""
    meant = finding.expected
    due = meant.end if isinstance(meant, Period) else moment.first if moment.at else meant
    if not isinstance(due, date) or due >= scene.issued:
        return finding
    finding.past = True
    finding.kind, finding.expected, finding.reason = Kind.INVALID, None, "past_date_needs_confirmation"
    if moment.at:
        finding.alternatives = (moment.at,)
    elif isinstance(meant, Period):
        later = period(next_year(meant.start), next_year(meant.end))
        finding.alternatives = (meant, later) if moment.yearless else (meant,)
    elif moment.first >= scene.issued:
        finding.alternatives = (due, moment.first)
    else:
        finding.alternatives = (due, next_year(due)) if moment.yearless else (due,)
    return finding
