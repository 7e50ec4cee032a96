"""What stands around a date and says whether it is a deadline: the words, without accents, as the grammar sees them.

From reading letters of State and Party offices; the traps of domain.md §2. `~` stands for the letters of a word that
only looks like a word of time without its accents («ngân», «lực», «tỉnh»): see `phrases/text.py`.
"""

import re

from directive.regex import regex

BOUNDARY = regex(r"[;!?]|\.(?=\s|$)|\n\s*\n|\n\s*(?:[-+*•]|\d{1,2}[.)]|[a-z][.)])\s")
DOING = regex(
    r"\b(?:hoan thanh|hoan thien|hoan tat|xong|bao cao(?! so\b| \d| chinh tri)|gui|nop|trinh"
    r"|tham muu|ban hanh|xay dung"
    r"|to chuc|trien khai|thuc hien|ra soat|cap nhat|tong hop|cung cap|khac phuc|giai quyet|xu ly|tra loi|gop y"
    r"|phe duyet|kiem tra|cong bo|dang ky|lap|dua vao|khoi cong|ban giao|thanh toan|giai (?:ngan|~~~~)"
    r"|tiep nhan|(?:co|cho|tham gia|lay) y kien|nhap|lam sach|dong bo|ket noi|cong khai|niem yet|kiem diem|danh gia"
    r"|so ket|tong ket|giam sat|ra quan"
    r"|tham dinh|dieu chinh|bo sung|sua doi|soan thao|chi tra|phan bo|thu hoi|di doi|giai toa"
    r"|chuyen giao|nghien cuu|tiep thu|van hanh|lap dat|tuyen truyen|phan cong|xac minh|doi chieu"
    r"|de xuat|thong ke|so hoa"
    r"|tap huan|chuan bi|kien toan|bo tri|sap xep|quyet toan|nghiem thu|phai|bao dam"
    r"|phan (?:dau|~~~)|yeu cau|de nghi|ky ket)(?!\w)"
)
DEED = regex(
    r"\b(?:hoan thanh|hoan tat|xong|gui|nop|trinh|ban hanh|bao cao(?! vien| so\b| \d)|ban giao|phe duyet|tham muu"
    r"|nghiem thu|giai (?:ngan|~~~~)|dua vao (?:su dung|hoat dong|khai thac))(?!\w)[^,;:]*$"
)
"""Deeds that «vào cuối tháng 3» dates; meetings, passives and hearings it only tells of are `SCENE`."""
SCENE = regex(
    r"\b(?:duoc(?! giao| phan cong)|da|hoi nghi|dai hoi|hoi thao|toa dam|le|cuoc hop|ky hop|phien hop|nghe|lam viec)\b"
)
DUTY = regex(r"\W*(?:(?:de nghi|yeu cau|giao)\b|(?:cac|moi|tung) [^,;.]{2,60})")
DATA_WORK = regex(
    r"\b(?:hoan thanh|hoan tat|xong|lam sach|lam giau|cap nhat|nhap|dong bo|chuan hoa|so hoa|ra soat|xac (?:thuc|minh)"
    r"|doi chieu|ket noi|chia se)\b[^,;]{0,60}$"
)
"""Work on data has a deadline («làm sạch dữ liệu trong tháng 3»); the data's own period is a cut-off."""
FILLER = regex(
    r"(?:[^a-z0-9]|\b(?:hoan thanh|hoan tat|xong|bao cao|gui|nop|trinh|thuc hien|ban hanh|thoi gian"
    r"|thoi han|thoi diem|han|tien do|trong tuan|trong thoi gian"
    r"|va|hoac|tu|ngay|vao|lan|dot|ky|thu|nhat|hai|ba|ve|du kien|phan (?:dau|~~~)|so bo"
    r"|chinh thuc|so ket|tong ket|ket qua|lan"
    r"|mot|1|2|3|01|02|03|i|ii|de nghi|yeu cau|phai|la|duoc|gia han|toi|den|stt|tt|dau|cuoi|chot|nam nay)\b)*+$"
)
BARE_FILLER = regex(
    r"(?:[^a-z0-9]|\b(?:trong tuan|trong thoi gian|tien do|thoi gian|thoi han|thoi diem|han|va|hoac|tu|ngay|vao"
    r"|lan|dot|thu|nhat|hai|ba|mot|1|2|3|01|02|03|i|ii|nam nay"
    r"|du kien|chot|stt|tt|thuc hien|la)\b)*+$"
)
"""What a table cell may hold beside its date: nothing but these words and signs, to its end."""
DONE = regex(r"\bda\b")
QUOTES = regex('[“"«][^”"»]*$')

DATES = "by before before_end label until until_end end within range at done"
# Where a date may stand that is no deadline: (name, what ends right before it, the relations it rules out or «»).
BEFORE_IT: tuple[tuple[str, re.Pattern[str], frozenset[str]], ...] = tuple(
    (
        name,
        regex(pattern + r"\W*$"),
        frozenset(relations.split()) | ({""} if relations == DATES else set()),
    )
    for name, pattern, relations in (
        (
            "data cut-off",
            r"\b(?:tinh|luy ke|cong don|lay so lieu|moc so lieu)(?: tu)?",
            "until until_end end within range",
        ),
        (
            "data",
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
            r"\b(?:mien|giam(?! sat)|gia han|keo dai|bao hanh|thue dat|hop dong) [^,;.]{0,40}",
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
                r"|giai (?:ngan|~~~~) duoc|thuc hien duoc)"
            ),
            "within end",
        ),
        ("from", r"\b(?:sau|ke tu|tu sau)", ""),
        ("not", r"\b(?:sang|den nam|tam nhin)", ""),
    )
)
ANY_BEFORE = regex("|".join(f"(?:{pattern.pattern})" for _, pattern, _ in BEFORE_IT))
"""One pass that says whether any row of `BEFORE_IT` can match; most dates have none."""
REACH = 140
"""How far before a date the rows of `BEFORE_IT` and `CONDITION` look: longer than their longest match."""
CONDITION = regex(
    r"\b(?:vi pham|ho so|du an|cong trinh|van ban|truong hop|nguoi|doi tuong|hop dong|nha o|dat"
    r"|tai san|giay phep|giay chung nhan"
    r"|can bo|cong chuc|quyet dinh|vu viec|vu an|de tai|chi|chung chi|don vi|don|khoan"
    r"|nhiem vu|san pham|cong dan|ho|xe|xe o to|phuong tien|hoc sinh|hoi vien|dang vien)\b"
    r"[^,;]{0,30}?\b(?:da|duoc|do|co|tiep nhan|phe duyet|ky ket|ky|ban hanh|cap(?! (?:xa|tinh"
    r"|uy|huyen|trung uong|co so))|lap|giao|thanh lap|khoi cong|phat sinh|ton dong"
    r"|xay dung|mua sam|nop|sinh|dau tu|tuyen dung|nhan|cong bo|(?:thu|~~~) ly|chuyen tiep"
    r"|ton tai|nghi huu|dang ky|cong nhan)\b[^,;]{0,24}$"
)
PASSIVE = regex(r"\bduoc (?!giao|phan cong)[^,;]{2,30}$")
AFTER_CONDITION = regex(
    r"\s*(?:\([^)]*\)\s*)?(?:thi|tiep tuc|ma|chua duoc|do cap|duoc tiep tuc|khong phai|van"
    r"|het hieu ~~~|con hieu ~~~)\b"
)
FIGURES = regex(
    r"\b(?:da|dat|chiem|uoc|dong gop|tang|giam(?! sat)|ghi nhan|toan (?:tinh|~~~~) co|ca nuoc co|(?:tinh|~~~~) co"
    r"|co tong so|la)\b|\bco \d|\d\s*%"
)
MUST = regex(
    r"\b(?:phai|can|yeu cau|de nghi|bao dam|phan (?:dau|~~~)|hoan thanh|giao|gui|nop|bao cao"
    r"|trinh|xong)(?!\w)"
)
ROUTINE = regex(
    r"\b(?:sinh hoat|tiep cong dan|tiep dan|truc|chao co|hop chi bo|phien chinh|xuat ban|phat song)\b"
)
SHORTENED = regex(
    r"\b(?:rut ngan|cat giam|giam(?! sat)|xuong con|nghi phep|duoc nghi|qua han|cham tien do|tang tu"
    r"|bo nhiem|giu chuc|tuoc|dinh chi|cam(?! ket)|khai tru|ky luat|bao hanh|hieu ~~~)\b"
)
EVENT_LABEL = regex(
    r"(?:^|\n)\W*(?:\d[.)]\s*)?(?:thoi gian(?: hop| to chuc| hoi nghi| lam viec)?|lich"
    r"|khai mac)\s*:?\W*$"
)
LABELLED = regex(r"\b(?:thoi gian|thoi han|han|tien do)[^,;.:]{0,40}:\s*$")
POSTED = regex(r"\s*[-|,]?\s*\d{1,2}:\d{2}")
GAP = regex(r"\s+")
ASIDE = regex(r"\([^)|]{0,40}\)")
