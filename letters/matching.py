"""Unit names as letters write them → the units of a directory. Certain, or a question; never a guess.

Abbreviations (UBND, Sở KH&CN, VP), missing accents and capitals are the same name; a slip of the pen is asked
about; a group ("các sở, ban, ngành") is the members that the directory lists under it.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from directive.regex import regex
from letters.words import folded

ASK_FROM = 82.0
ASK_AT_MOST = 5

_LONG = {
    "ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "ubmttq": "ủy ban mặt trận tổ quốc",
    "mttq": "mặt trận tổ quốc",
    "ubkt": "ủy ban kiểm tra", "btv": "ban thường vụ", "btc": "ban tổ chức", "bcđ": "ban chỉ đạo",
    "bql": "ban quản lý", "vp": "văn phòng",
    "vpub": "văn phòng ủy ban nhân dân", "vpđu": "văn phòng đảng ủy", "vptu": "văn phòng tỉnh ủy", "đu": "đảng ủy",
    "tu": "tỉnh ủy",
    "kh&cn": "khoa học và công nghệ", "khcn": "khoa học và công nghệ", "gd&đt": "giáo dục và đào tạo",
    "gdđt": "giáo dục và đào tạo",
    "nn&mt": "nông nghiệp và môi trường", "nnmt": "nông nghiệp và môi trường",
    "vh,tt&dl": "văn hóa, thể thao và du lịch",
    "vhttdl": "văn hóa, thể thao và du lịch", "vhtt&dl": "văn hóa, thể thao và du lịch",
    "dt&tg": "dân tộc và tôn giáo", "dttg": "dân tộc và tôn giáo",
    "ca": "công an", "bch": "ban chỉ huy", "qs": "quân sự", "bhxh": "bảo hiểm xã hội", "kbnn": "kho bạc nhà nước",
    "ttpvhcc":
    "trung tâm phục vụ hành chính công", "lđlđ": "liên đoàn lao động", "ct": "chủ tịch", "tp": "thành phố",
    "tx": "thị xã", "tt": "thị trấn",
    "tc": "tài chính", "xd": "xây dựng", "nv": "nội vụ", "tnmt": "tài nguyên và môi trường",
    "ldlđ": "liên đoàn lao động", "cn": "công nghiệp",
}  # fmt: skip
_ONLY_AFTER = {
    "tc": "sở",
    "xd": "sở",
    "nv": "sở",
    "qs": "bộ chỉ huy",
    "cn": "khu",
    "ct": "",
    "tt": "ubnd",
    "ca": "",
    "tu": "văn phòng",
}
_NOISE = regex(r"[\"“”'().:;*]|(?<!\w)(?:đ/c|đồng chí)(?!\w)")


class Candidate(NamedTuple):
    """A unit of the directory: its code, name, other names, and the groups that it belongs to."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


class Certainty(StrEnum):
    """What is known about a name."""

    CERTAIN = "certain"  # one unit, or all members of a group
    ASK = "ask"  # near enough to some units to ask which
    NONE = "none"  # nothing in the directory is like it


class Match(NamedTuple):
    """The answer for one name: certain codes, or the codes to ask about (nearest first), or nothing."""

    name: str
    certainty: Certainty
    codes: tuple[str, ...] = ()
    group: str | None = None

    @property
    def code(self) -> str | None:
        """The one certain unit; None for a group, a question or nothing."""
        return self.codes[0] if self.certainty is Certainty.CERTAIN and self.group is None else None


def match_unit(name: str, candidates: Iterable[Candidate]) -> Match:
    """The unit, the group or the question that a name stands for."""
    known = tuple(candidates)
    wanted = long_name(name)
    exact = _codes(known, wanted, accents=True) or _codes(known, wanted, accents=False)
    if len(exact) == 1:
        return Match(name=name, certainty=Certainty.CERTAIN, codes=exact)
    if exact:
        return Match(name=name, certainty=Certainty.ASK, codes=exact[:ASK_AT_MOST])
    group = _group(known, wanted)
    if group:
        members = tuple(candidate.code for candidate in known if group in candidate.groups)
        return Match(name=name, certainty=Certainty.CERTAIN, codes=members, group=group)
    scores = {candidate.code: _likeness(wanted, candidate) for candidate in known}
    near = sorted(
        (code for code, score in scores.items() if score >= ASK_FROM), key=lambda code: -scores[code]
    )
    if near:
        return Match(name=name, certainty=Certainty.ASK, codes=tuple(near[:ASK_AT_MOST]))
    return Match(name=name, certainty=Certainty.NONE)


@lru_cache(maxsize=8192)
def long_name(name: str) -> str:
    """A name in small letters, without abbreviations and noise: the form in which names are compared."""
    text = folded(unicodedata.normalize("NFC", name)).lower().replace("ð", "đ")
    text = re.sub(r"\s*&\s*", "&", re.sub(r"[-–]", " - ", _NOISE.sub(" ", text)))
    words = re.sub(r"\s+", " ", text).strip(" ,").split(" ")
    whole = " ".join(words)
    for index, word in enumerate(words):
        short = word.rstrip(",")
        after = _ONLY_AFTER.get(short)
        if short in _LONG and (
            after is None or (after == "" and index == 0) or (after and after in " ".join(words[:index]))
        ):
            words[index] = _LONG[short] + word[len(short) :]
        elif short == "xh" and "bảo hiểm" in whole:
            words[index] = "xã hội"
    return " ".join(words).replace(" & ", " và ").replace("&", " và ")


@lru_cache(maxsize=8192)
def bare(name: str) -> str:
    """A name without accents: "So Noi vu" is "Sở Nội vụ"."""
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _codes(known: tuple[Candidate, ...], wanted: str, *, accents: bool) -> tuple[str, ...]:
    """All units whose name or alias is this one; without accents only for a name written without any."""
    if not accents and bare(wanted) != wanted:
        return ()

    def same(name: str) -> bool:
        full = long_name(name)
        return full == wanted if accents else bare(full) == wanted

    return tuple(
        candidate.code
        for candidate in known
        if any(same(name) for name in (candidate.name, *candidate.aliases))
    )


def _group(known: tuple[Candidate, ...], wanted: str) -> str | None:
    """The group with this name; "và" or a comma between its parts, and "các" before it, make no difference."""
    groups = {group for candidate in known for group in candidate.groups}
    found = [group for group in groups if _parts(long_name(group)) == _parts(wanted)]
    plain = bare(wanted) == wanted
    found = found or [group for group in groups if plain and _parts(bare(long_name(group))) == _parts(wanted)]
    return found[0] if len(found) == 1 else None


def _parts(name: str) -> tuple[str, ...]:
    text = re.sub(r"^(?:các|cac|tất cả các|toàn thể các) ", "", name)
    return tuple(part.strip() for part in re.split(r",| và | va ", text) if part.strip())


def _likeness(wanted: str, candidate: Candidate) -> float:
    """How near a name is to a unit's names, with and without accents; words matter more than letters."""
    from rapidfuzz import fuzz  # only a name that is not in the directory needs it

    names = [long_name(name) for name in (candidate.name, *candidate.aliases)]
    plain = bare(wanted)
    best = 0.0
    for name in names:
        letters = max(fuzz.ratio(wanted, name), fuzz.ratio(plain, bare(name)) - 2)
        words = (
            fuzz.token_set_ratio(plain, bare(name)) - 8
            if min(len(wanted.split()), len(name.split())) >= 2
            else 0.0
        )
        best = max(best, letters, words)
    return best
