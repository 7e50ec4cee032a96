"""The main clause of a duty, its product, and whom it is reported to."""

import re

from directive.regex import regex
from letters.dates import DeadlineAt
from letters.units import read_unit
from letters.words import folded

_CLAUSE_END = regex(r";|\.(?:/\.)?(?=\s|$)|:(?=\s*$)")
_ABBREVIATED = regex(r"(?:T/M|TP|Tp|TM|KT|TL|TUQ|Đ/c|v\.v|PGS|TS|ThS|Q|P|tr|Đc)$")
_PRODUCTS = (
    "kế hoạch", "chương trình", "đề án", "quy chế", "quy định", "quy trình", "nghị quyết", "quyết định",
    "chỉ thị", "danh sách",
    "danh mục", "báo cáo", "tờ trình", "hướng dẫn", "phương án", "bộ tiêu chí", "bộ chỉ số", "quy hoạch", "dự toán",
    "biểu mẫu", "biên bản", "phụ lục", "hồ sơ", "dự thảo", "kịch bản", "tài liệu", "văn bản", "đề cương",
    "thông báo", "công văn",
    "bảng tổng hợp", "phiếu", "cơ sở dữ liệu", "thống kê", "sổ tay", "cẩm nang", "chuyên đề", "đề xuất", "kết luận",
)  # fmt: skip
_DONE = (
    r"(?:và\s+)?(?:phải\s+|cần\s+)?(?:hoàn thành(?: xong| việc này)?|xong|kết thúc|gửi|nộp|hạn|"
    r"thời hạn(?: hoàn thành)?|thời gian(?: hoàn thành| thực hiện| xong)?)"
)
_NO_OBJECT = rf"(?!dự thảo|{'|'.join(_PRODUCTS)}|lại|việc)"
_HANDS_IN = (
    r"(?:trình|gửi|nộp|lần thứ \w+|lần \d|đợt \d|hoàn thành|thực hiện|xong)"
    rf"(?:\s+(?:{_NO_OBJECT}[^;,.]){{0,40}})?"
)
_TAIL = regex(rf"(?:[\s,;–-]+{_DONE}|\s*[,;]\s*{_HANDS_IN})?[\s,:(–-]*$")
_PRODUCT = "|".join(sorted(_PRODUCTS, key=len, reverse=True))
_MAKES = regex(
    r"(?<!\w)(?:ban hành|xây dựng|soạn thảo|dự thảo|lập|hoàn thiện|trình(?: [^;,.]{0,40}?)? (?:ban hành|"
    r"phê duyệt|dự thảo)|trình|gửi|"
    r"nộp|biên soạn|cung cấp|hoàn chỉnh|tham mưu|phê duyệt|thông qua)\s+(?:các |01 |một |dự thảo )?"
    rf"(?P<product>(?:{_PRODUCT})(?: nhanh| định kỳ)?)(?!\w)(?!\s+(?:số|này|trên|nêu)(?!\w))(?!\s+(?:của|tại)\s)",
    re.IGNORECASE,
)
# A document that others make, or that only gets an opinion, is not what this unit hands in.
_OF_OTHERS = regex(
    r"số \d\S*[-/][^;.]*?(?<!\w)của\s+[^;,.]*$|"
    r"(?<!\w)(?:hướng dẫn|đôn đốc|góp ý|theo mẫu|thẩm định|kiểm tra)\s+(?!và )"
    r"(?:[^;,.]|,(?= (?:phường|đặc khu|ban|ngành|đơn vị|địa phương)(?!\w)))*$",
    re.IGNORECASE,
)
_REPORTS = regex(
    r"(?<!\w)(?P<product>báo cáo(?: nhanh| tổng hợp| định kỳ| tổng kết| sơ kết)?)(?!\w)(?! viên)",
    re.IGNORECASE,
)
_CITED = regex(r"\s+(?:số|ngày)\s*\d|\s+của\s")
_TO = regex(
    r"(?<!\w)(?:(?:báo cáo|trình|gửi|nộp)\s+(?P<direct>(?:cho\s+)?)(?=[A-ZĐÁÀỦỘÂÊÔ])|(?:về|đến|tới|cho|"
    r"qua)\s+(?=[A-ZĐÁÀỦ])|(?<=kết quả )với\s+(?=[A-ZĐÁÀỦ]))",
    re.IGNORECASE,
)
_THROUGH = regex(r"\s*\((?:qua|thông qua)[^)]*\)")


def first_clause(text: str, start: int) -> int:
    """Where the clause that begins at `start` ends."""
    for found in _CLAUSE_END.finditer(text, start):
        if found.group().startswith(".") and _ABBREVIATED.search(
            text[max(0, found.start() - 4) : found.start()]
        ):
            continue
        if found.start() - start >= 8:
            return found.start()
    return len(text)


def main_clause(text: str, start: int, deadlines: list[DeadlineAt]) -> tuple[int, int]:
    """The clause from the verb on, without the deadline that it begins or ends with."""
    end = first_clause(text, start)
    for found in deadlines:
        if not found.dated:
            continue
        if found.start <= start < found.end:
            start = _past(text, found.end)
            end = max(end, first_clause(text, start))
        elif start < found.start < end:
            tail = _TAIL.search(text, start, found.start)
            cut = tail.start() if tail else found.start
            if cut - start >= 12 and (found.end >= end - 2 or not _carries_on(text[found.end : end])):
                return start, cut
            if cut - start >= 12 and text[found.end : end].lstrip(" ,)").startswith(
                ("về ", "cho ", "gửi ", "đến ", "để ", "theo ")
            ):
                return start, cut
    return start, end


def _past(text: str, place: int) -> int:
    found = re.compile(r"[\s,:]*").match(text, place)
    return found.end() if found else place


def _carries_on(rest: str) -> bool:
    return bool(rest.strip(" .,;)/"))


def product_of(text: str, *, dated: bool) -> str | None:
    """What is handed in: a document that is made, or a report when there is a date for it."""
    plain = folded(text)
    for found in _MAKES.finditer(plain):
        if _OF_OTHERS.search(plain, 0, found.start()):
            continue
        if not _CITED.match(plain, found.end()) or plain[found.end() :].startswith(" của UBND"):
            return text[found.start("product") : found.end("product")]
    if dated:
        for found in _REPORTS.finditer(plain):
            if _OF_OTHERS.search(plain, 0, found.start()) or plain[: found.start()].endswith("dự thảo "):
                continue
            if not _CITED.match(plain, found.end()):
                return text[found.start("product") : found.end("product")].lower()
    return None


def report_to(text: str) -> str | None:
    """Whom the work is reported or submitted to, with the way it goes ("qua …")."""
    plain = folded(text)
    reports = re.search(r"(?<!\w)(?:báo cáo|trình|gửi|nộp|tổng hợp)(?!\w)", plain, re.IGNORECASE)
    if not reports:
        return None
    for found in _TO.finditer(plain, reports.start()):
        if (
            found.group().lower().startswith(("qua", "cho"))
            and plain[found.start() - 1 : found.start()] == "("
        ):
            continue
        unit = read_unit(plain, found.end())
        if unit is None:
            continue
        through = _THROUGH.match(text, unit.end)
        return text[unit.start : through.end() if through else unit.end]
    return None
