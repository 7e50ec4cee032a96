"""The walk through a text: every place where a deadline may begin, and the answer for the whole."""

from datetime import timedelta

from directive.phrases.clock import with_clock_after
from directive.phrases.compose import compose
from directive.phrases.context import Context
from directive.phrases.counted import read_counted
from directive.phrases.days import LONE_DAY
from directive.phrases.finding import Finding
from directive.phrases.markers import FIRST_WORDS, Marker, read_marker
from directive.phrases.moment import Moment, Scene, make_day, refuse
from directive.phrases.numbers import either
from directive.phrases.ranges import read_moment
from directive.phrases.reading import Kind
from directive.phrases.recurring import read_recurring
from directive.phrases.spans import read_this
from directive.regex import regex

RHYTHM_WORDS = regex(
    r"\b(?:hang|moi|dinh\s+ky|lan|ngay\s+(?:lam\s+viec\s+)?(?:dau|cuoi)|thang\s+(?:dau|cuoi))\b"
)
MOMENT_WORDS = frozenset(
    "ngay mung mong thang quy qui nam tuan dau giua cuoi nua thuong trung ha thu chu hom mai sang chieu trua toi giai"
    " nhiem tu ke q t ram het cac l mot hai ba bon sau bay tam chin muoi".split()
)
COUNT_WORDS = frozenset(
    "trong cham muon khong toi thoi han sau truoc trinh mot hai ba bon nam sau bay tam chin muoi ngay noi nua".split()
)
OPENING = rf"(?:\d+|{either(MOMENT_WORDS | COUNT_WORDS | FIRST_WORDS)}(?![a-z~]))"
PLACE = regex(
    rf"(?:(?<![a-z0-9~/.:,-])|(?<=[a-z~\s][-,/.])|(?<=^[-.,/])){OPENING}"
    rf"|(?<![a-z0-9~/.:,-])(?:[tql](?=\s?[\divx])|…++|\.{{2,}}|_{{2,}})"
)
"""Where a deadline may begin: only here is the grammar asked, which keeps long prose cheap."""
NUMBER_BEFORE = regex(r"\b(?:so|dieu|khoan|diem|muc|phan|phu luc|chuong|quoc lo|duong|dt|sdt)\s*:?\s*$")
NUMBER_OF_TIME = regex(
    r"\d+\s*(?:[/.:,(|-]|[oli][\doli|/]|thang|tuan|toi|ngay|nam|quy|qui|gio|[gh](?![a-z])|den)"
)
"""A number that may be part of a day, a clock time or a count: «12 xã» and «80%» are passed over at once."""
NUMBER_WORDS = frozenset("mot hai ba bon sau bay tam chin muoi".split())
MANY = regex(r"cac\s+(?:ngay|thang|qu[yi]|thu)")
ALSO = regex(r"\s*(?:,|va|hoac)\s*(?=(?:ngay\s*)?\d{1,2}\s*[/-]\s*\d)")
TODAY = regex(r"(?:ngay\s+)?trong\s+ngay(?=\s*[.,;)]*\s*$|\s+ban hanh)")
OPENERS = regex(
    r"\b(?:thuong xuyen|theo quy dinh(?! (?:tai|cua|so))|kip thoi|khan truong|som nhat|som|ngay lap tuc|lap tuc"
    r"|dot xuat|khi (?:co )?(?:yeu cau|phat sinh|can thiet)|(?:theo|dung|bao dam"
    r"|dam bao)(?: dung)? tien do|thoi gian quy dinh"
    r"|dung thoi (?:gian|han)|lien tuc|thoi gian toi|trong thoi gian som nhat|lau dai|ca nam(?! \d)"
    r"|theo ke hoach|theo che do|theo chi dao)\b"
)
AT_ONCE = regex(r"^\W*ngay\W*$|\bngay sau khi\b")
LOOKALIKE = regex(
    r"chi thuong xuyen|ban thuong vu|kinh phi thuong xuyen|von thuong xuyen"
    r"|ngan sach thuong xuyen"
)
IN_FORCE = regex(r"\bco hieu luc\b|\bhieu luc (?:thi hanh|ke tu|tu)\b")


def findings_of(scene: Scene) -> tuple[list[Finding], list[Finding]]:
    """(deadlines and refusals in order, what was seen but is no deadline)."""
    fold = scene.prose.fold
    found = read_recurring(scene) if _may_recur(fold) else []
    taken = [(f.start, f.end) for f in found]
    end = 0
    for place in PLACE.finditer(fold):
        pos = place.start()
        if pos < end:
            continue
        if taken and (inside := next((b for a, b in taken if a <= pos < b), 0)):
            end = inside
            continue
        for finding in _read_here(scene, pos, place.group()):
            if any(a < finding.end and finding.start < b for a, b in taken):
                continue
            found.append(finding)
            end = finding.end
    if not found:
        return [], []
    found.sort(key=lambda f: f.start)
    context = Context(fold, found)
    accepted = [f for f in found if context.accepts(f)]
    return accepted, [f for f in found if f not in accepted]


def _may_recur(fold: str) -> bool:
    """Whether any word of a rhythm stands in the text; substrings first, since they cost least."""
    near = (
        "hang" in fold or "moi" in fold or "dinh" in fold or "lan" in fold or "dau" in fold or "cuoi" in fold
    )
    return near and RHYTHM_WORDS.search(fold) is not None


def _read_here(scene: Scene, pos: int, word: str) -> list[Finding]:
    fold = scene.prose.fold
    digit = word[0].isdigit()
    if digit and not NUMBER_OF_TIME.match(fold, pos):
        return []
    if word in COUNT_WORDS or digit:
        if today := TODAY.match(fold, pos):
            day = Moment(today.end(), "day", scene.issued, scene.issued, rule="relative_day")
            made = compose(scene, pos, Marker(today.end(), "within"), day)
            return [made] if made else []
        counted = read_counted(scene, pos)
        if counted is not None:
            return [counted]
    marker = read_marker(fold, pos) if word in FIRST_WORDS else None
    if marker is not None:
        return _after_marker(scene, pos, marker)
    if word in NUMBER_WORDS and "thang" not in fold[pos : pos + 40]:
        return []
    if word == "cac" and not MANY.match(fold, pos):
        return []
    if word in MOMENT_WORDS or not word[0].isalpha():
        if digit and NUMBER_BEFORE.search(fold, max(0, pos - 14), pos):
            return []
        moment = read_moment(scene, pos)
        if moment is not None and moment.error != "day_missing":
            made = compose(scene, pos, None, moment)
            return [made] if made else []
    return []


def _after_marker(scene: Scene, pos: int, marker: Marker) -> list[Finding]:
    fold = scene.prose.fold
    counted = read_counted(scene, marker.end) if marker.relation in ("by", "within", "label") else None
    if counted is not None and counted.need != "verb":
        counted.start = pos
        return [counted]
    named = read_moment(scene, marker.end) or _lone_day(scene, marker)
    if named is None and marker.relation in ("end", "until_end", "now", "before_end"):
        named = read_this(scene, marker.end)
    if named is None:
        return []
    moment = with_clock_after(named, fold)
    first = compose(scene, pos, marker, moment)
    found = [first] if first else []
    while not moment.error and moment.grain == "day" and (more := ALSO.match(fold, moment.end)):
        start, also = more.end(), read_moment(scene, more.end())
        if also is None or also.grain != "day" or (made := compose(scene, start, marker, also)) is None:
            break
        found.append(made)
        moment = also
    return found


def _lone_day(scene: Scene, marker: Marker) -> Moment | None:
    """«trước ngày 20» without a month: asked, with the next such day offered."""
    found = LONE_DAY.match(scene.prose.fold, marker.end)
    if found is None or marker.relation not in ("by", "before", "label", "until_end", "end"):
        return None
    month = scene.issued.replace(day=1)
    for _ in range(12):
        day, error = make_day(month.year, month.month, int(found["d"]))
        if not error and day >= scene.issued:
            return refuse(found.end(), "month_missing", day)
        month = (month + timedelta(days=32)).replace(day=1)
    return refuse(found.end(), "day_out_of_range")


def without_deadline(scene: Scene, declined: list[Finding]) -> Kind:
    """NONE where the wording itself is open («thường xuyên», «theo quy định»), else NOT_DEADLINE or NONE."""
    letters = scene.prose.letters
    plain = LOOKALIKE.sub(" ", letters)
    if any(
        finding.relation or finding.grain in ("range", "day", "clock") for finding in declined
    ) or IN_FORCE.search(letters):
        return Kind.NOT_DEADLINE
    if OPENERS.search(plain) or AT_ONCE.search(scene.prose.toned):
        return Kind.NONE
    seen = declined or plain != letters or any(c.isdigit() for c in letters)
    return Kind.NOT_DEADLINE if seen else Kind.NONE
