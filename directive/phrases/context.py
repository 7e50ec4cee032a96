"""Whether a date is a deadline at all: what stands around it decides, and doubt decides for no date.

To miss a deadline is a line to fill in; to invent one is a wrong escalation to the head of a unit (domain.md §2).
"""

import re

from directive.phrases.finding import Finding
from directive.phrases.reading import Kind

BOUNDARY = re.compile(r"[;!?]|\.(?=\s|$)|\n\s*\n|\n\s*(?:[-+*•]|\d{1,2}[.)]|[a-z][.)])\s")
DOING = re.compile(
    r"\b(?:hoan thanh|hoan thien|hoan tat|xong|bao cao(?! so\b| \d| chinh tri)|gui|nop|trinh"
    r"|tham muu|ban hanh|xay dung"
    r"|to chuc|trien khai|thuc hien|ra soat|cap nhat|tong hop|cung cap|khac phuc|giai quyet|xu ly|tra loi|gop y"
    r"|phe duyet|kiem tra|cong bo|dang ky|lap|dua vao|khoi cong|ban giao|thanh toan|giai ngan"
    r"|de xuat|thong ke|so hoa"
    r"|tap huan|chuan bi|kien toan|bo tri|sap xep|quyet toan|nghiem thu|phai|bao dam"
    r"|phan (?:dau|~~~)|yeu cau|de nghi|ky ket)(?!\w)"
)
FILLER = re.compile(
    r"\b(?:hoan thanh|hoan tat|xong|bao cao|gui|nop|trinh|thuc hien|ban hanh|thoi gian"
    r"|thoi han|thoi diem|han|tien do"
    r"|va|hoac|tu|ngay|vao|lan|dot|ky|thu|nhat|hai|ba|ve|du kien|phan (?:dau|~~~)|so bo"
    r"|chinh thuc|so ket|tong ket|ket qua|lan"
    r"|mot|1|2|3|01|02|03|i|ii|de nghi|yeu cau|phai|la|duoc|gia han|toi|den|stt|tt|dau|cuoi|chot|nam nay)\b"
)
BARE_FILLER = re.compile(
    r"\b(?:thoi gian|thoi han|thoi diem|han|va|hoac|tu|ngay|vao|lan|dot|thu|nhat|hai|ba|mot|1"
    r"|2|3|01|02|03|i|ii|nam nay"
    r"|du kien|chot|stt|tt|thuc hien|la)\b"
)
DONE = re.compile(r"\bda\b")
QUOTES = re.compile('[“"«][^”"»]*$')

DATES = "by before before_end label until until_end end within range at done"
# Where a date may stand that is no deadline: (name, what ends right before it, the relations it rules out or «»).
BEFORE_IT: tuple[tuple[str, re.Pattern[str], frozenset[str]], ...] = tuple(
    (
        name,
        re.compile(pattern + r"\W*$"),
        frozenset(relations.split()) | ({""} if relations == DATES else set()),
    )
    for name, pattern, relations in (
        (
            "data cut-off",
            r"\b(?:tinh|luy ke|cong don|lay so lieu|moc so lieu)(?: tu)?",
            "until until_end end within range",
        ),
        (
            "data cut-off",
            r"\b(?:so lieu|du lieu|thong ke)(?: [^,;()]{0,20})?",
            "until until_end end within range",
        ),
        (
            "data period",
            (
                r"\b(?:chot so lieu|ky bao cao|ky so lieu|thoi gian lay so lieu"
                r"|so lieu bao cao)[^,;()]{0,20}"
            ),
            "",
        ),
        ("estimate", r"\b(?:uoc|uoc tinh|uoc dat|uoc thuc hien|du bao|du kien)(?: [^,;.]{0,30})?", ""),
        (
            "validity",
            r"\b(?:hieu (?:luc|~~~)|co gia tri|ap dung|luu hanh|het han|thi hanh)(?: [^,;.]{0,24})?",
            DATES,
        ),
        (
            "validity",
            r"\b(?:mien|giam|gia han|keo dai|bao hanh|thue dat|hop dong) [^,;.]{0,40}",
            "until until_end end within",
        ),
        ("birth, service", r"\b(?:sinh|tuyen dung|nghi huu|tu tran|mat|ket nap|bo nhiem|nhap ngu)", ""),
        ("event", r"\b(?:co mat|khai mac|be mac|dien ra|xay ra|phat sinh)(?: tai [^,;.]{0,40})?", ""),
        (
            "event",
            r"\b(?:hop|hoi nghi|dai hoi|hoi thao|le)(?: tai [^,;.]{0,40})?",
            "at until until_end end within range done",
        ),
        (
            "result",
            (
                r"\b(?:ket qua(?: thuc hien| dat duoc)?|(?:tinh|~{4}) hinh|dat duoc|(?:thu|~~~) duoc"
                r"|giai ngan duoc|thuc hien duoc)"
            ),
            "within end",
        ),
        ("from", r"\b(?:sau|ke tu|tu sau)", ""),
        ("not", r"\b(?:sang|den nam|tam nhin)", ""),
    )
)
CONDITION = re.compile(
    r"\b(?:ho so|du an|cong trinh|van ban|truong hop|nguoi|doi tuong|hop dong|nha o|dat"
    r"|tai san|giay phep|giay chung nhan"
    r"|can bo|cong chuc|quyet dinh|vu viec|vu an|de tai|chi|chung chi|don vi|don|khoan"
    r"|nhiem vu|san pham|cong dan|ho|xe|xe o to|phuong tien|hoc sinh|hoi vien|dang vien)\b"
    r"[^,;]{0,30}?\b(?:da|duoc|do|co|tiep nhan|phe duyet|ky ket|ky|ban hanh|cap(?! (?:xa|tinh"
    r"|uy|huyen|trung uong|co so))|lap|giao|thanh lap|khoi cong|phat sinh|ton dong"
    r"|xay dung|mua sam|nop|sinh|dau tu|tuyen dung|nhan|cong bo|(?:thu|~~~) ly|chuyen tiep"
    r"|ton tai|nghi huu|dang ky|cong nhan)\b[^,;]{0,24}$"
)
PASSIVE = re.compile(r"\bduoc (?!giao|phan cong)[^,;]{2,30}$")
AFTER_CONDITION = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:thi|tiep tuc|ma|chua duoc|do cap|duoc tiep tuc|khong phai|van"
    r"|het hieu ~~~|con hieu ~~~)\b"
)
FIGURES = re.compile(
    r"\b(?:da|dat|chiem|uoc|dong gop|tang|giam|ghi nhan|toan tinh co|ca nuoc co|tinh co"
    r"|co tong so|la)\b|\bco \d|\d\s*%"
)
MUST = re.compile(
    r"\b(?:phai|can|yeu cau|de nghi|bao dam|phan (?:dau|~~~)|hoan thanh|giao|gui|nop|bao cao"
    r"|trinh|xong)(?!\w)"
)
ROUTINE = re.compile(
    r"\b(?:sinh hoat|tiep cong dan|tiep dan|chao co|hop chi bo|phien chinh|xuat ban|phat song)\b"
)
SHORTENED = re.compile(
    r"\b(?:rut ngan|cat giam|giam|xuong con|nghi phep|duoc nghi|qua han|cham tien do|tang tu"
    r"|bo nhiem|giu chuc|tuoc|dinh chi|cam|khai tru|ky luat|bao hanh|hieu ~~~)\b"
)
EVENT_LABEL = re.compile(
    r"(?:^|\n)\W*(?:\d[.)]\s*)?(?:thoi gian(?: hop| to chuc| hoi nghi| lam viec)?|lich"
    r"|khai mac)\s*:?\W*$"
)
LABELLED = re.compile(r"\b(?:thoi gian|thoi han|han|tien do)[^,;.:]{0,40}:\s*$")
POSTED = re.compile(r"\s*[-|,]?\s*\d{1,2}:\d{2}")
GAP = re.compile(r"\s+")
WORD = re.compile(r"[a-z0-9]+")


class Context:
    """One text around its findings."""

    def __init__(self, fold: str, findings: list[Finding]) -> None:
        self.fold, self.findings = fold, findings
        self.breaks = [found.end() for found in BOUNDARY.finditer(fold)]
        self.is_cell = self._only_filler(FILLER)
        self.is_bare_cell = self.is_cell and self._only_filler(BARE_FILLER)
        self.marked = any(finding.relation or finding.need == "nothing" for finding in findings)

    def _only_filler(self, filler: re.Pattern[str]) -> bool:
        """Whether the text holds nothing but deadlines, as a table cell or a phrase does."""
        rest, last = "", 0
        for finding in self.findings:
            rest += self.fold[last : finding.start] + " | "
            last = finding.end
        rest += self.fold[last:]
        if POSTED.match(self.fold, last):
            return False
        rest = re.sub(r"\([^)|]{0,40}\)", " ", rest)
        return (
            not WORD.search(filler.sub(" ", rest)) and "," not in rest[: rest.find("|") if "|" in rest else 0]
        )

    def clause(self, finding: Finding) -> tuple[str, str]:
        """The words of the clause before and after the finding."""
        first = max((at for at in self.breaks if at <= finding.start), default=0)
        last = min((at for at in self.breaks if at > finding.end), default=len(self.fold))
        return GAP.sub(" ", self.fold[first : finding.start]), GAP.sub(" ", self.fold[finding.end : last])

    def accepts(self, finding: Finding) -> bool:
        """Whether this finding is a deadline (or a refusal that a person must see) in this text."""
        if finding.kind is Kind.NOT_DEADLINE:
            return False
        left, right = self.clause(finding)
        if self.is_cell and not finding.relation and finding.need == "cell":
            if not self.is_bare_cell or self.marked:
                return False
            return finding.grain != "clock" or EVENT_LABEL.search(left) is None
        if self.is_cell:
            return True
        if finding.need == "cell" or self._vetoed(finding, left, right):
            return False
        if finding.past:
            loose = finding.relation in ("until", "until_end", "end", "within")
            if not DOING.search(left[left.rfind(",") + 1 :] if loose else left):
                return False
        if finding.reason == "placeholder" and not finding.relation:
            return False
        if finding.need == "verb":
            return self._does_something(finding, left, right)
        return True

    def _does_something(self, finding: Finding, left: str, right: str) -> bool:
        if LABELLED.search(left):
            return True
        if finding.relation in ("until", "until_end", "end", "within") and not left.strip(" ,:-(\n"):
            return MUST.search(right) is not None
        before = GAP.sub(" ", self.fold[max(0, finding.start - 240) : finding.start])
        return DOING.search(left) is not None or (
            finding.relation == "within" and bool(DOING.search(before[-160:]))
        )

    def _vetoed(self, finding: Finding, left: str, right: str) -> bool:
        relation = "range" if finding.grain == "range" else finding.relation
        if QUOTES.search(left) is not None and QUOTES.match(left) is None:
            return True
        if any((not only or relation in only) and p.search(left) for _, p, only in BEFORE_IT):
            return True
        if finding.kind is Kind.RECURRING:
            return ROUTINE.search(left) is not None
        if finding.kind is Kind.NEEDS_ANCHOR or finding.rule.startswith("counted"):
            return SHORTENED.search(left) is not None
        return self._past_or_condition(finding, left, right)

    def _past_or_condition(self, finding: Finding, left: str, right: str) -> bool:
        if AFTER_CONDITION.match(right):
            return True
        last_comma = max(left.rfind(","), left.rfind("("))
        near = left[last_comma + 1 :]
        doing = DOING.search(near)
        if (done := DONE.search(near)) and (finding.past or not doing or doing.start() > done.start()):
            return True
        passive = finding.relation == "before" and PASSIVE.search(near)
        if passive and not DOING.search(left[: last_comma + 1 + passive.start()]):
            return True
        limited = finding.relation != "within" and CONDITION.search(near)
        if limited and (finding.past or not DOING.search(left[: last_comma + 1 + limited.start()])):
            return True
        opens = not left.strip(" ,:-(\n")
        if opens and finding.relation in ("until", "until_end", "end", "within"):
            return finding.past or (
                FIGURES.search(right) is not None
                and not re.search(r"\b(?:phai|phan (?:dau|~~~)|yeu cau)(?!\w)", right)
            )
        return opens and finding.past
