"""The words that make a date a deadline: «chậm nhất», «trước ngày», «đến hết», «thời hạn hoàn thành:»."""

from typing import NamedTuple

from directive.regex import regex

# group → pattern; a run of them is read together, and `RELATIONS` says what the run means.
WORDS: tuple[tuple[str, str], ...] = (
    (
        "now",
        (
            r"(?:ke\s+)?tu\s+(?:nay|bay\s+gio|hom\s+nay|thoi\s+diem\s+nay|ngay\s+ky(?:\s+ban\s+hanh)?"
            r"|ngay\s+ban\s+hanh)"
            r"\s*,?\s*(?:cho\s+)?(?=den|toi|truoc|het|-)-?\s*"
        ),
    ),
    ("through", r"truoc\s+(?:va|hoac)\s+trong\s+|trong\s+(?:va|hoac)\s+truoc\s+"),
    ("before_end", r"truoc\s+(?:khi\s+|thoi\s+diem\s+)?(?:ket\s+thuc|het)\s+"),
    (
        "latest",
        (
            r"(?:cham\s+nhat|muon\s+nhat|tre\s+nhat|khong\s+(?:duoc\s+)?(?:muon|cham|tre)\s+hon"
            r"|khong\s+qua(?=\s+(?:ngay|\d+[/h]))"
            r"|toi\s+(?:da|~~)(?=\s+ngay)|(?:thoi\s+)?han\s+(?:chot|cuoi(?:\s+cung)?"
            r"|cham\s+nhat))(?:\s+(?:la|vao|cung|:)(?!\w))*\s*:?\s*"
        ),
    ),
    (
        "label",
        (
            r"(?:thoi\s+han|thoi\s+gian|thoi\s+diem|tien\s+do|ngay|moc(?:\s+thoi\s+gian)?|han)"
            r"(?:\s+(?:phai\s+|can\s+)?(?:hoan\s+thanh|xong|bao\s+cao|gui(?:\s+bao\s+cao)?"
            r"|nop(?:\s+bao\s+cao)?|trinh|thuc\s+hien"
            r"|xu\s+ly|giai\s+quyet|tra\s+loi|giao\s+nop|hoan\s+thien|ban\s+hanh|trien\s+khai"
            r"|ve)){1,3}\s*(?:\([^)]{0,20}\)\s*)?"
            r"(?::|-|la(?!\w)|(?=\s*(?:truoc|den|ngay|trong|cham|het)(?!\w)))\s*"
            r"|(?<!gia )(?:thoi\s+)?han\s*(?::|-|la(?!\w))\s*|(?<!gia )(?:thoi\s+)?han(?=\s+(?:den|toi"
            r"|truoc|trong|het|ngay|\d{1,2}/))\s+|deadline\s*:?\s*|(?:tien\s+do|moc\s+thoi\s+gian)\s*:\s*"
        ),
    ),
    ("until_end", r"(?:cho\s+)?(?:den|toi)\s+(?:thoi\s+diem\s+)?het\s+"),
    ("before", r"(?:(?:cho\s+)?(?:den|toi)\s+)?truoc\s+(?:thoi\s+diem\s+|luc\s+)?"),
    ("until", r"(?:cho\s+)?(?:den|toi)\s+(?:thoi\s+diem\s+)?"),
    ("end", r"het\s+"),
    ("within", r"(?:(?:ngay|noi|gon)\s+)?trong\s+(?:vong\s+|khoang\s+thoi\s+gian\s+)?"),
    ("at", r"vao\s+(?:luc\s+)?|luc\s+"),
    ("done", r"(?:hoan\s+thanh|hoan\s+tat|xong)(?:\s+|\s*:\s*)"),
)
MARK = regex("|".join(f"(?P<{name}>(?:{pattern}))" for name, pattern in WORDS))
FIRST_WORDS = frozenset(
    (
        "ke tu truoc trong cham muon tre khong toi thoi han tien moc ngay deadline"
        " cho den het noi gon vao luc hoan xong"
    ).split()
)


class Marker(NamedTuple):
    """A run of marker words: where it ends, and what relation they state."""

    end: int
    relation: str
    done: bool = False


# The first row whose words all stand in the run decides.
RELATIONS: tuple[tuple[frozenset[str], str], ...] = tuple(
    (frozenset(words.split()), relation)
    for words, relation in (
        ("now before", "now_before"),
        ("now until_end", "now"),
        ("now end", "now"),
        ("now until", "now_until"),
        ("now", "now"),
        ("through", "by"),
        ("before_end", "before_end"),
        ("before", "before"),
        ("latest", "by"),
        ("label until_end", "by"),
        ("label until", "by"),
        ("label within", "within"),
        ("until_end", "until_end"),
        ("until", "until"),
        ("end", "end"),
        ("within", "within"),
        ("label", "label"),
        ("done", "done"),
        ("at", "at"),
    )
)


def read_marker(fold: str, pos: int) -> Marker | None:
    """The run of marker words at this place."""
    seen: set[str] = set()
    at = pos
    while found := MARK.match(fold, at):
        seen.add(found.lastgroup or "")
        at = found.end()
        if at == found.start():
            break
    if not seen:
        return None
    relation = next(relation for words, relation in RELATIONS if words <= seen)
    return Marker(at, relation, "done" in seen)
