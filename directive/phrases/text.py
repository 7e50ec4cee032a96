"""Text as the grammar sees it: lower case, without accents, with the way back to the original offsets."""

import unicodedata
from dataclasses import dataclass

from directive.phrases.numbers import either
from directive.regex import regex

MASK = "~"
"""Stands for each letter of a word that only looks like a word of time once its accents are gone."""

INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
FIRST_MARK = "\u0300"
"""Below it no character combines, and each is its own NFC form."""
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t\r\v\f"

LETTERS = (
    "àáảãạăằắẳẵặâầấẩẫậ|a",
    "èéẻẽẹêềếểễệ|e",
    "ìíỉĩị|i",
    "òóỏõọôồốổỗộơờớởỡợ|o",
    "ùúủũụưừứửữự|u",
    "ỳýỷỹỵ|y",
    "đ|d",
)


def _table() -> dict[int, str]:
    table = {ord(c): c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    for row in LETTERS:
        accented, plain = row.split("|")
        table |= {ord(c): plain for c in accented + accented.upper()}
    table |= {ord(c): "-" for c in DASHES} | {ord(c): " " for c in SPACES}
    return table | {ord("∕"): "/", ord("⁄"): "/", ord("’"): "'", ord("′"): "'", ord("‘"): "'"}


FOLD = _table()
ACCENT = regex("[" + "".join(row.split("|")[0] for row in LETTERS) + "]")

# A word of time → the accented spellings that mean it. In accented text another spelling is another word
# («quan trọng», «cập nhật», «ban hành», «Việt Nam»), so it is masked.
MEANT: dict[str, frozenset[str]] = {
    plain: frozenset(spellings.split())
    for plain, spellings in {
        "ngay": "ngày",
        "nam": "năm",
        "thang": "tháng",
        "quy": "quý",
        "qui": "quí",
        "tuan": "tuần",
        "gio": "giờ",
        "han": "hạn",
        "hang": "hằng hàng",
        "moi": "mỗi",
        "truoc": "trước",
        "den": "đến",
        "tu": "từ tư",
        "thu": "thứ",
        "het": "hết",
        "cuoi": "cuối",
        "dau": "đầu dậu",
        "giua": "giữa",
        "chieu": "chiều",
        "sang": "sáng",
        "toi": "tới tối",
        "dem": "đêm",
        "mung": "mùng",
        "mong": "mồng",
        "lan": "lần",
        "tet": "tết",
        "le": "lễ",
        "trong": "trong",
        "cham": "chậm",
        "nhat": "nhất nhật",
        "muon": "muộn",
        "mai": "mai",
        "tinh": "tính",
        "da": "đã",
        "vao": "vào",
        "luc": "lúc",
        "xong": "xong",
        "sau": "sau sáu",
        "nua": "nửa",
        "ngan": "ngàn",
        "phut": "phút",
        "bay": "bảy bẩy",
        "sinh": "sinh",
        "tro": "trở",
    }.items()
}
WORDS = regex(rf"(?<![a-z0-9]){either(MEANT)}(?![a-z0-9])")
NUMERAL_AFTER = regex(r"\s*[\dliv]")
NUMERAL_BEFORE = regex(r"\d\s*$")


@dataclass(slots=True)
class Prose:
    """A text in aligned forms, one character each: `toned` (lower case), `letters` (no accents), `fold` (masked)."""

    original: str
    fold: str
    letters: str
    toned: str
    accented: bool
    offsets: list[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets of the original text for a stretch of the folded one."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + self._width(end - 1) if end > start else 0

    def _width(self, index: int) -> int:
        assert self.offsets is not None
        start = self.offsets[index]
        after = self.offsets[index + 1] if index + 1 < len(self.offsets) else len(self.original)
        end = start + 1
        while end < after and unicodedata.combining(self.original[end]):
            end += 1
        return end - start

    def says(self, start: int, end: int, word: str) -> bool:
        """Whether the text says this word: by its accents where it has them, else by its letters."""
        seen = self.toned[start:end]
        return seen == word or (not self.accented and self.fold[start:end] == word.translate(FOLD))


def read_prose(original: str) -> Prose:
    """Fold a text: NFC or NFD, any case, any kind of space; nothing is lost that offsets could need."""
    composed, offsets = original, None
    if not original.isascii() and (
        not unicodedata.is_normalized("NFC", original) or not INVISIBLE.isdisjoint(original)
    ):
        composed, offsets = _compose(original)
    toned = composed.lower()
    if len(toned) != len(composed):
        toned = "".join(c.lower() if len(c.lower()) == 1 else c for c in composed)
    fold = composed.translate(FOLD)
    accented = ACCENT.search(toned) is not None
    masked = _mask(fold, toned) if accented else fold
    return Prose(original, masked, fold, toned, accented, offsets)


def _compose(original: str) -> tuple[str, list[int]]:
    letters: list[str] = []
    offsets: list[int] = []
    for index, char in enumerate(original):
        if char < FIRST_MARK:
            if char != "\u00ad":
                letters.append(char)
                offsets.append(index)
            continue
        if char in INVISIBLE:
            continue
        if letters and unicodedata.combining(char):
            joined = unicodedata.normalize("NFC", letters[-1] + char)
            letters[-1] = joined if len(joined) == 1 else letters[-1]
            continue
        letters.append(unicodedata.normalize("NFC", char)[0])
        offsets.append(index)
    return "".join(letters), offsets


def _mask(fold: str, toned: str) -> str:
    pieces: list[str] = []
    last = 0
    for found in WORDS.finditer(fold):
        start, end = found.span()
        seen, word = toned[start:end], found.group()
        if seen in MEANT[word]:
            continue
        if seen == word and (NUMERAL_AFTER.match(fold, end) or NUMERAL_BEFORE.search(fold[:start][-4:])):
            if word not in ("nam", "thu", "tu", "le") or NUMERAL_BEFORE.search(fold[:start][-4:]):
                continue
        pieces += [fold[last:start], MASK * (end - start)]
        last = end
    return "".join([*pieces, fold[last:]]) if pieces else fold
