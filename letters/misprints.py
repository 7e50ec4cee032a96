"""Likely slips of a scan: shown beside the original, never put in its place."""

import re
from collections.abc import Iterator

from directive.regex import regex
from letters.letter import Suggestion
from letters.text import Source

# Wordings that no office writes, and what stood on the paper. Data: add a line when a scan teaches one.
_SLIPS: tuple[tuple[str, str], ...] = (
    ("đơn đốc", "đôn đốc"), ("đôn đôc", "đôn đốc"), ("dôn đốc", "đôn đốc"), ("chù trì", "chủ trì"), ("chủ trỉ",
    "chủ trì"),
    ("phổi hợp", "phối hợp"), ("phôi hợp", "phối hợp"), ("bảo cáo", "báo cáo"), ("báo cảo", "báo cáo"),
    ("nhiêm vụ", "nhiệm vụ"),
    ("nhiệm vu", "nhiệm vụ"), ("kê hoạch", "kế hoạch"), ("kế hoach", "kế hoạch"), ("thục hiện", "thực hiện"),
    ("thực hiên", "thực hiện"),
    ("hoàn thánh", "hoàn thành"), ("triên khai", "triển khai"), ("tông hợp", "tổng hợp"), ("tổng họp", "tổng hợp"),
    ("ủy ban nhân đân", "ủy ban nhân dân"), ("uy ban nhân dân", "ủy ban nhân dân"), ("châm nhất", "chậm nhất"),
    ("chậm nhât", "chậm nhất"),
    ("trưởc ngày", "trước ngày"), ("truớc ngày", "trước ngày"), ("nơi nhân:", "nơi nhận:"), ("kính gứi",
    "kính gửi"), ("công vãn", "công văn"),
    ("vãn bản", "văn bản"), ("văn bàn", "văn bản"), ("văn phòng ủy ban nhân dân tinh",
    "văn phòng ủy ban nhân dân tỉnh"),
    ("ubnd tinh", "UBND tỉnh"), ("nghi quyết", "nghị quyết"), ("nghị quyêt", "nghị quyết"), ("tham mưư",
    "tham mưu"), ("rà soảt", "rà soát"),
)  # fmt: skip
# Systems that letters of both sides name; a host one or two letters away is a slip.
_HOSTS = ("theodoinq.dcs.vn", "dichvucong.gov.vn", "chinhphu.vn", "vanban.chinhphu.vn", "xulyvanban.gov.vn")
_HOST = regex(r"(?<![\w@.-])(?:[a-z0-9-]+\.)+vn(?![\w])", re.IGNORECASE)
_DIGITS = regex(
    r"(?<![\w/])(?=[\dlIOo/.]*[lIOo])(?=[\dlIOo/.]*\d)[\dlIOo]{1,2}[/.][\dlIOo]{1,2}[/.][\dlIOo]{4}(?!\w)"
)
_RIGHT = dict(_SLIPS)


def read_misprints(source: Source) -> tuple[Suggestion, ...]:
    """Every likely slip with its place and a suggestion."""
    slips: list[Suggestion] = []
    for found in _wordings(source.text):
        right = _RIGHT[found.group().lower()]
        shown = right[:1].upper() + right[1:] if found.group()[:1].isupper() else right
        slips.append(
            Suggestion(original=found.group(), suggestion=shown, span=source.span(found.start(), found.end()))
        )
    for found in _HOST.finditer(source.text):
        near = _near_host(found.group().lower())
        if near:
            slips.append(
                Suggestion(
                    original=found.group(), suggestion=near, span=source.span(found.start(), found.end())
                )
            )
    for found in _DIGITS.finditer(source.text):
        right = re.sub("[lI]", "1", re.sub("[oO]", "0", found.group()))
        slips.append(
            Suggestion(original=found.group(), suggestion=right, span=source.span(found.start(), found.end()))
        )
    return tuple(sorted(slips, key=lambda slip: slip.span.start))


def _wordings(text: str) -> Iterator[re.Match[str]]:
    """The wordings of the list that stand in the text. One pattern of them all would be asked at every letter of it."""
    small = text.lower()
    there = [rf"(?<!\w){re.escape(wrong)}(?!\w)" for wrong, _ in _SLIPS if wrong in small]
    return re.finditer("|".join(there), text, re.IGNORECASE) if there else iter(())


def _near_host(host: str) -> str | None:
    if host in _HOSTS:
        return None
    from rapidfuzz.distance import Levenshtein  # few letters name a host that is none of these

    return next(
        (
            known
            for known in _HOSTS
            if len(known) > 10 and 0 < Levenshtein.distance(host, known, score_cutoff=1) <= 1
        ),
        None,
    )
