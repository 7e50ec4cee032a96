"""Numbers in words: days, months and years as people write them out."""

import re
from collections.abc import Iterable

ONES = ("", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin")


def _to_ninety_nine() -> dict[str, int]:
    words = {word: n for n, word in enumerate(ONES) if word} | {"tu": 4, "muoi": 10}
    for ten in range(1, 10):
        tens = ("muoi",) if ten == 1 else (f"{ONES[ten]} muoi", ONES[ten])
        for n, one in enumerate(ONES):
            for word in {one, {1: "mot", 4: "tu", 5: "lam"}.get(n, one)}:
                for stem in tens:
                    if n or stem != ONES[ten]:
                        words[f"{stem} {word}".strip()] = ten * 10 + n
                if ten > 1 and n == 5:
                    words[f"{ONES[ten]} muoi nham"] = ten * 10 + 5
    return words


WORDS = _to_ninety_nine()
DAY_WORDS = {word: n for word, n in WORDS.items() if n <= 32}
MONTH_WORDS = {word: n for word, n in WORDS.items() if n <= 12} | {"gieng": 1, "chap": 12}
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "iiii": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}


def _years() -> dict[str, int]:
    years: dict[str, int] = {}
    for word, n in WORDS.items():
        if 10 <= n <= 60:
            for thousand in ("hai nghin", "hai ngan"):
                years[f"{thousand} khong tram {word}"] = 2000 + n
                years[f"{thousand} {word}"] = 2000 + n
    return years


YEAR_WORDS = _years()


def either(words: Iterable[str]) -> str:
    """A regular expression for any of these words, the longest first.

    Common beginnings are written once, and so is what may follow several of them («hai mươi», «ba mươi»).
    An alternation of two hundred words is tried word by word at every place; this tree, letter by letter.
    """
    rests: dict[str, set[str]] = {}
    for word in words:
        head, _, rest = word.partition(" ")
        rests.setdefault(head, set()).add(rest)
    heads: dict[frozenset[str], list[str]] = {}
    for head in sorted(rests, key=lambda one: (-len(one), one)):  # «bảy» before «ba», which it begins with
        heads.setdefault(frozenset(rests[head]), []).append(head)
    branches = [_letters(group) + _after(rest) for rest, group in heads.items()]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _after(rest: frozenset[str]) -> str:
    """What may follow one of the words that have the same to follow."""
    more = rest - {""}
    if not more:
        return ""
    return rf"(?:\s+{either(more)})?" if "" in rest else rf"\s+{either(more)}"


def _letters(words: Iterable[str]) -> str:
    """The same for single words."""
    heads: dict[str, list[str]] = {}
    for word in sorted(words):
        heads.setdefault(word[:1], []).append(word[1:])
    ends = heads.pop("", None) is not None
    branches = [re.escape(head) + _letters(rest) for head, rest in heads.items()]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
    return f"{joined}?" if ends else joined


def value(word: str, words: dict[str, int]) -> int:
    """The number that digits or words stand for; raises KeyError for other words."""
    return int(word) if word.isdigit() else words[" ".join(word.split())]
