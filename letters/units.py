"""The grammar of unit names in running text: where a name starts, where it ends, and how lists of them go on.

"Sở Khoa học và Công nghệ", "các sở, ban, ngành", "UBND các xã, phường" are one name each although they hold
"và" and commas; "Văn phòng UBND tỉnh, Công an tỉnh" are two. A name ends where a duty begins. [M]
"""

import re
from typing import NamedTuple

from letters import unit_shapes as shapes
from letters.words import HEADS, folded

MAX_NAME_WORDS = 18
Own = re.Pattern[str] | None


class Unit(NamedTuple):
    """A unit's name as written, with its place in the text it was read from."""

    name: str
    start: int
    end: int


def is_head(text: str, at: int, *, in_list: bool = False) -> bool:
    """Whether a unit's name can start here. Lower-case openings count inside lists only."""
    opened = shapes.HEAD.at(text, at) or (shapes.LIST_HEAD.at(text, at) if in_list else "")
    if not opened or shapes.NOT_A_UNIT.match(text, at):
        return False
    if opened.lower() in {"các", "những", "từng", "mỗi", "toàn thể", "toàn bộ"}:
        return shapes.ORGANISATION.match(text, at) is not None
    return True


def read_unit(text: str, at: int = 0, *, in_list: bool = False, own: Own = None) -> Unit | None:
    """The unit's name that starts at this place, or None. `in_list`: a lower-case name ("các sở") may start here.

    `own` are names that the letter itself sets apart (an addressee, a heading): they are taken whole.
    """
    text = folded(text)
    named = own.match(text, at) if own else None
    if named and not _says_more(text, named.end(), _name_end(text, at)):
        return Unit(name=named.group(), start=at, end=named.end())
    if not is_head(text, at, in_list=in_list):
        return None
    end = _name_end(text, at)
    listed = shapes.places_after(text, at, end)
    end = listed or end
    name = text[at:end].rstrip(" ,-–")
    if not name or (len(name.split()) > MAX_NAME_WORDS and not listed) or _bare(name):
        return None
    return Unit(name=name, start=at, end=at + len(name))


def read_units(text: str, at: int = 0, *, in_list: bool = False, own: Own = None) -> list[Unit]:
    """The list of units that starts at this place: "A, B và C". Empty when none starts here."""
    text = folded(text)
    if in_capitals(text[at:]):
        return _units_in_capitals(text, at)
    units: list[Unit] = []
    first = read_unit(text, at, in_list=in_list, own=own)
    while first is not None:
        units.append(first)
        gap = re.compile(r"\s*(?:[,;]\s*(?:và\s+|cùng\s+)?|(?:và|cùng với|cùng)\s+)").match(text, first.end)
        if gap is None or gap.end() == first.end:
            break
        first = read_unit(text, gap.end(), in_list=True, own=own)
    return units


def in_capitals(text: str) -> bool:
    """Whether a heading is written in capitals throughout."""
    letters = 0
    for letter in text:
        if letter.isalpha():
            if not letter.isupper():
                return False
            letters += 1
    return letters > 3


def _units_in_capitals(text: str, at: int) -> list[Unit]:
    """A heading in capitals that names a unit is one unit: it has no verbs to end at."""
    name = text[at:].rstrip(" .:;,")
    spoken = name.capitalize()
    if shapes.NOT_A_UNIT.match(spoken) or (
        spoken.startswith(("Các ", "Những ")) and not shapes.ORGANISATION.match(spoken)
    ):
        return []
    opens = any(
        name.startswith(head.upper()) and not name[len(head) : len(head) + 1].isalpha() for head in HEADS
    )
    return [Unit(name=name, start=at, end=at + len(name))] if opens else []


def _says_more(text: str, own: int, end: int) -> bool:
    """Whether running text names more than the letter's own name: a level, a place, another body."""
    more = text[own:end].strip()
    return bool(more) and (not more[0].islower() or shapes.AFTER_LEVEL.match(more) is not None)


def _bare(name: str) -> bool:
    """A head that needs more words to be a name."""
    return name.lower() in {"các", "ban", "bộ", "hội", "đoàn", "tổ", "đội", "báo", "cơ quan", "trưởng", "chánh",
                      "đồng chí",
                            "trường", "viện", "phòng", "cục", "trung tâm", "sở", "những", "từng", "mỗi",
                            "toàn thể", "toàn bộ", "chủ", "chính quyền", "nhà", "quỹ", "đài", "công ty"}  # fmt: skip


def _name_end(text: str, at: int) -> int:
    """Where the name that starts at `at` ends."""
    known = shapes.KNOWN.match(text, at)
    opened = shapes.HEAD.at(text, at) or shapes.LIST_HEAD.at(text, at)
    place = known.end() if known else at + len(opened)
    settled = known is not None
    for _ in range(MAX_NAME_WORDS + 2):
        if not settled:
            settled = _settles(text, at, place)
        gap = re.compile(r"\s*").match(text, place)
        following = gap.end() if gap else place
        if following >= len(text) or text[following] in ';:.()“”"':
            break
        if text[following] == ",":
            goes_on = _after_comma(text, at, following)
            if goes_on is None:
                break
            place, settled = goes_on, False
            continue
        step = _next_word(text, at, following, settled)
        if step is None:
            break
        place = step
        settled = False if not settled else _keeps_settled(text, following)
    return place


def _settles(text: str, at: int, place: int) -> bool:
    """Whether the name is complete when it ends here: a level word, or a place's name after one."""
    words = text[at:place].split()
    if not words:
        return False
    if text.startswith(" viên", place):  # "Đảng ủy viên" is a person, not the committee
        return False
    if len(words) > 1 and shapes.ENDS_AT_LEVEL.search(text, at, place):
        return True
    return words[0] in {"UBND", "HĐND"} and len(words) > 1 and words[-1][:1].isupper()


def _keeps_settled(text: str, following: int) -> bool:
    """A place's name after a level ends the unit; another body's name opens it again."""
    return not shapes.AFTER_LEVEL.match(text, following) and not is_head(text, following)


def _next_word(text: str, at: int, following: int, settled: bool) -> int | None:
    """The end of the next word when it belongs to the name, else None."""
    name = shapes.NAME.at(text, following)
    if name and not (
        name == "chủ trì" and not text[at:following].rstrip().lower().endswith(("cơ quan", "đơn vị"))
    ):
        return following + len(name)
    kept = shapes.GOES_ON_AFTER_STOP.match(text, following)
    if kept:
        return kept.end()
    joined = shapes.AND.match(text, following)
    if joined:
        if shapes.DOCUMENT.match(text, joined.end()):
            return None
        if shapes.OPEN_HEAD.match(text, at) and (noun := shapes.IN_NAMES.at(text, joined.end())):
            return joined.end() + len(noun)
        if is_head(text, joined.end(), in_list=True) and not _family_goes_on(text, at, joined.end()):
            return None
        word = shapes.WORD.match(text, joined.end())
        if (
            word is None
            or _cites(text, joined.end())
            or (not word.group()[0].isupper() and not _family_goes_on(text, at, joined.end()))
        ):
            return None
        return word.end()
    word = shapes.WORD.match(text, following)
    if word is None:
        return None
    proper = shapes.PROPER.match(text, following)
    if proper:
        return proper.end()
    if word.group() in {"ủy", "bộ", "đoàn"} and re.search(
        r"(?:Đảng|Tỉnh|Thành|Huyện|Thị|Chi|Cấp)\s*$", text[at:following]
    ):
        return word.end()
    if word.group() == "ủy" or (
        word.group() == "trực" and text[at:following].rstrip().lower().endswith("thường")
    ):
        return word.end()
    if word.group()[0].isupper():
        return None if _cites(text, following) else word.end()
    if word.group() in {"-", "–", "&"}:
        return word.end()
    if settled and not shapes.AFTER_LEVEL.match(text, following):
        return None
    if word.group() == "về" and text[at:following].rstrip().lower().endswith(("ban chỉ đạo", "hội đồng")):
        return word.end()
    if word.group() == "viên" and text[at:following].rstrip().endswith("ủy"):
        return word.end()
    if shapes.OPEN_HEAD.match(text, at) and shapes.VERB_IN_NAME.match(text, following):
        return word.end()
    works = shapes.VERB.at(text, following) and not _noun_after_cac(text, at, following)
    return None if works or shapes.STOP.at(text, following) else word.end()


def _noun_after_cac(text: str, at: int, following: int) -> bool:
    """ "các tổ chức", "các báo cáo": right after "các" a word is a noun."""
    return text[at:following].rstrip().lower() in {"các", "những"}


def _cites(text: str, place: int) -> bool:
    """A capital letter that opens a document's name, not more of the unit's ("Tỉnh ủy và Quy định số 11")."""
    return re.compile(r"\S+(?: \S+){0,3} số:? ?\d").match(text, place) is not None


def _family_goes_on(text: str, at: int, place: int) -> bool:
    """Whether the bare noun at `place` goes on with the group that stands before it."""
    before = text[at:place].rstrip(" ,").lower().removesuffix(" và")
    last = re.split(r"[,]| và ", before)[-1]
    commune = re.search(r"(?:ubnd|hđnd|đảng ủy|công an|cấp) xã$", last.strip())
    if commune and re.match(r"(?:phường|đặc khu|thị trấn)(?!\w)", text[place:]):
        return True
    if not shapes.OPENS_GROUP.match(before):
        return False
    return any(ends.search(last) and goes_on.at(text, place) for ends, goes_on in shapes.GROUPS)


def _after_comma(text: str, at: int, comma: int) -> int | None:
    """Where the name goes on after a comma inside it ("các sở, ban, ngành"), or None when it ends before the comma."""
    place = comma + 1
    while place < len(text) and text[place].isspace():
        place += 1
    name = shapes.NAME.at(text, place)
    if name.startswith("giúp việc"):
        return place + len(name)
    schools = re.compile(r"(?:mầm non|tiểu học|THCS|THPT|mẫu giáo)(?!\w)").match(text, place)
    if schools and "trường" in text[at:comma].lower():
        return schools.end()
    if text.startswith(("giúp việc", "truyền hình", "chữa bệnh", "chữa cháy"), place):
        word = shapes.WORD.match(text, place)
        second = shapes.WORD.match(text, word.end() + 1) if word else None
        return second.end() if second else None
    if _family_goes_on(text, at, place):
        noun = shapes.FAMILY.at(text, place)
        return place + len(noun) if noun else None
    return None
