"""Counted periods: «trong 05 ngày làm việc kể từ ngày nhận được Công văn này» (Bộ luật Dân sự 2015, Điều 147–148)."""

import re
import unicodedata
from datetime import date

from dateutil.relativedelta import relativedelta

from directive.phrases.anchor import counted_day
from directive.phrases.days import read_day
from directive.phrases.finding import Finding, Need
from directive.phrases.moment import Scene
from directive.phrases.numbers import WORDS, either, value
from directive.phrases.reading import Anchor, Direction, Kind, Unit
from directive.phrases.spans import read_whole
from directive.regex import regex

UNITS: dict[str, Unit] = {
    "ngay": "day",
    "tuan": "week",
    "thang": "month",
    "quy": "quarter",
    "nam": "year",
    "gio": "hour",
    "h": "hour",
}
COUNT = (
    rf"(?:(?P<n>\d{{1,3}}|nua|{either(WORDS)})(?:\s*\(\s*[a-z~\d ]{{1,24}}\))?\s*"
    r"(?P<u>ngay|tuan|thang|quy|nam|gio|h)(?P<w>\s+lam\s+viec|\s+hanh\s+chinh)?(?:\s+lich)?(?![\w~/]))"
)
LEAD = (
    r"(?:(?:cham\s+nhat|muon\s+nhat|khong\s+qua|khong\s+muon\s+hon|toi\s+(?:da|~~))\s+(?:la\s+|trong\s+(?:vong\s+)?|sau\s+)?"
    r"|(?:ngay\s+)?(?:noi\s+)?trong\s+(?:vong\s+|thoi\s+(?:han|gian)\s+)?(?:khong\s+qua\s+|toi\s+(?:da|~~)\s+)?"
    r"|(?:thoi\s+)?han\s*(?:la|:)?\s*|(?:thoi\s+gian|(?:thoi\s+)?han)(?:\s+(?:thuc\s+hien|hoan\s+thanh|giai\s+quyet|xu\s+ly|tham\s+dinh))?"
    r"\s*(?:la|:|khong\s+qua|toi\s+(?:da|~~))\s*|sau\s+|truoc\s+)"
)
COUNTED = regex(rf"(?P<lead>{LEAD})?{COUNT}")
# «6 tháng đầu năm», «15 tháng 6», «5 năm qua», «02 lần/tuần» count something else.
NOT_A_COUNT = regex(
    r"\s*(?:dau|cuoi)\s+nam|\s*\d|\s*(?:qua|gan\s+day|vua\s+qua|tro\s+(?:len|lai)|lien\s+tiep|lien\s+tuc|cuoi|dau"
    r"|mot\s+lan|\(\s*\d{4}|thuc\s+hien|trien\s+khai|hoat\s+dong|thi\s+hanh)(?!\w)|\s*nam\s*\d|\s*-\s*\d"
)
HOUR_OF_DAY = regex(r"\s*,?\s*(?:sang|trua|chieu|toi|dem|ngay\s*\d|thu\s|hom\s|cung\s)")
LINK = regex(
    r"\s*,?\s*\(?\s*(?:(?P<after>(?:tinh\s+)?ke\s+tu|tinh\s+tu|tu|sau)|(?P<before>truoc|so\s+voi|tinh\s+den))\s+"
    r"(?P<when>(?:sau\s+)?(?:ngay|khi|luc|thoi\s+diem)\s+)?(?=\S)"
)
THEN_MUST = regex(r"\s*,?\s*(?:[a-z~]+\s+){0,4}?phai\b")
AHEAD = regex(r"\s*(?:toi|tiep\s+theo|nua)(?!\w)")
EVENT = regex(r"[^,;.()\n:]{1,90}")
DOCUMENT = (
    r"(?:van\s+ban|cong\s+van|quyet\s+dinh|ke\s+hoach|thong\s+bao|chi\s+thi|cong\s+dien|huong\s+dan|chuong\s+trinh"
    r"|to\s+trinh|nghi\s+quyet|ket\s+luan|(?:quy|~{3})\s+che|(?:quy|~{3})\s+dinh|giay\s+(?:moi"
    r"|~~~)|phieu(?:\s+chuyen)?|de\s+nghi\s+gop\s+y)"
)
ISSUED = regex(
    rf"(?:(?:duoc\s+)?(?:ky|ban\s+hanh|phat\s+hanh)(?:\s*,?\s*(?:ky|ban\s+hanh"
    rf"|phat\s+hanh))?(?:\s+{DOCUMENT}(?:\s+nay)?)?"
    rf"|{DOCUMENT}\s+nay(?:\s+(?:duoc\s+)?(?:ky|ban\s+hanh|phat\s+hanh))?(?:\s+ban\s+hanh)?"
    rf"|ra\s+van\s+ban|nay|hom\s+nay)\s*$"
)
RECEIVED = regex(
    rf"(?:tiep\s+)?nhan(?:\s+duoc)?(?:\s+{DOCUMENT}(?:\s+(?:nay|den|chi\s+dao))?|\s+nhiem\s+vu)?\s*$"
)
RUNS_ON = regex(
    r"(?<!duoc)(?<!nhan)\s+(?:phai|can|de\s+nghi|yeu\s+cau|gui|bao\s+cao|hoan\s+thanh"
    r"|ve\s+(?:so|van\s+phong|ubnd|ban)|theo|va)\b.*$"
)
ENDED = regex(r"ket\s+thuc\s+(?P<p>quy|thang|nam)(?!\w)")
EVENT_FIRST = regex(
    rf"truoc\s+(?:ngay|khi)\s+(?P<event>[a-z~][a-z~ ]{{1,60}}?)\s+(?:it\s+nhat\s+"
    rf"|toi\s+thieu\s+)?{COUNT}"
)
SESSION = regex(r"(?:trinh|truoc)\s+(?:[a-z~]+\s+){0,6}?(?P<e>(?:ky|phien)\s+hop(?:[^,;.()\n]{0,70}))")


def read_counted(scene: Scene, pos: int) -> Finding | None:
    """A counted period at this place: a date where its anchor is dated, else what it waits for."""
    fold = scene.prose.fold
    if fold.startswith("tr", pos):
        found = EVENT_FIRST.match(fold, pos)
        if (
            found
            and not NOT_A_COUNT.match(fold, found.end())
            and not found["event"].strip().startswith("thang")
        ):
            return _waiting(
                scene, pos, found.end(), found, _named(scene, found.start("event"), found.end("event"), "")
            )
        if session := SESSION.match(fold, pos):
            return _session(scene, pos, session)
    found = COUNTED.match(fold, pos)
    if found is None or NOT_A_COUNT.match(fold, found.end()):
        return None
    if found["u"] in ("gio", "h") and HOUR_OF_DAY.match(fold, found.end()):
        return None
    lead = found["lead"] or ""
    if lead and (ahead := AHEAD.match(fold, found.end())):
        return _dated(scene, pos, ahead.end(), found, scene.issued, "counted_from_issue")
    link = LINK.match(fold, found.end())
    if link is not None and (link["when"] or link["after"] not in ("tu", "sau", None)):
        linked = _linked(scene, pos, found, link)
        if linked is None or lead or link["after"] not in ("tu", None):
            if linked is not None and not lead:
                linked.need = "cell"
            return linked
        if linked.kind is Kind.NEEDS_ANCHOR:
            linked.need = "verb"
            return linked
        return None
    if not lead or (found["u"] in ("gio", "h") and lead.startswith(("truoc", "sau"))):
        return None
    direction: Direction = "before" if lead.startswith("truoc") else "after"
    anchor = Anchor(anchor="unspecified", count=_number(found), unit=_unit(found), direction=direction)
    offers: tuple[date, ...] = ()
    if "hour" not in anchor.unit and direction == "after":
        plain, rolled = counted_day(anchor, scene.issued, scene.calendar)
        offers = (plain,) if plain == rolled else (plain, rolled)
    need: Need = "cell" if lead.startswith(("truoc", "sau")) else "verb"
    if lead.startswith("sau") and anchor.unit != "year" and THEN_MUST.match(fold, found.end()):
        need = "nothing"
    return Finding(pos, found.end(), Kind.NEEDS_ANCHOR, anchor, offers, "counted", need=need)


def _linked(scene: Scene, pos: int, found: re.Match[str], link: re.Match[str]) -> Finding | None:
    fold = scene.prose.fold
    at = link.end()
    before = link["before"] is not None
    back = at - len(link["when"] or "")
    day = read_day(scene, back) or read_day(scene, at)
    if day is not None:
        if day.error:
            return Finding(pos, day.end, Kind.INVALID, None, day.offers, "counted", reason=day.error)
        return _dated(scene, pos, day.end, found, day.first, "counted_from_day", before=before)
    event = EVENT.match(fold, at)
    if event is None:
        return None
    stop = at + len(RUNS_ON.sub("", event.group()).rstrip())
    words = fold[at:stop]
    if not before and ISSUED.match(words) and "hour" not in _unit(found):
        return _dated(scene, pos, stop, found, scene.issued, "counted_from_issue")
    if not before and RECEIVED.match(words):
        if scene.received is not None and "hour" not in _unit(found):
            return _dated(scene, pos, stop, found, scene.received, "counted_from_receipt")
        return _waiting(scene, pos, stop, found, "received", after=True)
    offers: tuple[date, ...] = ()
    if ended := ENDED.match(words):
        whole = read_whole(scene, at + ended.start("p"))
        if whole is not None and not whole.error:
            return _dated(
                scene, pos, max(stop, whole.end), found, whole.last, "counted_from_day", before=before
            )
        month = {"thang": 1, "quy": 3, "nam": 12}[ended["p"]]
        ends = scene.issued + relativedelta(months=(-scene.issued.month) % month, day=31)
        anchor = Anchor(anchor="x", count=_number(found), unit=_unit(found))
        offers = (
            (counted_day(anchor, ends, scene.calendar)[1],)
            if "hour" not in anchor.unit and not before
            else ()
        )
    finding = _waiting(scene, pos, stop, found, _named(scene, at, stop, link["when"] or ""), after=not before)
    finding.alternatives = offers
    return finding


def _number(found: re.Match[str]) -> int:
    if found["n"] == "nua":
        return 15 if found["u"] == "thang" else 6
    return value(found["n"], WORDS)


def _unit(found: re.Match[str]) -> Unit:
    if found["n"] == "nua":
        return "day" if found["u"] == "thang" else "month"
    unit = UNITS[found["u"]]
    working: dict[Unit, Unit] = {"day": "working_day", "hour": "working_hour"}
    return working.get(unit, unit) if found["w"] else unit


def _named(scene: Scene, start: int, end: int, when: str) -> str:
    first, last = scene.prose.span(start, end)
    words = unicodedata.normalize("NFC", scene.prose.original[first:last]).split()
    kept = [word for word in words if word.lower() not in ("được", "duoc")]
    if "ngay" in when and len(kept) == 1:
        kept.insert(0, "ngày")
    return "event:" + " ".join(kept)


def _waiting(
    scene: Scene, pos: int, end: int, found: re.Match[str], anchor: str, *, after: bool = False
) -> Finding:
    name = (
        f"event:ngày {anchor[6:]}"
        if not after and anchor.startswith("event:") and " " not in anchor
        else anchor
    )
    direction: Direction = "after" if after else "before"
    waits = Anchor(anchor=name, count=_number(found), unit=_unit(found), direction=direction)
    return Finding(pos, end, Kind.NEEDS_ANCHOR, waits, (), "counted")


def _session(scene: Scene, pos: int, found: re.Match[str]) -> Finding:
    words = found["e"]
    body = (
        "HĐND"
        if re.search(r"hdnd|hoi\s+dong\s+nhan\s+dan", words)
        else "Quốc hội"
        if "quoc hoi" in words
        else ""
    )
    times = {"giua nam": "giữa năm", "cuoi nam": "cuối năm", "dau nam": "đầu năm", "chuyen de": "chuyên đề"}
    when = next((name for plain, name in times.items() if plain in words), "")
    name = "kỳ họp" if words.startswith("ky") else "phiên họp"
    label = " ".join(part for part in (name, body, when) if part)
    waits = Anchor(anchor=f"event:{label}", count=0, unit="day", direction="before")
    end = found.start("e") + len(words.rstrip())
    return Finding(pos, end, Kind.NEEDS_ANCHOR, waits, (), "before_session")


def _dated(
    scene: Scene, pos: int, end: int, found: re.Match[str], start: date, rule: str, *, before: bool = False
) -> Finding | None:
    unit = _unit(found)
    direction: Direction = "before" if before else "after"
    anchor = Anchor(anchor="day", count=_number(found), unit=unit, direction=direction)
    if "hour" in unit:
        return Finding(
            pos, end, Kind.NEEDS_ANCHOR, anchor.model_copy(update={"anchor": "issued"}), (), "counted"
        )
    plain, rolled = counted_day(anchor, start, scene.calendar)
    offers = () if plain == rolled else (plain,)
    return Finding(pos, end, Kind.INSTANT, rolled, offers, rule)
